// The queue of tickets in Redis: what the lists show, who is told, and the clock. The truth stays with each customer.
import { Queue, Worker } from 'bullmq'
import type { Logger } from 'pino'
import { type Case, type CaseTicket, customerOf } from '#case'
import type { CustomerId } from '#conversation'
import { readCase } from '#inbox'
import type { Effect } from '#outbox'
import { type Connections, PREFIX } from '#redis'
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
  listen(listener: (event: DeskEvent) => void): () => void
  /** Starts the clock; `overdue` is called once for each ticket that was not resolved in time. */
  work(overdue: (ticket: string) => Promise<void>): Promise<() => Promise<void>>
  counts(): Promise<{ open: number; resolved: number }>
  close(): Promise<void>
}

export async function openTicketQueue(connections: Connections, log: Logger, now: () => number): Promise<TicketQueue> {
  const redis = connections.main
  const clock = new Queue<{ ticket: string }>('clock', {
    connection: await connections.another(),
    prefix: PREFIX,
    defaultJobOptions: { attempts: 5, backoff: { type: 'exponential', delay: 500 }, removeOnComplete: true },
  })
  clock.on('error', (error) => log.warn({ queue: 'clock', reason: error.message }, 'the queue lost Redis'))
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
      await redis.zAdd(OPEN, { value: id, score: PRIORITIES.indexOf(ticket.priority) * 1e14 + ticket.openedAt })
      const delay = Math.max(0, ticket.dueAt - now())
      await clock.add('due', { ticket: id }, { jobId: `due-${id}-${ticket.dueAt}`, delay })
    }
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
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async work(overdue) {
      const worker = new Worker<{ ticket: string }>('clock', (job) => overdue(job.data.ticket), {
        connection: await connections.another(),
        prefix: PREFIX,
        concurrency: 4,
        maxStalledCount: 1_000,
      })
      worker.on('error', (error) => log.warn({ queue: 'clock', reason: error.message }, 'the worker lost Redis'))
      await worker.waitUntilReady()
      return () => worker.close()
    },
    counts: async () => ({ open: await redis.zCard(OPEN), resolved: await redis.zCard(RESOLVED) }),
    close: () => clock.close(),
  }
}
