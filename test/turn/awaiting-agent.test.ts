// While a customer waits for a person: they are told once, the bot does not talk on, and it says at first contact what it is.
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Outgoing } from '#domain'
import type { TurnContext } from '#turn'
import type { LocalEngine } from '../../src/cli/local-engine.ts'
import { idOf, openSampleEngine, openTestPipeline, type TestPipeline, textsTo, wrote } from '../setup/pipeline.ts'
import { startTestRedis, type TestRedis, until } from '../setup/redis.ts'

/** A Wednesday, with people on duty. */
const NOON = Date.parse('2026-11-25T12:02:00Z')
const MINUTE = 60_000
const HANDED_OVER = /taking this over/

let redis: TestRedis
let shop: LocalEngine
let pipeline: TestPipeline
let sent: Outgoing[]
let now: number
beforeAll(async () => {
  ;[redis, shop] = await Promise.all([startTestRedis(), openSampleEngine()])
})
afterEach(() => pipeline?.close())
afterAll(async () => {
  await shop?.close()
  await redis?.close()
})

async function start(change: Partial<TurnContext> = {}) {
  sent = []
  now = NOON
  pipeline = await openTestPipeline({
    connections: redis.connections,
    mind: { ...shop.context, ...change },
    sent,
    now: () => now,
  })
  await pipeline.start()
}

const historyOf = async (user: string) => (await pipeline.inbox.open(idOf(user))).history
const turnsOf = async (user: string) =>
  (await historyOf(user)).flatMap((event) => (event.type === 'turn-taken' ? [event] : []))
const outcomesOf = async (user: string) => (await turnsOf(user)).map(({ outcome }) => outcome)

/** Says it and waits for the turn; resolves to what reached the customer since. */
async function say(user: string, text: string, ...where: [('public' | 'private')?]): Promise<string[]> {
  const before = textsTo(sent, user).length
  const turns = (await turnsOf(user)).length
  await pipeline.inbox.deliver('playground', [wrote(user, text, ...where)])
  await until(async () => (await turnsOf(user)).length > turns)
  const queued = (await historyOf(user)).filter(({ type }) => type === 'message-queued').length
  await until(() => textsTo(sent, user).length >= queued)
  now += MINUTE
  return textsTo(sent, user).slice(before)
}

test('whoever asked for a person hears so once, however much they add', async () => {
  await start()
  const said = [
    ...(await say('rita', 'the shade of the lamp is crooked, let me talk to a human being')),
    ...(await say('rita', 'it is still crooked')),
    ...(await say('rita', 'and the box was dented as well')),
    ...(await say('rita', 'I want to cancel order HL-20950')),
    ...(await say('rita', 'this is hopeless, nobody does anything')),
  ]
  expect(said.filter((text) => HANDED_OVER.test(text))).toHaveLength(1)
  expect(said).toHaveLength(1)
  const { case: given } = await pipeline.inbox.open(idOf('rita'))
  expect(given?.form).toBeUndefined()
  expect(given?.wants).toMatch(/shade of the lamp/)
  expect(given?.ticket).toMatchObject({ state: 'waiting' })
})

test('whoever asks whether anybody is there gets a short word once in a while, and an honest time when they ask for it', async () => {
  await start()
  await say('hugh', 'put me through to a person please')
  expect(await say('hugh', 'hello?')).toEqual(["Yes, we're here. A colleague is on the way."])
  expect(await say('hugh', 'anybody there??')).toEqual([])
  expect(await say('hugh', 'how long is this going to take')).toEqual([
    "You're in our queue, and we aim to answer you by 14:05 today.",
  ])
  now += 11 * MINUTE
  expect(await say('hugh', 'helloooo')).toEqual(["Yes, we're here. A colleague is on the way."])
  expect(await outcomesOf('hugh')).toEqual(['escalated', 'acknowledged', 'escalated', 'acknowledged', 'acknowledged'])
})

test('while people are away, whoever asks whether anybody is there hears when they are back', async () => {
  await start()
  now = Date.parse('2026-11-25T21:30:00Z')
  await say('ingrid', 'put me through to a person please')
  expect(await say('ingrid', 'hello?')).toEqual([
    'Your message has reached us. A colleague answers you here tomorrow at 08:00.',
  ])
  expect(await say('ingrid', 'anybody there??')).toEqual([])
})

test('a plain question that an article answers is answered meanwhile, once; a question after it is noted for the person, once', async () => {
  await start()
  await say('paula', 'I would like to speak to somebody')
  expect((await say('paula', 'How much is delivery?')).join()).toMatch(/£4\.95/)
  expect((await say('paula', 'How much is delivery?')).join()).toMatch(/added that for my colleague/)
  expect(await say('paula', 'and who drives the van?')).toEqual([])
})

test('what is urgent is heard by the ticket, and its help is said once; after that, whom to ring', async () => {
  await start()
  await say('ed', 'get me a person please')
  const first = await say('ed', 'I want to kill myself')
  expect(first.join()).toMatch(/Samaritans/)
  expect((await say('ed', 'I really want to kill myself')).join()).toMatch(/ring 999 now/)
  expect((await pipeline.inbox.open(idOf('ed'))).case?.ticket?.priority).toBe('urgent')
})

