// What may happen to a Redis server: deliveries are refused in time, the health says why, and nothing is lost or doubled.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { startWire, type Wire } from '../../redis/slow-proxy.ts'
import { isLinked, type OwnRedis, ownRedis } from '../../service/own-redis.ts'
import { until } from '../../setup/redis.ts'
import { type Care, newPosts, openCare } from './whole-service.ts'

const all = (ids: readonly string[], value: number) => ids.map(() => value)
const deliverAll = (care: Care, ids: readonly string[]) => Promise.all(ids.map((id) => care.deliver(id)))
const isWell = (care: Care) => until(async () => (await care.redisHealth()) === 'ok')
/** Waits until the health says this of Redis. */
const says = (care: Care, what: RegExp) => until(async () => what.test(await care.redisHealth()))

describe('one server', () => {
  let redis: OwnRedis
  let care: Care
  beforeAll(async () => {
    redis = await ownRedis({ appendfsync: 'always' })
    await redis.start()
    care = await openCare(redis.url)
  })
  afterAll(async () => {
    redis?.thaw()
    await redis?.start()
    await care?.close()
    await redis?.close()
  })

  test('restarted under load: what was taken is answered once, and the service goes on by itself', async () => {
    const ids = newPosts(20)
    expect(await deliverAll(care, ids)).toEqual(all(ids, 200))
    await redis.stop()
    await redis.start()
    await isWell(care)
    const later = newPosts(5)
    for (const id of later) await care.deliverUntilTaken(id)
    await care.settled([...ids, ...later])
    expect(await care.answered(later)).toEqual(all(later, 1))
  })

  test('killed: every message that was acknowledged is there after the append-only file is read again', async () => {
    const ids = newPosts(40)
    const answers = deliverAll(care, ids)
    await until(() => care.x.posts.some((post) => ids.includes(post.inReplyTo ?? '')))
    await redis.kill()
    const taken = (await answers).flatMap((status, at) => (status === 200 ? (ids[at] ?? []) : []))
    expect(taken.length).toBeGreaterThan(0)
    await redis.start()
    await care.settled(taken)
    const refused = ids.filter((id) => !taken.includes(id))
    for (const id of refused) await care.deliverUntilTaken(id)
    await care.settled(ids)
  })

  test('paused for longer than a webhook may wait: refused while it lasts, one turn each afterwards', async () => {
    const ids = newPosts(6)
    await redis.ask((client) => client.sendCommand(['CLIENT', 'PAUSE', '6000', 'ALL']))
    expect(await deliverAll(care, ids)).toEqual(all(ids, 503))
    await says(care, /did not answer within/)
    for (const id of ids) await care.deliverUntilTaken(id)
    expect(await care.answered(ids)).toEqual(all(ids, 1))
  })

  test('frozen: refused while it lasts, and what it had in its hands afterwards is taken once', async () => {
    const ids = newPosts(6)
    redis.freeze()
    expect(await deliverAll(care, ids)).toEqual(all(ids, 503))
    await says(care, /did not answer within/)
    redis.thaw()
    await isWell(care)
    for (const id of ids) await care.deliverUntilTaken(id)
    expect(await care.answered(ids)).toEqual(all(ids, 1))
  })

  test('full: refused, the health says so, and what was taken before is answered when there is room again', async () => {
    const before = newPosts(6)
    expect(await deliverAll(care, before)).toEqual(all(before, 200))
    await redis.ask((client) => client.configSet('maxmemory', '1mb'))
    const during = newPosts(6)
    expect(await deliverAll(care, during)).toEqual(all(during, 503))
    await says(care, /Redis is full.*`maxmemory`/)
    await redis.ask((client) => client.configSet('maxmemory', '0'))
    await isWell(care)
    for (const id of during) await care.deliverUntilTaken(id)
    await care.settled([...before, ...during])
    expect(await care.answered(during)).toEqual(all(during, 1))
  })

  test('demoted to a replica: refused, the health says so, and it goes on when it is promoted again', async () => {
    await redis.ask((client) => client.replicaOf('127.0.0.1', 9))
    const ids = newPosts(6)
    expect(await deliverAll(care, ids)).toEqual(all(ids, 503))
    await says(care, /read-only/)
    await redis.ask((client) => client.sendCommand(['REPLICAOF', 'NO', 'ONE']))
    await isWell(care)
    for (const id of ids) await care.deliverUntilTaken(id)
    expect(await care.answered(ids)).toEqual(all(ids, 1))
  })

  test('its settings changed so that it would lose messages: refused, with the name of the setting', async () => {
    await redis.ask((client) => client.configSet('maxmemory-policy', 'allkeys-lru'))
    await says(care, /`maxmemory-policy allkeys-lru`.*noeviction/)
    const ids = newPosts(2)
    expect(await deliverAll(care, ids)).toEqual(all(ids, 503))
    await redis.ask((client) => client.configSet('maxmemory-policy', 'noeviction'))
    await isWell(care)
  })
})

