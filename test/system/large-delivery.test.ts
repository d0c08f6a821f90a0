// A network may deliver thousands of events at once. They are kept within its patience, or the next try goes on there.
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { connectRedis } from '#redis/connect'
import { keysOf } from '#redis/keys'
import { openReceiver, type Receiver } from '../inbox/receiver.ts'
import { ownCluster } from '../redis/cluster.ts'
import { startWire } from '../redis/slow-proxy.ts'
import { PAGE } from '../service/accounts.ts'
import { ownRedis } from '../service/own-redis.ts'
import { silent } from '../setup/redis.ts'

const EVENTS = 5_000
const CUSTOMERS = 1_700

let receiver: Receiver
const closings: (() => Promise<unknown>)[] = []
beforeEach(() => {
  closings.length = 0
})
afterEach(async () => {
  for (const close of closings.reverse()) await close()
})

async function open(url: string): Promise<ReturnType<typeof connectRedis>> {
  const connections = connectRedis({ url }, silent)
  closings.push(connections.close)
  await connections.ready
  receiver = await openReceiver(connections)
  closings.push(receiver.close)
  return connections
}

/** Messages of so many customers, one after the other, as Meta writes them. */
function delivery(events: number, customers: number): { raw: string; said: Map<string, string[]> } {
  const time = Date.now()
  const said = new Map<string, string[]>()
  const messaging = Array.from({ length: events }, (_, at) => {
    const user = String(800_000 + (at % customers))
    said.set(user, [...(said.get(user) ?? []), `n${at}`])
    return {
      sender: { id: user },
      recipient: { id: PAGE.pageId },
      timestamp: time,
      message: { mid: `m_${at}`, text: `n${at}` },
    }
  })
  return { raw: JSON.stringify({ object: 'page', entry: [{ id: PAGE.pageId, time, messaging }] }), said }
}

/** Delivers as a network does until it is taken; returns how often that was and how long each try took. */
async function deliver(raw: string): Promise<number[]> {
  const took: number[] = []
  for (;;) {
    const from = performance.now()
    const status = await receiver.post('facebook', raw)
    took.push(Math.round(performance.now() - from))
    if (status === 200) return took
    expect(status).toBe(503)
    if (took.length > 12) throw new Error(`not taken after ${took.length} tries: ${took.join(', ')} ms`)
  }
}

async function expectKept(said: ReadonlyMap<string, readonly string[]>): Promise<void> {
  for (const [user, texts] of said) {
    const { waiting } = await receiver.inbox.open(`facebook:${PAGE.pageId}:${user}`)
    expect(waiting.map((one) => one.message.text)).toEqual(texts)
  }
}

test('5,000 events of 1,700 customers are taken, each once and each customer’s in order', async () => {
  const redis = await ownRedis({ appendfsync: 'always' })
  closings.push(redis.close)
  await redis.start()
  const connections = await open(redis.url)
  const { raw, said } = delivery(EVENTS, CUSTOMERS)
  const took = await deliver(raw)
  process.stderr.write(`5,000 events of 1,700 customers: ${took.join(', ')} ms\n`)
  await expectKept(said)
  expect(await connections.main.zCard('warmline:due:turns')).toBe(CUSTOMERS)
  expect((await receiver.inbox.backlog()).waiting).toBe(CUSTOMERS)
})

test('with Redis so far away that one try cannot take all, each try goes on where the last one ended', async () => {
  const redis = await ownRedis()
  closings.push(redis.close)
  await redis.start()
  const wire = await startWire(redis.port)
  closings.push(wire.close)
  await open(wire.url)
  wire.delay(20)
  const { raw, said } = delivery(EVENTS, CUSTOMERS)
  const took = await deliver(raw)
  process.stderr.write(`with Redis 20 ms away: ${took.join(', ')} ms\n`)
  wire.delay(0)
  await expectKept(said)
})

test('what Redis lost after a try is taken again', async () => {
  const redis = await ownRedis()
  closings.push(redis.close)
  await redis.start()
  const wire = await startWire(redis.port)
  closings.push(wire.close)
  const connections = await open(wire.url)
  wire.delay(20)
  const { raw, said } = delivery(EVENTS, CUSTOMERS)
  expect(await receiver.post('facebook', raw)).toBe(503)
  wire.delay(0)
  // As after a failover to a replica that had not got them yet.
  const lost = [...said.keys()].slice(0, 50).map((user) => keysOf(`facebook:${PAGE.pageId}:${user}`))
  for (const { mailbox, seen, history } of lost) await connections.main.del([mailbox, seen, history])
  await deliver(raw)
  await expectKept(said)
})

test('many events of one customer are kept in order, and of nobody none', async () => {
  const redis = await ownRedis()
  closings.push(redis.close)
  await redis.start()
  await open(redis.url)
  const { raw, said } = delivery(1_500, 1)
  await deliver(raw)
  await expectKept(said)
})

test('the same holds on a Redis Cluster', async () => {
  const cluster = await ownCluster()
  closings.push(cluster.close)
  await open(cluster.url)
  const { raw, said } = delivery(2_000, 700)
  const took = await deliver(raw)
  process.stderr.write(`2,000 events on a Cluster: ${took.join(', ')} ms\n`)
  await expectKept(said)
})
