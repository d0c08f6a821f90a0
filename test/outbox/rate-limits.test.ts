// Limits of a network hold for all workers at once, and for nothing else.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Channel } from '#channels'
import { openX } from '#channels/x'
import type { Effect } from '#domain'
import { keysOf } from '#redis/keys'
import { silent, startTestRedis, type TestRedis, until } from '../setup/redis.ts'
import { startXApi, tooManyRequests, X_PROBLEMS, type XApi } from '../stand-ins/x-api.ts'
import { history, openTestOutbox, person, QUICK, queue, replies, says, type TestOutbox } from './test-outbox.ts'

const US = '1100'
const keys = { userId: US, consumerKey: 'k', consumerSecret: 's', accessToken: 't', accessTokenSecret: 'ts' }

let redis: TestRedis
let api: XApi
let channels: Channel[]
/** Two workers, as two processes would be: nothing is shared but Redis. */
let one: TestOutbox
let other: TestOutbox
let playground: string[]
beforeAll(async () => {
  redis = await startTestRedis()
  api = await startXApi(keys)
  playground = []
  const elsewhere: Channel = {
    name: 'playground',
    law: { toPrivate: 'message', hide: true, idempotent: true },
    parse: () => [],
    mount: () => {},
    async send(outgoing) {
      playground.push(outgoing.effect)
      return { state: 'sent', platformId: outgoing.effect }
    },
  }
  channels = [openX({ ...keys, baseUrl: api.url, log: silent }), elsewhere]
  one = await openTestOutbox(redis, channels)
  other = await openTestOutbox(redis, channels)
})
afterAll(async () => {
  await Promise.all([one?.close(), other?.close()])
  await api?.close()
  await redis?.close()
})

let last = 7000
const onX = () => person(String(++last), 'x', US)
const attemptsOf = (customer: string, effect: string) =>
  redis.connections.main.hGet(keysOf(customer).effects, `${effect}/attempts`)
const isSent = (id: string, customer: Parameters<typeof history>[1]) =>
  until(async () => (await history(redis, customer)).includes(`effect-sent ${id}`))
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds
/** No limit of an earlier test is left. */
const open = async () => {
  for (const key of await redis.connections.main.keys('warmline:limit:*')) await redis.connections.main.del(key)
}

