// Events in, turns due: the durable side of "no message is lost" and "one turn at a time".
import type { Logger } from 'pino'
import type { ChannelEvent, ChannelName, CustomerId } from '#conversation'
import { type Backlog, type Connections, type CustomerQueue, openCustomerQueue, type Try, withinDeadline } from '#redis'
import { aliasKey } from './keys.ts'
import { type Open, openCustomer, receive } from './mailbox.ts'

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
  /** Called before the delivery is acknowledged: somebody answered this customer in the network's own inbox. */
  personSpoke: (customer: CustomerId) => Promise<void>
  /** The same, when they give the conversation back. */
  personLeft: (customer: CustomerId) => Promise<void>
  /** Called before the delivery is acknowledged: our own account spoke, maybe through us. */
  echoed?: (event: Extract<ChannelEvent, { kind: 'message'; own: true }>) => Promise<void>
  log: Logger
  now: () => number
}): Promise<Inbox> {
  const { connections, debounceMs, log, now } = options
  const queue: CustomerQueue = await openCustomerQueue('turns', connections, log, now, { ranked: true })

  async function deliverOne(channel: ChannelName, event: ChannelEvent): Promise<void> {
    if (event.kind === 'message' && event.own && event.by !== 'person') await options.echoed?.(event)
    const heard = await receive(connections.ingest, channel, event, queue.note, now())
    if (event.kind === 'control' && event.to && event.customer) {
      const { id } = event.customer
      const customer = (await connections.ingest.get(aliasKey(id))) ?? id
      return event.to === 'person' ? options.personSpoke(customer) : options.personLeft(customer)
    }
    if (!heard) return
    if (heard.by === 'person') return options.personSpoke(heard.customer)
    // Repeated for a redelivered event, so that a crash between the two steps heals.
    const pause = Math.min(debounceMs, heard.since + LONGEST_WAIT * debounceMs - now())
    await queue.due(heard.customer, pause, isPrivate(event) ? 'first' : 'later')
  }

  return {
    async deliver(channel, events) {
      await withinDeadline(
        (async () => {
          for (const event of events) await deliverOne(channel, event)
        })(),
        INGEST_MS,
      )
    },
    open: (customer) => openCustomer(connections.main, customer),
    work: (take) => queue.work(take, options.concurrency),
    backlog: queue.backlog,
    close: () => queue.close(),
  }
}

function isPrivate(event: ChannelEvent): boolean {
  if (event.kind === 'message') return event.message.conversation.audience === 'private'
  return 'audience' in event && event.audience === 'private'
}
