// Who has been quiet for long is forgotten, once; who has not is looked at again; and what grows is kept short.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Case, continueCase, type HistoryEvent } from '#domain'
import { openTicket } from '#handoff'
import { type Inbox, openInbox } from '#inbox'
import { keysOf } from '#redis/keys'
import { openScheduler, type Scheduler } from '#redis/queue'
import { commitChange } from '#redis/store'
import { openRetention, type Retention } from '#retention'
import { create, customerOf, remove } from '../inbox/deliveries.ts'
import { NO_EVENTS } from '../inbox/no-events.ts'
import { silent, startTestRedis, type TestRedis, until } from '../setup/redis.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const KEEP = 30 * DAY

let redis: TestRedis
let inbox: Inbox
let clock: Scheduler
let retention: Retention
/** How far the service's clock is ahead of the machine's. */
let ahead = 0
const now = () => Date.now() + ahead
/** What happens while other places are told of a removal. */
let meanwhile = async () => {}
beforeAll(async () => {
  redis = await startTestRedis()
  const { connections } = redis
  const purgeMs = 2 * HOUR
  inbox = await openInbox({ connections, purgeMs, debounceMs: 10, concurrency: 1, events: NO_EVENTS, log: silent, now })
  clock = await openScheduler(connections, silent, now)
  const { main, masters } = connections
  retention = openRetention({ redis: main, masters, clock, keepMs: KEEP, events: { erased: () => meanwhile() }, now })
})
afterAll(async () => {
  await clock?.close()
  await inbox?.close()
  await redis?.close()
})

/** Takes the waiting messages into a case. */
async function take(user: string, change: (given: Case) => Case = (given) => given): Promise<void> {
  const open = await inbox.open(customerOf(user).id)
  const given = { ...change(continueCase(open.case, customerOf(user), now())), lastTurnAt: now() }
  expect(await commitChange(redis.connections.main, open, { case: given, taken: open.waiting.length })).toBe(true)
}
const ring = (user: string) => retention.handlers.retire?.(customerOf(user).id)
const known = async (user: string) => (await inbox.open(customerOf(user).id)).history.length > 0
const write = (user: string, id: string) =>
  inbox.deliver('facebook', [create(user, id, `words of ${id}`, undefined, now())])

test('whoever is quiet for long is forgotten when its alarm rings, and nobody else', async () => {
  for (const user of ['quiet', 'lively', 'waiting']) {
    await write(user, `${user}-1`)
    await retention.watch(customerOf(user).id)
    await retention.watch(customerOf(user).id)
  }
  await take('quiet')
  await take('lively')
  await take('waiting', openTicketOf)
  const alarms = await redis.connections.main.zCard('{warmline}:clock:delayed')
  expect(alarms).toBe(3)

  ahead = KEEP - DAY
  await write('lively', 'lively-2')
  await take('lively')
  ahead = KEEP + 1000
  for (const user of ['quiet', 'lively', 'waiting']) await ring(user)
  expect(await Promise.all(['quiet', 'lively', 'waiting'].map(known))).toEqual([false, true, true])
  expect(await retention.receipts()).toMatchObject([{ what: 'customer-erased', by: 'retention' }])

  // The same alarm once more does nothing; the next one does.
  await ring('lively')
  expect(await known('lively')).toBe(true)
  ahead = 2 * KEEP
  await ring('lively')
  expect(await known('lively')).toBe(false)
  ahead = 0
})

function openTicketOf(given: Case): Case {
  const making = { id: 'e', ticketId: 'T-1', due: () => now(), now: now() }
  return openTicket(given, { reasons: [], version: 'v' }, making).case
}

test('what is left of a forgotten customer is no text, and goes by itself', async () => {
  await write('gone', 'gone-1')
  await take('gone')
  expect(await retention.erase(customerOf('gone').id, 'ana@example.com')).toBe(true)
  const { main } = redis.connections
  const keys = keysOf(customerOf('gone').id)
  const left = await Promise.all(Object.values(keys).map((key) => main.exists(key)))
  expect(left.reduce((sum, one) => sum + one, 0)).toBe(2)
  expect(await main.pTTL(keys.state)).toBeGreaterThan(DAY)
  expect(await main.pTTL(keys.seen)).toBeGreaterThan(DAY)
  // Delivered again, it is not taken for new; whoever writes anew stays.
  await write('gone', 'gone-1')
  expect(await known('gone')).toBe(false)
  await write('gone', 'gone-2')
  expect(await main.pTTL(keys.state)).toBe(-1)
  expect(await main.pTTL(keys.seen)).toBe(-1)
})

