// `warmline converse`: whole conversations through the real turn, with the sample brand. One run for all: engines open slowly.
import { beforeAll, describe, expect, test } from '@jest/globals'
import { CACHE } from '../setup/cache.ts'
import { LIES, lies } from '../stand-ins/language-models.ts'
import { startOpenAi } from '../stand-ins/openai.ts'
import { jsonOf, type Ran, run } from './run.ts'

const VARIABLES = { WARMLINE_CACHE_DIR: CACHE }
const say = (...texts: string[]) => texts.map((text) => ({ text }))
const cancelled = say('Please cancel my order HL-20950', 'grace@example.com', 'yes')
const priced = [{ text: 'How much is delivery?', audience: 'public' }]

const LINES = [
  { id: 'form', turns: say('Where is my order HL-20419?', 'ana@example.com', 'thanks') },
  'not json',
  '',
  { id: 'yes', turns: [...cancelled, { text: 'hello?' }] },
  { id: 'over', turns: [{ text: 'where is my order?', audience: 'public' }, ...say('HL-20533 ben@example.com')] },
  { id: 'nobody', turns: say('where is my order HL-99999? I am ana@example.com') },
  { id: 'empty', turns: [] },
  { id: 'price', turns: priced },
  { id: 'again', turns: priced },
  { id: 'whom', turns: [{ text: 'x', audience: 'all' }] },
  { id: 'soon', turns: [...cancelled, { text: 'no, stop', after: 5 }] },
  { id: 'late', turns: [...cancelled, { text: 'no, stop', after: 4 * 3600 }] },
  { id: 'card', audience: 'public', turns: say('my card 4111 1111 1111 1111 was charged twice') },
]

let ran: Ran
beforeAll(async () => {
  const input = LINES.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
  ran = await run(['converse', '--json', '--engine', 'embedded'], input, VARIABLES)
})

const turnsOf = (id: string) => jsonOf(ran).find((line) => line.id === id).turns

describe('a conversation', () => {
  test('is heard turn by turn: the form asks, the order is looked up, and of values only the names are told', () => {
    const turns = turnsOf('form')
    expect(turns).toMatchObject([
      { outcome: 'asked', form: 'order-status', done: [], reading: { intent: 'order-status', language: 'en' } },
      {
        outcome: 'answered',
        form: 'order-status',
        replies: [{ audience: 'private', text: expect.stringContaining('Order HL-20419 is on its way') }],
        done: [
          { what: 'look-up', dialog: 'order-status', values: ['order-number', 'email'], result: 'found' },
          { what: 'dialog', dialog: 'order-status', values: ['order-number', 'email'] },
        ],
      },
      { outcome: 'acknowledged', form: null, done: [] },
    ])
    expect(JSON.stringify(turns[1].done)).not.toContain('ana@')
  })

  test('carries out what was agreed to, once, and opens its ticket', () => {
    const turns = turnsOf('yes')
    const done = turns.map((turn: { done: readonly { what: string }[] }) => turn.done.map(({ what }) => what))
    expect(done).toEqual([[], [], ['dialog', 'ticket-opened'], []])
    expect(turns[2]).toMatchObject({
      outcome: 'escalated',
      form: 'cancel-order',
      ticket: { team: 'orders', priority: 'high' },
    })
  })

  test('goes from public to private, and what was asked in public goes along', () => {
    expect(turnsOf('over')).toMatchObject([
      { outcome: 'moved-to-private' },
      { outcome: 'answered', done: [{ what: 'look-up', result: 'found' }, { what: 'dialog' }] },
    ])
  })

  test('looks up an order that is not there, and asks again', () => {
    expect(turnsOf('nobody')).toMatchObject([{ outcome: 'asked', done: [{ what: 'look-up', result: 'not-found' }] }])
  })

  test('names the article that answers, and stands alone: nothing is left of the one before', () => {
    expect(turnsOf('price')).toMatchObject([{ outcome: 'answered', article: 'delivery-costs', form: null }])
    expect(turnsOf('again')).toEqual(turnsOf('price'))
  })

  test('lets time pass between turns: what is taken back in seconds is undone, hours later a person has to know', () => {
    expect(turnsOf('soon')[3].done).toEqual([{ what: 'ticket-resolved' }])
    expect(turnsOf('late')[3]).toMatchObject({ outcome: 'escalated', ticket: { priority: 'urgent' } })
  })

  test('masks a card number as the service does when it comes in', () => {
    expect(turnsOf('card')[0].reading.privateData).toContainEqual(
      expect.objectContaining({ type: 'card', start: 'my card [card ending '.length }),
    )
    expect(ran.out).not.toMatch(/4111 ?1111/)
  })
})

test('a language model hears the conversations too, and where it lies nothing of that is said', async () => {
  const openai = await startOpenAi()
  openai.otherwise(lies())
  const model = { OPENAI_API_KEY: 'sk-test', OPENAI_MODEL: 'gpt-test', OPENAI_BASE_URL: openai.baseUrl }
  const input = [
    { turns: say('How much is delivery?', 'and how long does it take?', 'can I return a lamp?') },
    { turns: [...priced, { text: 'I want my money back', audience: 'public' }] },
    { turns: say('I want to cancel HL-20950', 'grace@example.com', 'is it free to cancel?') },
  ]
  const { out, code } = await run(['converse', '--json', '--engine', 'model'], input, { ...VARIABLES, ...model })
  await openai.close()
  expect(code).toBe(0)
  expect(openai.requests.length).toBeGreaterThanOrEqual(8)
  expect(LIES.filter((lie) => out.includes(lie))).toEqual([])
  // Nobody has said yes.
  const deeds = jsonOf({ out }).flatMap(({ turns }) => turns.flatMap(({ done }: { done: readonly object[] }) => done))
  expect(deeds).not.toContainEqual(expect.objectContaining({ what: 'dialog' }))
})

describe('the input', () => {
  test('is answered in order; a bad line is told with its number, and the others go on', () => {
    const ids = jsonOf(ran).map(({ id }) => id)
    expect(ids).toEqual(LINES.filter(Boolean).map((line) => (typeof line === 'string' ? undefined : line.id)))
    expect(jsonOf(ran).flatMap(({ error }) => error ?? [])).toEqual([
      'the line is not JSON',
      expect.stringContaining('a conversation needs a turn'),
      expect.stringContaining('audience'),
    ])
    expect(ran.err).toMatch(/^line 2: the line is not JSON\nline 7: .*needs a turn.*\nline 10: .*audience/s)
    expect(ran.code).toBe(2)
  })

  test.each([
    [['--engine', 'steam'], /expected embedded or model, not `steam`/],
    [['--engine', 'model'], /no language model is configured/],
  ])('%j is wrong use', async (more, told) => {
    const { code, err } = await run(['converse', '--json', ...more], '', VARIABLES)
    expect(code).toBe(2)
    expect(err).toMatch(told)
  })
})
