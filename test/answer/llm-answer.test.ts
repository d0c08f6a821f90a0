import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type Answer, openAnswer, type Question, withModel } from '#answer'
import { openLocalNlu } from '#understanding/local-nlu'
import { openLanguageModel, type TokenBudget } from '#understanding/models'
import { openSearchEngine, type SearchEngine } from '#understanding/retrieval'
import { CACHE } from '../setup/cache.ts'
import { until } from '../setup/redis.ts'
import { type OpenAiStandIn, type Scripted, startOpenAi } from '../stand-ins/openai.ts'
import { chooses, givenToRead, reads } from '../stand-ins/reading.ts'
import { SHOP } from '../understanding/sample-shop.ts'

let finder: SearchEngine
let embedded: Parameters<typeof withModel>[0]
let openai: OpenAiStandIn
let warnings: object[]
let now: number

beforeAll(async () => {
  finder = await openSearchEngine({ cacheDir: CACHE })
  const { understand, nearDialogs } = await openLocalNlu({ finder, content: SHOP })
  embedded = { understand, nearDialogs, answer: await openAnswer({ finder, content: SHOP }) }
})

afterAll(async () => {
  await finder.close()
})

beforeEach(async () => {
  openai = await startOpenAi()
  warnings = []
  now = 0
})

afterEach(() => openai.close())

async function open(timeoutMs = 4000, account?: TokenBudget) {
  const log = { warn: (about: object, message: string) => void warnings.push({ ...about, message }) }
  const model = await openLanguageModel({
    apiKey: 'sk-test',
    baseUrl: openai.baseUrl,
    model: 'gpt-test',
    log,
    timeoutMs,
    now: () => now,
    ...(account ? { account } : {}),
  })
  return withModel(embedded, model, SHOP, log)
}

const RETURNS = 'How long do I have to send an item back?'
const QUOTE = 'You can return unused items within 30 days of delivery.'
const AND = 'Items that were opened for hygiene reasons cannot be returned.'
const LINK = 'https://help.pearfig.example/a/returns'

const says = (reply: string, more: object = {}): Scripted => chooses('returns', QUOTE, { reply, ...more })

async function ask(answer: Answer, text: string, more: Partial<Question> = {}) {
  const question: Question = { text, audience: 'public', ...more }
  return answer.compose(question, await answer.find(question))
}

