// The stand-in language models keep to any schema, and each does what its name says.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { type LanguageModel, openLanguageModel } from '#understanding/models'
import { LIES, lies, readsBadly, readsWell } from './language-models.ts'
import { type OpenAiStandIn, startOpenAi } from './openai.ts'

const SCHEMA = z.object({
  act: z.enum(['none', 'ask', 'confirm', 'deny']),
  sure: z.number().min(0).max(1),
  wantsHuman: z.boolean(),
  signals: z.array(z.enum(['question', 'thanks', 'safety'])),
  values: z.array(z.object({ name: z.string(), value: z.string() })),
  object: z.object({ dialog: z.string().nullable(), article: z.enum(['none', 'returns']) }),
  quotes: z.array(z.string()),
  text: z.string(),
})
const ARTICLE = 'You can send items back within 30 days. We do not pay for the way back.'
const WORDS = ['Is HL-20419 mine? I am ana@example.com', 'no, wait', 'there is smoke', 'how long?', 'yes please']

let openai: OpenAiStandIn
let model: LanguageModel
let failures: string[]

beforeAll(async () => {
  openai = await startOpenAi()
  const log = { warn: (_about: object, message: string) => void failures.push(message) }
  model = await openLanguageModel({ apiKey: 'sk-test', baseUrl: openai.baseUrl, model: 'gpt-test', log })
})
beforeEach(() => {
  failures = []
})
afterAll(() => openai.close())

const ask = (message: string) =>
  model.ask({
    name: 'reading',
    schema: SCHEMA,
    task: 'Read.',
    data: { message, articles: [{ id: 'returns', text: ARTICLE }] },
  })
const askAll = () => Promise.all(WORDS.map(ask))

describe('the model that reads well', () => {
  test('says what the test says of the message, and is neutral about everything else', async () => {
    openai.otherwise(readsWell({ 'no, wait': { act: 'deny', sure: 0.9, object: { article: 'returns' } } }))
    const neutral = { wantsHuman: false, signals: [], values: [], quotes: [], text: '' }
    expect(await ask('no, wait')).toEqual({
      ...neutral,
      act: 'deny',
      sure: 0.9,
      object: { dialog: null, article: 'returns' },
    })
    expect(await ask('hello')).toEqual({ ...neutral, act: 'none', sure: 0, object: { dialog: null, article: 'none' } })
  })

  test('knows a message whose private data is masked, and leaves out what it is not asked for', async () => {
    openai.otherwise(readsWell({ [WORDS[0] ?? '']: { act: 'ask', mood: 'unknown to this schema' } }))
    expect(await ask('Is <ORDER_4> mine? I am <EMAIL_2>')).toMatchObject({ act: 'ask' })
  })

  test('fills parts of lists that the test names', async () => {
    openai.otherwise(readsWell(() => ({ values: [{ name: 'date', value: 'Friday' }], signals: ['safety'] })))
    expect(await ask('on Friday')).toMatchObject({ values: [{ name: 'date', value: 'Friday' }], signals: ['safety'] })
  })
})

describe('the model that reads badly', () => {
  test('keeps to the schema, answers the same message alike, and other seeds read otherwise', async () => {
    openai.otherwise(readsBadly(1))
    const first = await askAll()
    expect(first).not.toContain(undefined)
    expect(await askAll()).toEqual(first)
    openai.otherwise(readsBadly(2))
    expect(await askAll()).not.toEqual(first)
    expect(failures).toEqual([])
  })
})

describe('the model that lies', () => {
  test('is sure, agrees, quotes what stands there, and says what does not', async () => {
    openai.otherwise(lies())
    for (const said of await askAll()) {
      expect(said).toMatchObject({ act: 'confirm', sure: 1, wantsHuman: false, object: { article: 'returns' } })
      expect(said?.quotes.every((quote) => ARTICLE.includes(quote))).toBe(true)
      expect(LIES.some((one) => said?.text.includes(one))).toBe(true)
    }
    expect(failures).toEqual([])
  })

  test('makes true sentences false', async () => {
    openai.otherwise(lies())
    const texts = (await Promise.all(Array.from({ length: 40 }, (_, i) => ask(`question ${i}`))))
      .map((one) => one?.text)
      .join('\n')
    expect(texts).toMatch(/within 37 hours/)
    expect(texts).toMatch(/We do pay for the way back/)
  })
})
