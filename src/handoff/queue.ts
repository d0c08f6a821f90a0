// The queue of tickets in Redis: what the lists show, who is told, and the clock. The truth stays with each customer.
import { type Case, type CaseTicket, customerOf } from '#case'
import type { CustomerId } from '#conversation'
import { readCase } from '#inbox'
import type { Effect } from '#outbox'
import type { Brand } from '#policy'
import type { Clock, Connections } from '#redis'
import { alarmsOf } from './alarms.ts'
import { type DeskEvent, PRIORITIES, type TicketState } from './ticket.ts'

/** Hash: ticket id -> customer. */
const WHERE = 'warmline:tickets'
/** Sorted sets of ticket ids: open ones by priority then age, resolved ones by when they ended. */
const OPEN = 'warmline:tickets:open'
const RESOLVED = 'warmline:tickets:resolved'
const NUMBER = 'warmline:ticket-number'
const CHANNEL = 'warmline:desk'
/** More are read than are shown: a list may ask for one state, team or owner. */
const LISTED = 1000

/** The ticket called `id`, present or past, of a case. */
export function findTicket(given: Case, id: string): CaseTicket | undefined {
  return given.ticket?.id === id ? given.ticket : given.past.find((one) => one.id === id)
}

export type TicketQueue = {
  nextId(): Promise<string>
  /** The customer whose ticket it is. */
  whose(ticket: string): Promise<CustomerId | undefined>
  /** Customers and ticket ids in list order. */
  list(state: TicketState | undefined): Promise<{ customer: CustomerId; ticket: string }[]>
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
  clock: Clock,
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

  async function place(customer: CustomerId, id: string): Promise<void> {
    const given = await readCase(redis, customer)
    const ticket = given && findTicket(given, id)
    if (!ticket) return
    await redis.hSet(WHERE, id, customer)
    if (ticket.state === 'resolved') {
      await redis.zRem(OPEN, id)
      await redis.zAdd(RESOLVED, { value: id, score: ticket.closedAt ?? now() })
    } else {
      await redis.zRem(RESOLVED, id)
      await redis.zAdd(OPEN, { value: id, score: PRIORITIES.indexOf(ticket.priority) * 1e14 + ticket.openedAt })
    }
    await Promise.all(alarmsOf(ticket, brand(customer)).map(({ what, at }) => clock.set(what, id, at)))
  }

  return {
    nextId: async () => `T-${1000 + (await redis.incr(NUMBER))}`,
    whose: async (ticket) => (await redis.hGet(WHERE, ticket)) ?? undefined,
    async list(state) {
      const ids =
        state === 'resolved'
          ? await redis.zRange(RESOLVED, 0, LISTED - 1, { REV: true })
          : await redis.zRange(OPEN, 0, LISTED - 1)
      if (!ids.length) return []
      const customers = await redis.hmGet(WHERE, ids)
      return ids.flatMap((ticket, index) => {
        const customer = customers[index]
        return customer ? [{ customer, ticket }] : []
      })
    },
    async announce(effect) {
      await place(customerOf(effect.caseId), effect.ticket)
      await publish({ type: effect.event, ticket: effect.ticket, at: new Date(now()).toISOString() })
    },
    publish,
    async forget(tickets) {
      for (const ticket of tickets) {
        await Promise.all([redis.zRem(OPEN, ticket), redis.zRem(RESOLVED, ticket), redis.hDel(WHERE, ticket)])
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
