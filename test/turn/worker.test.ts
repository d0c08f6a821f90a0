// Turns that fail, hang, pile up or break: nobody is lost, nothing is said twice, and a person gets what cannot be done.
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Outgoing } from '#domain'
import { connectRedis } from '#redis/connect'
import { keysOf } from '#redis/keys'
import type { TurnContext } from '#turn'
import type { LocalEngine } from '../../src/cli/local-engine.ts'
import { idOf, openSampleEngine, openTestPipeline, type TestPipeline, textsTo, wrote } from '../setup/pipeline.ts'
import { silent, startTestRedis, type TestRedis, until } from '../setup/redis.ts'

const QUESTION = 'How much is delivery?'

let redis: TestRedis
let shop: LocalEngine
let sent: Outgoing[] = []
const pipelines: TestPipeline[] = []
beforeAll(async () => {
  ;[redis, shop] = await Promise.all([startTestRedis(), openSampleEngine()])
})
afterEach(async () => {
  for (const pipeline of pipelines.splice(0)) await pipeline.close()
  sent = []
})
afterAll(async () => {
  await shop?.close()
  await redis?.close()
})

type More = Partial<Parameters<typeof openTestPipeline>[0]>
async function open(change: Partial<TurnContext> = {}, more: More = {}): Promise<TestPipeline> {
  const pipeline = await openClosed(change, more)
  await pipeline.start()
  return pipeline
}

/** Takes messages in, and answers none before it is started. */
async function openClosed(change: Partial<TurnContext> = {}, more: More = {}): Promise<TestPipeline> {
  const pipeline = await openTestPipeline({
    connections: redis.connections,
    mind: { ...shop.context, ...change },
    sent,
    ...more,
  })
  pipelines.push(pipeline)
  return pipeline
}

const turnsOf = async (pipeline: TestPipeline, user: string) =>
  (await pipeline.inbox.open(idOf(user))).history.flatMap((event) => (event.type === 'turn-taken' ? [event] : []))
const ticketOf = async (pipeline: TestPipeline, user: string) => (await pipeline.inbox.open(idOf(user))).case?.ticket

test('a turn that keeps failing goes to a person, and the next message gets a turn of its own', async () => {
  let tries = 0
  const pipeline = await open({
    understand: async (asked) => {
      if (!asked.text.includes('poison')) return shop.context.understand(asked)
      tries += 1
      throw new Error(`cannot understand ${asked.text}`)
    },
  })
  await pipeline.inbox.deliver('playground', [wrote('poisoned', 'poison')])
  await until(async () => (await turnsOf(pipeline, 'poisoned')).length === 1, 25_000)
  expect(tries).toBe(6)
  expect(await ticketOf(pipeline, 'poisoned')).toMatchObject({ priority: 'high', reasons: [{ rule: 'failure' }] })
  await until(() => textsTo(sent, 'poisoned').length === 1)
  await pipeline.inbox.deliver('playground', [wrote('poisoned', QUESTION)])
  await until(() => textsTo(sent, 'poisoned').length === 2)
  expect((await turnsOf(pipeline, 'poisoned')).map((turn) => turn.outcome)).toEqual(['escalated', 'answered'])
})

test('when the words about it fail too, the ticket is made all the same', async () => {
  const sayings = { ...shop.content.brand.sayings }
  const broken = Object.fromEntries(Object.keys(sayings).map((name) => [name, undefined])) as never
  const pipeline = await open({
    content: { ...shop.content, brand: { ...shop.content.brand, sayings: broken } },
    understand: async () => {
      throw new Error('broken')
    },
  })
  await pipeline.inbox.deliver('playground', [wrote('wordless', QUESTION)])
  await until(() => ticketOf(pipeline, 'wordless'), 25_000)
  const { waiting } = await pipeline.inbox.open(idOf('wordless'))
  expect(waiting).toEqual([])
  expect(textsTo(sent, 'wordless')).toEqual([])
})

