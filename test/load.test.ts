// More customers than we can answer at once: private messages first, and nobody is dropped.
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Outgoing } from '#domain'
import type { TurnContext } from '#turn'
import type { LocalEngine } from '../src/cli/local-engine.ts'
import { openLoadLevel } from '../src/inbox/load-level.ts'
import { type Floor, idOf, openFloor, openShop, textsTo, wrote } from './setup/floor.ts'
import { startTestRedis, type TestRedis, until } from './setup/redis.ts'

const QUESTION = 'How much is delivery?'

let redis: TestRedis
let shop: LocalEngine
let sent: Outgoing[] = []
const floors: Floor[] = []
beforeAll(async () => {
  ;[redis, shop] = await Promise.all([startTestRedis(), openShop()])
}, 60_000)
afterEach(async () => {
  for (const floor of floors.splice(0)) await floor.close()
  sent = []
})
afterAll(async () => {
  await shop?.close()
  await redis?.close()
})

async function open(
  change: Partial<TurnContext> = {},
  more: Partial<Parameters<typeof openFloor>[0]> = {},
): Promise<Floor> {
  const mind = { ...shop.mind, ...change }
  const floor = await openFloor({ connections: redis.connections, mind, sent, concurrency: 1, ...more })
  floors.push(floor)
  return floor
}

/** A mind that notes who is thought about. */
function noting(order: string[]): Partial<TurnContext> {
  return {
    understand: (asked) => {
      order.push(asked.text.split(':')[0] ?? '')
      return shop.mind.understand(asked)
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
    const floor = await open(noting(order), { debounceMs })
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((one) => `${name}-${one}`) as [string, string, string, string]
    for (const user of [a, b, c])
      await floor.inbox.deliver('playground', [wrote(user, `${user}: ${QUESTION}`, 'public')])
    await floor.inbox.deliver('playground', [wrote(c, `${c}: ${QUESTION}`)])
    await floor.inbox.deliver('playground', [wrote(d, `${d}: ${QUESTION}`)])
    // What is raised is not lowered again.
    await floor.inbox.deliver('playground', [wrote(d, `${d}: ${QUESTION}`, 'public')])
    // A turn that is due while others still wait for words goes first, rightly: here all are due when work begins.
    const due = Date.now() + debounceMs
    await until(async () => Date.now() > due)
    await floor.start()
    await until(async () => (await floor.inbox.backlog()).waiting === 0)
    expect(order).toHaveLength(6)
    expect(new Set(order.slice(0, 4))).toEqual(new Set([c, d]))
    expect(order.slice(4)).toEqual([a, b])
  },
)

test('the load is high while more wait than are worked on, and one of them for too long', async () => {
  let ahead = 0
  const floor = await open({}, { now: () => Date.now() + ahead })
  const load = () => openLoadLevel(floor.inbox.backlog, { concurrency: 1, limitMs: 30_000 })()
  await floor.inbox.deliver('playground', [wrote('one', QUESTION)])
  ahead = 60_000
  expect(await load()).toBe('normal')
  await floor.inbox.deliver('playground', [wrote('two', QUESTION)])
  expect(await load()).toBe('high')
  ahead = 0
  expect(await load()).toBe('normal')
  await floor.start()
  await until(async () => (await floor.inbox.backlog()).waiting === 0)
})

test('a rule may speak of the load', async () => {
  const rules = {
    version: '1',
    rules: [{ id: 'busy', when: { load: 'high' }, then: 'escalate', because: 'Too many wait for now.' } as const],
  }
  const floor = await open({ rules, load: async () => 'high' })
  await floor.start()
  await floor.inbox.deliver('playground', [wrote('ruled', QUESTION)])
  const { reasons } = (await until(async () => (await floor.inbox.open(idOf('ruled'))).case?.ticket)) ?? {}
  expect(reasons).toMatchObject([{ rule: 'busy' }])
})

test('where the brand wants it, a public post is acknowledged once, and answered when it is calm', async () => {
  let busy = true
  const { brand } = shop.content
  const content = { ...shop.content, brand: { ...brand, busy: { public: 'acknowledge' } as const } }
  const floor = await open({ content, load: async () => (busy ? 'high' : 'normal') })
  await floor.start()
  await floor.inbox.deliver('playground', [wrote('put-off', QUESTION, 'public')])
  await until(() => textsTo(sent, 'put-off').length === 1)
  await floor.inbox.deliver('playground', [wrote('put-off', 'Hello?', 'public'), wrote('private', QUESTION)])
  await until(() => textsTo(sent, 'private').length === 1)
  expect(textsTo(sent, 'private')).not.toContain(brand.sayings.busy)
  expect((await floor.inbox.open(idOf('put-off'))).waiting).toHaveLength(2)
  busy = false
  await until(() => textsTo(sent, 'put-off').length > 1, 20_000)
  expect(textsTo(sent, 'put-off').filter((text) => text.endsWith(brand.sayings.busy))).toHaveLength(1)
  await until(async () => (await floor.inbox.open(idOf('put-off'))).waiting.length === 0)
}, 40_000)