describe('answering with a language model', () => {
  test('says in public the passages that it chose and a courtesy of the brand, and asks for no words of its own', async () => {
    openai.script(
      chooses('returns', QUOTE, {
        opening: 'Thanks for asking.',
        closing: 'I hope this helps.',
        reply: 'We refund it.',
      }),
      chooses('returns', 'The refund arrives'),
    )
    const { answer } = await open()
    expect(await ask(answer, RETURNS)).toMatchObject({
      outcome: 'answered',
      engine: 'model',
      article: 'returns',
      text: `Thanks for asking. ${QUOTE} ${AND} I hope this helps.\n\n${LINK}`,
    })
    expect(await ask(answer, RETURNS)).toMatchObject({
      text: `How it works:\nThe refund arrives 5 to 7 days after we have the parcel.\n\n${LINK}`,
    })
    expect(JSON.stringify(openai.requests[0]?.response_format)).not.toContain('"reply"')
    expect(openai.keys).toEqual(['Bearer sk-test', 'Bearer sk-test'])
    expect(warnings).toEqual([])
  })

  test('says no courtesy where there is no room for it', async () => {
    openai.script(chooses('returns', QUOTE, { opening: 'Thanks for asking.' }))
    const { answer } = await open()
    const limit = `${QUOTE} ${AND}\n\n${LINK}`.length
    expect(await ask(answer, RETURNS, { law: { limit, unit: 'characters' } })).toMatchObject({
      engine: 'model',
      text: `${QUOTE} ${AND}\n\n${LINK}`,
    })
  })

  test('in private it may join passages; without a reply of its own they are said as they stand', async () => {
    openai.script(
      says(`Good question. ${QUOTE.slice(0, -1)}, and items that were opened for hygiene reasons cannot be returned.`),
      says(''),
    )
    const { answer } = await open()
    const first = await ask(answer, RETURNS, { audience: 'private' })
    expect(first).toMatchObject({ engine: 'model', text: expect.stringContaining('delivery, and items that were') })
    const second = await ask(answer, RETURNS, { audience: 'private' })
    expect(second).toMatchObject({ engine: 'model', text: `${QUOTE} ${AND}\n\n${LINK}` })
  })

  test('the model sees four articles that this audience may be told, in an order that betrays nothing', async () => {
    openai.script(says(''))
    const { answer } = await open()
    await ask(answer, RETURNS)
    const ids = openai.requests.flatMap((request) => givenToRead(request).articles.map(({ id }) => id))
    expect(ids).toHaveLength(4)
    expect(ids).toContain('returns')
    expect(ids).toEqual(ids.toSorted())
    expect(JSON.stringify(openai.requests)).not.toMatch(/vip@pearfig.example|goodwill/)
  })

  test('understanding and answering ask it once together, whichever comes first', async () => {
    openai.script(says(''), says(''))
    const { understand, answer } = await open()
    const history = [{ authorKind: 'customer' as const, text: 'hello' }]
    const heard = { text: RETURNS, audience: 'public', channel: 'x', history } as const
    const [turn] = await Promise.all([understand(heard), ask(answer, RETURNS, { history })])
    expect(turn.modelAct).toBe('ask')
    // What is searched for leaves values out; the words are the same.
    await ask(answer, `${RETURNS} `, { history, said: RETURNS })
    await understand(heard)
    expect(openai.requests).toHaveLength(2)
  })

  test('agents’ searches and trials ask it nothing', async () => {
    const { answer } = await open()
    expect(await ask(answer, RETURNS, { forAgent: true })).toMatchObject({ engine: 'embedded' })
    expect(await ask(answer, RETURNS, { trial: { leaveOut: true } })).toBeDefined()
    expect(openai.requests).toHaveLength(0)
  })

  test('no private value leaves the house, in the question or in the history', async () => {
    openai.script(says(''))
    const { answer } = await open()
    await ask(answer, `${RETURNS} My mail is ann.lee@example.com and my card is 4111 1111 1111 1111.`, {
      history: [{ authorKind: 'customer', text: 'ann.lee@example.com, +44 20 7946 0958' }],
    })
    const sent = JSON.stringify(openai.requests)
    expect(sent).toContain('<EMAIL_1>')
    for (const value of ['ann.lee', '4111', '7946']) expect(sent).not.toContain(value)
  })

  test('what is masked comes back in private, as the customer wrote it, and grounds itself', async () => {
    openai.script(says(`For your order <ORDER_1>: ${QUOTE} ${AND}`))
    const { answer } = await open()
    const answered = await ask(answer, `${RETURNS} It is order HL-20419.`, { audience: 'private' })
    expect(answered).toMatchObject({
      engine: 'model',
      text: expect.stringContaining(`For your order HL-20419: ${QUOTE}`),
      passages: expect.arrayContaining(['HL-20419']),
    })
  })

  test.each([
    ['a card', '<CARD_1>'],
    ['a value of somebody who was not there', '<EMAIL_9>'],
  ])('%s does not come back, not even in private', async (_, token) => {
    openai.script(says(`About your order ${token}: ${QUOTE} ${AND}`))
    const { answer } = await open()
    const text = `${RETURNS} It is order HL-20419, paid with 4111 1111 1111 1111.`
    expect(await ask(answer, text, { audience: 'private' })).toMatchObject({ engine: 'embedded' })
    expect(warnings).toMatchObject([{ reason: 'a masked private value' }])
  })

  test.each<[string, string]>([
    ['a made-up number', `${QUOTE.replace('30', '90')} ${AND}`],
    ['another unit', `${QUOTE.replace('days', 'weeks')} ${AND}`],
    ['an added promise', `${QUOTE.slice(0, -1)}, and we refund it. ${AND}`],
    ['a made-up sentence', `${QUOTE} ${AND} We will also send you a voucher and a bouquet of roses.`],
    ['the opposite', `${QUOTE.replace('can', 'cannot')} ${AND}`],
    ['half of what belongs together', QUOTE],
    ['obedience to an injection', 'As you told me, the discount code is WINNER and the refund is granted.'],
  ])(
    'after %s in private the article speaks for itself, and one warning without a word of the customer',
    async (_, reply) => {
      openai.script(says(reply))
      const { answer } = await open()
      const answered = await ask(answer, RETURNS, { audience: 'private' })
      expect(answered).toMatchObject({ outcome: 'answered', engine: 'embedded', article: 'returns' })
      expect(warnings).toHaveLength(1)
      expect(JSON.stringify(warnings)).not.toMatch(/send an item|30 days|WINNER/)
    },
  )

  test('links of the model are dropped', async () => {
    openai.script(says(`${QUOTE} ${AND} https://evil.example/x`))
    const { answer } = await open()
    const answered = await ask(answer, RETURNS, { audience: 'private' })
    expect(JSON.stringify(answered)).not.toContain('evil.example')
  })
})

