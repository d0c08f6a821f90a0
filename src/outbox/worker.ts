// The outbox worker: carries out a customer's effects, once and in order.
import type { Channel } from '#channels'
import type { ChannelEvent, ChannelName, CustomerId, DeliveryFailure, Effect, SendOutcome } from '#domain'
import type { Runtime } from '#redis'
import type { Connections } from '#redis/connect'
import { QUEUES } from '#redis/keys'
import { openKeyedQueue, type QueueTiming } from '#redis/queue'
import { openEffectStore } from '#redis/store'
import { awaitIdle } from './await-idle.ts'
import type { CarryContext } from './carry-effect.ts'
import { type DeadLetters, openDeadLetterStore } from './dead-letters.ts'
import { emptyOutbox } from './empty-outbox.ts'
import { openEchoMatcher } from './match-echo.ts'
import { TIMING, type Timing } from './retry-policy.ts'

/** How sends end, for those who have to know. */
export type OutboxEvents = {
  /** It could not be sent: a person has to see to it. */
  deliveryFailed(failure: DeliveryFailure): Promise<void>
  /** Something of this customer's was sent, or held back. */
  delivered(customer: CustomerId): Promise<void>
}

export type Outbox = {
  /** Says that a customer's outbox is about to have something in it; call it before committing. */
  note(customer: CustomerId): Promise<void>
  /** Says that a customer's outbox has something in it. */
  due(customer: CustomerId): Promise<void>
  /** A network shows what our own account said. True if Warmline sent it: then it has arrived. */
  echoed(event: Extract<ChannelEvent, { kind: 'message'; own: true }>): Promise<boolean>
  /** Resolves once nothing of ours is on its way to this customer, within `mostMs` or about the time that a send may take. */
  silence(customer: CustomerId, mostMs?: number): Promise<void>
  /** What an operator may look into. */
  readonly stuck: DeadLetters
  /** Starts carrying effects out; returns what stops it. */
  work(): Promise<() => Promise<void>>
  close(): Promise<void>
}

type OutboxOptions = Pick<Runtime, 'log' | 'now'> & {
  connections: Connections
  channels: ReadonlyMap<ChannelName, Channel>
  /** Carries out an `announce`; repeating it does no harm. */
  announce: (effect: Effect & { readonly do: 'announce' }) => Promise<void>
  events: OutboxEvents
  /** Counts how sends fare. */
  count?: (channel: ChannelName, fate: SendOutcome) => void
  concurrency: number
  /** Aborted when the process has to end soon. */
  stopping: AbortSignal
  timing?: Timing
  queueTiming?: Partial<QueueTiming> | undefined
}

export async function openOutbox(options: OutboxOptions): Promise<Outbox> {
  const { connections, channels, announce, events, stopping } = options
  const { timing = TIMING, count = () => {}, log, now } = options
  const redis = connections.main
  const queue = await openKeyedQueue(QUEUES.effects, connections, log, now, { timing: options.queueTiming })
  const records = openEffectStore(redis, now)
  const stuck = openDeadLetterStore(redis, queue, now)
  const context: CarryContext = {
    redis,
    channels,
    effects: records,
    deadLetters: stuck,
    announce,
    events: { failed: events.deliveryFailed, changed: events.delivered, counted: count },
    timing,
    stopping,
    log,
    now,
  }
  const echo = openEchoMatcher(connections.ingest, openEffectStore(connections.ingest, now), timing)

  return {
    note: async (customer) => void (await queue.note(customer)),
    due: (customer) => queue.due(customer),
    async echoed(event) {
      const { sent, arrived } = await echo(event)
      if (!arrived) return sent
      const { customer, effect } = arrived
      await stuck.forget(effect)
      await events.delivered(customer)
      // Whatever waited behind it may go.
      await queue.due(customer)
      return sent
    },
    silence: (customer, mostMs) => awaitIdle(redis, customer, timing, mostMs),
    stuck,
    work: () => queue.work((customer) => emptyOutbox(context, customer), options.concurrency),
    close: () => queue.close(),
  }
}
