// Whatever the order in which a network tells of messages, edits and deletions, and however often: the end is the same.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type ChannelEvent, continueCase, timelineOf } from '#domain'
import { type Inbox, openInbox } from '#inbox'
import { Unavailable } from '#redis'
import { commitChange } from '#redis/store'
import { silent, startTestRedis, type TestRedis } from '../setup/redis.ts'
import { chance, create, customerOf, edit, remove, shuffled } from './deliveries.ts'
import { NO_EVENTS } from './no-events.ts'

const RUNS = 300

let redis: TestRedis
let inbox: Inbox
beforeAll(async () => {
  redis = await startTestRedis()
  inbox = await openInbox({
    connections: redis.connections,
    debounceMs: 60,
    concurrency: 1,
    events: NO_EVENTS,
    log: silent,
    now: Date.now,
  })
})
afterAll(async () => {
  await inbox?.close()
  await redis?.close()
})

type Told = { readonly kind: ChannelEvent['kind']; readonly message: string; readonly event: ChannelEvent }

/** One customer's messages m0, m1, …: each with edits and a deletion or without, told by a name of its author or another. */
function tell(seed: number, random: () => number): Told[] {
  const names = random() < 0.5 ? [`ana${seed}`] : [`ana${seed}`, `comment:${seed}`]
  const name = () => names[Math.floor(random() * names.length)] ?? ''
  return Array.from({ length: 1 + Math.floor(random() * 3) }, (_, n) => {
    const id = `${seed}-m${n}`
    const message = `facebook:${id}`
    const told: Told[] = [
      { kind: 'message', message, event: create(name(), id, `first words of ${id}`, `post-${seed}`) },
    ]
    for (let order = 1; order <= Math.floor(random() * 4); order++)
      told.push({ kind: 'edit', message, event: edit(name(), id, `edit ${order} of ${id}`, order) })
    if (random() < 0.4) told.push({ kind: 'delete', message, event: remove(name(), id) })
    return told
  }).flat()
}

/** What the customer's messages have to come to: the newest words, or nothing once deleted. */
function expected(told: readonly Told[]): Record<string, string> {
  const ids = new Set(told.map((one) => one.message))
  return Object.fromEntries(
    [...ids].flatMap((id) => {
      const events = told.filter((one) => one.message === id).map((one) => one.event)
      if (events.some((one) => one.kind === 'delete')) return []
      const edits = events.flatMap((one) => (one.kind === 'edit' ? [one] : [])).toSorted((a, b) => a.order - b.order)
      const first = events.find((one) => one.kind === 'message')
      return [[id, edits.at(-1)?.text ?? (first?.kind === 'message' ? first.message.text : '')]]
    }),
  )
}

/** What is refused for a moment is delivered again, as networks do. */
const deliver = (events: readonly ChannelEvent[]): Promise<void> =>
  inbox.deliver('facebook', events).catch((error) => {
    if (error instanceof Unavailable) return deliver(events)
    throw error
  })

test(`the newest words stand, once, and nothing of what was deleted, in ${RUNS} orders`, async () => {
  for (let seed = 1; seed <= RUNS; seed++) {
    const random = chance(seed)
    const told = tell(seed, random)
    const again = told.filter(() => random() < 0.5)
    const deliveries = shuffled([...told, ...again], random)
    const [ana, comment] = [customerOf(`ana${seed}`), customerOf(`comment:${seed}`)]
    const opened = () => Promise.all([inbox.open(ana.id), inbox.open(comment.id)])
    const taken: string[] = []
    for (let at = 0; at < deliveries.length; ) {
      const many = 1 + Math.floor(random() * 3)
      const batch = deliveries.slice(at, at + many).map((one) => one.event)
      // Two deliveries may come side by side.
      const beside = deliveries.slice(at + many, at + many + (random() < 0.5 ? 1 : 0)).map((one) => one.event)
      await Promise.all([deliver(batch), beside.length && deliver(beside)])
      at += many + beside.length
      if (random() < 0.2) {
        for (const open of await opened()) {
          const { waiting } = open
          if (!waiting.length) continue
          const given = continueCase(open.case, waiting[0]?.customer ?? ana, Date.now())
          expect(await commitChange(redis.connections.main, open, { case: given, taken: waiting.length })).toBe(true)
          taken.push(...waiting.map((one) => one.message.id))
        }
      }
    }
    const ends = await opened()
    const waiting = ends.flatMap((open) => open.waiting.map((one) => one.message))
    const standing = ends.flatMap((open) => timelineOf(open.history)).filter((one) => !one.deleted)
    const wanted = expected(told)
    const inWords = (messages: readonly { id: string; text: string }[]) =>
      Object.fromEntries(messages.map(({ id, text }) => [id, text]))
    const left = Object.fromEntries(Object.entries(wanted).filter(([id]) => !taken.includes(id)))
    const is = { seed, waiting: inWords(waiting), standing: inWords(standing), many: standing.length }
    expect(is).toEqual({ seed, waiting: left, standing: wanted, many: Object.keys(wanted).length })
    expect(new Set(taken).size).toBe(taken.length)
  }
})

test('what is deleted before it is told is never kept', async () => {
  await inbox.deliver('facebook', [edit('mia', 'early', 'secret-edit', 1), remove('mia', 'early')])
  await inbox.deliver('facebook', [create('mia', 'early', 'secret-words'), edit('mia', 'early', 'secret-later', 2)])
  const { waiting, history } = await inbox.open(customerOf('mia').id)
  expect(waiting).toEqual([])
  expect(history).toMatchObject([{ type: 'message-deleted', message: 'facebook:early' }])
  const { main } = redis.connections
  for (const key of await main.keys('*early*').then(async (keys) => [...keys, ...(await main.keys('*mia*'))])) {
    const type = await main.type(key)
    const text = JSON.stringify(
      type === 'hash' ? await main.hGetAll(key) : type === 'list' ? await main.lRange(key, 0, -1) : '',
    )
    expect(text).not.toContain('secret-')
  }
})