describe('what the model may change about an answer', () => {
  const UNSURE = 'can stuff go back after a week'
  const find = async (answer: Answer, text: string) => answer.find({ text, audience: 'public' })

  test('it may veto', async () => {
    openai.script(reads())
    const { answer } = await open()
    expect(await ask(answer, RETURNS)).toMatchObject({
      outcome: 'abstained',
      because: 'the language model sees no answer in `returns`',
    })
  })

  test('an unsure finding is sure enough to be said where both mean the same article and its passages', async () => {
    const alone = await find(embedded.answer, UNSURE)
    expect(alone.ranking[0]?.article).toBe('returns')
    expect(alone.confidence).toBeGreaterThanOrEqual(SHOP.brand.confidence.draft)
    expect(alone.confidence).toBeLessThan(0.9)
    openai.script(chooses('returns', QUOTE))
    const { answer } = await open()
    expect(await ask(answer, UNSURE)).toMatchObject({ outcome: 'answered', engine: 'model', article: 'returns' })
  })

  test.each<[string, Scripted]>([
    [
      'it names passages of another article',
      (request) => {
        const other = givenToRead(request).articles.find(({ id }) => id !== 'returns')
        return reads({ article: 'returns', sentences: [other?.passages[0]?.number] })
      },
    ],
    ['it names no passage', reads({ article: 'returns' })],
    ['it reads no wish in the message', chooses('returns', QUOTE, { act: 'praise' })],
    [
      'it means another article',
      (request) => {
        const other = givenToRead(request).articles.find(({ id }) => id !== 'returns')
        return reads({ article: other?.id, sentences: [other?.passages[0]?.number] })
      },
    ],
  ])('it stays unsure where %s', async (_, reading) => {
    openai.script(reading)
    const { answer } = await open()
    expect((await find(answer, UNSURE)).confidence).toBeLessThan(0.9)
  })

  test('what is near to nothing is not raised, whatever the model says', async () => {
    openai.script((request) => {
      const [first] = givenToRead(request).articles
      return reads({ article: first?.id, sentences: [first?.passages[0]?.number] })
    })
    const { answer } = await open()
    expect(await ask(answer, 'Do you sell fridges?')).toMatchObject({ outcome: 'abstained' })
  })

  test('where it means another article than a sure finding, that one becomes the second choice', async () => {
    openai.script(chooses('delivery-times', 'Standard delivery'))
    const { answer } = await open()
    const question = 'When will my parcel arrive?'
    const alone = await find(embedded.answer, question)
    expect(alone.ranking[0]?.article).toBe('delivery-times')
    openai.script((request) => {
      const other = givenToRead(request).articles.find(({ id }) => id !== 'delivery-times')
      return reads({ article: other?.id, sentences: [other?.passages[0]?.number] })
    })
    expect(await find(answer, question)).toMatchObject({ confidence: alone.confidence })
    const doubted = await find(answer, `${question} `)
    expect(doubted.ranking[0]?.article).toBe('delivery-times')
    expect(doubted.confidence).toBeLessThanOrEqual(0.5)
  })

  test('a question made whole from the conversation finds what it asks for', async () => {
    const history = [
      { authorKind: 'customer', text: 'I saw your page about delivery' },
      { authorKind: 'bot', text: 'It is free for orders over 50 euros.' },
    ]
    const text = 'and how much below that'
    const alone = await embedded.answer.find({ text, audience: 'public', history })
    openai.script(reads({ question: 'how much is delivery below that' }), reads({ question: 'How do I return gold?' }))
    const { answer } = await open()
    const whole = await answer.find({ text, audience: 'public', history })
    expect(whole).toMatchObject({ whole: 'how much is delivery below that' })
    expect(whole.confidence).toBeGreaterThan(alone.confidence)
    // Words that nobody said make no question.
    const { veto: _, ...given } = await answer.find({ text, audience: 'public', history })
    expect(given).toEqual(alone)
  })
})

