// Redis goes away and comes back: customers' networks are asked to deliver again, and nothing is lost or said twice.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { until } from '../setup/redis.ts'
import { type Person, startTestService, type TestService } from '../setup/service.ts'
import { nextXId, xMention } from '../stand-ins/deliveries.ts'
import { startXApi, type XApi } from '../stand-ins/x-api.ts'
import { X, xVariables } from './accounts.ts'
import { freePort, type OwnRedis, ownRedis } from './own-redis.ts'
import { eventsOf, type Recorded } from './records.ts'

const US = X.userId

/** Whoever wrote this post wrote no other. */
const userOf = (post: string) => `5${post.slice(-6)}`
const isInDoubt = (event: Recorded) => event.type === 'effect-in-doubt'

describe('a Redis that comes and goes', () => {
  let redis: OwnRedis
  let x: XApi
  let service: TestService | undefined
  let lead: Person
  let url: string
  let opening: Promise<TestService>
  beforeAll(async () => {
    redis = await ownRedis()
    x = await startXApi(X)
    const port = await freePort()
    url = `http://127.0.0.1:${port}`
    opening = startTestService({
      PORT: String(port),
      REDIS_URL: redis.url,
      ...xVariables(x.url),
    })
  })
  afterAll(async () => {
    await redis?.start()
    await service?.close()
    await Promise.all([redis?.close(), x?.close()])
  })

  const status = (path: string) =>
    fetch(`${url}${path}`, { signal: AbortSignal.timeout(30_000) }).then(
      (response) => response.status,
      () => 0,
    )
  const deliver = (id: string, text = 'How much is standard delivery?') =>
    x.deliver(`${url}/webhooks/x`, xMention({ to: US, from: userOf(id), text, id }))
  const customerOf = (id: string) => `x:${US}:${userOf(id)}`
  const repliesTo = (id: string) => x.posts.filter((post) => post.inReplyTo === id)
  const replyTo = (id: string) => until(() => repliesTo(id)[0])
  /** The delivery as a network makes it: again and again until it is taken. */
  const deliverAgain = (id: string) => until(async () => (await deliver(id)) === 200)

  test('away at the start: the service lives, says that it is not ready, and asks for everything again', async () => {
    await until(async () => (await status('/health/live')) === 200)
    expect(await status('/health/ready')).toBe(503)
    const response = await fetch(`${url}/webhooks/x`, { method: 'POST', body: '{}' })
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2'])
    expect(await deliver(nextXId())).toBe(503)
  })

  test('there at last: the service becomes ready and answers', async () => {
    await redis.start()
    service = await opening
    lead = await service.signIn()
    expect(await status('/health/ready')).toBe(200)
    const id = nextXId()
    expect(await deliver(id)).toBe(200)
    await replyTo(id)
  })

  test('stopped while we run: a delivery is refused at once, and what shows our state still does', async () => {
    await redis.stop()
    expect(await deliver(nextXId())).toBe(503)
    expect(await status('/health/live')).toBe(200)
    expect(await status('/health/ready')).toBe(503)
    expect(await status('/metrics')).toBe(200)
    expect(await status('/console')).toBe(200)
    expect(await status('/api/session')).toBe(503)
  })

  test('back again: what was refused is taken when it is delivered again, and answered once', async () => {
    const id = nextXId()
    expect(await deliver(id)).toBe(503)
    await redis.start()
    await deliverAgain(id)
    await replyTo(id)
    await until(async () => (await status('/health/ready')) === 200)
    const next = nextXId()
    expect(await deliver(next, 'What are your opening hours?')).toBe(200)
    await replyTo(next)
    expect(repliesTo(id)).toHaveLength(1)
  })

  test('gone in the middle of a turn: what was taken is answered after all, once, or shown to a person', async () => {
    const ids = Array.from({ length: 8 }, nextXId)
    for (const id of ids) expect(await deliver(id)).toBe(200)
    await redis.stop()
    await redis.start()
    // Turns that were in hand are taken up again when their lease has run out.
    const ended = async (id: string) =>
      repliesTo(id).length > 0 || (await eventsOf(lead, customerOf(id))).some(isInDoubt)
    for (const id of ids) await until(() => ended(id), 40_000)
    for (const id of ids) expect(repliesTo(id).length).toBeLessThanOrEqual(1)
  })

  test('frozen, so that it takes everything and answers nothing: a delivery is refused within the deadline', async () => {
    const id = nextXId()
    redis.freeze()
    expect(await deliver(id)).toBe(503)
    redis.thaw()
    await deliverAgain(id)
    await replyTo(id)
    const next = nextXId()
    await deliverAgain(next)
    await replyTo(next)
    expect(repliesTo(id)).toHaveLength(1)
  })
})

describe('a Redis that would lose customers’ messages is refused', () => {
  let redis: OwnRedis | undefined
  afterEach(() => redis?.close())

  test.each([
    [{ appendonly: 'no' }, /`appendonly no`.*set `appendonly yes`/],
    [{ 'maxmemory-policy': 'allkeys-lru' }, /`maxmemory-policy allkeys-lru`.*noeviction/],
  ])('%o', async (settings, says) => {
    redis = await ownRedis(settings)
    await redis.start()
    await expect(startTestService({ REDIS_URL: redis.url })).rejects.toThrow(says)
  })
})
