// What every step of a send uses.
import type { Channel } from '#channels'
import type { ChannelName, CustomerId, DeliveryFailure, SendEffect, SendOutcome } from '#domain'
import type { Runtime } from '#redis'
import type { EffectStore } from '#redis/store'
import type { DeadLetters } from './dead-letters.ts'
import type { Timing } from './retry-policy.ts'

/** Who is told how sends end. */
type DeliveryEvents = {
  /** What could not be sent goes to a person. */
  readonly failed: (failure: DeliveryFailure) => Promise<void>
  /** Open consoles show a message of this customer anew. */
  readonly changed: (customer: CustomerId) => Promise<void>
  readonly counted: (channel: ChannelName, outcome: SendOutcome) => void
}

export type SendContext = Pick<Runtime, 'redis' | 'log' | 'now'> & {
  readonly channels: ReadonlyMap<ChannelName, Channel>
  readonly effects: EffectStore
  readonly deadLetters: Pick<DeadLetters, 'note'>
  readonly events: DeliveryEvents
  readonly timing: Timing
  /** Aborted when the process has to end soon. */
  readonly stopping: AbortSignal
}

/** An effect that is being sent, and whose it is. */
export type SendJob = { readonly customer: CustomerId; readonly effect: SendEffect }

export const channelOf = (effect: SendEffect): ChannelName => effect.outgoing.customer.channel

/** Nobody wants the answer any more that a limit has held back for so long. */
export const isOverdue = ({ now, timing }: Pick<SendContext, 'now' | 'timing'>, { effect }: SendJob): boolean =>
  now() - effect.madeAt > timing.patience
