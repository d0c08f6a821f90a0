// What happened in a run, from three sides: what was sent to Warmline and acknowledged, what the network carried out, what is in the store.
import type { Audience, Case, HistoryEvent } from '#domain'

export type Network = 'x' | 'facebook'

/** Something that a customer wrote. Times are milliseconds since 1970. */
export type Said = {
  /** As Warmline names it: `x:123`. */
  readonly id: string
  readonly network: Network
  readonly audience: Audience
  /** The network's id of the customer. */
  readonly user: string
  readonly text: string
  /** Values in it that may never be seen in public. */
  readonly secrets: readonly string[]
  /** When it first left for Warmline. */
  readonly sentAt: number
  /** When a delivery of it was answered 200. */
  readonly ackedAt?: number
  /** Its author deletes or changes it at some time of the run. */
  readonly changed?: boolean
}

/** Something of ours that the network carried out: others can see it. */
export type Seen = {
  /** The network's id. */
  readonly id: string
  readonly at: number
  readonly network: Network
  readonly audience: Audience
  /** Message id that it answers, or the network's id of the person who gets it. */
  readonly to: string
  readonly text: string
}

/** What a person at the console did. `answeredAt` is absent when no answer came. */
export type Act = {
  readonly agent: string
  readonly what:
    | 'claim'
    | 'reply'
    | 'release'
    | 'resolve'
    | 'return'
    | 'reopen'
    | 'transfer'
    | 'snooze'
    | 'unsnooze'
    | 'merge'
    | 'split'
  readonly ticket: string
  readonly customer: string
  readonly askedAt: number
  readonly answeredAt?: number
  readonly status: number
  readonly text?: string
  /** Of a transfer: the colleague who has it then; absent: a team. */
  readonly to?: string
}

/** A person of ours answered in the network's own inbox, and Warmline acknowledged it. */
export type InboxWord = { readonly network: Network; readonly user: string; readonly ackedAt: number }

/** One customer as the store has them at the end. */
export type Kept = {
  readonly id: string
  readonly owner: string
  readonly epoch: number
  readonly case?: Case
  /** Ids of messages that no turn has taken. */
  readonly mailbox: readonly string[]
  readonly history: readonly HistoryEvent[]
  /** State by effect id. */
  readonly effects: Readonly<Record<string, string>>
  readonly outbox: readonly string[]
}

export type Store = {
  readonly customers: readonly Kept[]
  /** Ticket ids in the lists that the console shows. */
  readonly open: readonly string[]
  readonly resolved: readonly string[]
}

export type History = {
  readonly said: readonly Said[]
  readonly seen: readonly Seen[]
  readonly acts: readonly Act[]
  readonly inboxWords: readonly InboxWord[]
  /** E-mail of the supervisor, who may hand on what others hold. */
  readonly lead?: string
  readonly store: Store
}