test('a turn that hangs is cut and taken again, and what it comes to afterwards changes nothing', async () => {
  let hung: (() => void) | undefined
  let times = 0
  const pipeline = await open(
    {
      understand: async (asked) => {
        times += 1
        if (times === 1) await new Promise<void>((resolve) => (hung = resolve))
        return shop.context.understand(asked)
      },
    },
    { turnMs: 1_500 },
  )
  await pipeline.inbox.deliver('playground', [wrote('hanging', QUESTION)])
  await until(() => textsTo(sent, 'hanging').length === 1)
  const { version } = await pipeline.inbox.open(idOf('hanging'))
  hung?.()
  await pipeline.inbox.deliver('playground', [wrote('behind', QUESTION)])
  await until(() => textsTo(sent, 'behind').length === 1)
  expect(await turnsOf(pipeline, 'hanging')).toHaveLength(1)
  expect((await pipeline.inbox.open(idOf('hanging'))).version).toBe(version)
  expect(textsTo(sent, 'hanging')).toHaveLength(1)
})

test('a turn that always hangs goes to a person at the second time', async () => {
  let times = 0
  const pipeline = await open(
    {
      understand: () => {
        times += 1
        return new Promise(() => {})
      },
    },
    { turnMs: 300 },
  )
  await pipeline.inbox.deliver('playground', [wrote('stuck', QUESTION)])
  await until(() => ticketOf(pipeline, 'stuck'))
  expect(times).toBe(2)
})

test('a customer whose record cannot be read is shown as stuck, and served once it can', async () => {
  const pipeline = await open()
  const { state } = keysOf(idOf('torn'))
  await redis.connections.main.hSet(state, 'case', '{"torn')
  await pipeline.inbox.deliver('playground', [wrote('torn', QUESTION)])
  await until(async () => (await pipeline.inbox.backlog()).stuck === 1, 25_000)
  expect((await pipeline.inbox.backlog()).waiting).toBe(0)
  await redis.connections.main.hDel(state, 'case')
  await pipeline.inbox.deliver('playground', [wrote('torn', QUESTION)])
  await until(() => textsTo(sent, 'torn').length > 0)
  await until(async () => (await pipeline.inbox.backlog()).stuck === 0)
})

test('a flood is taken in turns that one can read, and others are answered in between', async () => {
  const pipeline = await openClosed({}, { concurrency: 1 })
  const flood = Array.from({ length: 90 }, (_, n) => wrote('flooding', `${QUESTION} ${n}`))
  await pipeline.inbox.deliver('playground', flood)
  await pipeline.inbox.deliver('playground', [wrote('patient', QUESTION)])
  await pipeline.start()
  await until(async () => (await turnsOf(pipeline, 'flooding')).length === 5, 25_000)
  const turns = await turnsOf(pipeline, 'flooding')
  expect(turns.map((turn) => turn.messages.length)).toEqual([20, 20, 20, 20, 10])
  expect(turns.flatMap((turn) => turn.messages)).toEqual(flood.map((event) => event.id))
  const [patient] = await turnsOf(pipeline, 'patient')
  expect(patient?.at).toBeLessThan(turns.at(-1)?.at ?? 0)
})

test('over several workers, each with its own connections, a customer’s turns come one at a time and in order', async () => {
  const more = await Promise.all([1, 2].map(() => connectRedis(redis.server.address, silent)))
  await Promise.all(more.map((one) => one.ready))
  const busy = new Map<string, number>()
  let overlaps = 0
  const change: Partial<TurnContext> = {
    async understand(asked) {
      const who = asked.text.split(' ')[0] ?? ''
      busy.set(who, (busy.get(who) ?? 0) + 1)
      if ((busy.get(who) ?? 0) > 1) overlaps += 1
      const understood = await shop.context.understand(asked)
      await new Promise((resolve) => setTimeout(resolve, (asked.text.length * 7) % 40))
      busy.set(who, (busy.get(who) ?? 0) - 1)
      return understood
    },
  }
  const all = [await open(change)]
  for (const connections of more) all.push(await open(change, { connections }))
  const users = Array.from({ length: 10 }, (_, n) => `ordered${n}`)
  const said = new Map<string, string[]>(users.map((user) => [user, []]))
  for (let n = 0; n < 6; n++) {
    await Promise.all(
      users.map((user, at) => {
        const event = wrote(user, `${user} asks: ${QUESTION} ${n}`)
        said.get(user)?.push(event.id)
        return all[(n + at) % 3]?.inbox.deliver('playground', [event])
      }),
    )
  }
  const [first] = all as [TestPipeline]
  await until(async () => (await first.inbox.backlog()).waiting === 0)
  for (const user of users) {
    expect((await turnsOf(first, user)).flatMap((turn) => turn.messages)).toEqual(said.get(user))
  }
  expect(overlaps).toBe(0)
  for (const pipeline of pipelines.splice(0)) await pipeline.close()
  for (const one of more) await one.close()
})
