// The inbox: makes events durable, once and in order, and makes turns due after the debounce.
import type { Logger } from 'pino'
import type { ChannelCapabilities, ChannelEvent, ChannelName, CustomerId, CustomerSnapshot } from '#domain'
import { limitedWarnings } from '#http'
import { withinDeadline } from '#redis'
import type { Connections } from '#redis/connect'
import { keysOf, QUEUES } from '#redis/keys'
import { type JobAttempt, type KeyedQueue, openKeyedQueue, type QueueBacklog, type QueueTiming } from '#redis/queue'
import { deferToNewerWorker, loadCustomer, resolveCustomer } from '#redis/store'
import { type OwnMessage, readOwnMessage } from './own-message.ts'
import { isTooOld, receive } from './receive.ts'
import { sanitize } from './sanitize.ts'

const INGEST_MS = 2_500
/** Customers whose events are taken in at once: many round trips side by side, and other deliveries still get in between. */
const AT_ONCE = 64
/** Events of deliveries that were not acknowledged, of which it is remembered who has them. */
const REMEMBERED = 100_000
/** A customer who never pauses still gets an answer after this many pauses. */
const LONGEST_WAIT = 4

/** How a person came to have a case outside Warmline. */
export type Takeover = 'wrote' | 'wrote-in-public' | 'took-over' | 'asked'

/** What a network shows of those who answer outside Warmline. Each is awaited before a delivery is acknowledged. */
export type InboxEvents = {
  /** Our own account spoke. True if Warmline sent it. */
  echo(event: OwnMessage): Promise<boolean>
  /** A person answered this customer outside Warmline, or wants to, since `at`. */
  agentSpokeElsewhere(customer: CustomerId, at: number, how: Takeover): Promise<void>
  /** They gave the conversation back. */
  agentLeftElsewhere(customer: CustomerId, at: number): Promise<void>
}

