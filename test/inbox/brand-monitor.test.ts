// Networks are searched for posts about the brand: one search at a time, from where the last one ended, within limits.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { Channel } from '#channels'
import { openX } from '#channels/x'
import type { ChannelEvent, ChannelName } from '#domain'
import type { Proactive } from '#policy'
import { type JobHandler, openScheduler, type Scheduler } from '#redis/queue'
import { openBrandMonitor } from '../../src/inbox/brand-monitor.ts'
import { X } from '../service/accounts.ts'
import { silent, startTestRedis, type TestRedis, until } from '../setup/redis.ts'
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
const alarms = async () => (await redis.connections.main.keys('*clock:repeat:search-x:*')).length

test('each search goes on where the last one ended, whichever process does it', async () => {
  const [one, two] = [open(), open()]
  const first = x.say({ from: '11', text: 'Harbour Lane lost my rug' })
  await one.handlers.search('x', true)
  expect(idsOf()).toEqual([`x:${first}`])
  now += 15 * MINUTE
  await redis.connections.main.del('warmline:search:x:turn')
  const second = x.say({ from: '12', text: 'Harbour Lane lost my lamp' })
  await two.handlers.search('x', true)
  expect(idsOf()).toEqual([`x:${first}`, `x:${second}`])
  expect(searches().at(-1)?.query.get('since_id')).toBe(first)
})

test('processes that are rung at once search once, and are rung again at one time', async () => {
  const before = searches().length
  const all = Array.from({ length: 6 }, () => open())
  await Promise.all(all.map((one) => one.begin()))
  await Promise.all(all.map((one) => one.handlers.search('x', true)))
  expect(searches().length - before).toBe(1)
  expect(await alarms()).toBe(1)
})

test('what could not be made durable is read again', async () => {
  const failing = open(async () => {
    throw new Error('away')
  })
  const post = x.say({ from: '13', text: 'Harbour Lane lost my chair' })
  await expect(failing.handlers.search('x', true)).rejects.toThrow('away')
  expect(await alarms()).toBe(1)
  await redis.connections.main.del('warmline:search:x:turn')
  await open().handlers.search('x', true)
  expect(idsOf()).toContain(`x:${post}`)
})

test('a limit is heeded by everybody until it is over', async () => {
  x.misbehave({ type: 'answer', ...tooManyRequests(Math.ceil(Date.now() / 1000) + 3600) })
  await open().handlers.search('x', true)
  const before = searches().length
  await redis.connections.main.del('warmline:search:x:turn')
  await open().handlers.search('x', true)
  expect(searches().length).toBe(before)
  expect(await alarms()).toBe(1)
})

test('nobody searches while the brand looks for nothing; it is asked again later', async () => {
  const before = searches().length
  wanted = undefined
  await open().handlers.search('x', true)
  expect(searches().length).toBe(before)
  expect(await alarms()).toBe(1)
})

/** The brand looks every second. */
const often = (): Proactive => ({ ...WANTED, every: 1 / 60 })
const jobs = () => redis.connections.main.keys('*clock:*search-x*')

/** Several workers over one Redis, while `run` goes on. */
async function withWorkers(count: number, search: () => JobHandler, run: () => Promise<unknown>): Promise<void> {
  const clocks = await Promise.all(
    Array.from({ length: count }, () => openScheduler(redis.connections, silent, Date.now)),
  )
  const stops = await Promise.all(clocks.map((one) => one.work({ search: search() })))
  try {
    await run()
  } finally {
    await Promise.all(stops.map((stop) => stop()))
    await Promise.all(clocks.map((one) => one.close()))
  }
}

test('is repeated, once at each time over several processes, until the owner changes the interval', async () => {
  const rung: number[] = []
  await Promise.all([clock.repeat('search', 'x', 1000), clock.repeat('search', 'x', 1000)])
  const ring: JobHandler = async (_, isRepeated) => {
    expect(isRepeated).toBe(true)
    rung.push(Date.now())
    await clock.repeat('search', 'x', rung.length < 3 ? 1000 : 3_600_000)
    return undefined
  }
  await withWorkers(
    3,
    () => ring,
    () => until(async () => rung.length === 3 && (await alarms()) === 1),
  )
  expect(rung.map((at) => Math.floor(at / 1000))).toEqual([...new Set(rung.map((at) => Math.floor(at / 1000)))])
  const [next = ''] = (await jobs()).filter((key) => /\d+$/.test(key))
  expect(Number(/\d+$/.exec(next)?.[0]) % 3_600_000).toBe(0)
})

test('goes on while a search that began never ends', async () => {
  wanted = often()
  let end = () => {}
  const stuck = open(() => new Promise((resolve) => (end = () => resolve(undefined))))
  const alive = open()
  const post = x.say({ from: '14', text: 'Harbour Lane lost my table' })
  const monitors = [stuck]
  await alive.begin()
  await withWorkers(
    2,
    () => (key, isRepeated) => (monitors.shift() ?? alive).handlers.search(key, isRepeated),
    async () => {
      await until(() => idsOf().includes(`x:${post}`))
      end()
    },
  )
  expect(monitors).toEqual([])
})

test('takes over what version 0.1.0 had set, and does not search twice', async () => {
  const before = searches().length
  await clock.set('search', 'x', now)
  const monitor = open()
  await monitor.begin()
  await withWorkers(
    1,
    () => monitor.handlers.search,
    () => until(async () => (await jobs()).every((key) => key.includes('repeat:'))),
  )
  expect(searches().length).toBe(before)
  expect(await alarms()).toBe(1)
})
