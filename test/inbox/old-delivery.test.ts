// A signed delivery stays valid for ever, and what Warmline remembers of it does not: it is never taken twice all the same.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { KEYS, keysOf } from '#redis/keys'
import { PAGE, X } from '../service/accounts.ts'
import { startTestRedis, type TestRedis } from '../setup/redis.ts'
import { pageComment, pageEdit, pageMessage, xDirectMessage, xMention } from '../stand-ins/deliveries.ts'
import { openReceiver, type Receiver } from './receiver.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let redis: TestRedis
let receiver: Receiver
beforeAll(async () => {
  redis = await startTestRedis()
  receiver = await openReceiver(redis.connections)
})
afterAll(async () => {
  await receiver?.close()
  await redis?.close()
})
beforeEach(() => {
  receiver.ahead = 0
  receiver.warnings.length = 0
})

const customerOf = (network: 'x' | 'facebook', user: string) =>
  network === 'x' ? `x:${X.userId}:${user}` : `facebook:${PAGE.pageId}:${user}`
async function waiting(network: 'x' | 'facebook', user: string): Promise<string[]> {
  return (await receiver.inbox.open(customerOf(network, user))).waiting.map((one) => one.message.text)
}
async function eventsOf(network: 'x' | 'facebook', user: string): Promise<string[]> {
  return (await receiver.inbox.open(customerOf(network, user))).history.map((one) => one.type)
}
async function lastReason(): Promise<string | undefined> {
  const [last] = (await redis.connections.main.xRevRange(KEYS.message.ignored(), '+', '-', { COUNT: 1 })) ?? []
  return last?.message.reason
}
/** A turn has taken the customer's messages. */
const answered = (network: 'x' | 'facebook', user: string) =>
  redis.connections.main.del(keysOf(customerOf(network, user)).mailbox)

const bodies = {
  'a mention on X': ['x', '701', (id: string) => xMention({ to: X.userId, from: '701', text: 'where is it?', id })],
  'a direct message on X': ['x', '702', (id: string) => xDirectMessage({ to: X.userId, from: '702', text: 'hi', id })],
  'a comment on Facebook': [
    'facebook',
    '703',
    (id: string) => pageComment({ page: PAGE.pageId, from: '703', text: 'late again', id: `9_${id}` }),
  ],
  'a message in Messenger': [
    'facebook',
    '704',
    (id: string) => pageMessage({ page: PAGE.pageId, from: '704', text: 'hello', id: `m_${id}` }),
  ],
} as const
const next = (() => {
  let last = 1_970_000_000_000_000_000n
  return () => String(++last)
})()

test.each(Object.keys(bodies) as (keyof typeof bodies)[])(
  '%s is taken once, today, in nine days and in three years',
  async (what) => {
    const [network, user, make] = bodies[what]
    const raw = JSON.stringify(make(next()))
    expect(await receiver.post(network, raw)).toBe(200)
    expect(await waiting(network, user)).toHaveLength(1)
    expect(await receiver.post(network, raw)).toBe(200)
    expect(await waiting(network, user)).toHaveLength(1)
    await answered(network, user)
    for (const ahead of [7 * DAY, 7.9 * DAY, 9 * DAY, 400 * DAY, 1100 * DAY]) {
      receiver.ahead = ahead
      // The customer goes on writing, and each time what is too old is forgotten.
      const other = make(next())
      expect(await receiver.post(network, moved(other, ahead))).toBe(200)
      expect(await waiting(network, user)).toHaveLength(1)
      await answered(network, user)
      expect(await receiver.post(network, raw)).toBe(200)
      expect([ahead / DAY, await waiting(network, user)]).toEqual([ahead / DAY, []])
    }
    expect(await lastReason()).toMatch(/more than a week old/)
    if (what === 'a mention on X') expect(receiver.warnings[0]).toMatch(/more than a week old.*clock is wrong/)
  },
)

/** The body as it would have been signed so much later. */
function moved(body: object, ms: number): string {
  const later = (key: string, value: unknown) => {
    if (/^(timestamp_ms|created_timestamp)$/.test(key)) return String(Number(value) + ms)
    if (key === 'created_at') return new Date(Date.parse(String(value)) + ms).toISOString()
    if (key === 'created_time') return Number(value) + ms / 1000
    if (/^(timestamp|time)$/.test(key)) return Number(value) + (Number(value) < 1e11 ? ms / 1000 : ms)
    return value
  }
  return JSON.stringify(body, later)
}

