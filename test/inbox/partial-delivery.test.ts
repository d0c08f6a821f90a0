// Every entry of a delivery counts, whatever happens to the others; and what a newer version wrote is left for it.
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { timelineOf } from '#domain'
import { type Inbox, openInbox } from '#inbox'
import type { Redis } from '#redis'
import { KEYS, keysOf } from '#redis/keys'
import { RecordFromNewerVersion } from '#redis/store'
import { receive } from '../../src/inbox/receive.ts'
import { silent, startTestRedis, type TestRedis, until } from '../setup/redis.ts'
import { create, customerOf, edit, remove } from './deliveries.ts'
import { NO_EVENTS } from './no-events.ts'

let redis: TestRedis
let inbox: Inbox
beforeEach(async () => {
  redis = await startTestRedis()
  const { connections } = redis
  inbox = await openInbox({
    connections,
    debounceMs: 10,
    concurrency: 1,
    events: NO_EVENTS,
    log: silent,
    now: Date.now,
  })
})
afterEach(async () => {
  await inbox.close()
  await redis.close()
})

const open = (user: string) => inbox.open(customerOf(user).id)
const texts = async (user: string) => (await open(user)).waiting.map((one) => one.message.text)

test('an entry that cannot be kept loses none of the others, and the delivery comes again in order, once', async () => {
  const { main } = redis.connections
  // A key of another type where the first message's claim has to be.
  const claim = KEYS.message.claim('page', 'facebook:b1')
  await main.rPush(claim, 'in the way')
  const batch = [
    create('ana', 'a1', 'one'),
    create('broken', 'b1', 'first'),
    create('broken', 'b2', 'second'),
    create('bea', 'c1', 'two'),
    create('ana', 'a2', 'three'),
  ]
  await expect(inbox.deliver('facebook', batch)).rejects.toThrow()
  expect([await texts('ana'), await texts('bea')]).toEqual([['one', 'three'], ['two']])
  await main.del(claim)
  await inbox.deliver('facebook', batch)
  expect([await texts('ana'), await texts('broken'), await texts('bea')]).toEqual([
    ['one', 'three'],
    ['first', 'second'],
    ['two'],
  ])
})

test('what failed half-way is not taken for seen', async () => {
  const { main } = redis.connections
  const { mailbox } = keysOf(customerOf('half').id)
  await main.set(mailbox, 'in the way')
  await expect(inbox.deliver('facebook', [create('half', 'h1', 'one')])).rejects.toThrow()
  await main.del(mailbox)
  await inbox.deliver('facebook', [create('half', 'h1', 'one')])
  expect(await texts('half')).toEqual(['one'])
})

test('an edit that overtakes its message on the way into Redis is not lost, and neither is a deletion', async () => {
  const { main } = redis.connections
  const keeping = { now: Date.now(), keepMs: 60_000, purgeMs: 0, note: async () => 1 }
  for (const [id, change] of [
    ['late-1', edit('ana', 'late-1', 'new words', 1)],
    ['late-2', remove('ana', 'late-2')],
  ] as const) {
    // The message has been claimed, and the connection that brings it is slow.
    const { promise: gate, resolve: letIn } = Promise.withResolvers<void>()
    let calls = 0
    const slow = new Proxy(main, {
      get(target, name) {
        const value = Reflect.get(target, name)
        if (name !== 'evalSha' && name !== 'eval') return typeof value === 'function' ? value.bind(target) : value
        return async (...args: unknown[]) => {
          if (++calls > 1) await gate
          return value.apply(target, args)
        }
      },
    }) as Redis
    await main.ping()
    const coming = receive(slow, 'facebook', create('ana', id, 'old words'), keeping)
    await until(() => calls > 1)
    await receive(main, 'facebook', change, keeping)
    letIn()
    await coming
  }
  expect(await texts('ana')).toEqual(['new words'])
  expect(timelineOf((await open('ana')).history).map((one) => one.text)).toEqual(['new words'])
})

test('what a newer version wrote is refused with a reason, left where it is, and taken once it can be read', async () => {
  const { main } = redis.connections
  const { mailbox } = keysOf(customerOf('ana').id)
  await inbox.deliver('facebook', [create('ana', 'n1', 'one')])
  const [entry = ''] = await main.lRange(mailbox, 0, -1)
  const newer = JSON.stringify({ ...JSON.parse(entry), schema: 2 })
  await main.lSet(mailbox, 0, newer)
  await expect(open('ana')).rejects.toThrow(RecordFromNewerVersion)
  await expect(open('ana')).rejects.toThrow('a stored message has schema 2, and this version reads up to 1')

  // A webhook still stores what comes.
  await inbox.deliver('facebook', [create('ana', 'n2', 'two')])
  const taken: string[] = []
  let tries = 0
  const stop = await inbox.work(async (customer) => {
    tries++
    taken.push(...(await inbox.open(customer)).waiting.map((one) => one.message.text))
    return undefined
  })
  await until(() => tries > 0)
  expect(await main.lRange(mailbox, 0, -1)).toHaveLength(2)
  await main.lSet(mailbox, 0, entry)
  await until(() => taken.length > 0)
  await stop()
  expect(taken).toEqual(['one', 'two'])
})