describe('when X says “slow down”', () => {
  test('no worker posts before its time, no try is counted, and all is sent once after it', async () => {
    await open()
    const customers = Array.from({ length: 6 }, onX)
    const [first] = customers
    if (!first) throw new Error('nobody is there')
    const before = api.requests.length
    const reset = inSeconds(2)
    api.misbehave({ type: 'answer', ...tooManyRequests(reset) })
    for (const { id } of customers) await one.note(id)
    await queue(redis, first, [replies(first, 'l0', 'words 0', 'x:800')])
    await one.due(first.id)
    await until(async () => (await history(redis, first)).length === 1)
    for (const [index, customer] of customers.entries()) {
      if (index === 0) continue
      await queue(redis, customer, [replies(customer, `l${index}`, `words ${index}`, `x:80${index}`)])
      await (index % 2 ? one : other).due(customer.id)
    }
    await until(async () => (await one.stuck.list()).filter(({ state }) => state === 'limited').length === 6)
    expect(api.requests.length - before).toBe(1)
    expect(await Promise.all(customers.slice(1).map(({ id }, index) => attemptsOf(id, `l${index + 1}`)))).toEqual(
      Array(5).fill(null),
    )
    for (const [index, customer] of customers.entries()) await isSent(`l${index}`, customer)
    const times = api.posts.map(({ at }) => at)
    expect(Math.min(...times)).toBeGreaterThanOrEqual(reset * 1000)
    expect(api.requests.length - before).toBe(1 + customers.length)
  })

  test('direct messages, other networks and announcements go on', async () => {
    await open()
    const [ana, ben] = [onX(), onX()]
    const cleo = person('cleo')
    api.misbehave({ type: 'answer', ...tooManyRequests(inSeconds(600)) })
    const ticket: Effect = {
      schema: 1,
      id: 'l21',
      caseId: `${ana.id}~1`,
      epoch: 0,
      by: 'bot',
      madeAt: 1,
      do: 'announce',
      ticket: 'T-21',
      customer: ana,
      event: 'ticket-opened',
    }
    await queue(redis, ana, [replies(ana, 'l20', 'later', 'x:820')])
    await one.due(ana.id)
    await until(async () => (await history(redis, ana)).length === 1)
    await queue(redis, ana, [ticket])
    await queue(redis, ben, [says(ben, 'l22', 'a direct message')])
    await queue(redis, cleo, [says(cleo, 'l23', 'elsewhere')])
    for (const { id } of [ana, ben, cleo]) await one.due(id)
    await until(() => [...one.announced, ...other.announced].includes('T-21'))
    await isSent('l22', ben)
    await until(() => playground.includes('l23'))
    expect(await history(redis, ana)).toEqual(['effect-retried l20'])
  })

  test('a bot message that waits is held back at once when a person takes over, whose words may go another way', async () => {
    await open()
    const ana = onX()
    api.misbehave({ type: 'answer', ...tooManyRequests(inSeconds(600)) })
    await queue(redis, ana, [replies(ana, 'l30', 'the bot', 'x:830')])
    await one.due(ana.id)
    await until(async () => (await history(redis, ana)).length === 1)
    await queue(redis, ana, [says(ana, 'l31', 'a person', 'agent@example.com')], 'agent@example.com')
    await one.due(ana.id)
    await isSent('l31', ana)
    expect(await history(redis, ana)).toEqual(['effect-retried l30', 'effect-suppressed l30', 'effect-sent l31'])
  })

  test('what nobody wants any more when X takes it again becomes a person’s', async () => {
    await open()
    const ana = onX()
    api.misbehave({ type: 'answer', ...tooManyRequests(inSeconds(600)) })
    await queue(redis, ana, [replies(ana, 'l45', 'in time', 'x:845')])
    await one.due(ana.id)
    await until(async () => (await history(redis, ana)).length === 1)
    const ben = onX()
    const old = replies(ben, 'l46', 'far too late', 'x:846')
    await queue(redis, ben, [{ ...old, madeAt: Date.now() - 7 * 3_600_000 }])
    await one.due(ben.id)
    await until(async () => (await history(redis, ben)).includes('effect-refused l46'))
    expect((await one.stuck.read('l46'))?.because).toBe('the network takes no more for now')
    expect(await history(redis, ana)).toEqual(['effect-retried l45'])
  })

  test('a limit is believed for a day', async () => {
    await open()
    const ana = onX()
    api.misbehave({ type: 'answer', ...tooManyRequests(inSeconds(30 * 86_400)) })
    await queue(redis, ana, [replies(ana, 'l47', 'in a month', 'x:847')])
    await one.due(ana.id)
    await until(async () => (await history(redis, ana)).length === 1)
    const notBefore = await redis.connections.main.hGet(keysOf(ana.id).effects, 'l47/not-before')
    expect(Number(notBefore)).toBeGreaterThan(Date.now())
    expect(Number(notBefore)).toBeLessThanOrEqual(Date.now() + 86_400_000)
  })

  test('a plan that is used up is no limit to wait for', async () => {
    await open()
    const ana = onX()
    api.misbehave({ type: 'answer', ...X_PROBLEMS.capped })
    await queue(redis, ana, [replies(ana, 'l50', 'never', 'x:850')])
    await one.due(ana.id)
    await until(async () => (await history(redis, ana)).includes('effect-refused l50'))
    expect((await one.stuck.read('l50'))?.because).toContain('capped')
  })

  test('the last call that X takes for now is known before the next is made', async () => {
    await open()
    const [ana, ben] = [onX(), onX()]
    const headers = { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(inSeconds(600)) }
    api.misbehave({ type: 'answer', status: 201, headers, body: { data: { id: '4711' } } })
    await queue(redis, ana, [replies(ana, 'l40', 'the last', 'x:840')])
    await one.due(ana.id)
    await isSent('l40', ana)
    const before = api.requests.length
    await other.note(ben.id)
    await queue(redis, ben, [replies(ben, 'l41', 'one too many', 'x:841')])
    await other.due(ben.id)
    await until(async () => (await one.stuck.list()).some(({ id, state }) => id === 'l41' && state === 'limited'))
    expect(api.requests.length).toBe(before)
  })
})

test('a limit of one conversation holds that customer alone', async () => {
  const [ana, ben] = [person('ana', 'bot-framework'), person('ben', 'bot-framework')]
  const sent: string[] = []
  let refused = 0
  const thread: Channel = {
    name: 'bot-framework',
    law: { toPrivate: 'none', hide: false },
    parse: () => [],
    mount: () => {},
    async send({ effect, customer }) {
      if (customer.id === ana.id && refused++ === 0) {
        return { state: 'unreachable', reason: 'slow down', limit: { of: 'conversation', forMs: 600_000 } }
      }
      sent.push(effect)
      return { state: 'sent', platformId: effect }
    },
  }
  await Promise.all([one.close(), other.close()])
  one = await openTestOutbox(redis, [thread])
  for (const [customer, id] of [
    [ana, 'l60'],
    [ben, 'l61'],
  ] as const) {
    await queue(redis, customer, [says(customer, id, 'hello')])
    await one.due(customer.id)
    await until(async () => (await history(redis, customer)).length === 1)
  }
  expect(sent).toEqual(['l61'])
})

test('a limit that is over at once is waited for all the same, as long as for any other failure', async () => {
  const ana = person('ana-again')
  const busy: Channel = {
    name: 'playground',
    law: { toPrivate: 'none', hide: false },
    parse: () => [],
    mount: () => {},
    send: async () => ({ state: 'unreachable', reason: 'slow down', limit: { of: 'conversation', forMs: 0 } }),
  }
  await one.close()
  one = await openTestOutbox(redis, [busy], { timing: { ...QUICK, again: 60_000 } })
  await queue(redis, ana, [says(ana, 'l70', 'hello')])
  await one.due(ana.id)
  await until(async () => (await history(redis, ana)).length === 1)
  const notBefore = await redis.connections.main.hGet(keysOf(ana.id).effects, 'l70/not-before')
  expect(Number(notBefore)).toBeGreaterThan(Date.now())
})