test.each(['nothing', '1 January 1970', 'a day far away'])(
  'a message whose time says %s is known again in nine days, by when it was first told',
  async (time) => {
    const user = `71${time.replaceAll(' ', '')}`
    const body = xDirectMessage({ to: X.userId, from: user, text: 'no time', id: next() })
    const raw = JSON.stringify(body, (key, value) =>
      key === 'created_timestamp' ? ({ nothing: undefined, '1 January 1970': '0' }[time] ?? '4102444800000') : value,
    )
    expect(await receiver.post('x', raw)).toBe(200)
    expect(await waiting('x', user)).toEqual(['no time'])
    await answered('x', user)
    receiver.ahead = 9 * DAY
    const fresh = { to: X.userId, from: user, text: 'again', id: next(), at: Date.now() + receiver.ahead }
    await receiver.post('x', JSON.stringify(xDirectMessage(fresh)))
    // The clock of Redis cannot be moved: what is remembered of the first telling is made as old as it would be.
    await redis.connections.main.pExpire(`warmline:event:${X.userId}:${encodeURIComponent(idOf(body))}`, 356 * DAY)
    expect(await receiver.post('x', raw)).toBe(200)
    expect(await waiting('x', user)).toEqual(['again'])
    expect(await lastReason()).toMatch(/more than a week old/)
  },
)

const idOf = (body: object) => `x:${(body as { direct_message_events: { id: string }[] }).direct_message_events[0]?.id}`

test.each([1, 36, 24 * 5, 24 * 7])(
  'what a network delivers %d hours late, after an outage of ours, is taken',
  async (hours) => {
    const user = `72${hours}`
    const at = Date.now() - hours * HOUR
    const body = pageMessage({ page: PAGE.pageId, from: user, text: 'still there?', id: `m_${next()}`, at })
    expect(await receiver.post('facebook', JSON.stringify(body))).toBe(200)
    expect(await waiting('facebook', user)).toEqual(['still there?'])
    expect(receiver.warnings).toEqual([])
  },
)

test('an edit that is delivered again long after is no second edit', async () => {
  const act = { page: PAGE.pageId, from: '731', id: `m_${next()}` }
  await receiver.post('facebook', JSON.stringify(pageMessage({ ...act, text: 'one' })))
  const raw = JSON.stringify(pageEdit({ ...act, text: 'two', number: 1 }))
  await receiver.post('facebook', raw)
  const before = await eventsOf('facebook', '731')
  expect(before.filter((type) => type === 'message-edited')).toHaveLength(1)
  receiver.ahead = 9 * DAY
  const fresh = { ...act, id: `m_${next()}`, text: 'three', at: Date.now() + receiver.ahead }
  await receiver.post('facebook', JSON.stringify(pageMessage(fresh)))
  expect(await receiver.post('facebook', raw)).toBe(200)
  expect(await waiting('facebook', '731')).toEqual(['two', 'three'])
  const edits = (await eventsOf('facebook', '731')).filter((type) => type === 'message-edited')
  expect(edits).toHaveLength(1)
})

test('what a person wrote in the network’s inbox long ago silences nobody today', async () => {
  const at = Date.now()
  const asked = { sender: { id: '741' }, recipient: { id: PAGE.pageId }, timestamp: at - 60_000 }
  const first = { ...asked, message: { mid: `m_${next()}`, text: 'Is anybody there?' } }
  await receiver.post(
    'facebook',
    JSON.stringify({ object: 'page', entry: [{ id: PAGE.pageId, time: at, messaging: [first] }] }),
  )
  const message = { mid: `m_${next()}`, text: 'Laura here', is_echo: true, app_id: 263902037430900 }
  const item = { sender: { id: PAGE.pageId }, recipient: { id: '741' }, timestamp: at, message }
  const pass = {
    sender: { id: '741' },
    recipient: { id: PAGE.pageId },
    timestamp: at,
    pass_thread_control: { new_owner_app_id: '263902037430900', previous_owner_app_id: PAGE.appId },
  }
  for (const messaging of [item, pass]) {
    const raw = JSON.stringify({ object: 'page', entry: [{ id: PAGE.pageId, time: at, messaging: [messaging] }] })
    receiver.silenced.length = 0
    receiver.ahead = 0
    await receiver.post('facebook', raw)
    expect(receiver.silenced).toEqual([customerOf('facebook', '741')])
    receiver.ahead = 9 * DAY
    expect(await receiver.post('facebook', raw)).toBe(200)
    expect(receiver.silenced).toHaveLength(1)
  }
})
