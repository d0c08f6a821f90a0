// A machine's clock that is wrong by ten minutes, and two processes that mend the same thing: nothing is done twice.
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Outgoing } from '#domain'
import { type Connections, connectRedis } from '#redis/connect'
import type { LocalEngine } from '../../src/cli/local-engine.ts'
import { receive } from '../../src/inbox/receive.ts'
import { idOf, openSampleEngine, openTestPipeline, type TestPipeline, textsTo, wrote } from '../setup/pipeline.ts'
import { silent, startTestRedis, type TestRedis, until } from '../setup/redis.ts'

const QUESTION = 'How much is delivery?'
const PERSON = 'I want to talk to a human'
const TEN_MINUTES = 600_000

let redis: TestRedis
let shop: LocalEngine
let sent: Outgoing[] = []
const pipelines: TestPipeline[] = []
const others: Connections[] = []
const trueNow = Date.now
beforeAll(async () => {
  ;[redis, shop] = await Promise.all([startTestRedis(), openSampleEngine()])
})
afterEach(async () => {
  Date.now = trueNow
  for (const pipeline of pipelines.splice(0)) await pipeline.close()
  for (const connections of others.splice(0)) await connections.close()
  sent = []
})
afterAll(async () => {
  await shop?.close()
  await redis?.close()
})

/** Two workers, whose every clock is this process’s. */
async function openTwo(): Promise<TestPipeline> {
  for (let n = 0; n < 2; n++) {
    const connections = connectRedis(redis.server.address, silent)
    await connections.ready
    others.push(connections)
    const pipeline = await openTestPipeline({ connections, mind: shop.context, sent, now: () => Date.now() })
    pipelines.push(pipeline)
    await pipeline.start()
  }
  return pipelines[0] as TestPipeline
}

test.each([
  ['forward', [0, TEN_MINUTES]],
  ['back', [0, -TEN_MINUTES]],
  ['to and fro', [0, TEN_MINUTES, -TEN_MINUTES, TEN_MINUTES, 0]],
])('the clock jumps %s: everybody is answered once, and nobody is handed over for it', async (name, jumps) => {
  const pipeline = await openTwo()
  const users: string[] = []
  for (const [nth, jump] of jumps.entries()) {
    Date.now = () => trueNow() + jump
    for (let n = 0; n < 4; n++) {
      const user = `${name}-${nth}-${n}`
      users.push(user)
      const event = wrote(user, QUESTION)
      await pipeline.inbox.deliver('playground', [event])
      await pipelines[1]?.inbox.deliver('playground', [event])
    }
  }
  await until(() => users.every((user) => textsTo(sent, user).length > 0), 40_000)
  await until(async () => (await pipeline.inbox.backlog()).waiting === 0, 40_000)
  for (const user of users) {
    expect([user, textsTo(sent, user).length]).toEqual([user, 1])
    const { case: given, history, waiting } = await pipeline.inbox.open(idOf(user))
    expect([user, waiting, given?.ticket]).toEqual([user, [], undefined])
    expect(history.filter((event) => event.type === 'turn-taken')).toHaveLength(1)
  }
})

test('a turn whose job was lost is made good by two sweepers, and the customer is handed over once', async () => {
  const pipeline = await openTwo()
  const users = Array.from({ length: 20 }, (_, n) => `lost-${n}`)
  // Whoever took these in died before saying that they are due.
  const { main } = redis.connections
  for (const user of users) {
    await receive(main, 'playground', wrote(user, PERSON), {
      now: Date.now(),
      keepMs: 86_400_000,
      purgeMs: 0,
      async note(customer) {
        await main.zAdd('warmline:due:turns', { value: customer, score: Date.now() - 60_000 })
        return Date.now()
      },
    })
  }
  await until(() => users.every((user) => textsTo(sent, user).length > 0), 40_000)
  await until(async () => (await pipeline.inbox.backlog()).waiting === 0)
  for (const user of users) {
    const { history } = await pipeline.inbox.open(idOf(user))
    const opened = history.filter((event) => event.type === 'ticket-opened')
    expect([user, opened.length, textsTo(sent, user).length]).toEqual([user, 1, 1])
  }
  const { tickets: listed } = await pipeline.desk.list({ state: 'waiting' })
  expect(listed.map((ticket) => ticket.customer.id).sort()).toEqual(users.map(idOf).sort())
})
