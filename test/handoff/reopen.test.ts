// A resolved ticket is taken back: at once, before anything reached the customer, or later by whoever looks after it then.
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Outgoing } from '#domain'
import type { Agent, Ticket } from '#handoff'
import { loadCustomer } from '#redis/store'
import type { LocalEngine } from '../../src/cli/local-engine.ts'
import { idOf, openSampleEngine, openTestPipeline, type TestPipeline, textsTo, wrote } from '../setup/pipeline.ts'
import { startTestRedis, type TestRedis, until } from '../setup/redis.ts'

const PERSON = 'I want to talk to a human'
const ada: Agent = { email: 'ada@harbourlane.example', name: 'Ada' }
const bo: Agent = { email: 'bo@harbourlane.example', name: 'Bo' }
const lead: Agent = { email: 'lou@harbourlane.example', name: 'Lou', lead: true }

let redis: TestRedis
let shop: LocalEngine
let sent: Outgoing[] = []
const pipelines: TestPipeline[] = []
beforeAll(async () => {
  ;[redis, shop] = await Promise.all([startTestRedis(), openSampleEngine()])
})
afterEach(async () => {
  for (const pipeline of pipelines.splice(0)) await pipeline.close()
  sent = []
})
afterAll(async () => {
  await shop?.close()
  await redis?.close()
})

async function open(undoMs: number): Promise<TestPipeline> {
  const pipeline = await openTestPipeline({ connections: redis.connections, mind: shop.context, sent, undoMs })
  pipelines.push(pipeline)
  await pipeline.start()
  return pipeline
}

const stateOf = (user: string) => loadCustomer(redis.connections.main, idOf(user))
const ticketOf = async (user: string) => (await stateOf(user)).case?.ticket
const turnsOf = async (user: string) => (await stateOf(user)).history.filter((event) => event.type === 'turn-taken')

function granted(answer: Ticket | { refused: string; because: string }): Ticket {
  if ('refused' in answer) throw new Error(answer.because)
  return answer
}

/** A customer whose ticket Ada holds; returns its id. */
async function held(pipeline: TestPipeline, user: string): Promise<string> {
  await pipeline.inbox.deliver('playground', [wrote(user, PERSON)])
  const id = await until(async () => (await ticketOf(user))?.id)
  await until(async () => !('refused' in (await pipeline.desk.read(id))))
  await until(() => textsTo(sent, user).length === 1)
  granted(await pipeline.desk.claim(id, ada))
  return id
}

test('what the customer writes while resolving can be undone waits, and after the undo the agent has it', async () => {
  const pipeline = await open(1_500)
  const id = await held(pipeline, 'undone')
  granted(await pipeline.desk.resolve(id, ada, { followUp: { at: Date.now(), text: 'Is the lamp whole?' } }))
  await pipeline.inbox.deliver('playground', [wrote('undone', 'How much is delivery?')])
  const undone = granted(await pipeline.desk.reopen(id, ada))
  expect(undone).toMatchObject({ state: 'claimed', owner: ada.email })
  await until(async () => (await turnsOf('undone')).length === 2)
  const turn = (await turnsOf('undone')).at(-1)
  expect(turn).toMatchObject({ outcome: 'escalated', reasons: [{ rule: 'owned' }] })
  // The follow-up's time has come as well.
  await pipeline.timers['follow-up'](id)
  expect(textsTo(sent, 'undone')).toHaveLength(1)
  expect(granted(await pipeline.desk.read(id)).history.map(({ what, by }) => [what, by])).toEqual(
    expect.arrayContaining([
      ['ticket-resolved', ada.email],
      ['ticket-reopened', ada.email],
    ]),
  )
})

test('what the customer writes after resolving is answered once it cannot be undone any more', async () => {
  const pipeline = await open(700)
  const id = await held(pipeline, 'waits')
  granted(await pipeline.desk.resolve(id, ada, { followUp: null }))
  const { undoUntil = 0 } = (await ticketOf('waits')) ?? {}
  await pipeline.inbox.deliver('playground', [wrote('waits', 'How much is delivery?')])
  await until(() => textsTo(sent, 'waits').length === 2)
  const [, turn] = await turnsOf('waits')
  expect(turn?.at).toBeGreaterThanOrEqual(undoUntil)
  expect(turn).toMatchObject({ outcome: 'answered' })
})