export type Inbox = {
  /** Resolves when every event is durable and its turn is due; rejects with `Unavailable` otherwise. */
  deliver(channel: ChannelName, events: readonly ChannelEvent[]): Promise<void>
  open(customer: CustomerId): Promise<CustomerSnapshot>
  /** Starts taking turns; `take` answers one customer's waiting messages (see CustomerQueue.work). */
  work(take: (customer: CustomerId, attempt: JobAttempt) => Promise<number | undefined>): Promise<() => Promise<void>>
  /** Who waits for a turn. */
  backlog(): Promise<QueueBacklog>
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
  /** What a network allows; how long a text may be that comes in. */
  law?: (channel: ChannelName) => ChannelCapabilities | undefined
  events: InboxEvents
  queueTiming?: Partial<QueueTiming> | undefined
  log: Logger
  now: () => number
}): Promise<Inbox> {
  const { connections, events, debounceMs, keepMs = 365 * 86_400_000, purgeMs = 0, log, now } = options
  const queue: KeyedQueue = await openKeyedQueue(QUEUES.turns, connections, log, now, {
    ranked: true,
    timing: options.queueTiming,
  })

  /** What our own account said and Warmline did not send was written by somebody: whose case it is, and whether by a person. */
  async function attribute(
    event: ChannelEvent,
  ): Promise<{ readonly event: ChannelEvent; readonly takesCase: boolean }> {
    if (event.kind !== 'message' || !event.own) return { event, takesCase: false }
    const sent = event.by !== 'person' && (await events.echo(event))
    // Our app sends for Warmline alone: what it sent and we do not know is of an earlier time.
    return sent || event.by === 'us' ? { event, takesCase: false } : readOwnMessage(connections.ingest, event)
  }

  const lateWarning = limitedWarnings(log)
  const late = ({ id, kind }: ChannelEvent) =>
    lateWarning(
      { event: id, kind },
      'ignored: more than a week old, so delivered again, or this machine’s clock is wrong',
    )
  /** Whose records hold which events of deliveries that ran out of time: a repeat begins where the last one ended. */
  const taken = new Map<string, CustomerId>()
  const keyOf = (channel: ChannelName, event: ChannelEvent) => `${channel} ${event.id}`

  function remember(channel: ChannelName, event: ChannelEvent, waits: readonly Waits[]): void {
    const [first] = waits
    if (!first || waits.length > 1) return
    taken.set(keyOf(channel, event), first.customer)
    for (const key of taken.keys()) {
      if (taken.size <= REMEMBERED) break
      taken.delete(key)
    }
  }

  /** The events without those that an earlier try took; Redis is asked, for it may have lost them since. */
  async function withoutTaken(channel: ChannelName, group: readonly ChannelEvent[]): Promise<readonly ChannelEvent[]> {
    const customer = group[0] && taken.get(keyOf(channel, group[0]))
    if (!customer) return group
    const ids = group.map(({ id }) => id)
    const scores = await connections.ingest.zmScore(keysOf(customer).seen, ids)
    return group.filter((event, at) => scores[at] === null || taken.get(keyOf(channel, event)) !== customer)
  }

  /** Makes one event durable; resolves to who waits for a turn because of it. */
  async function take(channel: ChannelName, told: ChannelEvent): Promise<readonly Waits[]> {
    const at = now()
    const isLate = isTooOld(told, at)
    const { event, takesCase } = isLate ? { event: told, takesCase: false } : await attribute(told)
    const forgetsFormer = options.forgetsFormer?.(channel) ?? false
    const keeping = { now: at, note: queue.note, keepMs, purgeMs, forgetsFormer, late }
    const received = await receive(connections.ingest, channel, sanitize(event, options.law?.(channel)), keeping)
    if (event.kind === 'control' && event.to && event.customer && !isLate) {
      const customer = await resolveCustomer(connections.ingest, event.customer.id)
      const from = event.at ?? at
      await (event.to === 'us'
        ? events.agentLeftElsewhere(customer, from)
        : events.agentSpokeElsewhere(customer, from, event.to === 'person' ? 'took-over' : 'asked'))
    }
    const rank = isPrivate(event) ? 'first' : 'later'
    const waits: Waits[] = []
    for (const heard of received) {
      if (heard.by === 'person') {
        const how = heard.audience === 'public' ? 'wrote-in-public' : 'wrote'
        if (takesCase) await events.agentSpokeElsewhere(heard.customer, heard.at, how)
      } else waits.push({ customer: heard.customer, since: heard.since, rank })
    }
    return waits
  }

  /** Makes turns due, one for each customer. Repeated for a redelivered event, so that a crash before it heals. */
  async function makeDue(waits: readonly Waits[]): Promise<void> {
    const each = new Map(waits.map((one) => [one.customer, one]))
    for (const { customer, since } of each.values()) {
      const isFirst = waits.some((one) => one.customer === customer && one.rank === 'first')
      const pause = Math.min(debounceMs, since + LONGEST_WAIT * debounceMs - now())
      await queue.due(customer, pause, isFirst ? 'first' : 'later')
    }
  }

  /**
   * Events of one customer in their order, customers side by side. One event that cannot be kept holds nobody back but
   * its own customer.
   */
  async function deliverAll(channel: ChannelName, events: readonly ChannelEvent[], signal: AbortSignal): Promise<void> {
    const failures: unknown[] = []
    async function takeGroup(group: readonly ChannelEvent[]): Promise<void> {
      const done: (readonly [ChannelEvent, readonly Waits[]])[] = []
      try {
        for (const event of await withoutTaken(channel, group)) {
          if (signal.aborted) break
          done.push([event, await take(channel, event)])
        }
      } catch (error) {
        failures.push(error)
      }
      await makeDue(done.flatMap(([, waits]) => waits))
      for (const [event, waits] of done) remember(channel, event, waits)
    }
    const groups = byCustomer(events)
    const next = groups.values()
    const runners = Array.from({ length: Math.min(AT_ONCE, groups.length) }, async () => {
      for (const group of next) {
        if (signal.aborted) return
        await takeGroup(group).catch((error) => failures.push(error))
      }
    })
    await Promise.all(runners)
    for (const error of failures) throw error
    if (!signal.aborted) for (const event of events) taken.delete(keyOf(channel, event))
  }

  return {
    async deliver(channel, events) {
      const late = new AbortController()
      const delivering = deliverAll(channel, events, late.signal)
      try {
        await withinDeadline(delivering, INGEST_MS)
      } catch (error) {
        // What was not begun by now is left for the repeat: two of one delivery would only slow each other down.
        late.abort()
        delivering.catch(() => {})
        throw error
      }
    },
    open: (customer) => loadCustomer(connections.main, customer),
    work: (take) => queue.work(deferToNewerWorker(take, log), options.concurrency),
    backlog: queue.backlog,
    close: () => queue.close(),
  }
}

/** Somebody who waits for a turn, and since when. */
type Waits = { readonly customer: CustomerId; readonly since: number; readonly rank: 'first' | 'later' }

/** Events in their order, those of one customer together; those of nobody each for itself. */
function byCustomer(events: readonly ChannelEvent[]): (readonly ChannelEvent[])[] {
  const groups = new Map<unknown, ChannelEvent[]>()
  for (const event of events) {
    const key = ('customer' in event && event.customer?.id) || event
    const group = groups.get(key)
    if (group) group.push(event)
    else groups.set(key, [event])
  }
  return [...groups.values()]
}

function isPrivate(event: ChannelEvent): boolean {
  if (event.kind === 'message') return event.message.conversation.audience === 'private'
  return 'audience' in event && event.audience === 'private'
}
