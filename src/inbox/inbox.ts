// Events in, turns due: the durable side of "no message is lost" and "one turn at a time".
import type { Logger } from 'pino'
import type { ChannelEvent, ChannelName, CustomerId } from '#conversation'
import { type Backlog, type Connections, type CustomerQueue, openCustomerQueue, type Try, withinDeadline } from '#redis'
import { aliasKey } from './keys.ts'
import { type Open, openCustomer } from './mailbox.ts'
import { receive } from './receive.ts'
import { leavingNewer } from './records.ts'

const INGEST_MS = 2_500
/** A customer who never pauses still gets an answer after this many pauses. */
const LONGEST_WAIT = 4

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
  /** Called before the delivery is acknowledged: somebody answered this customer in the network's own inbox. */
  personSpoke: (customer: CustomerId) => Promise<void>
  /** The same, when they give the conversation back. */
  personLeft: (customer: CustomerId) => Promise<void>
  /** Called before the delivery is acknowledged: our own account spoke, maybe through us. */
  echoed?: (event: Extract<ChannelEvent, { kind: 'message'; own: true }>) => Promise<void>
  log: Logger
  now: () => number
}): Promise<Inbox> {
  const { connections, debounceMs, keepMs = 365 * 86_400_000, purgeMs = 0, log, now } = options
  const queue: CustomerQueue = await openCustomerQueue('turns', connections, log, now, { ranked: true })

  async function deliverOne(channel: ChannelName, event: ChannelEvent): Promise<void> {
    if (event.kind === 'message' && event.own && event.by !== 'person') await options.echoed?.(event)
    const forgetsFormer = options.forgetsFormer?.(channel) ?? false
    const keeping = { now: now(), note: queue.note, keepMs, purgeMs, forgetsFormer }
    const received = await receive(connections.ingest, channel, event, keeping)
    if (event.kind === 'control' && event.to && event.customer) {
      const { id } = event.customer
      const customer = (await connections.ingest.get(aliasKey(id))) ?? id
      await (event.to === 'person' ? options.personSpoke(customer) : options.personLeft(customer))
    }
    for (const heard of received) {
      if (heard.by === 'person') {
        await options.personSpoke(heard.customer)
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
