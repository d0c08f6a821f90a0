import type { Customer, Outgoing } from '#conversation'
import type { DeskEvent } from '#handoff'

/** How an effect fares. Only `pending` and `started` ones are in the outbox. */
export type EffectState = 'pending' | 'started' | 'sent' | 'refused' | 'suppressed' | 'in-doubt'

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
  | { readonly do: 'send'; readonly outgoing: Outgoing; readonly sources: readonly string[] }
  /** Puts the ticket where the lists show it, starts its clock and tells open consoles. */
  | { readonly do: 'announce'; readonly ticket: string; readonly customer: Customer; readonly event: DeskEvent['type'] }
)

export type SendEffect = Effect & { readonly do: 'send' }
