import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Channel } from '#channels'
import type { Effect, Sent } from '#domain'
import { keysOf } from '#redis/keys'
import { startTestRedis, type TestRedis, until } from '../setup/redis.ts'
import {
  history as historyOf,
  openTestOutbox,
  person,
  queue as queueFor,
  says,
  type TestOutbox,
} from './test-outbox.ts'

let redis: TestRedis
beforeAll(async () => {
  redis = await startTestRedis()
})
afterAll(() => redis?.close())

/** An outbox with a network that answers as told, and cannot be read; what it took is on record. */
async function open(
  answers: (text: string, nth: number) => Sent,
  idempotent = false,
): Promise<TestOutbox & { sent: string[] }> {
  const sent: string[] = []
  const tries = new Map<string, number>()
  const channel: Channel = {
    name: 'playground',
    law: { toPrivate: 'message', hide: true, idempotent },
    parse: () => [],
    mount: () => {},
    async send(outgoing) {
      const text = 'text' in outgoing ? outgoing.text : 'hide'
      const nth = (tries.get(text) ?? 0) + 1
      tries.set(text, nth)
      const answer = answers(text, nth)
      if (answer.state === 'sent' || answer.state === 'in-doubt') sent.push(text)
      return answer
    },
  }
  return { ...(await openTestOutbox(redis, [channel])), sent }
}

const queue = (...args: Parameters<typeof queueFor> extends [unknown, ...infer Rest] ? Rest : never) =>
  queueFor(redis, ...args)
const history = (customer: Parameters<typeof historyOf>[1]) => historyOf(redis, customer)

const ok: Sent = { state: 'sent', platformId: 'p' }

describe('the outbox', () => {
  test('sends what was decided in the order it was decided', async () => {
    const desk = await open(() => ok)
    const ana = person('order')
    await queue(ana, [says(ana, 'o1', 'one'), says(ana, 'o2', 'two')])
    await queue(ana, [says(ana, 'o3', 'three')])
    await desk.due(ana.id)
    await until(() => desk.sent.length === 3)
    await desk.close()
    expect(desk.sent).toEqual(['one', 'two', 'three'])
  })

  test('never starts a bot message after a person has claimed the case, and still sends the person’s', async () => {
    const desk = await open(() => ok)
    const ana = person('claimed')
    await queue(ana, [says(ana, 'c1', 'the bot')])
    await queue(ana, [says(ana, 'c2', 'a person', 'agent@example.com')], 'agent@example.com')
    await desk.due(ana.id)
    await until(() => desk.sent.length > 0)
    await desk.close()
    expect(desk.sent).toEqual(['a person'])
    expect(await history(ana)).toEqual(['effect-suppressed c1', 'effect-sent c2'])
  })

  test('keeps the order when the network says "not now", and sends each once', async () => {
    const desk = await open((text, nth) =>
      text === 'first' && nth < 3
        ? { state: 'unreachable', reason: 'busy', limit: { of: 'conversation', forMs: 20 } }
        : ok,
    )
    const ana = person('busy')
    await queue(ana, [says(ana, 'b1', 'first'), says(ana, 'b2', 'second')])
    await desk.due(ana.id)
    await until(() => desk.sent.length === 2)
    await desk.close()
    expect(desk.sent).toEqual(['first', 'second'])
  })

  test('gives a refused message to a person, and it does not hold up the next', async () => {
    const desk = await open((text) => (text === 'bad' ? { state: 'refused', reason: 'too rude' } : ok))
    const ana = person('refused')
    await queue(ana, [says(ana, 'r1', 'bad'), says(ana, 'r2', 'good')])
    await desk.due(ana.id)
    await until(() => desk.sent.length === 1)
    await desk.close()
    expect(desk.sent).toEqual(['good'])
    expect(desk.mishaps.map((mishap) => mishap.because)).toEqual(['too rude'])
  })

  test('does not repeat a send whose answer was lost, but shows it to a person', async () => {
    const desk = await open(() => ({ state: 'in-doubt', reason: 'the line was cut' }))
    const ana = person('doubt')
    await queue(ana, [says(ana, 'd1', 'once')])
    await desk.due(ana.id)
    await until(() => desk.mishaps.length === 1)
    await desk.close()
    expect(desk.sent).toEqual(['once'])
    expect(await history(ana)).toEqual(['effect-in-doubt d1'])
  })

  test('repeats it where the network makes one message of two sends', async () => {
    const desk = await open((_, nth) => (nth === 1 ? { state: 'in-doubt', reason: 'the line was cut' } : ok), true)
    const ana = person('safe')
    await queue(ana, [says(ana, 's1', 'again')])
    await desk.due(ana.id)
    await until(async () => (await history(ana)).includes('effect-sent s1'))
    await desk.close()
    expect(desk.mishaps).toEqual([])
  })

  test('learns from a private reply who the commenter is in private', async () => {
    const desk = await open(() => ({ ...ok, privateUser: 'psid-7' }))
    const ana = person('commenter')
    await queue(ana, [says(ana, 'l1', 'hello')])
    await desk.due(ana.id)
    await until(() => desk.sent.length === 1)
    await desk.close()
    const alias = `warmline:alias:${encodeURIComponent('playground:brand:psid-7')}`
    expect(await redis.connections.main.get(alias)).toBe(ana.id)
  })

  test('shows a ticket at once, whatever a network says to the message before it, and asks no sooner than it said', async () => {
    const tries: number[] = []
    const desk = await open(() => {
      tries.push(Date.now())
      return { state: 'unreachable', reason: 'busy', limit: { of: 'conversation', forMs: 60_000 } }
    })
    const ana = person('waiting')
    const ticket: Effect = {
      schema: 1,
      id: 'w2',
      caseId: `${ana.id}~1`,
      epoch: 0,
      by: 'bot',
      madeAt: 1,
      do: 'announce',
      ticket: 'T-1',
      customer: ana,
      event: 'ticket-opened',
    }
    await queue(ana, [says(ana, 'w1', 'later'), ticket])
    await desk.due(ana.id)
    await until(() => desk.announced.length === 1)
    for (const id of ['w3', 'w4']) {
      await queue(ana, [{ ...ticket, id, ticket: id }])
      await desk.due(ana.id)
      await until(() => desk.announced.includes(id))
    }
    await desk.close()
    expect(tries).toHaveLength(1)
  })

  test('does not repeat after a claim what was begun before it, even where repeating is safe', async () => {
    const ana = person('begun')
    await queue(ana, [says(ana, 'g1', 'half said')])
    await redis.connections.main.hSet(keysOf(ana.id).effects, 'g1/state', 'started')
    await queue(ana, [], 'agent@example.com')
    const desk = await open(() => ok, true)
    await desk.due(ana.id)
    await until(() => desk.mishaps.length === 1)
    await desk.close()
    expect(desk.sent).toEqual([])
  })

  test('keeps no words of what broke in Redis, only where it broke', async () => {
    const desk = await open(() => {
      throw new RangeError('my card is 4111 1111 1111 1111')
    }, true)
    const ana = person('broken')
    await queue(ana, [says(ana, 'k1', 'hello')])
    await desk.due(ana.id)
    await until(async () => (await history(ana)).includes('effect-retried k1'))
    await desk.close()
    const keys = await redis.connections.main.keys('{warmline}*')
    const dumps = await Promise.all(keys.map((key) => redis.connections.main.dump(key)))
    expect(dumps.join('')).not.toContain('4111')
  })
})
