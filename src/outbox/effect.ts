import type { ChannelName, Customer, CustomerId, Outgoing } from '#conversation'
import type { DeskEvent } from '#handoff'
import { effectOf, NewerRecord } from '#inbox'
import type { PrivateSpan } from '#privacy'

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
export type Mishap = {
  readonly customer: CustomerId
  /** The effect's id. */
  readonly effect: string
  readonly channel?: ChannelName
  readonly because: string
}

/** An effect that this version of the code cannot carry out; the message says why. */
export class Unreadable extends Error {
  override name = 'Unreadable'
}

/** Reads an effect as it is stored; throws `Unreadable`, or `NewerRecord` where newer code may read it. */
export function readEffect(json: string): Effect {
  let read: Effect
  try {
    read = effectOf(json)
  } catch (error) {
    if (error instanceof NewerRecord) throw error
    throw new Unreadable('its record cannot be read')
  }
  if (read.do !== 'send' && read.do !== 'announce') throw new Unreadable('this version does not know how to do it')
  return read
}

/** The effect, or undefined where `readEffect` throws or there is none. */
export function tryRead(json: string | null | undefined): Effect | undefined {
  try {
    return json ? readEffect(json) : undefined
  } catch {
    return undefined
  }
}
