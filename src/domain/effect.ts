// An effect: something that the outbox carries out once, and its state.

import type { PrivateSpan } from '#privacy'
import type { ChannelName } from './channel.ts'
import type { Customer, CustomerId } from './conversation.ts'
import type { Outgoing } from './delivery.ts'
import type { DeskEvent } from './ticket.ts'

/**
 * How an effect fares. Only `pending` and `started` ones are in the outbox. `refused`, `in-doubt` and `poisoned` (it
 * cannot be carried out at all) are stuck: they are kept for an operator. `dropped` is what an operator gave up.
 */
export type EffectState =
  | 'pending'
  | 'started'
  | 'sent'
  | 'suppressed'
  | 'refused'
  | 'in-doubt'
  | 'poisoned'
  | 'dropped'

export const STUCK = ['refused', 'in-doubt', 'poisoned'] as const satisfies readonly EffectState[]
export type StuckState = (typeof STUCK)[number]

/**
 * Something that must happen outside a turn, once. Its state is kept beside it in Redis. The bot's sends are suppressed
 * when the case's epoch is no longer `epoch`; an agent's are not.
 */
export type Effect = {
  readonly schema: 1
  readonly id: string
  readonly caseId: string
  readonly epoch: number
  /** `bot`, or the e-mail of the agent who wrote it. */
  readonly by: string
  readonly madeAt: number
  /** Ids of the messages that it answers; of the bot's effects. */
  readonly answers?: readonly string[]
} & (
  | {
      readonly do: 'send'
      readonly outgoing: Outgoing
      /** Private data in its text; absent in records of an earlier version. */
      readonly privateData?: readonly PrivateSpan[]
      readonly sources: readonly string[]
      /** Content version that allowed it. */
      readonly version?: string
    }
  /** Puts the ticket where the lists show it, starts its clock and tells open consoles. */
  | { readonly do: 'announce'; readonly ticket: string; readonly customer: Customer; readonly event: DeskEvent['type'] }
)

export type SendEffect = Effect & { readonly do: 'send' }

/** Something of ours that did not reach the customer, and why. */
export type DeliveryFailure = {
  readonly customer: CustomerId
  /** The effect's id. */
  readonly effect: string
  readonly channel?: ChannelName
  readonly because: string
}