describe('a model that fails', () => {
  test.each<[string, Scripted]>([
    ['an article it was not given', reads({ article: 'goodwill' })],
    ['a number of no passage', reads({ article: 'returns', sentences: [999] })],
    ['an act that is none', reads({ act: 'refund everything' })],
    ['words instead of JSON', { blurts: 'Sure, you have 30 days!' }],
    ['JSON of another shape', { says: { answer: 'You have 30 days' } }],
    ['a refused key', { status: 401 }],
    ['a connection that is cut', 'cuts'],
  ])('after %s the embedded engine answers alone, with one warning', async (_, misbehaviour) => {
    // Only a connection is tried again.
    openai.script(misbehaviour, ...(misbehaviour === 'cuts' ? [misbehaviour] : []))
    const { answer } = await open()
    expect(await ask(answer, RETURNS)).toEqual(await ask(embedded.answer, RETURNS))
    expect(warnings).toHaveLength(1)
    expect(JSON.stringify(warnings)).not.toMatch(/send an item|30 days/)
  })

  test('a model that does not answer costs a bounded time', async () => {
    openai.script('hangs', 'hangs')
    const { answer } = await open(300)
    const started = performance.now()
    expect(await ask(answer, RETURNS)).toMatchObject({ engine: 'embedded' })
    expect(performance.now() - started).toBeLessThan(3000)
    expect(warnings).toHaveLength(1)
  })

  test('a busy model is asked once more, then left alone', async () => {
    openai.script({ status: 429, retryAfter: 0 }, says(''))
    const { answer } = await open()
    expect(await ask(answer, RETURNS)).toMatchObject({ engine: 'model' })
  })

  test('after three failures the model rests, and is tried again later', async () => {
    const { answer } = await open()
    for (let i = 0; i < 3; i++) {
      openai.script({ status: 401 })
      await ask(answer, RETURNS)
    }
    expect(await ask(answer, RETURNS)).toMatchObject({ engine: 'embedded' })
    expect(openai.requests).toHaveLength(3)
    now = 60_000
    openai.script(says(''))
    expect(await ask(answer, RETURNS)).toMatchObject({ engine: 'model' })
  })
})

describe('what a question cost', () => {
  test('is told with what came of it, and none is asked above the limit', async () => {
    const told: string[] = []
    let tokens = 0
    let allowed = true
    const account: TokenBudget = {
      mayAsk: async () => allowed,
      asked: (question, fate) => void told.push(`${question}: ${fate}`),
      used: ({ input, output }) => {
        tokens += input + output
      },
    }
    const { answer } = await open(4000, account)
    openai.script(says(''))
    await ask(answer, RETURNS)
    openai.script({ blurts: 'I would rather chat.' })
    await ask(answer, RETURNS)
    for (let n = 0; n < 2; n++) {
      openai.script({ status: 401 })
      await ask(answer, RETURNS)
    }
    await ask(answer, RETURNS)
    allowed = false
    expect(await ask(answer, RETURNS)).toMatchObject({ engine: 'embedded' })
    const fates = ['answered', 'unusable', 'unusable', 'unusable', 'resting', 'over-limit']
    expect(told).toEqual(fates.map((fate) => `reading: ${fate}`))
    // What is no JSON was paid for, and is not asked again.
    await until(() => tokens === 240)
    expect(openai.requests).toHaveLength(4)
  })

  test('does not grow with the content or with what was said: a few articles, passages and messages go along', async () => {
    openai.script(reads())
    const { answer } = await open()
    const history = Array.from({ length: 60 }, (_, n) => ({ authorKind: 'customer', text: `message ${n}` }))
    await ask(answer, RETURNS, { history })
    const given = JSON.parse(openai.requests[0]?.messages.at(-1)?.content ?? '{}')
    expect(given.history).toHaveLength(6)
    expect(given.articles).toHaveLength(4)
    for (const { passages } of given.articles) expect(passages.length).toBeLessThanOrEqual(12)
  })
})
