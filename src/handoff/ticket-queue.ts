// The queue of tickets in Redis: lists, live updates and timers. Each customer's case remains the truth.
import type { Logger } from 'pino'
import {
  type Case,
  type CaseTicket,
  type CustomerId,
  customerOf,
  type DeskEvent,
  type Effect,
  mergedInto,
} from '#domain'
import type { Brand } from '#policy'
import type { Redis } from '#redis'
import type { Connections } from '#redis/connect'
import { KEYS } from '#redis/keys'
import type { Scheduler } from '#redis/queue'
import { openFingerprintIndex, RecordFromNewerVersion, readCase, readCaseVersion } from '#redis/store'
import { marksOf } from './alike.ts'
import { listsOf, placesOf, type TicketView, type ViewLists } from './ticket-lists.ts'
import { alarmsOf } from './timer-schedule.ts'

/** Hash: ticket id -> customer. */
const WHERE = KEYS.ticket.customers()
/** Sorted sets of ticket ids: open ones by priority then age, resolved ones by when they ended. */
const OPEN = KEYS.ticket.open()
const WAITING = KEYS.ticket.waiting()
const CLAIMED = KEYS.ticket.claimed()
const RESOLVED = KEYS.ticket.resolved()
/** Those that somebody holds. */
const heldBy = KEYS.ticket.heldBy
/** Hash: ticket id -> who holds it. */
const HOLDERS = KEYS.ticket.holders()
/** The lists that every ticket may be in. */
const STATE_LISTS = [OPEN, WAITING, CLAIMED, KEYS.ticket.snoozed(), RESOLVED]
/** Hash: ticket id -> the lists that it is in. */
const PLACES = KEYS.ticket.places()
/** Hash: ticket id -> the fingerprints under which it is found as somebody's duplicate. */
const MARKS = KEYS.ticket.marks()
/** What more tickets share tells nothing of who wrote them. */
const MOST_ALIKE = 12
/** Which of the lists are complete; earlier versions kept fewer. */
const INDEXES = KEYS.ticket.indexes()
const COMPLETE = '4'
const NUMBER = KEYS.ticket.number()
const CHANNEL = KEYS.ticket.changed()
/** Tickets that are read at once where all of them are. */
const BATCH = 500
/** After how many of them the log says how far it is; so many take seconds. */
const TOLD_EVERY = 20 * BATCH
/** Tickets of one score, such as those of one millisecond; more are not expected. */
const TIES = 100

/** The ticket called `id`, present or past, of a case. */
export function findTicket(current: Case, id: string): CaseTicket | undefined {
  return current.ticket?.id === id ? current.ticket : current.past.find((one) => one.id === id)
}

type Entry = { readonly customer: CustomerId; readonly ticket: string; readonly cursor: string }

export type TicketQueue = {
  nextId(): Promise<string>
  /** The customer whose ticket it is. */
  whose(ticket: string): Promise<CustomerId | undefined>
  /** Customers and ticket ids in list order, those that come after the entry whose `cursor` is `after`. */
  page(view: TicketView, after: string | undefined, count: number): Promise<Entry[]>
  /** How many tickets a view has. */
  count(view: TicketView): Promise<number>
  /** Brings lists, clock and consoles up to the truth; repeating it does no harm. Resolves to the ticket, if there is one. */
  announce(effect: Effect & { readonly do: 'announce' }): Promise<CaseTicket | undefined>
  /** Brings the lists of a ticket up to its case at once. */
  follow(ticket: string): Promise<void>
  publish(event: DeskEvent): Promise<void>
  /** Open tickets that share each of these marks; none where so many do that it says nothing. */
  alike(marks: readonly string[]): Promise<readonly (readonly string[])[]>
  /** Takes tickets out of all lists. */
  forget(tickets: readonly string[]): Promise<void>
  listen(listener: (event: DeskEvent) => void): () => void
  counts(): Promise<{ open: number; resolved: number }>
}

