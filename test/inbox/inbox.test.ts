import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type ChannelEvent, continueCase } from '#domain'
import { type Inbox, openInbox } from '#inbox'
import { commitChange } from '#redis/store'
import { silent, startTestRedis, type TestRedis, until } from '../setup/redis.ts'
import { NO_EVENTS } from './no-events.ts'

let redis: TestRedis
let inbox: Inbox

beforeAll(async () => {
  redis = await startTestRedis()
  inbox = await openInbox({
    connections: redis.connections,
    debounceMs: 60,
    concurrency: 8,
    events: NO_EVENTS,
    log: silent,
    now: Date.now,
  })
})
afterAll(async () => {
  await inbox?.close()
  await redis?.close()
})

function wrote(user: string, id: string, text: string): ChannelEvent {
  const customer = { id: `playground:brand:${user}`, channel: 'playground', account: 'brand', user } as const
  const conversation = { id: `playground:brand:dm:${user}`, channel: 'playground', audience: 'private' } as const
  const message = {
    id: `playground:${id}`,
    conversation,
    author: user,
    authorKind: 'customer',
    text,
    at: Date.now(),
  } as const
  return { kind: 'message', id: message.id, own: false, customer, message, directed: true }
}

const open = (user: string) => inbox.open(`playground:brand:${user}`)
const texts = async (user: string) => (await open(user)).waiting.map((one) => one.message.text)

describe('what comes in', () => {
  test('a message delivered twice waits once', async () => {
    await inbox.deliver('playground', [wrote('twice', 'm1', 'hello')])
    await inbox.deliver('playground', [wrote('twice', 'm1', 'hello'), wrote('twice', 'm2', 'again')])
    expect(await texts('twice')).toEqual(['hello', 'again'])
  })

  test('an edit of a waiting message changes it, and a delete takes it away', async () => {
    await inbox.deliver('playground', [wrote('edits', 'm3', 'one'), wrote('edits', 'm4', 'two')])
    const [first] = (await open('edits')).waiting
    const customer = first?.customer
    const changed = { own: false, ...(customer ? { customer } : {}), audience: 'private' } as const
    await inbox.deliver('playground', [
      { kind: 'edit', id: 'e1', of: 'playground:m3', text: 'uno', order: 1, ...changed },
    ])
    await inbox.deliver('playground', [{ kind: 'delete', id: 'e2', of: 'playground:m4', ...changed }])
    expect(await texts('edits')).toEqual(['uno'])
  })

  test('a card number is in no record, whether it is written or comes with an edit', async () => {
    await inbox.deliver('playground', [
      wrote('card', 'card-1', 'my card is 4111 1111 1111 1111'),
      wrote('card', 'card-2', 'ok'),
    ])
    const customer = (await open('card')).waiting[0]?.customer
    const changed = { own: false, ...(customer ? { customer } : {}), audience: 'private', order: 1 } as const
    const text = 'it is 5500-0000-0000-0004, cvv 123'
    await inbox.deliver('playground', [{ kind: 'edit', id: 'ec2', of: 'playground:card-2', text, ...changed }])
    // Told before its message.
    await inbox.deliver('playground', [{ kind: 'edit', id: 'ec3', of: 'playground:card-3', text, ...changed }])
    await inbox.deliver('playground', [wrote('card', 'card-3', 'ok')])
    expect(await texts('card')).toEqual([
      'my card is [card ending 1111]',
      'it is [card ending 0004], cvv [security code]',
      'it is [card ending 0004], cvv [security code]',
    ])
    const { waiting, history } = await open('card')
    expect(waiting.map(({ message }) => message.privateData?.map(({ type }) => type))).toEqual([
      ['card'],
      ['card', 'secret'],
      ['card', 'secret'],
    ])
    expect(JSON.stringify(history)).toContain('card ending 0004')
    expect(JSON.stringify(history).replaceAll(/\D/g, '')).not.toMatch(/4111111111111111|5500000000000004/)
  })

  test('what no customer can be found for is kept as ignored, with its reason', async () => {
    await inbox.deliver('x', [{ kind: 'ignored', id: 'x:1', own: false, reason: 'a repost' }])
    const [last] = (await redis.connections.main.xRevRange('warmline:ignored', '+', '-', { COUNT: 1 })) ?? []
    expect(last?.message).toMatchObject({ channel: 'x', reason: 'a repost' })
  })
})

