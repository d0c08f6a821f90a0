// What cannot be carried out is set aside, kept, and shown to an operator who may try again or give it up.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Channel } from '#channels'
import type { Customer, Effect, Sent } from '#domain'
import { keysOf } from '#redis/keys'
import { startTestRedis, type TestRedis, until } from '../setup/redis.ts'
import { history, openTestOutbox, person, queue, says, stateOf, type TestOutbox } from './test-outbox.ts'

let redis: TestRedis
let desk: TestOutbox
let sent: string[]
let answers: (text: string) => Sent
beforeAll(async () => {
  redis = await startTestRedis()
  sent = []
  const channel = (name: 'playground' | 'x'): Channel => ({
    name,
    get law() {
      if (name === 'x') throw new RangeError('my card is 4111 1111 1111 1111')
      return { toPrivate: 'message', hide: true } as const
    },
    parse: () => [],
    mount: () => {},
    async send(outgoing) {
      const text = 'text' in outgoing ? outgoing.text : ''
      const answer = answers(text)
      if (answer.state === 'sent') sent.push(text)
      return answer
    },
  })
  desk = await openTestOutbox(redis, [channel('playground'), channel('x')], {
    announce: (ticket) => {
      if (ticket === 'T-broken') throw new TypeError('no such list')
    },
  })
})
afterAll(async () => {
  await desk?.close()
  await redis?.close()
})

const ok = (): Sent => ({ state: 'sent', platformId: 'p' })
const no = (): Sent => ({ state: 'refused', reason: 'not allowed here' })
const announcement = (customer: Customer, id: string, ticket: string): Effect => ({
  schema: 1,
  id,
  caseId: `${customer.id}~1`,
  epoch: 0,
  by: 'bot',
  madeAt: 1,
  do: 'announce',
  ticket,
  customer,
  event: 'ticket-opened',
})
const isOver = (customer: Customer) =>
  until(async () => (await redis.connections.main.lLen(keysOf(customer.id).outbox)) === 0)
const mishapOf = (effect: string) => desk.mishaps.find((mishap) => mishap.effect === effect)

describe('an effect that can never be carried out', () => {
  test.each([
    ['is not json', '{"schema":1,', 'cannot be read'],
    ['asks for something unheard of', '{"schema":1,"do":"sing"}', 'does not know how'],
  ])('because it %s is set aside with a ticket, and the next one is sent', async (_name, json, because) => {
    answers = ok
    const ana = person(`poison-${because}`)
    const id = `p-${because}`
    await queue(redis, ana, [says(ana, id, 'spoiled'), says(ana, `${id}-next`, `after ${because}`)])
    await redis.connections.main.hSet(keysOf(ana.id).effects, id, json)
    await desk.due(ana.id)
    await isOver(ana)
    expect(sent).toContain(`after ${because}`)
    expect(mishapOf(id)?.because).toContain(because)
    expect(await desk.stuck.read(id)).toMatchObject({ state: 'poisoned', kind: 'unknown', customer: ana.id })
  })

  test('here because newer code wrote it is left to newer code, and set aside when none comes for long', async () => {
    answers = ok
    const ana = person('newer')
    const { main } = redis.connections
    await queue(redis, ana, [says(ana, 'p5', 'in new words'), says(ana, 'p6', 'after the new words')])
    await main.hSet(keysOf(ana.id).effects, 'p5', '{"schema":2,"do":"send"}')
    await desk.due(ana.id)
    await until(() => main.hGet(keysOf(ana.id).effects, 'p5/newer'))
    expect([await stateOf(redis, ana, 'p5'), await main.hGet(keysOf(ana.id).effects, 'p5/failures')]).toEqual([
      'pending',
      null,
    ])
    await main.hSet(keysOf(ana.id).effects, 'p5/newer', '1')
    await isOver(ana)
    expect(sent).toContain('after the new words')
    expect(mishapOf('p5')?.because).toContain('another version')
  })

  test('because its handler breaks each time is set aside, and no words of the error are kept', async () => {
    const ana = person('handler', 'x')
    await queue(redis, ana, [says(ana, 'p10', 'never said')])
    await desk.due(ana.id)
    await isOver(ana)
    expect(mishapOf('p10')?.because).toBe('carrying it out broke each time (RangeError)')
    expect(await desk.stuck.read('p10')).toMatchObject({ state: 'poisoned', kind: 'private-message' })
    const all = await redis.connections.main.keys('*')
    const dumps = await Promise.all(all.map((key) => redis.connections.main.dump(key)))
    expect(dumps.join('')).not.toContain('4111')
  })

  test('does not hold up messages when it is an announcement, nor other announcements', async () => {
    answers = ok
    const ana = person('announcements')
    await queue(redis, ana, [
      announcement(ana, 'p20', 'T-broken'),
      announcement(ana, 'p21', 'T-21'),
      says(ana, 'p22', 'beside a broken announcement'),
    ])
    await desk.due(ana.id)
    await until(() => sent.includes('beside a broken announcement') && desk.announced.includes('T-21'))
    await isOver(ana)
    expect(await desk.stuck.read('p20')).toMatchObject({ state: 'poisoned', kind: 'announce' })
  })
})