test('danger told of while a person is awaited makes the ticket urgent, for whoever is there for it, and brings help', async () => {
  await start()
  await say('wilf', 'can I talk to somebody about my toaster rack')
  const before = (await pipeline.inbox.open(idOf('wilf'))).case?.ticket
  expect(before).toMatchObject({ priority: 'normal', team: 'customer-care' })
  const heard = await say('wilf', 'the cable just burst into flames')
  expect(heard.join()).toMatch(/keep everybody away from it/)
  const after = (await pipeline.inbox.open(idOf('wilf'))).case?.ticket
  expect(after).toMatchObject({ priority: 'urgent', team: 'safety' })
  expect(after?.dueAt).toBeLessThan(before?.dueAt ?? 0)
  // Whoever is in danger and asks is not told that it was noted.
  expect(await say('wilf', 'do I need to phone anybody about it?')).toEqual([expect.stringMatching(/ring 999 now/)])
  expect((await say('wilf', 'my daughter passed out just now')).join()).toMatch(/ring 999/)
  expect(await say('wilf', 'thank you')).toEqual([])
})

test('whoever was handed over and wants no person is helped on until one takes it', async () => {
  await start()
  expect((await say('gus', 'does the walnut footstool come in a taller size')).join()).toMatch(HANDED_OVER)
  const said = await say('gus', 'I never wanted an agent, simply tell me')
  expect(said).toEqual([expect.stringMatching(/a colleague reads it too/)])
  expect((await say('gus', 'I want to cancel order HL-20950')).join()).toMatch(/e-mail/)
  // Whoever wants one after all is told once more that they wait for one, and no form goes on.
  await say('gus', 'ok then, get me a human please')
  expect(await say('gus', 'grace@example.com')).toEqual([])
})

test('danger told of while a person has the case is urgent for them, and the bot stays silent', async () => {
  await start()
  const agent = { email: 'ada@harbourlane.example', name: 'Ada' }
  await say('nora', 'can I talk to somebody about a wobbly stool')
  const id = (await pipeline.inbox.open(idOf('nora'))).case?.ticket?.id ?? ''
  expect(await pipeline.desk.claim(id, agent)).toMatchObject({ state: 'claimed' })
  expect(await say('nora', 'it is the tall one')).toEqual([])
  expect(await say('nora', 'it gave way and my son cut his head')).toEqual([])
  expect(await say('nora', 'there is so much blood, he is bleeding')).toEqual([])
  const { case: given, owner } = await pipeline.inbox.open(idOf('nora'))
  expect(owner).toBe(agent.email)
  expect(given?.ticket).toMatchObject({
    state: 'claimed',
    priority: 'urgent',
    team: 'safety',
    owner: agent.email,
    unread: 3,
  })
  expect(given?.ticket?.dueAt).toBeLessThanOrEqual(now + 15 * MINUTE)
})

test('posts of one moment in several threads get one answer', async () => {
  await start()
  await pipeline.inbox.deliver('playground', [
    wrote('cleo', 'My order HL-20419 has not come', 'public'),
    wrote('cleo', 'Where is my order HL-20419?', 'public'),
    wrote('cleo', 'where is it, please', 'public'),
  ])
  await until(async () => (await turnsOf('cleo')).length > 0)
  await until(() => sent.some(({ type }) => type === 'public-reply'))
  expect((await turnsOf('cleo')).map(({ messages }) => messages.length)).toEqual([3])
  expect(sent.filter(({ type }) => type === 'public-reply')).toHaveLength(1)
})

test('the same sentence is not said in public again a minute later', async () => {
  await start()
  const [first = ''] = await say('omar', 'Where is my order? it was due on Tuesday', 'public')
  expect(first).toMatch(/private message/)
  expect(await say('omar', 'where is my order, it was due two days ago', 'public')).toEqual([])
  const [, second] = await turnsOf('omar')
  expect(second).toMatchObject({
    outcome: 'ignored',
    reasons: expect.arrayContaining([{ rule: 'said-already', because: expect.any(String) }]),
  })
})

test('a public post that wants nothing brings no hand-over sentence', async () => {
  const { understand } = shop.context
  await start({
    // As it is decided on: no rule fits, so a person looks.
    rules: { rules: [], version: 'none' },
    understand: async (asked) => ({ ...(await understand(asked)), complaint: 'none', signals: [], wantsHuman: false }),
  })
  expect(await say('kit', 'the new lamp stands next to the old chair', 'public')).toEqual([])
  expect((await pipeline.inbox.open(idOf('kit'))).case?.ticket).toMatchObject({ state: 'waiting' })
  expect((await say('kit', 'the new lamp stands next to the old chair')).join()).toMatch(HANDED_OVER)
})

test('the first words say that they are an assistant’s, once, and the first private ones where to read about data', async () => {
  await start()
  const [open = '', more = ''] = [
    ...(await say('nell', 'How much is delivery?', 'public')),
    ...(await say('nell', 'Do you deliver to Ireland?', 'public')),
  ]
  expect(open).toMatch(/^I'm Lane, an automated assistant\. /)
  expect(more).not.toMatch(/automated assistant/)
  const [inside = '', again = ''] = [
    ...(await say('nell', 'How much is delivery?')),
    ...(await say('nell', 'Do you deliver to Ireland?')),
  ]
  expect(inside).toMatch(/^How we look after what you write: https:\/\/harbourlane\.example\/privacy\n\n/)
  expect(again).not.toMatch(/automated assistant|privacy/)
  const [first = ''] = await say('moll', 'How much is delivery?')
  expect(first).toMatch(
    /^Hello, I'm Lane, Harbour Lane's automated assistant\. .*https:\/\/harbourlane\.example\/privacy\n\n/,
  )
})
