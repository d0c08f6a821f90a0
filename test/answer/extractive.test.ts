import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Answer, openAnswer, type Question, testContent } from '#answer'
import { openSearchEngine, type SearchEngine } from '#understanding/retrieval'
import { articleHead } from '../../src/content/article.ts'
import { CACHE } from '../setup/cache.ts'
import { SHOP, SURE } from '../understanding/sample-shop.ts'

let finder: SearchEngine
let answer: Answer

beforeAll(async () => {
  finder = await openSearchEngine({ cacheDir: CACHE })
  answer = await openAnswer({ finder, content: SHOP })
})

afterAll(async () => {
  await finder.close()
})

async function ask(text: string, more: Partial<Question> = {}) {
  const question: Question = { text, audience: 'public', ...more }
  const finding = await answer.find(question)
  return { finding, answered: await answer.compose(question, finding) }
}

describe('answering from articles', () => {
  test('in public: the first paragraph in its own words, and where to read more', async () => {
    const { answered } = await ask('How long do I have to send an item back?')
    expect(answered).toMatchObject({
      outcome: 'answered',
      article: 'returns',
      engine: 'embedded',
      source: 'https://help.pearfig.example/a/returns',
      text: 'You can return unused items within 30 days of delivery. Items that were opened for hygiene reasons cannot be returned.\n\nhttps://help.pearfig.example/a/returns',
    })
  })

  test('in private: all of it', async () => {
    const { answered } = await ask('How long do I have to send an item back?', { audience: 'private' })
    expect(answered).toMatchObject({ outcome: 'answered' })
    expect('text' in answered && answered.text).toContain('2. Print the label (https://help.pearfig.example/label).')
    expect('text' in answered && answered.text).toContain('The refund arrives 5 to 7 days')
  })

  test('everything said stands in its passages', async () => {
    const { answered } = await ask('How do I return something I bought?', { audience: 'private' })
    if (answered.outcome !== 'answered') throw new Error('no answer')
    for (const part of answered.text.split('\n\n')) expect(answered.passages).toContain(part)
  })

  test('fits what the channel takes', async () => {
    const law = { unit: 'characters', limit: 100 } as const
    const { answered } = await ask('How long do I have to send an item back?', { law })
    expect(answered).toMatchObject({
      text: 'You can return unused items within 30 days of delivery.\n\nhttps://help.pearfig.example/a/returns',
    })
    const none = await ask('How long do I have to send an item back?', { law: { ...law, limit: 20 } })
    expect(none.answered).toMatchObject({ outcome: 'abstained' })
  })

  describe('of an article with headings', () => {
    const body = `We deliver in the whole country, and every day but one.

## Islands

The ferry takes two more days, and costs nothing more.

## Heavy furniture

Two people carry it up to the third floor.

- Bring the room's measures.
- Say whether there is a lift.
`
    const article = {
      ...articleHead.parse({ title: 'Delivery to your door', questions: ['How do you deliver?'] }),
      id: 'door',
      body,
    }
    let long: Answer
    beforeAll(async () => {
      long = await openAnswer({ finder, content: { ...SHOP, articles: [...SHOP.articles, article] } })
    })
    const told = async (text: string, audience: 'public' | 'private' = 'public') => {
      const ranking = [{ article: 'door', score: 1 }]
      const answered = await long.compose({ text, audience }, { ranking, confidence: 1, by: SURE })
      return 'text' in answered ? answered.text.replace(/\n\nhttps.*$/, '') : answered.because
    }

    test.each([
      [
        'Do deliveries to the islands take longer because of the ferry?',
        'Islands:\nThe ferry takes two more days, and costs nothing more.',
      ],
      [
        'Will two people carry the heavy furniture upstairs?',
        'Heavy furniture:\nTwo people carry it up to the third floor.',
      ],
      ['How do you deliver?', 'We deliver in the whole country, and every day but one.'],
      ['hm', 'We deliver in the whole country, and every day but one.'],
    ])('the section is told that the question is about: %s', async (text, said) => {
      expect(await told(text)).toBe(said)
    })

    test('in private all of that section', async () => {
      expect(await told('Will two people carry the heavy furniture upstairs?', 'private')).toMatch(
        /^Heavy furniture:[\s\S]*lift\.$/,
      )
    })

    test('a question that only a section answers finds the article', async () => {
      const { ranking } = await long.find({
        text: 'Is the third floor too high for heavy furniture without a lift?',
        audience: 'public',
      })
      expect(ranking[0]?.article).toBe('door')
    })
  })

  test.each(['Who won the football yesterday?', 'Do you sell fridges?', 'hello', ''])(
    'says nothing to `%s`',
    async (text) => {
      const { answered, finding } = await ask(text)
      expect(answered.outcome).toBe('abstained')
      expect(finding.confidence).toBeLessThan(0.5)
    },
  )

  test('the bar is the audience’s: a finding sure enough for a private answer is not said in public', async () => {
    const ranking = [{ article: 'returns', score: 0.6 }]
    const at = (audience: 'public' | 'private') =>
      answer.compose({ text: 'returns', audience }, { ranking, confidence: 0.85, by: SURE })
    expect(await at('private')).toMatchObject({ outcome: 'answered' })
    expect(await at('public')).toMatchObject({ outcome: 'abstained' })
  })

  test('several questions are answered together; one that no article answers is named', async () => {
    const both = 'How long do I have to send an item back? How long does standard delivery take?'
    const { answered, finding } = await ask(both, { audience: 'private' })
    expect(finding.parts?.map(({ article }) => article)).toEqual(['returns', 'delivery-times'])
    expect(answered).toMatchObject({
      outcome: 'answered',
      text: expect.stringMatching(/30 days[\s\S]*3 to 5 working days/),
    })
    expect(answered).toMatchObject({ article: 'returns', further: ['delivery-times'] })
    const law = { limit: 60, unit: 'characters' } as const
    expect((await ask(both, { audience: 'private', law })).answered).toMatchObject({
      outcome: 'abstained',
      because: 'the answers to what they ask do not fit one reply',
    })
    const one = await ask('How long do I have to send an item back? Who won the football yesterday?')
    expect(one.finding.ranking[0]?.article).toBe('returns')
    expect(one.answered).toMatchObject({ outcome: 'answered', text: expect.stringMatching(/30 days/) })
    expect(one.finding.unanswered).toEqual(['Who won the football yesterday?'])
  })

  test('half a question is made whole by the one before', async () => {
    const history = [{ authorKind: 'customer', text: 'What about express delivery?' }]
    const { finding } = await ask('and how long does that take?', { audience: 'private', history })
    expect(finding.ranking[0]?.article).toBe('delivery-times')
    expect(finding.whole).toBe('express delivery how long does that take?')
    expect((await ask('and how long does that take?')).finding.confidence).toBeLessThan(finding.confidence)
  })

  test('a private article is neither ranked nor told in public', async () => {
    const text = 'I am a VIP customer, whom do I write to?'
    const inPrivate = await ask(text, { audience: 'private' })
    const inPublic = await ask(text)
    expect(inPrivate.answered).toMatchObject({ outcome: 'answered', article: 'vip-line' })
    expect(inPublic.finding.ranking.map(({ article }) => article)).not.toContain('vip-line')
    expect(await answer.compose({ text, audience: 'public' }, inPrivate.finding)).toMatchObject({
      outcome: 'abstained',
    })
  })

  test('an internal article is for agents only', async () => {
    const text = 'What is the goodwill limit?'
    const customer = await ask(text, { audience: 'private' })
    const agent = await ask(text, { audience: 'private', forAgent: true })
    expect(customer.finding.ranking.map(({ article }) => article)).not.toContain('goodwill')
    expect(agent.answered).toMatchObject({ outcome: 'answered', article: 'goodwill' })
    expect(await answer.compose({ text, audience: 'private' }, agent.finding)).toMatchObject({ outcome: 'abstained' })
  })

  test('a language we have no article in is not answered', async () => {
    const { finding } = await ask('Wie lange habe ich Zeit, einen Artikel zurückzusenden? Ich finde nichts dazu.')
    expect(finding.confidence).toBe(0)
    expect(finding.ranking.length).toBeGreaterThan(5)
  })
})