describe('what is stuck', () => {
  test('is listed with its reason and without a word of anybody, and shown with its text', async () => {
    answers = no
    const ana = person('listed')
    await queue(redis, ana, [says(ana, 'q1', 'words for Ana')])
    await desk.due(ana.id)
    await isOver(ana)
    const listed = await desk.stuck.list()
    expect(listed.find(({ id }) => id === 'q1')).toMatchObject({
      kind: 'private-message',
      channel: 'playground',
      state: 'refused',
      because: 'not allowed here',
      attempts: 1,
      caseId: `${ana.id}~1`,
    })
    expect(JSON.stringify(listed)).not.toContain('words for Ana')
    expect((await desk.stuck.read('q1'))?.text).toBe('words for Ana')
    expect(await desk.stuck.count()).toBeGreaterThan(0)
  })

  test('is sent when an operator tries again, and is stuck no more', async () => {
    answers = ok
    expect(await desk.stuck.retry('q1', 'op@example.com')).toBe('again')
    await until(() => sent.includes('words for Ana'))
    await until(async () => (await history(redis, person('listed'))).length > 2)
    expect(await history(redis, person('listed'))).toEqual(['effect-refused q1', 'effect-retried q1', 'effect-sent q1'])
    expect(await desk.stuck.read('q1')).toBeUndefined()
    expect(await desk.stuck.retry('q1', 'op@example.com')).toBe('not')
    expect(await desk.stuck.drop('q1', 'op@example.com')).toBe(false)
  })

  test('is still listed when it fails again at once, and its tries go on', async () => {
    answers = no
    const ana = person('again')
    await queue(redis, ana, [says(ana, 'q6', 'no again')])
    await desk.due(ana.id)
    await isOver(ana)
    expect(await desk.stuck.retry('q6', 'op@example.com')).toBe('again')
    await until(async () => (await history(redis, ana)).filter((event) => event === 'effect-refused q6').length === 2)
    expect((await desk.stuck.list()).find(({ id }) => id === 'q6')).toMatchObject({ state: 'refused', attempts: 1 })
    expect(await redis.connections.main.hGet(keysOf(ana.id).effects, 'q6/attempts')).toBe('2')
  })

  test('is the bot’s no more to say when a person has taken over since', async () => {
    answers = no
    const ana = person('taken')
    await queue(redis, ana, [says(ana, 'q2', 'overtaken')])
    await desk.due(ana.id)
    await isOver(ana)
    await queue(redis, ana, [], 'agent@example.com')
    answers = ok
    expect(await desk.stuck.retry('q2', 'op@example.com')).toBe('suppressed')
    expect(await stateOf(redis, ana, 'q2')).toBe('suppressed')
    expect(sent).not.toContain('overtaken')
  })

  test('is gone with its words when an operator gives it up', async () => {
    answers = no
    const ana = person('dropped')
    await queue(redis, ana, [says(ana, 'q3', 'secret words')])
    await desk.due(ana.id)
    await isOver(ana)
    expect(await desk.stuck.drop('q3', 'op@example.com')).toBe(true)
    expect(await redis.connections.main.hGetAll(keysOf(ana.id).effects)).toEqual({ 'q3/state': 'dropped' })
    expect((await desk.stuck.list()).map(({ id }) => id)).not.toContain('q3')
    expect((await history(redis, ana)).at(-1)).toBe('effect-dropped q3')
  })

  test('is in the index when somebody dies after writing there and before the effect is stuck, and not shown', async () => {
    answers = ok
    const ana = person('between')
    await queue(redis, ana, [says(ana, 'q4', 'in between')])
    await desk.stuck.note(ana.id, 'q4')
    expect((await desk.stuck.list()).map(({ id }) => id)).not.toContain('q4')
    await desk.due(ana.id)
    await isOver(ana)
    const before = await desk.stuck.count()
    await desk.stuck.list()
    expect(await desk.stuck.count()).toBe(before - 1)
  })

  test('has company by what is slow: tried again and again', async () => {
    answers = () => ({ state: 'unreachable', reason: 'nobody there' })
    const ana = person('slow')
    await desk.note(ana.id)
    await queue(redis, ana, [says(ana, 'q5', 'patience')])
    await desk.due(ana.id)
    const held = await until(async () => (await desk.stuck.list()).find(({ id }) => id === 'q5'))
    expect(held).toMatchObject({ state: 'retried', because: 'nobody there' })
    expect(held.attempts).toBeGreaterThanOrEqual(3)
    answers = ok
    await isOver(ana)
  })
})
