// The queue of tickets in Redis: lists, live updates and timers. Each customer's case remains the truth.
import {
  type Case,
  type CaseTicket,
  type CustomerId,
  customerOf,
  type DeskEvent,
  type Effect,
  PRIORITIES,
  type TicketState,
} from '#domain'
import type { Brand } from '#policy'
import type { Redis } from '#redis'
import type { Connections } from '#redis/connect'
import { KEYS } from '#redis/keys'
import type { Scheduler } from '#redis/queue'
import { RecordFromNewerVersion, readCase } from '#redis/store'
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
/** Which of these are complete; version 0.1.0 had OPEN and RESOLVED alone. */
const INDEXES = KEYS.ticket.indexes()
const COMPLETE = '2'
const NUMBER = KEYS.ticket.number()
const CHANNEL = KEYS.ticket.changed()
/** Tickets that are read at once where all of them are. */
const BATCH = 500
/** Tickets of one score, such as those of one millisecond; more are not expected. */
const TIES = 100

/** The ticket called `id`, present or past, of a case. */
export function findTicket(current: Case, id: string): CaseTicket | undefined {
  return current.ticket?.id === id ? current.ticket : current.past.find((one) => one.id === id)
}

/** A list of tickets: of one state, of one holder, or all that are open. */
type View = { readonly state?: TicketState; readonly owner?: string }
type Entry = { readonly customer: CustomerId; readonly ticket: string; readonly cursor: string }

export type TicketQueue = {
  nextId(): Promise<string>
  /** The customer whose ticket it is. */
  whose(ticket: string): Promise<CustomerId | undefined>
  /** Customers and ticket ids in list order, those that come after the entry whose `cursor` is `after`. */
  page(view: View, after: string | undefined, count: number): Promise<Entry[]>
  /** How many tickets a view has. */
  count(view: View): Promise<number>
  /** Brings lists, clock and consoles up to the truth; repeating it does no harm. */
  announce(effect: Effect & { readonly do: 'announce' }): Promise<void>
  publish(event: DeskEvent): Promise<void>
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
): Promise<TicketQueue> {
  const redis = connections.main
  const listeners = new Set<(event: DeskEvent) => void>()
  const subscriber = await connections.another()
  await subscriber.subscribe(CHANNEL, (text) => {
    const event = JSON.parse(text) as DeskEvent
    for (const listener of listeners) listener(event)
  })

  async function publish(event: DeskEvent): Promise<void> {
    await redis.publish(CHANNEL, JSON.stringify(event))
  }

  /** Puts a ticket into the lists that it belongs to, and out of the others. */
  async function index(id: string, ticket: CaseTicket): Promise<void> {
    const { state, owner } = ticket
    const holder = state === 'claimed' ? owner : undefined
    const former = await redis.hGet(HOLDERS, id)
    const score = state === 'resolved' ? (ticket.closedAt ?? now()) : rankOf(ticket)
    const lists = { [OPEN]: state !== 'resolved', [WAITING]: state === 'waiting', [CLAIMED]: state === 'claimed' }
    await Promise.all([
      ...Object.entries({ ...lists, [RESOLVED]: state === 'resolved' }).map(([list, isIn]) =>
        isIn ? redis.zAdd(list, { value: id, score }) : redis.zRem(list, id),
      ),
      former && former !== holder ? redis.zRem(heldBy(former), id) : undefined,
      holder ? redis.zAdd(heldBy(holder), { value: id, score }) : undefined,
      holder ? redis.hSet(HOLDERS, id, holder) : redis.hDel(HOLDERS, id),
    ])
  }

  /** Makes the indexes of what an earlier version kept in one list; done once. */
  async function complete(): Promise<void> {
    if ((await redis.get(INDEXES)) === COMPLETE) return
    for (let from = 0; ; from += BATCH) {
      const ids = await redis.zRange(OPEN, from, from + BATCH - 1)
      const customers = ids.length > 0 ? await redis.hmGet(WHERE, ids) : []
      await Promise.all(
        ids.map(async (id, nth) => {
          const customer = customers[nth]
          const current = customer ? await readCase(redis, customer).catch(unlessNewer) : undefined
          const ticket = current && findTicket(current, id)
          if (ticket && ticket.state !== 'resolved') await index(id, ticket)
        }),
      )
      if (ids.length < BATCH) break
    }
    await redis.set(INDEXES, COMPLETE)
  }
  await complete()

  async function place(customer: CustomerId, id: string): Promise<void> {
    const current = await readCase(redis, customer)
    const ticket = current && findTicket(current, id)
    if (!ticket) return
    await redis.hSet(WHERE, id, customer)
    await index(id, ticket)
    await Promise.all(alarmsOf(ticket, brand(customer)).map(({ what, at }) => clock.set(what, id, at)))
  }

  return {
    nextId: async () => `T-${1000 + (await redis.incr(NUMBER))}`,
    whose: async (ticket) => (await redis.hGet(WHERE, ticket)) ?? undefined,
    async page(view, after, count) {
      const [list, isReversed] = listOf(view)
      const cursor = after === undefined ? undefined : readCursor(after)
      const [from, to] = isReversed ? (['+inf', '-inf'] as const) : (['-inf', '+inf'] as const)
      const read = await redis.zRangeWithScores(list, cursor?.score ?? from, to, {
        BY: 'SCORE',
        REV: isReversed,
        LIMIT: { offset: 0, count: count + (cursor ? TIES : 0) },
      })
      const isPassed = ({ score, value }: (typeof read)[number]) =>
        cursor !== undefined && score === cursor.score && (isReversed ? value >= cursor.ticket : value <= cursor.ticket)
      const found = read.filter((one) => !isPassed(one)).slice(0, count)
      const ids = found.map(({ value }) => value)
      const customers = ids.length > 0 ? await redis.hmGet(WHERE, ids) : []
      return found.flatMap(({ value: ticket, score }, nth) => {
        const customer = customers[nth]
        return customer ? [{ customer, ticket, cursor: `${score}:${ticket}` }] : []
      })
    },
    count: (view) => redis.zCard(listOf(view)[0]),
    async announce(effect) {
      await place(customerOf(effect.caseId), effect.ticket)
      await publish({ type: effect.event, ticket: effect.ticket, at: new Date(now()).toISOString() })
    },
    publish,
    async forget(tickets) {
      for (const ticket of tickets) {
        const holder = await redis.hGet(HOLDERS, ticket)
        await Promise.all([
          ...[OPEN, WAITING, CLAIMED, RESOLVED, ...(holder ? [heldBy(holder)] : [])].map((list) =>
            redis.zRem(list, ticket),
          ),
          redis.hDel(HOLDERS, ticket),
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

/** Most urgent first, then oldest. */
const rankOf = ({ priority, openedAt }: CaseTicket): number => PRIORITIES.indexOf(priority) * 1e14 + openedAt

/** The sorted set of a view, and whether it is read from its end. */
function listOf({ state, owner }: View): readonly [list: string, isReversed: boolean] {
  if (owner !== undefined) return [heldBy(owner), false]
  if (state === 'resolved') return [RESOLVED, true]
  return [state === 'waiting' ? WAITING : state === 'claimed' ? CLAIMED : OPEN, false]
}

/** A cursor is an entry's score and ticket; one that was made up begins at the end. */
function readCursor(text: string): { readonly score: number; readonly ticket: string } {
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
  if (current?.ticket) await queue.publish({ type, ticket: current.ticket.id, at: new Date(now).toISOString() })
}
