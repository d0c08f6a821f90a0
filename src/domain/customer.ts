// A customer as it is loaded, and the change that a turn commits.
import type { Case } from './case.ts'
import type { Aside, Customer, CustomerId, Message } from './conversation.ts'
import type { Effect } from './effect.ts'
import type { HistoryEvent } from './history.ts'

/** A message that no turn has taken yet. */
export type PendingMessage = {
  readonly schema?: 1
  readonly message: Message
  readonly customer: Customer
  readonly receivedAt: number
  readonly directed: boolean
  readonly aside?: Aside
  /** Message id of our public post whose prompt led here. */
  readonly from?: string
}

/** Everything about a customer that a decision may need, and the guard for committing it. */
export type CustomerSnapshot = {
  readonly customer: CustomerId
  readonly version: string
  readonly epoch: number
  readonly owner: string
  readonly case?: Case
  readonly waiting: readonly PendingMessage[]
  readonly history: readonly HistoryEvent[]
}

/** A change of a case; nothing of it happens unless all of it does. */
export type CustomerChange = {
  readonly case: Case
  readonly taken?: number
  readonly owner?: string
  readonly events?: readonly HistoryEvent[]
  readonly effects?: readonly Effect[]
}
