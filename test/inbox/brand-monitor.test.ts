// Networks are searched for posts about the brand: one search at a time, from where the last one ended, within limits.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { Channel } from '#channels'
import { openX } from '#channels/x'
import type { ChannelEvent, ChannelName } from '#domain'
import type { Proactive } from '#policy'
import { openScheduler, type Scheduler } from '#redis/queue'
import { openBrandMonitor } from '../../src/inbox/brand-monitor.ts'
import { X } from '../service/accounts.ts'
import { silent, startTestRedis, type TestRedis } from '../setup/redis.ts'
import { startXApi, tooManyRequests, type XApi } from '../stand-ins/x-api.ts'

const MINUTE = 60_000
const WANTED: Proactive = {
  ...{ terms: ['Harbour Lane'], not: [], every: 15 },
  ...{ 'per-day': 20, 'per-person': 1, 'person-days': 30 },
}

let redis: TestRedis
let x: XApi
let clock: Scheduler
let channels: ReadonlyMap<ChannelName, Channel>
let heard: ChannelEvent[] = []
let wanted: Proactive | undefined
let now = Date.now()
beforeAll(async () => {
  ;[redis, x] = await Promise.all([startTestRedis(), startXApi(X)])
  clock = await openScheduler(redis.connections, silent, () => now)
  channels = new Map([['x', openX({ ...X, baseUrl: x.url, log: silent })]])
})
beforeEach(async () => {
  await redis.connections.main.flushAll()
  heard = []
  wanted = WANTED
  now = Date.now()
})
afterAll(async () => {
  await clock?.close()
  await x?.close()
  await redis?.close()
})

const open = (deliver = async (_: ChannelName, events: readonly ChannelEvent[]) => void heard.push(...events)) =>
  openBrandMonitor({
    ...{ redis: redis.connections.main, channels, clock, deliver, log: silent },
    ...{ proactive: () => wanted, stopping: new AbortController().signal, now: () => now },
  })
const idsOf = () => heard.map(({ id }) => id)
const searches = () => x.requests.filter(({ path }) => path.endsWith('/search/recent'))
const alarms = async () => (await redis.connections.main.keys('*clock:search-x-*')).length

test('each search goes on where the last one ended, whichever process does it', async () => {
  const [one, two] = [open(), open()]
  const first = x.say({ from: '11', text: 'Harbour Lane lost my rug' })
  await one.rings.search('x')
  expect(idsOf()).toEqual([`x:${first}`])
  now += 15 * MINUTE
  await redis.connections.main.del('warmline:search:x:turn')
  const second = x.say({ from: '12', text: 'Harbour Lane lost my lamp' })
  await two.rings.search('x')
  expect(idsOf()).toEqual([`x:${first}`, `x:${second}`])
  expect(searches().at(-1)?.query.get('since_id')).toBe(first)
})

test('processes that are rung at once search once, and are rung again at one time', async () => {
  const before = searches().length
  const all = Array.from({ length: 6 }, () => open())
  await Promise.all(all.map((one) => one.begin()))
  await Promise.all(all.map((one) => one.rings.search('x')))
  expect(searches().length - before).toBe(1)
  expect(await alarms()).toBe(1)
})

test('what could not be made durable is read again', async () => {
  const failing = open(async () => {
    throw new Error('away')
  })
  const post = x.say({ from: '13', text: 'Harbour Lane lost my chair' })
  await expect(failing.rings.search('x')).rejects.toThrow('away')
  expect(await alarms()).toBe(1)
  await redis.connections.main.del('warmline:search:x:turn')
  await open().rings.search('x')
  expect(idsOf()).toContain(`x:${post}`)
})

test('a limit is heeded by everybody until it is over', async () => {
  x.misbehave({ type: 'answer', ...tooManyRequests(Math.ceil(Date.now() / 1000) + 3600) })
  await open().rings.search('x')
  const before = searches().length
  await redis.connections.main.del('warmline:search:x:turn')
  await open().rings.search('x')
  expect(searches().length).toBe(before)
  expect(await alarms()).toBe(1)
})

test('nobody searches while the brand looks for nothing; it is asked again later', async () => {
  const before = searches().length
  wanted = undefined
  await open().rings.search('x')
  expect(searches().length).toBe(before)
  expect(await alarms()).toBe(1)
})