describe('what an agent is shown', () => {
  const suggest = async (text: string, more: Partial<Question> = {}) => {
    const question: Question = { text, audience: 'public', ...more }
    return answer.suggest(question, await answer.find(question))
  }

  test('the nearest articles in the bot’s words, at most three, with the nearest of their questions', async () => {
    const text = 'How long have I got to send an item back?'
    const { answered } = await ask(text)
    const suggested = await suggest(text)
    const [best, ...others] = suggested
    expect(best).toMatchObject({
      article: 'returns',
      title: 'Returning an item',
      text: 'text' in answered && answered.text,
      audience: 'public',
      because: 'near to “How long do I have to send an item back?”',
    })
    expect(suggested.length).toBeLessThanOrEqual(3)
    for (const { score } of others) {
      expect(score).toBeGreaterThanOrEqual(SHOP.brand.confidence.draft)
      expect(score).toBeLessThanOrEqual(best?.score ?? 0)
    }
  })

  test('nothing that is not near', async () => {
    expect(await suggest('Who won the football yesterday?')).toEqual([])
  })

  test('internal articles too, marked; private ones only in private', async () => {
    expect((await suggest('What is the goodwill limit?'))[0]).toMatchObject({ article: 'goodwill', agentsOnly: true })
    const vip = 'I am a VIP customer, whom do I write to?'
    const found = async (audience: Question['audience']) =>
      (await suggest(vip, { audience })).map(({ article }) => article)
    expect(await found('private')).toContain('vip-line')
    expect(await found('public')).not.toContain('vip-line')
  })
})

describe('the content asks itself', () => {
  test('nothing to say about a content that keeps its promises', async () => {
    const problems = await testContent({ finder, content: SHOP })
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  test('a question that another article wins is found, with the file', async () => {
    const articles = SHOP.articles.map((article) =>
      article.id === 'payment' ? { ...article, questions: ['Do gift cards expire?'], not: ['Ways to pay'] } : article,
    )
    const problems = await testContent({ finder, content: { ...SHOP, articles } })
    const of = (severity: string) => problems.filter((one) => one.severity === severity).map(({ problem }) => problem)
    expect(problems.find(({ file }) => file === 'knowledge/gift-cards.md')?.line ?? 1).toBe(1)
    expect([...of('error'), ...of('warning')].join('\n')).toContain('Do gift cards expire?')
  })

  test('a phrase that belongs to two dialogs is found', async () => {
    const dialogs = SHOP.dialogs.map((dialog) =>
      dialog.id === 'cancel-order' ? { ...dialog, phrases: [...dialog.phrases, 'Where is my order?'] } : dialog,
    )
    const problems = await testContent({ finder, content: { ...SHOP, dialogs } })
    expect(problems).toContainEqual({
      file: 'dialogs/cancel-order.yaml',
      line: 1,
      problem: '`Where is my order?` is taken for `order-status`',
      severity: 'error',
    })
  })
})
