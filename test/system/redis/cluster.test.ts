// The whole service on a Redis Cluster of three masters.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Ticket } from '#handoff'
import { type OwnCluster, ownCluster } from '../../redis/cluster.ts'
import { isLinked } from '../../service/own-redis.ts'
import { ticketOf } from '../../service/records.ts'
import { until } from '../../setup/redis.ts'
import { startTestService } from '../../setup/service.ts'
import { type Care, newPosts, openCare } from './whole-service.ts'

let cluster: OwnCluster
let care: Care
beforeAll(async () => {
  cluster = await ownCluster()
  care = await openCare(cluster.url)
})
afterAll(async () => {
  await care?.close()
  await cluster?.close()
})

test('public questions of many customers are answered, each once', async () => {
  const ids = newPosts(24)
  expect(await Promise.all(ids.map((id) => care.deliver(id)))).toEqual(ids.map(() => 200))
  expect(await care.answered(ids)).toEqual(ids.map(() => 1))
  await until(async () => (await care.redisHealth()) === 'ok', 30_000)
})

test('customers are spread over all three masters', async () => {
  const keys = await Promise.all(cluster.masters.map((one) => one.ask((client) => client.keys('warmline:*:case'))))
  for (const some of keys) expect(some.length).toBeGreaterThan(0)
})

test('a ticket is claimed, answered and resolved in the console, and open consoles hear of it', async () => {
  const [id = ''] = newPosts(1)
  const stream = await care.lead.listen('/api/events')
  expect(await care.deliver(id, 'I want to talk to a human')).toBe(200)
  const waiting = await ticketOf(care.lead, care.customerOf(id))
  const claimed = await care.lead.send(`/api/tickets/${waiting.id}/claim`)
  expect(claimed).toMatchObject({ status: 200, body: { state: 'claimed' } })
  const before = care.repliesTo(id)
  await care.lead.send(`/api/tickets/${waiting.id}/replies`, { text: 'Laura here: I will look.', audience: 'public' })
  await until(() => care.repliesTo(id) > before)
  await care.lead.send(`/api/tickets/${waiting.id}/resolve`)
  expect((await care.lead.get<Ticket>(`/api/tickets/${waiting.id}`)).state).toBe('resolved')
  await until(() => /ticket-claimed/.test(stream.heard()) && /ticket-resolved/.test(stream.heard()))
  stream.close()
})

test('the playground works: a direct message is answered', async () => {
  await care.service.post('/playground/api/dms', { customer: 'mia', text: 'What are your opening hours?' })
  await until(async () => (await care.service.timeline('mia')).dms.length > 1)
})

test.each([0, 1, 2])(
  'master %d goes away and comes back: refused meanwhile, nothing lost, nothing twice',
  async (at) => {
    const one = cluster.masters[at]
    const before = newPosts(12)
    expect(await Promise.all(before.map((id) => care.deliver(id)))).toEqual(before.map(() => 200))
    await one?.stop()
    const during = newPosts(12)
    await until(async () => (await care.redisHealth()) !== 'ok')
    expect(await Promise.all(during.map((id) => care.deliver(id)))).toEqual(during.map(() => 503))
    await one?.start()
    for (const id of during) await care.deliverUntilTaken(id)
    await care.settled([...before, ...during])
    expect(await care.answered(during)).toEqual(during.map(() => 1))
  },
)

test('one master without an append-only file is enough to refuse the start', async () => {
  await cluster.masters[2]?.ask((client) => client.configSet('appendonly', 'no'))
  await until(async () => /appendonly no/.test(await care.redisHealth()))
  await expect(startTestService({ REDIS_URL: cluster.url })).rejects.toThrow(/`appendonly no`/)
  await cluster.masters[2]?.ask((client) => client.configSet('appendonly', 'yes'))
  await until(async () => (await care.redisHealth()) === 'ok')
})

test('the master that holds the queues hands over to its replica, and takes over again when that is killed', async () => {
  const master = await cluster.holder('{warmline}')
  const replica = await cluster.replicate(master)
  await replica.ask((client) => client.sendCommand(['CLUSTER', 'FAILOVER']))
  await until(() => isLinked(master), 20_000)
  const planned = newPosts(8)
  for (const id of planned) await care.deliverUntilTaken(id)
  await care.settled(planned)
  await replica.kill()
  await until(async () => (await care.redisHealth()) !== 'ok')
  const unplanned = newPosts(8)
  for (const id of unplanned) await care.deliverUntilTaken(id)
  await care.settled(unplanned)
  expect(await care.answered(unplanned)).toEqual(unplanned.map(() => 1))
})