/** `brand` says when a ticket has to be looked at again. */
export async function openTicketQueue(
  connections: Connections,
  clock: Scheduler,
  brand: (customer: CustomerId) => Pick<Brand, 'hours' | 'clock'>,
  now: () => number,
  log?: Pick<Logger, 'info'>,
): Promise<TicketQueue> {
  const redis = connections.main
  const { print } = openFingerprintIndex(redis)
  const listeners = new Set<(event: DeskEvent) => void>()
  const subscriber = await connections.another()
  await subscriber.subscribe(CHANNEL, (text) => {
    const event = JSON.parse(text) as DeskEvent
    for (const listener of listeners) listener(event)
  })

  async function publish(event: DeskEvent): Promise<void> {
    await redis.publish(CHANNEL, JSON.stringify(event))
  }

  /**
   * Puts a ticket into the lists that it belongs to, and out of the others. Of two that do so at once the one with older
   * knowledge looks again, and takes back what it did.
   */
  async function index(id: string, customer: CustomerId): Promise<CaseTicket | undefined> {
    const done = new Set<string>()
    for (;;) {
      const open = await readCaseVersion(redis, customer)
      const ticket = open && findTicket(open.case, id)
      if (!ticket) return undefined
      const places = placesOf(ticket, open.case.customer)
      const isFound = ticket.state !== 'resolved' && !mergedInto(ticket)
      const [known, holder, marked, marks] = await Promise.all([
        redis.hGet(PLACES, id),
        redis.hGet(HOLDERS, id),
        redis.hGet(MARKS, id),
        print(isFound ? marksOf(open.case, ticket).map(({ key }) => key) : []),
      ])
      const former = [...STATE_LISTS, ...(holder ? [heldBy(holder)] : []), ...readPlaces(known), ...done]
      const held = ticket.state === 'claimed' ? ticket.owner : undefined
      await Promise.all([
        ...[...new Set(former)].filter((list) => !places.has(list)).map((list) => redis.zRem(list, id)),
        ...[...places].map(([list, score]) => redis.zAdd(list, { value: id, score })),
        redis.hSet(PLACES, id, JSON.stringify([...places.keys()])),
        held ? redis.hSet(HOLDERS, id, held) : redis.hDel(HOLDERS, id),
        ...readPlaces(marked)
          .filter((one) => !marks.includes(one))
          .map((one) => redis.sRem(KEYS.ticket.alike(one), id)),
        ...marks.map((one) => redis.sAdd(KEYS.ticket.alike(one), id)),
        marks.length > 0 ? redis.hSet(MARKS, id, JSON.stringify(marks)) : redis.hDel(MARKS, id),
      ])
      for (const list of places.keys()) done.add(list)
      if ((await readCaseVersion(redis, customer))?.version === open.version) return ticket
    }
  }

  /** Makes the lists that an earlier version did not keep; done once. */
  async function complete(): Promise<void> {
    if ((await redis.get(INDEXES)) === COMPLETE) return
    const all = (await redis.zCard(OPEN)) + (await redis.zCard(RESOLVED))
    let done = 0
    for (const list of [OPEN, RESOLVED])
      for (let from = 0; ; from += BATCH) {
        const ids = await redis.zRange(list, from, from + BATCH - 1)
        const customers = ids.length > 0 ? await redis.hmGet(WHERE, ids) : []
        await Promise.all(
          ids.map(async (id, nth) => customers[nth] && (await index(id, customers[nth]).catch(unlessNewer))),
        )
        done += ids.length
        if (done % TOLD_EVERY === 0 && ids.length > 0)
          log?.info({ done, all }, 'the lists of tickets are being completed')
        if (ids.length < BATCH) break
      }
    await redis.set(INDEXES, COMPLETE)
  }
  await complete()

  async function place(customer: CustomerId, id: string): Promise<CaseTicket | undefined> {
    await redis.hSet(WHERE, id, customer)
    const ticket = await index(id, customer)
    if (!ticket) return undefined
    await Promise.all(alarmsOf(ticket, brand(customer)).map(({ what, at }) => clock.set(what, id, at)))
    return ticket
  }

  /** The entries of one list after a cursor, in order. */
  async function readList(
    list: string,
    { isReversed, isPast }: ViewLists,
    cursor: Cursor | undefined,
    count: number,
  ): Promise<Cursor[]> {
    const end = isPast ? now() : '+inf'
    const [from, to] = isReversed ? (['+inf', '-inf'] as const) : (['-inf', end] as const)
    const read = await redis.zRangeWithScores(list, cursor?.score ?? from, to, {
      BY: 'SCORE',
      REV: isReversed,
      LIMIT: { offset: 0, count: count + (cursor ? TIES : 0) },
    })
    return read
      .map(({ score, value: ticket }) => ({ score, ticket }))
      .filter((one) => cursor === undefined || isAfter(one, cursor, isReversed))
  }

  return {
    nextId: async () => `T-${1000 + (await redis.incr(NUMBER))}`,
    whose: async (ticket) => (await redis.hGet(WHERE, ticket)) ?? undefined,
    async page(view, after, count) {
      const read = listsOf(view)
      const cursor = after === undefined ? undefined : readCursor(after)
      const each = await Promise.all(read.lists.map((list) => readList(list, read, cursor, count)))
      const found = each
        .flat()
        .toSorted((one, other) => (isAfter(one, other, read.isReversed) ? 1 : -1))
        .slice(0, count)
      const ids = found.map(({ ticket }) => ticket)
      const customers = ids.length > 0 ? await redis.hmGet(WHERE, ids) : []
      return found.flatMap(({ ticket, score }, nth) => {
        const customer = customers[nth]
        return customer ? [{ customer, ticket, cursor: `${score}:${ticket}` }] : []
      })
    },
    async count(view) {
      const { lists, isPast } = listsOf(view)
      const each = await Promise.all(
        lists.map((list) => (isPast ? redis.zCount(list, '-inf', now()) : redis.zCard(list))),
      )
      return each.reduce((sum, one) => sum + one, 0)
    },
    async announce(effect) {
      const ticket = await place(customerOf(effect.caseId), effect.ticket)
      await publish({ type: effect.event, ticket: effect.ticket, at: new Date(now()).toISOString() })
      return ticket
    },
    async follow(ticket) {
      const customer = await redis.hGet(WHERE, ticket)
      if (customer) await index(ticket, customer)
    },
    publish,
    async alike(marks) {
      const lists = (await print(marks)).map((one) => KEYS.ticket.alike(one))
      const sizes = await Promise.all(lists.map((list) => redis.sCard(list)))
      return Promise.all(lists.map((list, nth) => ((sizes[nth] ?? 0) > MOST_ALIKE ? [] : redis.sMembers(list))))
    },
    async forget(tickets) {
      for (const ticket of tickets) {
        const [known, holder, marked] = await Promise.all([
          redis.hGet(PLACES, ticket),
          redis.hGet(HOLDERS, ticket),
          redis.hGet(MARKS, ticket),
        ])
        const lists = new Set([...STATE_LISTS, ...readPlaces(known), ...(holder ? [heldBy(holder)] : [])])
        await Promise.all([
          ...[...lists].map((list) => redis.zRem(list, ticket)),
          redis.hDel(HOLDERS, ticket),
          redis.hDel(PLACES, ticket),
          ...readPlaces(marked).map((one) => redis.sRem(KEYS.ticket.alike(one), ticket)),
          redis.hDel(MARKS, ticket),
          redis.hDel(WHERE, ticket),
        ])
        await publish({ type: 'ticket-updated', ticket, at: new Date(now()).toISOString() })
      }
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    counts: async () => ({ open: await redis.zCard(OPEN), resolved: await redis.zCard(RESOLVED) }),
  }
}

const readPlaces = (known: string | null): readonly string[] => (known === null ? [] : JSON.parse(known))

/** Where a page ends: an entry's place in its list, and its ticket. */
type Cursor = { readonly score: number; readonly ticket: string }

/** Whether an entry comes after another; those of the same place stand by their ids, as in Redis. */
const isAfter = (one: Cursor, other: Cursor, isReversed: boolean): boolean =>
  isReversed
    ? one.score < other.score || (one.score === other.score && one.ticket < other.ticket)
    : one.score > other.score || (one.score === other.score && one.ticket > other.ticket)

/** One that was made up begins at the end. */
function readCursor(text: string): Cursor {
  const at = text.indexOf(':')
  const score = Number(text.slice(0, at))
  return { score: Number.isFinite(score) ? score : 0, ticket: text.slice(at + 1) }
}

/** A ticket that a newer version wrote does not hide the others. */
export function unlessNewer(error: unknown): undefined {
  if (!(error instanceof RecordFromNewerVersion)) throw error
}

/** Tells the consoles that something of a customer’s ticket changed, if there is one. */
export async function publishDelivery(
  redis: Redis,
  queue: Pick<TicketQueue, 'publish'>,
  customer: CustomerId,
  type: DeskEvent['type'],
  now: number,
) {
  const current = await readCase(redis, customer)
  const at = new Date(now).toISOString()
  // Whoever looks at the ticket that it is merged into sees it there.
  for (const ticket of current?.ticket ? [current.ticket.id, mergedInto(current.ticket)] : [])
    if (ticket !== undefined) await queue.publish({ type, ticket, at })
}