describe('a commit', () => {
  test('takes messages, state, history and effects together, once', async () => {
    await inbox.deliver('playground', [wrote('commits', 'm5', 'first')])
    const before = await open('commits')
    const given = continueCase(undefined, before.waiting[0]?.customer as never, 1)
    expect(await commitChange(redis.connections.main, before, { case: given, taken: 1 })).toBe(true)
    expect(await commitChange(redis.connections.main, before, { case: given, taken: 1 })).toBe(false)
    const after = await open('commits')
    expect(after.waiting).toEqual([])
    expect(after.case?.id).toBe('playground:brand:commits~1')
    expect(after.version).toBe('1')
  })

  test('is refused when a waiting message was edited meanwhile', async () => {
    await inbox.deliver('playground', [wrote('stale', 'm6', 'first')])
    const before = await open('stale')
    const customer = before.waiting[0]?.customer as never
    await inbox.deliver('playground', [
      {
        kind: 'edit',
        id: 'e3',
        of: 'playground:m6',
        text: 'other',
        order: 1,
        own: false,
        customer,
        audience: 'private',
      },
    ])
    expect(
      await commitChange(redis.connections.main, before, { case: continueCase(undefined, customer, 1), taken: 1 }),
    ).toBe(false)
  })

  test('raises the epoch when the owner changes, and only then', async () => {
    await inbox.deliver('playground', [wrote('owners', 'm7', 'first')])
    const customer = (await open('owners')).waiting[0]?.customer as never
    const given = continueCase(undefined, customer, 1)
    const epochs: number[] = []
    for (const owner of ['bot', 'ana@example.com', 'ana@example.com', 'bot']) {
      await commitChange(redis.connections.main, await open('owners'), { case: given, owner })
      epochs.push((await open('owners')).epoch)
    }
    expect(epochs).toEqual([0, 1, 1, 2])
  })
})

describe('turns', () => {
  test('of one customer never overlap, come in order, and leave nothing behind', async () => {
    const customers = Array.from({ length: 12 }, (_, n) => `busy${n}`)
    const active = new Set<string>()
    const taken = new Map<string, string[]>()
    const overlaps: string[] = []
    const stop = await inbox.work(async (customer) => {
      if (active.has(customer)) overlaps.push(customer)
      active.add(customer)
      const now = await inbox.open(customer)
      const first = now.waiting[0]
      if (first) {
        const given = now.case ?? continueCase(undefined, first.customer, 1)
        await new Promise((resolve) => setImmediate(resolve))
        if (await commitChange(redis.connections.main, now, { case: given, taken: now.waiting.length })) {
          taken.set(customer, [...(taken.get(customer) ?? []), ...now.waiting.map((one) => one.message.text)])
        }
      }
      active.delete(customer)
    })
    const expected = Array.from({ length: 6 }, (_, n) => String(n))
    for (const n of expected) {
      await Promise.all(customers.map((user) => inbox.deliver('playground', [wrote(user, `${user}-${n}`, n)])))
    }
    await until(() => customers.every((user) => taken.get(`playground:brand:${user}`)?.length === expected.length))
    await stop()
    expect(overlaps).toEqual([])
    for (const user of customers) expect(taken.get(`playground:brand:${user}`)).toEqual(expected)
  })

  test('wait for the customer’s next short message: three at once make one turn', async () => {
    const turns: number[] = []
    const stop = await inbox.work(async (customer) => {
      const now = await inbox.open(customer)
      const first = now.waiting[0]
      if (!first || !customer.endsWith('chatty')) return
      turns.push(now.waiting.length)
      await commitChange(redis.connections.main, now, {
        case: continueCase(now.case, first.customer, 1),
        taken: now.waiting.length,
      })
    })
    await inbox.deliver('playground', [wrote('chatty', 'c1', 'hi')])
    await inbox.deliver('playground', [wrote('chatty', 'c2', 'my lamp')])
    await inbox.deliver('playground', [wrote('chatty', 'c3', 'is broken')])
    await until(() => turns.length > 0)
    await stop()
    expect(turns).toEqual([3])
  })
})
