// More customers than we can answer at once: private messages first, and nobody is dropped.
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Outgoing } from '#domain'
import type { TurnContext } from '#turn'
import type { LocalEngine } from '../../src/cli/local-engine.ts'
import { openLoadLevel } from '../../src/inbox/load-level.ts'
import { idOf, openSampleEngine, openTestPipeline, type TestPipeline, textsTo, wrote } from '../setup/pipeline.ts'
import { startTestRedis, type TestRedis, until } from '../setup/redis.ts'

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

async function open(
  change: Partial<TurnContext> = {},
  more: Partial<Parameters<typeof openTestPipeline>[0]> = {},
): Promise<TestPipeline> {
  const mind = { ...shop.context, ...change }
  const pipeline = await openTestPipeline({ connections: redis.connections, mind, sent, concurrency: 1, ...more })
  pipelines.push(pipeline)
  return pipeline
}

/** A mind that notes who is thought about. */
function noting(order: string[]): Partial<TurnContext> {
  return {
    understand: (asked) => {
      order.push(asked.text.split(':')[0] ?? '')
      return shop.context.understand(asked)
    },
  }
}

test.each([
  ['while they wait for the customer’s next words', 'early', 20],
  ['while they wait for a worker', 'late', 0],
])(
  'private messages go before public ones, also a second one of the same customer: %s',
  async (_, name, debounceMs) => {
    const order: string[] = []
    const pipeline = await open(noting(order), { debounceMs })
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((one) => `${name}-${one}`) as [string, string, string, string]
    for (const user of [a, b, c])
      await pipeline.inbox.deliver('playground', [wrote(user, `${user}: ${QUESTION}`, 'public')])
    await pipeline.inbox.deliver('playground', [wrote(c, `${c}: ${QUESTION}`)])
    await pipeline.inbox.deliver('playground', [wrote(d, `${d}: ${QUESTION}`)])
    // What is raised is not lowered again.
    await pipeline.inbox.deliver('playground', [wrote(d, `${d}: ${QUESTION}`, 'public')])
    // A turn that is due while others still wait for words goes first, rightly: here all are due when work begins.
    const due = Date.now() + debounceMs
    await until(async () => Date.now() > due)
    await pipeline.start()
    await until(async () => (await pipeline.inbox.backlog()).waiting === 0)
    expect(order).toHaveLength(6)
    expect(new Set(order.slice(0, 4))).toEqual(new Set([c, d]))
    expect(order.slice(4)).toEqual([a, b])
  },
)

test('the load is high while more wait than are worked on, and one of them for too long', async () => {
  let ahead = 0
  const pipeline = await open({}, { now: () => Date.now() + ahead })
  const load = () => openLoadLevel(pipeline.inbox.backlog, { concurrency: 1, limitMs: 30_000 })()
  await pipeline.inbox.deliver('playground', [wrote('one', QUESTION)])
  ahead = 60_000
  expect(await load()).toBe('normal')
  await pipeline.inbox.deliver('playground', [wrote('two', QUESTION)])
  expect(await load()).toBe('high')
  ahead = 0
  expect(await load()).toBe('normal')
  await pipeline.start()
  await until(async () => (await pipeline.inbox.backlog()).waiting === 0)
})

test('a rule may speak of the load', async () => {
  const rules = {
    version: '1',
    rules: [{ id: 'busy', when: { load: 'high' }, then: 'escalate', because: 'Too many wait for now.' } as const],
  }
  const pipeline = await open({ rules }, { load: async () => 'high' })
  await pipeline.start()
  await pipeline.inbox.deliver('playground', [wrote('ruled', QUESTION)])
  const { reasons } = (await until(async () => (await pipeline.inbox.open(idOf('ruled'))).case?.ticket)) ?? {}
  expect(reasons).toMatchObject([{ rule: 'busy' }])
})

test('where the brand wants it, a public post is acknowledged once, and answered when it is calm', async () => {
  let busy = true
  const { brand } = shop.content
  const content = { ...shop.content, brand: { ...brand, busy: { public: 'acknowledge' } as const } }
  const pipeline = await open({ content }, { load: async () => (busy ? 'high' : 'normal') })
  await pipeline.start()
  await pipeline.inbox.deliver('playground', [wrote('put-off', QUESTION, 'public')])
  await until(() => textsTo(sent, 'put-off').length === 1)
  await pipeline.inbox.deliver('playground', [wrote('put-off', 'Hello?', 'public'), wrote('private', QUESTION)])
  await until(() => textsTo(sent, 'private').length === 1)
  expect(textsTo(sent, 'private')).not.toContain(brand.sayings.busy)
  expect((await pipeline.inbox.open(idOf('put-off'))).waiting).toHaveLength(2)
  busy = false
  await until(() => textsTo(sent, 'put-off').length > 1, 20_000)
  expect(textsTo(sent, 'put-off').filter((text) => text.endsWith(brand.sayings.busy))).toHaveLength(1)
  await until(async () => (await pipeline.inbox.open(idOf('put-off'))).waiting.length === 0)
})
