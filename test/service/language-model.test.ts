// A language model behind the service: it may word an answer; it cannot make one up, hold a turn up, or see private data.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { until } from '../setup/redis.ts'
import { type Person, startTestService, type TestService } from '../setup/service.ts'
import { type OpenAiStandIn, type Scripted, startOpenAi } from '../stand-ins/openai.ts'
import { chooses, givenToRead, reads } from '../stand-ins/reading.ts'
import { turnsOf } from './records.ts'

const QUESTION = 'How much is delivery?'
const ARTICLE = 'delivery-costs'
const KEY = 'sk-a-key-that-is-nobody-s'

let model: OpenAiStandIn
let service: TestService
let lead: Person
beforeAll(async () => {
  model = await startOpenAi()
  service = await startTestService({ OPENAI_API_KEY: KEY, OPENAI_MODEL: 'gpt-test', OPENAI_BASE_URL: model.baseUrl })
  lead = await service.signIn()
})
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

/** Answers with the first passage of the nearest article, in words made of it. */
const answered =
  (word: (passage: string) => string = () => ''): Scripted =>
  (request) => {
    const [first] = givenToRead(request).articles.find(({ id }) => id === ARTICLE)?.passages ?? []
    return chooses(ARTICLE, '', { opening: 'Thanks for asking.', reply: word(first?.text ?? '') })
  }

let embedded: string

test('what the model says in the article’s own words is sent, with the article’s link', async () => {
  model.script(answered())
  const { text } = await ask('Ann', QUESTION)
  expect(text).toMatch(/^Thanks for asking\. .*£\d/m)
  expect(text).toContain('https://help.harbourlane.example/delivery-costs')
  expect(await engineOf('Ann')).toBe('model')
  expect(model.keys).toEqual([`Bearer ${KEY}`])
})

test('a number of its own is not sent: the article speaks for itself', async () => {
  model.script(answered((passage) => passage.replace(/£\d+/, '£1')))
  embedded = (await ask('Ben', QUESTION)).text
  expect(embedded).not.toMatch(/£1\b/)
  expect(embedded).toMatch(/£\d/)
  expect(await engineOf('Ben')).toBe('embedded')
})

test('no private value reaches the model, neither from this message nor from what was said before', async () => {
  model.script(reads({ dialog: 'order-status' }), reads({ act: 'thanks' }), answered())
  const values = ['HL-20950', 'grace@example.com', '4111 1111 1111 1111', '07700 900123', 'GB29 NWBK 6016 1331 9268 19']
  const first = await ask('Grace', `Where is my order HL-20950? I am grace@example.com, my phone is 07700 900123`)
  expect(first.text).toContain('HL-20950 is received and not packed yet')
  await ask('Grace', 'thanks! I paid with 4111 1111 1111 1111 or from GB29 NWBK 6016 1331 9268 19')
  await ask('Grace', QUESTION)
  // Our own content speaks of sample orders too.
  const sent = model.requests
    .map((request) => {
      const { dialogs: _, articles: __, ...words } = JSON.parse(request.messages.at(-1)?.content ?? '{}')
      return JSON.stringify(words)
    })
    .join()
  expect(sent).toMatch(/<EMAIL_1>/)
  expect(values.filter((value) => sent.includes(value))).toEqual([])
  expect(/20950|grace@|41111111|900123/.test(sent)).toBe(false)
})

test('when the model fails, the embedded answer is given, as good as ever', async () => {
  const before = model.requests.length
  model.script({ status: 500 }, { blurts: 'It is free, trust me' })
  const { text } = await ask('Dev', QUESTION)
  expect(text).toBe(embedded)
  expect(model.requests.length - before).toBe(2)
})

test('a model that never answers holds a turn up for a bounded time, and then for none', async () => {
  // The third failure in a row, with the one above.
  for (const customer of ['Elif', 'Eve']) {
    model.script('hangs', 'hangs')
    const slow = await ask(customer, QUESTION)
    expect(slow.text).toBe(embedded)
    expect(slow.ms).toBeLessThan(10_000)
  }
  const asked = model.requests.length
  const quick = await ask('Femi', QUESTION)
  expect(quick.text).toBe(embedded)
  expect(quick.ms).toBeLessThan(3000)
  expect(model.requests).toHaveLength(asked)
})
