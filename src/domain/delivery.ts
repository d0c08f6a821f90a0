// What is sent to a network, and what its answer means; rate limits.
import type { ConversationRef, Customer } from './conversation.ts'
import type { StuckState } from './effect.ts'
import type { PrivateText, PublicText } from './reply.ts'

/** What a channel is asked to do. Texts are branded: nothing unseen by the gate can be sent. */
export type Outgoing =
  | {
      readonly type: 'public-reply'
      readonly effect: string
      readonly customer: Customer
      readonly conversation: ConversationRef
      /** Message id that is answered. */
      readonly inReplyTo: string
      readonly text: PublicText
      /** Absent: the bot. */
      readonly by?: 'bot' | 'agent'
      /** Ask the customer to write privately, by the channel's best means (a DM button or link). */
      readonly inviteToPrivate: boolean
    }
  | {
      readonly type: 'private-message'
      readonly effect: string
      readonly customer: Customer
      readonly conversation: ConversationRef
      readonly text: PrivateText
      readonly by: 'bot' | 'agent'
      /** A network without buttons leaves them out; absent in records of an earlier version. */
      readonly quickReplies?: readonly PrivateText[]
    }
  | {
      /** A private message that answers a public post (Facebook's private reply). */
      readonly type: 'private-reply'
      readonly effect: string
      readonly customer: Customer
      /** Message id of the public post. */
      readonly inReplyTo: string
      readonly text: PrivateText
    }
  | { readonly type: 'hide'; readonly effect: string; readonly customer: Customer; readonly message: string }

/**
 * How long a network takes no more calls, in milliseconds: of any kind for this account, of this kind for this account,
 * or for this conversation alone.
 */
export type RateLimit = { readonly of: 'account' | 'kind' | 'conversation'; readonly forMs: number }

/** What became of a send. */
export type Sent =
  | {
      readonly state: 'sent'
      /** The network's id of what was made, opaque. */
      readonly platformId: string
      /** The private identity the network revealed (Facebook: the PSID behind a commenter). */
      readonly privateUser?: string
      /** The conversation it landed in, where the network says. */
      readonly conversation?: ConversationRef
      /** It was the last one for a while. */
      readonly limit?: RateLimit
    }
  | {
      readonly state: 'refused'
      readonly reason: string
      readonly instead?: string
      /** The network says that this very thing is there already. */
      readonly repeated?: boolean
    }
  | { readonly state: 'unreachable'; readonly reason: string; readonly limit?: RateLimit }
  /** The request left and no answer came: it may have been carried out. */
  | { readonly state: 'in-doubt'; readonly reason: string }

/** How a send ended, for the figures. */
export type SendOutcome = 'sent' | 'found' | 'suppressed' | 'retried' | 'doubted' | StuckState
