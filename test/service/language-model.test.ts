// A language model behind the service: it may word an answer; it cannot make one up, hold a turn up, or see private data.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { until } from '../setup/redis.ts'
import { type Person, startTestService, type TestService } from '../setup/service.ts'
import { type OpenAiStandIn, type Scripted, startOpenAi } from '../stand-ins/openai.ts'
import { turnsOf } from './records.ts'

const QUESTION = 'How much is delivery?'
const KEY = 'sk-a-key-that-is-nobody-s'

let model: OpenAiStandIn
let service: TestService
let lead: Person
beforeAll(async () => {
  model = await startOpenAi()
  service = await startTestService({ OPENAI_API_KEY: KEY, OPENAI_MODEL: 'gpt-test', OPENAI_BASE_URL: model.baseUrl })
  lead = await service.signIn()
}, 60_000)
afterAll(async () => {
  await service?.close()
  await model?.close()
})

/** What we say to this message, and in how many milliseconds. */
async function ask(customer: string, text: string) {
  const from = performance.now()
  const before = (await service.timeline(customer)).dms.filter((one) => one.authorKind === 'bot').length
  await service.post('/playground/api/dms', { customer, text })
  const said = await until(async () => {
    const ours = (await service.timeline(customer)).dms.filter((one) => one.authorKind === 'bot')
    return ours.length > before && ours.at(-1)
  }, 25_000)
  return { text: said.text, ms: performance.now() - from }
}
const engineOf = async (customer: string) => (await turnsOf(lead, `playground:brand:${customer}`)).at(-1)?.engine

const understood = (more: object = {}): Scripted => ({
  says: {
    intent: 'none',
    complaint: 'none',
    sentiment: 0,
    urgency: 0.2,
    language: 'en',
    signals: ['question'],
    wantsHuman: false,
    ...more,
  },
})
type Given = { readonly articles: readonly { readonly id: string; readonly text: string }[] }
/** Answers with the first sentence of the first article, in words made of it. */
const answered =
  (word: (sentence: string) => string): Scripted =>
  (request) => {
    const { articles }: Given = JSON.parse(request.messages.at(-1)?.content ?? '{}')
    const [first] = articles
    const sentence = /^.*?[.!?](?=\s|$)/s.exec(first?.text ?? '')?.[0] ?? ''
    return { says: { article: first?.id, quotes: [sentence], text: word(sentence) } }
  }

let embedded: string

test('what the model says in the article’s own words is sent, with the article’s link', async () => {
  model.scriptFor('understanding', understood())
  model.scriptFor(
    'answer',
    answered((sentence) => `Thanks for asking! ${sentence}`),
  )
  const { text } = await ask('Ann', QUESTION)
  expect(text).toMatch(/^Thanks for asking! .*£\d/m)
  expect(text).toContain('https://help.harbourlane.example/delivery-costs')
  expect(await engineOf('Ann')).toBe('model')
  expect(model.keys).toEqual([`Bearer ${KEY}`, `Bearer ${KEY}`])
})

test('a number of its own is not sent: the article speaks for itself', async () => {
  model.scriptFor('understanding', understood())
  model.scriptFor(
    'answer',
    answered((sentence) => sentence.replace(/£\d+/, '£1')),
  )
  embedded = (await ask('Ben', QUESTION)).text
  expect(embedded).not.toMatch(/£1\b/)
  expect(embedded).toMatch(/£\d/)
  expect(await engineOf('Ben')).toBe('embedded')
})

test('no private value reaches the model, neither from this message nor from what was said before', async () => {
  model.scriptFor('understanding', understood({ intent: 'order-status' }), understood(), understood())
  model.scriptFor(
    'answer',
    answered((sentence) => sentence),
  )
  const values = ['HL-20950', 'grace@example.com', '4111 1111 1111 1111', '07700 900123', 'GB29 NWBK 6016 1331 9268 19']
  const first = await ask('Grace', `Where is my order HL-20950? I am grace@example.com, my phone is 07700 900123`)
  expect(first.text).toContain('HL-20950 is received and not packed yet')
  await ask('Grace', 'thanks! I paid with 4111 1111 1111 1111 or from GB29 NWBK 6016 1331 9268 19')
  await ask('Grace', QUESTION)
  // Our own content speaks of sample orders too.
  const sent = model.requests
    .map((request) => {
      const { intents: _, articles: __, ...words } = JSON.parse(request.messages.at(-1)?.content ?? '{}')
      return JSON.stringify(words)
    })
    .join()
  expect(sent).toMatch(/<EMAIL_1>/)
  expect(values.filter((value) => sent.includes(value))).toEqual([])
  expect(/20950|grace@|41111111|900123/.test(sent)).toBe(false)
})

test('when the model fails, the embedded answer is given, as good as ever', async () => {
  const before = model.requests.length
  model.scriptFor('understanding', { status: 500 }, { status: 500 })
  model.scriptFor('answer', { blurts: 'It is free, trust me' }, { blurts: 'It is free, trust me' })
  const { text } = await ask('Dev', QUESTION)
  expect(text).toBe(embedded)
  expect(model.requests.length - before).toBeLessThanOrEqual(4)
})

test('a model that never answers holds a turn up for a bounded time, and then for none', async () => {
  model.scriptFor('understanding', 'hangs', 'hangs')
  model.scriptFor('answer', 'hangs', 'hangs')
  const slow = await ask('Elif', QUESTION)
  expect(slow.text).toBe(embedded)
  expect(slow.ms).toBeLessThan(10_000)
  const asked = model.requests.length
  const quick = await ask('Femi', QUESTION)
  expect(quick.text).toBe(embedded)
  expect(quick.ms).toBeLessThan(3000)
  expect(model.requests).toHaveLength(asked)
})
