// The master that Sentinels watch over is killed: the service goes on with the new one.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { isLinked } from '../../service/own-redis.ts'
import { until } from '../../setup/redis.ts'
import { type OwnSentinels, ownSentinels } from './sentinel.ts'
import { type Care, newPosts, openCare } from './whole-service.ts'

let sentinels: OwnSentinels
let care: Care
beforeAll(async () => {
  sentinels = await ownSentinels()
  care = await openCare(sentinels.url)
})
afterAll(async () => {
  await care?.close()
  await sentinels?.close()
})

test('questions are answered, each once', async () => {
  const ids = newPosts(12)
  expect(await Promise.all(ids.map((id) => care.deliver(id)))).toEqual(ids.map(() => 200))
  expect(await care.answered(ids)).toEqual(ids.map(() => 1))
  await until(async () => (await care.redisHealth()) === 'ok', 30_000)
})

test('the master is killed: refused until there is a new one, then everything goes on, and open consoles hear again', async () => {
  const stream = await care.lead.listen('/api/events')
  const before = newPosts(8)
  expect(await Promise.all(before.map((id) => care.deliver(id)))).toEqual(before.map(() => 200))
  expect(await care.answered(before)).toEqual(before.map(() => 1))
  await sentinels.first.kill()
  const during = newPosts(8)
  expect(await Promise.all(during.map((id) => care.deliver(id)))).toEqual(during.map(() => 503))

  await until(async () => (await sentinels.master()) === sentinels.second.port, 30_000)
  await until(async () => (await care.redisHealth()) === 'ok', 30_000)
  for (const id of during) await care.deliverUntilTaken(id)
  expect(await care.answered(during)).toEqual(during.map(() => 1))
  expect(care.repliesTo(before[0] ?? '')).toBe(1)

  const [asks = ''] = newPosts(1)
  expect(await care.deliver(asks, 'I want to talk to a human')).toBe(200)
  await until(() => /ticket-opened/.test(stream.heard()))
  stream.close()
})

test('the old master comes back as a replica, and the service stays with the new one', async () => {
  await sentinels.first.start()
  await until(() => isLinked(sentinels.first), 30_000)
  await until(async () => (await care.redisHealth()) === 'ok', 30_000)
  const ids = newPosts(6)
  for (const id of ids) await care.deliverUntilTaken(id)
  expect(await care.answered(ids)).toEqual(ids.map(() => 1))
})
