import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { QUEUES } from '#redis/keys'
import { type KeyedQueue, openKeyedQueue } from '#redis/queue'
import { silent, startTestRedis, type TestRedis, until } from '../setup/redis.ts'

let redis: TestRedis
let queue: KeyedQueue

beforeAll(async () => {
  redis = await startTestRedis()
  queue = await openKeyedQueue(QUEUES.turns, redis.connections, silent, Date.now)
})
afterAll(async () => {
  await queue?.close()
  await redis?.close()
})

test('whoever is wanted at once while their job is at hand does not wait as long as the job would', async () => {
  const begun = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  let calls = 0
  const stop = await queue.work(async () => {
    calls++
    if (calls > 1) return undefined
    begun.resolve()
    await goOn.promise
    return 600_000
  }, 1)
  await queue.note('ana')
  await queue.due('ana', 1)
  await begun.promise
  await queue.note('ana')
  await queue.due('ana')
  goOn.resolve()
  await until(() => calls === 2)
  await until(async () => (await queue.backlog()).waiting === 0)
  await stop()
})

test('whoever is noted while a job of theirs ends is not forgotten, even if nobody lives to say that it is due', async () => {
  const begun = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const stop = await queue.work(async () => {
    begun.resolve()
    await goOn.promise
    return undefined
  }, 1)
  const noted = await queue.note('ben')
  await queue.due('ben')
  await begun.promise
  // Whoever noted this one dies here.
  expect(Math.round(await queue.note('ben'))).toBe(noted)
  goOn.resolve()
  await stop()
  expect(await queue.customers(10)).toEqual(['ben'])

  // What the sweep does.
  const again = await queue.work(async () => undefined, 1)
  await queue.due('ben')
  await until(async () => (await queue.backlog()).waiting === 0)
  await again()
})

test('a connection that is asked for after the end is refused', async () => {
  const other = await startTestRedis()
  await other.close()
  await expect(other.connections.another()).rejects.toThrow('the connections are closed')
  await expect(other.connections.forBullMQ()).rejects.toThrow('the connections are closed')
})