test('a promise made when resolving is told when the customer asks, or taken back with the step', async () => {
  const pipeline = await open(1_000)
  const id = await held(pipeline, 'promised')
  const promises = async () => (await stateOf('promised')).case?.promises
  granted(await pipeline.desk.resolve(id, ada, { followUp: null, promises: 'a call in the year 2222' }))
  expect(await promises()).toMatchObject([{ by: 'Ada', text: 'a call in the year 2222' }])
  granted(await pipeline.desk.reopen(id, ada))
  expect(await promises()).toEqual([])
  granted(await pipeline.desk.resolve(id, ada, { followUp: null, promises: 'the refund is there on Monday' }))
  await pipeline.inbox.deliver('playground', [wrote('promised', 'so what happens now with that?')])
  await until(() => textsTo(sent, 'promised').length === 2)
  expect(textsTo(sent, 'promised').at(-1)).toContain('the refund is there on Monday')
})

test('an undo gives the ticket back to whoever held it, though a lead resolved it', async () => {
  const pipeline = await open(60_000)
  const id = await held(pipeline, 'by-lead')
  granted(await pipeline.desk.resolve(id, lead, { note: 'Sorted by phone' }))
  expect(granted(await pipeline.desk.reopen(id, lead)).owner).toBe(ada.email)
  expect((await stateOf('by-lead')).owner).toBe(ada.email)
})

test('later it goes to the agent who reopens it; its clock stood still, and it is followed up anew', async () => {
  const pipeline = await open(0)
  const id = await held(pipeline, 'later')
  granted(await pipeline.desk.resolve(id, ada, { note: 'The lamp is whole again' }))
  const before = await ticketOf('later')
  const reopened = granted(await pipeline.desk.reopen(id, bo))
  expect(reopened).toMatchObject({ state: 'claimed', owner: bo.email })
  const after = await ticketOf('later')
  const stood = (after?.since ?? 0) - (before?.closedAt ?? 0)
  expect(after?.dueAt).toBe((before?.dueAt ?? 0) + stood)
  expect(after).not.toHaveProperty('closedAt')
  expect(reopened.history).toContainEqual(
    expect.objectContaining({ what: 'ticket-resolved', detail: 'The lamp is whole again' }),
  )
  expect(
    await until(async () => (await pipeline.desk.list({ state: 'claimed' })).tickets.some((one) => one.id === id)),
  ).toBe(true)
  await until(async () => (await pipeline.desk.list({ state: 'resolved' })).tickets.every((one) => one.id !== id))
  await pipeline.inbox.deliver('playground', [wrote('later', 'How much is delivery?')])
  await until(async () => (await turnsOf('later')).length === 2)
  expect(textsTo(sent, 'later')).toHaveLength(1)
})

test('only what is resolved is reopened, and not beside another open ticket of the customer', async () => {
  const pipeline = await open(0)
  const id = await held(pipeline, 'twice')
  expect(await pipeline.desk.reopen(id, ada)).toEqual({
    refused: 'conflict',
    because: 'a claimed ticket cannot be reopened',
  })
  granted(await pipeline.desk.resolve(id, ada, { followUp: null }))
  await pipeline.inbox.deliver('playground', [wrote('twice', PERSON)])
  const next = await until(async () => {
    const ticket = await ticketOf('twice')
    return ticket && ticket.id !== id && ticket.id
  })
  expect(await pipeline.desk.reopen(id, ada)).toEqual({
    refused: 'conflict',
    because: `the customer has an open ticket already: ${next}`,
  })
  await until(async () => !('refused' in (await pipeline.desk.read(next))))
  granted(await pipeline.desk.claim(next, ada))
  granted(await pipeline.desk.resolve(next, ada, { followUp: null }))
  // An earlier ticket can be opened again; the later one then is past.
  expect(granted(await pipeline.desk.reopen(id, bo)).state).toBe('claimed')
  const { case: given } = await stateOf('twice')
  expect(given?.ticket?.id).toBe(id)
  expect(given?.past.map((one) => one.id)).toEqual([next])
})
