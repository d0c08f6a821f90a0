// The events of a customer's history.
import type { AnnotatedText } from './annotated-text.ts'
import type { ConversationRef, Message, Outcome, Reason } from './conversation.ts'
import type { Facts } from './facts.ts'
import type { Label } from './label.ts'
import type { Understanding } from './understanding.ts'

/** What happened in a customer's cases, oldest first; logs, metrics and the console's timeline read these. */
export type HistoryEvent = { readonly schema?: 1; readonly at: number; readonly caseId?: string } & (
  | { readonly type: 'message-received'; readonly message: Message }
  | (AnnotatedText & { readonly type: 'message-edited'; readonly message: string })
  | { readonly type: 'message-deleted'; readonly message: string }
  /** Nothing is left of what the customer deleted; `counts` says in how many places it was. */
  | {
      readonly type: 'message-purged'
      readonly message: string
      readonly counts: Readonly<Record<string, number>>
    }
  /** Our own account spoke outside Warmline, or a network echoed our send. */
  | { readonly type: 'message-echoed'; readonly message: Message; readonly effect?: string; readonly by: string }
  | {
      readonly type: 'turn-taken'
      readonly messages: readonly string[]
      readonly outcome: Outcome
      readonly reasons: readonly Reason[]
      readonly version: string
      readonly understanding?: Understanding
      /** What was decided on, without values of the customer's; absent where nothing was decided. */
      readonly facts?: Facts
      readonly confidence?: number
      readonly article?: string
      readonly engine?: string
    }
  /** They stay in the mailbox while many others wait. */
  | { readonly type: 'turn-put-off'; readonly messages: readonly string[] }
  | {
      /** Something of ours is to be said; `effect-…` events of the same id say how it fared. */
      readonly type: 'message-queued'
      readonly effect: string
      readonly message: Message
      readonly sources: readonly string[]
      /** Content version that allowed it. */
      readonly version?: string
    }
  | {
      readonly type: 'gate-blocked'
      readonly findings: readonly { readonly rule: string; readonly because: string }[]
      readonly by: string
    }
  | {
      readonly type: 'gate-overridden'
      readonly findings: readonly { readonly rule: string }[]
      readonly by: string
      readonly reason: string
    }
  | {
      readonly type: 'effect-sent'
      readonly effect: string
      /** The network's id of what was made. */
      readonly detail?: string
      /** Where it landed, if the network says. */
      readonly conversation?: ConversationRef
    }
  | {
      /** `doubted`: its answer was lost, and we look for it; `in-doubt`: looking told nothing, a person decides. */
      readonly type:
        | 'effect-refused'
        | 'effect-suppressed'
        | 'effect-doubted'
        | 'effect-in-doubt'
        | 'effect-retried'
        | 'effect-dropped'
      readonly effect: string
      readonly detail?: string
      /** Who told us to, if anybody did. */
      readonly by?: string
    }
  | {
      readonly type:
        | 'ticket-opened'
        | 'ticket-claimed'
        | 'ticket-released'
        | 'ticket-resolved'
        | 'ticket-returned'
        | 'ticket-reopened'
        | 'ticket-transferred'
        | 'ticket-snoozed'
        | 'ticket-unsnoozed'
        | 'ticket-tagged'
        | 'ticket-merged'
        | 'ticket-split'
        | 'expert-asked'
        | 'expert-answered'
        | 'expert-revoked'
        | 'ticket-updated'
        | 'ticket-warning'
        | 'ticket-overdue'
        /** Somebody may be in danger, and nobody had claimed the ticket after two minutes. */
        | 'danger-unclaimed'
        | 'customer-reassured'
        | 'customer-followed-up'
        /** Something was not said to the customer; `detail` says why. */
        | 'customer-not-told'
      readonly ticket: string
      readonly by?: string
      readonly detail?: string
      /** E-mail of the colleague into whose hands it went; absent where it went to nobody else's. */
      readonly to?: string
    }
  | {
      /** Somebody had private data shown that the console masks; without a message: what the brief says. */
      readonly type: 'private-data-shown'
      readonly ticket: string
      readonly by: string
      readonly shown: readonly { readonly message?: string; readonly kinds: readonly string[] }[]
    }
  | {
      /** The customer's wording was proposed as an example; `detail` says of what, without the wording. */
      readonly type: 'wording-learnt'
      readonly ticket: string
      readonly by: string
      /** For an article's lists. */
      readonly article?: string
      /** The article answered it wrongly, and is not to win it. */
      readonly wins?: false
      /** As a message of a kind. */
      readonly label?: Label
      /** Messages whose wording it is. */
      readonly messages: readonly string[]
      /** The draft of the content in which it waits for approval. */
      readonly draft: string
      readonly detail: string
    }
  | {
      readonly type: 'note-added'
      readonly ticket: string
      readonly by: string
      readonly text: string
      /** E-mails of the colleagues whom it names. */
      readonly mentions?: readonly string[]
    }
)
