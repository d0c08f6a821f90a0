// The lists that agents see: complete however long the queue is, in pages, with true counts; and long cases in pages too.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Case, type CaseTicket, continueCase, type HistoryEvent, type Message, type Outgoing } from '#domain'
import { openTicketQueue, publishTicketState, type TicketSummary } from '#handoff'
import { commitChange, loadCustomer } from '#redis/store'
import type { LocalEngine } from '../../src/cli/local-engine.ts'
import { idOf, openSampleEngine, openTestPipeline, type TestPipeline, textsTo, wrote } from '../setup/pipeline.ts'
import { startTestRedis, type TestRedis, until } from '../setup/redis.ts'

const MIA = { email: 'mia@example.test', name: 'Mia' }
const BOSS = { email: 'boss@example.test', name: 'Boss', lead: true }
/** More than any list is read at once. */
const MANY = 1_050
const HOUR = 3_600_000

let redis: TestRedis
let shop: LocalEngine
let pipeline: TestPipeline
const sent: Outgoing[] = []
let now = Date.parse('2026-11-25T12:00:00Z')
beforeAll(async () => {
  ;[redis, shop] = await Promise.all([startTestRedis(), openSampleEngine()])
  pipeline = await openTestPipeline({ connections: redis.connections, mind: shop.context, sent, now: () => now })
  await pipeline.start()
})
afterAll(async () => {
  await pipeline?.close()
  await shop?.close()
  await redis?.close()
})

/** A customer whose case has a ticket, as if the bot had handed it over. */
async function given(
  user: string,
  openedAt: number,
  events: readonly HistoryEvent[] = [],
  more: Partial<CaseTicket> = {},
): Promise<string> {
  const { main } = redis.connections
  const customer = { id: idOf(user), channel: 'playground', account: 'brand', user } as const
  const id = `T-${user}`
  const ticket: CaseTicket = {
    ...{ id, state: 'waiting', team: 'care', skills: [], priority: 'normal', openedAt, dueAt: openedAt + HOUR },
    ...{ reasons: [], unread: 2, version: 'v1', ...more },
  }
  const made: Case = { ...continueCase(undefined, customer, openedAt), wants: `${user} wants a lamp`, ticket }
  const place = { id: `playground:brand:dm:${user}`, channel: 'playground', audience: 'private' } as const
  const conversations = [{ ...place, lastInbound: `playground:m-${user}`, lastInboundAt: openedAt }]
  await commitChange(main, await loadCustomer(main, customer.id), { case: { ...made, conversations }, events })
  await pipeline.tickets.announce(publishTicketState(made, id, 'ticket-opened', `e-${user}`, openedAt))
  return id
}

type Query = Parameters<TestPipeline['desk']['list']>[0]
async function all(query: Query): Promise<TicketSummary[]> {
  const found: TicketSummary[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await pipeline.desk.list({ ...query, ...(cursor ? { cursor } : {}) })
    found.push(...page.tickets)
    if (page.next === undefined) return found
    cursor = page.next
  }
}

test('a ticket that was claimed at the end of a long queue is in Mine and in Claimed, and the counts are true', async () => {
  // Ten of each moment: what is equally old is neither skipped nor shown twice.
  for (let n = 0; n < MANY; n++) await given(`q${n}`, now - Math.floor(n / 10) * 1000)
  const last = `T-q9`
  expect(await pipeline.desk.claim(last, MIA)).toMatchObject({ state: 'claimed', owner: MIA.email })
  await until(async () => (await pipeline.desk.counts(MIA)).mine === 1)
  expect((await pipeline.desk.list({ owner: MIA.email })).tickets.map(({ id }) => id)).toEqual([last])
  expect((await pipeline.desk.list({ state: 'claimed' })).tickets.map(({ id }) => id)).toEqual([last])
  expect(await pipeline.desk.counts(MIA)).toEqual({
    ...{ waiting: MANY - 1, claimed: 1, mine: 1, resolved: 0 },
    ...{ late: 0, snoozed: 0, myTeams: MANY - 1 },
  })

  const waiting = await all({ state: 'waiting' })
  expect(new Set(waiting.map(({ id }) => id)).size).toBe(MANY - 1)
  expect(waiting).toHaveLength(MANY - 1)
  const opened = waiting.map(({ openedAt }) => Date.parse(openedAt))
  expect(opened).toEqual(opened.toSorted((a, b) => a - b))
  expect((await pipeline.desk.list({ state: 'waiting', limit: 7 })).tickets).toHaveLength(7)
  expect((await pipeline.desk.list({ state: 'waiting', cursor: 'made up' })).tickets).toEqual(expect.any(Array))
})

test('whoever leaves gives back all that they hold, however long the queue is', async () => {
  await pipeline.desk.releaseAll(MIA.email, BOSS)
  expect(await pipeline.desk.read('T-q9')).toMatchObject({ state: 'waiting' })
  await until(async () => (await pipeline.desk.counts(MIA)).mine === 0)
})