test('a turn in hand when its customer is forgotten comes to nothing', async () => {
  await write('mid-turn', 'mid-turn-1')
  const open = await inbox.open(customerOf('mid-turn').id)
  await retention.erase(customerOf('mid-turn').id, 'ana@example.com')
  const given = continueCase(undefined, customerOf('mid-turn'), now())
  expect(await commitChange(redis.connections.main, open, { case: given, taken: 1 })).toBe(false)
  expect(await inbox.open(customerOf('mid-turn').id)).toMatchObject({ waiting: [], history: [] })
})

test('a long history keeps what the case knows, and what is over is not kept for ever', async () => {
  const { main } = redis.connections
  const { id } = customerOf('talkative')
  const keys = keysOf(id)
  await write('talkative', 'talkative-1')
  const facts = [
    { name: 'order-number', value: 'HL-20419', message: 'facebook:talkative-1', audience: 'private' },
  ] as const
  await take('talkative', (given) => ({ ...given, facts }))
  const old = { at: now() - KEEP - DAY, type: 'message-deleted', message: 'facebook:old' } satisfies HistoryEvent
  await main.lPush(keys.history, Array(700).fill(JSON.stringify(old)))
  const recent = { ...old, at: now() }
  await main.rPush(keys.history, Array(500).fill(JSON.stringify(recent)))
  const over = Array.from({ length: 1500 }, (_, n): [string, string] => [`over${n}/state`, 'sent'])
  await main.hSet(keys.effects, Object.fromEntries(over))
  await main.hSet(keys.effects, { stuck: '{}', 'stuck/state': 'refused', next: '{}', 'next/state': 'pending' })
  await main.rPush(keys.outbox, 'next')

  const open = await inbox.open(id)
  expect(open.case?.facts).toEqual(facts)
  expect(open.history).toHaveLength(400)
  await ring('talkative')
  expect(await main.lLen(keys.history)).toBe(501)
  expect(Object.keys(await main.hGetAll(keys.effects)).toSorted()).toEqual([
    'next',
    'next/state',
    'stuck',
    'stuck/state',
  ])
  await until(async () => Number(await main.hGet(keys.state, 'retire')) > now())
})

test('what is deleted is purged when the operator says, and not before', async () => {
  const { main } = redis.connections
  const { id } = customerOf('patient')
  const purge = () => retention.handlers.purge?.(id)
  const words = async () => (await main.lRange(keysOf(id).history, 0, -1)).join('').includes('words of patient-1')
  await write('patient', 'patient-1')
  await take('patient')
  const deleted = now()
  await inbox.deliver('facebook', [remove('patient', 'patient-1')])
  const due = await purge()
  expect(Number(due) - deleted).toBeGreaterThanOrEqual(2 * HOUR)
  expect(await words()).toBe(true)
  ahead = 2 * HOUR + 60_000
  expect(await purge()).toBeUndefined()
  expect(await words()).toBe(false)
  const receipts = async () => (await retention.receipts()).filter((one) => one.what === 'message-purged')
  expect(await receipts()).toMatchObject([{ message: 'facebook:patient-1' }])
  expect(await purge()).toBeUndefined()
  expect(await receipts()).toHaveLength(1)
  ahead = 0
})

test('whoever writes while they are being forgotten is not', async () => {
  await write('back', 'back-1')
  await take('back')
  const { main, masters } = redis.connections
  const meanwhile = openRetention({
    redis: main,
    masters,
    clock,
    keepMs: KEEP,
    events: { erased: () => write('back', 'back-2') },
    now,
  })
  ahead = KEEP + 1000
  await meanwhile.handlers.retire?.(customerOf('back').id)
  expect((await inbox.open(customerOf('back').id)).waiting.map((one) => one.message.text)).toEqual(['words of back-2'])
  ahead = 0
})

test('an alarm that was noted and not put off rings again at the time that was noted', async () => {
  await write('stalled', 'stalled-1')
  await take('stalled')
  const at = await ring('stalled')
  expect(at).toBeGreaterThan(now())
  expect(await ring('stalled')).toBe(at)
})

test('a message deleted while another is being purged goes with it, and each is receipted once', async () => {
  await write('twice', 'twice-1')
  await write('twice', 'twice-2')
  await take('twice')
  await inbox.deliver('facebook', [remove('twice', 'twice-1')])
  ahead = 2 * HOUR + 60_000
  meanwhile = async () => {
    meanwhile = async () => {}
    await inbox.deliver('facebook', [remove('twice', 'twice-2')])
  }
  expect(await retention.handlers.purge?.(customerOf('twice').id)).toBeUndefined()
  const purged = (await retention.receipts()).flatMap((one) => (one.what === 'message-purged' ? [one.message] : []))
  expect(purged.filter((id) => /twice/.test(id)).sort()).toEqual(['facebook:twice-1', 'facebook:twice-2'])
  ahead = 0
})
