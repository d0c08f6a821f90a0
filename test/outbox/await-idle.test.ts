// Whoever claims a case may count on it that the bot has said its last word.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import type { Channel } from '#channels'
import type { Sent } from '#domain'
import type { Redis } from '#redis'
import type { Connections } from '#redis/connect'
import { startTestRedis, type TestRedis, until } from '../setup/redis.ts'
import { history, openTestOutbox, person, QUICK, queue, says, stateOf, type TestOutbox } from './test-outbox.ts'

let redis: TestRedis
let desk: TestOutbox | undefined
beforeAll(async () => {
  redis = await startTestRedis()
})
afterEach(async () => {
  await desk?.close()
  desk = undefined
})
afterAll(() => redis?.close())

/** A network that answers when `answer` resolves. */
const network = (answer: (text: string) => Promise<Sent>): Channel => ({
  name: 'playground',
  law: { toPrivate: 'message', hide: true },
  parse: () => [],
  mount: () => {},
  send: (outgoing) => answer('text' in outgoing ? outgoing.text : ''),
  find: async () => ({ state: 'absent' }),
})
const ok: Sent = { state: 'sent', platformId: 'p' }

describe('silence', () => {
  test('comes when the message that was leaving has left, and not before', async () => {
    let release = () => {}
    const slow = new Promise<void>((done) => {
      release = done
    })
    desk = await openTestOutbox(redis, [network(() => slow.then(() => ok))])
    const ana = person('slow')
    await queue(redis, ana, [says(ana, 's1', 'half said')])
    await desk.due(ana.id)
    await until(async () => (await stateOf(redis, ana, 's1')) === 'started')
    await queue(redis, ana, [says(ana, 's2', 'not begun')], 'agent@example.com')
    let silent = false
    const silence = desk.silence(ana.id).then(() => {
      silent = true
    })
    // The state is read many times meanwhile.
    for (let i = 0; i < 20; i++) expect([silent, await stateOf(redis, ana, 's1')]).toEqual([false, 'started'])
    release()
    await silence
    expect(await stateOf(redis, ana, 's1')).toBe('sent')
  })

  test('is there at once when nothing is leaving', async () => {
    desk = await openTestOutbox(redis, [network(async () => ok)])
    await desk.silence(person('nobody').id)
  })

  test('comes when the answer is lost, while we still look for it', async () => {
    const timing = { ...QUICK, looks: [60_000, 120_000] } as const
    desk = await openTestOutbox(redis, [network(async () => ({ state: 'in-doubt', reason: 'lost' }))], { timing })
    const ana = person('lost')
    await queue(redis, ana, [says(ana, 's3', 'maybe')])
    await desk.due(ana.id)
    await until(async () => (await history(redis, ana)).length === 1)
    await desk.silence(ana.id)
    expect(await stateOf(redis, ana, 's3')).toBe('started')
  })

  test('comes when the time of a send has passed whose worker is gone', async () => {
    const timing = { ...QUICK, end: 100 }
    desk = await openTestOutbox(redis, [], { timing })
    const ana = person('gone')
    await queue(redis, ana, [says(ana, 's4', 'left alone')])
    const { keysOf } = await import('#redis/keys')
    await redis.connections.main.hSet(keysOf(ana.id).effects, { 's4/state': 'started', 's4/attempts': '1' })
    await desk.silence(ana.id)
    expect(await stateOf(redis, ana, 's4')).toBe('started')
  })
})

test('a call that we cut off ourselves may still be arriving: it counts as under way', async () => {
  const ana = person('cut')
  const hangs: Channel = {
    ...network(async () => ok),
    send: (_, signal) =>
      new Promise((done) => {
        signal.addEventListener('abort', () => done({ state: 'in-doubt', reason: 'no answer in time' }))
      }),
  }
  desk = await openTestOutbox(redis, [hangs], { timing: { ...QUICK, end: 50, looks: [60_000, 120_000] } })
  await queue(redis, ana, [says(ana, 's7', 'cut off')])
  await desk.due(ana.id)
  await until(async () => (await history(redis, ana)).includes('effect-doubted s7'))
  const { keysOf } = await import('#redis/keys')
  expect(await redis.connections.main.hGet(keysOf(ana.id).effects, 's7/ended')).toBeNull()
})

test('a worker that looks does not end a try that another has begun since', async () => {
  const ana = person('fenced')
  const { keysOf } = await import('#redis/keys')
  const { effects } = keysOf(ana.id)
  let looks = 0
  const slow: Channel = {
    ...network(async () => ({ state: 'in-doubt', reason: 'lost' })),
    async find() {
      if (looks++ > 0) return { state: 'found', sent: { state: 'sent', platformId: 'fenced' } }
      await redis.connections.main.hIncrBy(effects, 's8/attempts', 1)
      return { state: 'unknown', reason: 'cannot look' }
    },
  }
  desk = await openTestOutbox(redis, [slow], { timing: { ...QUICK, looks: [5] } })
  await queue(redis, ana, [says(ana, 's8', 'begun again')])
  await desk.due(ana.id)
  await until(async () => (await history(redis, ana)).includes('effect-sent s8'))
  expect(await history(redis, ana)).toEqual(['effect-doubted s8', 'effect-sent s8'])
})

test('a worker that was frozen between its leave and the call does not send: it asks again, and is told no', async () => {
  const sent: string[] = []
  const ana = person('frozen')
  const answers = network(async (text) => {
    sent.push(text)
    return ok
  })
  desk = await openTestOutbox(redis, [answers], {
    timing: { ...QUICK, begin: 50 },
    connections: frozenAfterLeave(() => queue(redis, ana, [], 'agent@example.com')),
  })
  await queue(redis, ana, [says(ana, 's5', 'on an old leave')])
  await desk.due(ana.id)
  await until(async () => (await history(redis, ana)).includes('effect-suppressed s5'))
  expect(sent).toEqual([])
})

test('a worker that was frozen and finds nothing changed sends once', async () => {
  const sent: string[] = []
  const ana = person('thawed')
  const answers = network(async (text) => {
    sent.push(text)
    return ok
  })
  desk = await openTestOutbox(redis, [answers], {
    timing: { ...QUICK, begin: 50 },
    connections: frozenAfterLeave(async () => {}),
  })
  await queue(redis, ana, [says(ana, 's6', 'on a new leave')])
  await desk.due(ana.id)
  await until(async () => (await history(redis, ana)).includes('effect-sent s6'))
  expect(sent).toEqual(['on a new leave'])
})

/** Connections with which this thread stands still, once, between the leave to send and whatever follows. */
function frozenAfterLeave(meanwhile: () => Promise<void>): Connections {
  const { main } = redis.connections
  let frozen = false
  const evalSha = async (...args: Parameters<Redis['evalSha']>) => {
    const answer = await main.evalSha(...args)
    if (frozen || !String(answer).startsWith('go:')) return answer
    frozen = true
    await meanwhile()
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 80)
    return answer
  }
  const slow = new Proxy(main, {
    get(target, key) {
      if (key === 'evalSha') return evalSha
      const value = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { ...redis.connections, main: slow }
}
