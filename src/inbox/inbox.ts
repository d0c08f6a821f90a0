// Events in, turns due: the durable side of "no message is lost" and "one turn at a time".
import type { Logger } from 'pino'
import type { ChannelEvent, ChannelName, CustomerId } from '#conversation'
import { type Backlog, type Connections, type CustomerQueue, openCustomerQueue, type Try, withinDeadline } from '#redis'
import { type Open, openCustomer, resolveCustomer } from './mailbox.ts'
import { type OwnMessage, readOwnMessage } from './own-message.ts'
import { receive } from './receive.ts'
import { leavingNewer } from './records.ts'

const INGEST_MS = 2_500
/** A customer who never pauses still gets an answer after this many pauses. */
const LONGEST_WAIT = 4

/** How a person came to have a case outside Warmline. */
export type Takeover = 'wrote' | 'wrote-in-public' | 'took-over' | 'asked'

export type Inbox = {
  /** Resolves when every event is durable and its turn is due; rejects with `Unavailable` otherwise. */
  deliver(channel: ChannelName, events: readonly ChannelEvent[]): Promise<void>
  open(customer: CustomerId): Promise<Open>
  /** Starts taking turns; `take` answers one customer's waiting messages (see CustomerQueue.work). */
  work(take: (customer: CustomerId, attempt: Try) => Promise<number | undefined>): Promise<() => Promise<void>>
  /** Who waits for a turn. */
  backlog(): Promise<Backlog>
  close(): Promise<void>
}

export async function openInbox(options: {
  connections: Connections
  debounceMs: number
  concurrency: number
  /** How long a customer's words are kept (a year unless told), and how long a deleted message is (not at all). */
  keepMs?: number
  purgeMs?: number
  /** Where a changed message is kept only as it now stands. */
  forgetsFormer?: (channel: ChannelName) => boolean
  /** Called before the delivery is acknowledged: a person answered this customer outside Warmline, or wants to, then. */
  personSpoke: (customer: CustomerId, at: number, how: Takeover) => Promise<void>
  /** The same, when they give the conversation back. */
  personLeft: (customer: CustomerId, at: number) => Promise<void>
  /** Called before the delivery is acknowledged: our own account spoke. True if Warmline sent it. */
  echoed?: (event: OwnMessage) => Promise<boolean>
  log: Logger
  now: () => number
}): Promise<Inbox> {
  const { connections, debounceMs, keepMs = 365 * 86_400_000, purgeMs = 0, log, now } = options
  const queue: CustomerQueue = await openCustomerQueue('turns', connections, log, now, { ranked: true })

  /** What our own account said and Warmline did not send was written by somebody: whose case it is, and whether by a person. */
  async function attribute(
    event: ChannelEvent,
  ): Promise<{ readonly event: ChannelEvent; readonly takesCase: boolean }> {
    if (event.kind !== 'message' || !event.own) return { event, takesCase: false }
    const sent = event.by !== 'person' && ((await options.echoed?.(event)) ?? true)
    // Our app sends for Warmline alone: what it sent and we do not know is of an earlier time.
    return sent || event.by === 'us' ? { event, takesCase: false } : readOwnMessage(connections.ingest, event)
  }

  async function deliverOne(channel: ChannelName, told: ChannelEvent): Promise<void> {
    const { event, takesCase } = await attribute(told)
    const forgetsFormer = options.forgetsFormer?.(channel) ?? false
    const keeping = { now: now(), note: queue.note, keepMs, purgeMs, forgetsFormer }
    const received = await receive(connections.ingest, channel, event, keeping)
    if (event.kind === 'control' && event.to && event.customer) {
      const customer = await resolveCustomer(connections.ingest, event.customer.id)
      const at = event.at ?? now()
      await (event.to === 'us'
        ? options.personLeft(customer, at)
        : options.personSpoke(customer, at, event.to === 'person' ? 'took-over' : 'asked'))
    }
    for (const heard of received) {
      if (heard.by === 'person') {
        const how = heard.audience === 'public' ? 'wrote-in-public' : 'wrote'
        if (takesCase) await options.personSpoke(heard.customer, heard.at, how)
        continue
      }
      // Repeated for a redelivered event, so that a crash between the two steps heals.
      const pause = Math.min(debounceMs, heard.since + LONGEST_WAIT * debounceMs - now())
      await queue.due(heard.customer, pause, isPrivate(event) ? 'first' : 'later')
    }
  }

  /** One event that cannot be kept holds nobody back but its own customer, whose messages keep their order. */
  async function deliverAll(channel: ChannelName, events: readonly ChannelEvent[]): Promise<void> {
    const failures = new Map<CustomerId, unknown>()
    for (const event of events) {
      const customer = ('customer' in event && event.customer?.id) || ''
      if (failures.has(customer)) continue
      await deliverOne(channel, event).catch((error) => failures.set(customer, error))
    }
    for (const error of failures.values()) throw error
  }

  return {
    async deliver(channel, events) {
      await withinDeadline(deliverAll(channel, events), INGEST_MS)
    },
    open: (customer) => openCustomer(connections.main, customer),
    work: (take) => queue.work(leavingNewer(take, log), options.concurrency),
    backlog: queue.backlog,
    close: () => queue.close(),
  }
}

function isPrivate(event: ChannelEvent): boolean {
  if (event.kind === 'message') return event.message.conversation.audience === 'private'
  return 'audience' in event && event.audience === 'private'
}