describe('a full disk', () => {
  let redis: OwnRedis
  let care: Care
  afterEach(async () => {
    redis?.limitFiles('unlimited')
    await care?.close()
    await redis?.close()
  })

  test('`appendfsync everysec`: Redis takes no more writes, deliveries are refused until there is room', async () => {
    redis = await ownRedis({ appendfsync: 'everysec' })
    await redis.start()
    care = await openCare(redis.url)
    const before = newPosts(3)
    expect(await deliverAll(care, before)).toEqual(all(before, 200))
    expect(await care.answered(before)).toEqual(all(before, 1))
    redis.limitFiles(1)
    const during = newPosts(6)
    await until(async () => (await care.deliver(during[0] ?? '')) === 503)
    await says(care, /cannot write to its disk/)
    expect(await deliverAll(care, during)).toEqual(all(during, 503))
    redis.limitFiles('unlimited')
    await isWell(care)
    for (const id of during) await care.deliverUntilTaken(id)
    await care.settled(during)
  })
})

describe('behind a wire', () => {
  let first: OwnRedis
  let second: OwnRedis
  let wire: Wire
  let care: Care
  beforeEach(async () => {
    first = await ownRedis()
    await first.start()
    second = await ownRedis({ replicaof: `127.0.0.1 ${first.port}` })
    await second.start()
    wire = await startWire(first.port)
    care = await openCare(wire.url)
  })
  afterEach(async () => {
    await care?.close()
    await wire?.close()
    await Promise.all([first?.close(), second?.close()])
  })

  test('slow: served late while that is in time, refused beyond, and each message answered once', async () => {
    wire.delay(100)
    const late = newPosts(4)
    expect(await deliverAll(care, late)).toEqual(all(late, 200))
    wire.delay(4000)
    const tooLate = newPosts(4)
    expect(await deliverAll(care, tooLate)).toEqual(all(tooLate, 503))
    await says(care, /did not answer within/)
    wire.delay(0)
    for (const id of tooLate) await care.deliverUntilTaken(id)
    await care.settled([...late, ...tooLate])
  })

  test('another master behind the same name: connections to the demoted one are left', async () => {
    await until(() => isLinked(second))
    const before = newPosts(4)
    expect(await deliverAll(care, before)).toEqual(all(before, 200))
    expect(await care.answered(before)).toEqual(all(before, 1))
    await second.ask((client) => client.sendCommand(['REPLICAOF', 'NO', 'ONE']))
    await first.ask((client) => client.replicaOf('127.0.0.1', second.port))
    await says(care, /read-only/)
    wire.leadTo(second.port)
    await isWell(care)
    const after = newPosts(4)
    for (const id of after) await care.deliverUntilTaken(id)
    expect(await care.answered(after)).toEqual(all(after, 1))
  })
})