test('lists that an earlier version kept are complete after its successor has started', async () => {
  const { main } = redis.connections
  for (const key of ['waiting', 'claimed', 'holders', 'indexes']) await main.del(`warmline:tickets:${key}`)
  expect(await pipeline.desk.counts(MIA)).toMatchObject({ waiting: 0 })
  await openTicketQueue(
    redis.connections,
    pipeline.scheduler,
    () => shop.content.brand,
    () => now,
  )
  expect(await pipeline.desk.counts(MIA)).toMatchObject({ waiting: MANY, claimed: 0 })
})

test('a long case is read backwards, a page at a time, to its first message', async () => {
  const conversation = { id: 'playground:brand:dm:long', channel: 'playground', audience: 'private' } as const
  const messages = Array.from({ length: 450 }, (_, n): Message => {
    const at = now - 450_000 + n * 1000
    return { id: `playground:l${n}`, conversation, author: 'long', authorKind: 'customer', text: `line ${n}`, at }
  })
  const noted: HistoryEvent = { at: now, type: 'note-added', ticket: 'T-long', by: MIA.email, text: 'said long ago' }
  const events = messages.map((message): HistoryEvent => ({ at: message.at, type: 'message-received', message }))
  await given('long', now, [noted, ...events])
  const ticket = await pipeline.desk.read('T-long')
  if ('refused' in ticket) throw new Error(ticket.because)
  expect(ticket.notes).toMatchObject([{ text: 'said long ago' }])
  const texts = (page: Pick<typeof ticket, 'conversations'>) =>
    page.conversations.flatMap((one) => one.messages.map(({ text }) => text))
  let read = texts(ticket)
  let { earlier } = ticket
  expect([read.length, earlier]).toEqual([200, 250])
  while (earlier > 0) {
    const page = await pipeline.desk.messages('T-long', earlier)
    if ('refused' in page) throw new Error(page.because)
    read = [...texts(page), ...read]
    earlier = page.earlier
  }
  expect(read).toEqual(messages.map(({ text }) => text))
})

test('whoever was answered waits for nothing until they write again', async () => {
  const id = await given('ann', now)
  await pipeline.desk.claim(id, MIA)
  await pipeline.inbox.deliver('playground', [wrote('ann', 'it is the blue lamp')])
  await until(async () => ((await pipeline.desk.read(id)) as { unread: number }).unread === 1)
  expect(await pipeline.desk.seen(id, BOSS)).toMatchObject({ unread: 1 })
  expect(await pipeline.desk.seen(id, MIA)).toMatchObject({ unread: 0 })
  await pipeline.inbox.deliver('playground', [wrote('ann', 'are you there?')])
  await until(async () => ((await pipeline.desk.read(id)) as { unread: number }).unread === 1)

  now += HOUR / 2
  const answered = await pipeline.desk.reply(id, MIA, { text: 'Here I am.', audience: 'private' })
  expect(answered).toMatchObject({ unread: 0, answeredAt: new Date(now).toISOString() })
  await until(() => textsTo(sent, 'ann').length > 0)
  now += HOUR
  await pipeline.timers['ticket-due'](id)
  expect(await pipeline.desk.read(id)).toMatchObject({ priority: 'normal' })

  await pipeline.inbox.deliver('playground', [wrote('ann', 'it still flickers')])
  const waits = await until(async () => {
    const ticket = await pipeline.desk.read(id)
    return !('refused' in ticket) && ticket.unread === 1 && ticket
  })
  expect(waits.answeredAt).toBeUndefined()
  expect(Date.parse(waits.dueAt)).toBeGreaterThan(now)
})

test('a resolved ticket keeps what it was about, whatever the customer writes later', async () => {
  const id = await given('bea', now)
  await pipeline.desk.claim(id, MIA)
  await pipeline.desk.resolve(id, MIA)
  await pipeline.inbox.deliver('playground', [wrote('bea', 'this is ridiculous, where is my refund? I am furious')])
  now += 60_000
  await until(async () => {
    const { history } = await pipeline.inbox.open(idOf('bea'))
    return history.some((event) => event.type === 'turn-taken')
  })
  expect(await pipeline.desk.read(id)).toMatchObject({ brief: { wants: 'bea wants a lamp', mood: 'calm' } })
})

test('next gives an agent what their languages can answer, and what is in no language that anybody can tell', async () => {
  const spoken = ['fr', 'de', undefined, 'fr'] as const
  const ids = await Promise.all(
    spoken.map((language, n) =>
      given(`speaks${n}`, now + n, [], { team: 'abroad', ...(language ? { language } : {}), priority: 'high' }),
    ),
  )
  const chloe = { email: 'chloe@example.test', name: 'Chloe', teams: ['abroad'], languages: ['fr'] }
  const nextOf = async () => (await pipeline.desk.next(chloe))?.id
  expect([await nextOf(), await nextOf(), await nextOf(), await nextOf()]).toEqual([ids[0], ids[2], ids[3], undefined])
  expect(await all({ state: 'waiting', teams: ['abroad'], language: 'de' })).toMatchObject([{ id: ids[1] }])
  await until(
    async () => (await pipeline.tickets.count({ state: 'waiting', teams: ['abroad'], languages: ['de', 'fr'] })) === 1,
  )
})
