// The nouns of the house and their closed vocabularies. Every part speaks in these.

import type { PrivateSpan } from '#privacy'

/** Who can read a conversation: everybody, or the customer and us. */
export type Audience = 'public' | 'private'

export const CHANNELS = ['playground', 'x', 'facebook', 'bot-framework'] as const
export type ChannelName = (typeof CHANNELS)[number]

/** Who wrote a message. `brand`: our own account, by a person outside Warmline or by another tool. */
export type AuthorKind = 'customer' | 'bystander' | 'bot' | 'agent' | 'brand'

/** `channel:account:platform user id`; the partition of all work: one customer, one turn at a time. */
export type CustomerId = string

/** A person on one network account, as the network last described them. */
export type Customer = {
  readonly id: CustomerId
  readonly channel: ChannelName
  /** Our account on that network that the person wrote to. */
  readonly account: string
  /** The network's id of the person, an opaque string. */
  readonly user: string
  readonly name?: string
  readonly handle?: string
  /** Followers, where the network says. */
  readonly reach?: number
}

/** One thread on one channel, with one audience. */
export type ConversationRef = {
  /** `channel:account:thread id of the network`. */
  readonly id: string
  readonly channel: ChannelName
  readonly audience: Audience
}

/**
 * What can come with a message. `sticker`: a sticker, or a moving picture from a list. `mention`: a post that only names
 * us. `encrypted`: words that the network does not let us read. `unsupported`: something that it does not pass on.
 */
export const ATTACHMENT_KINDS = [
  'image',
  'video',
  'audio',
  'file',
  'sticker',
  'location',
  'link',
  'story',
  'mention',
  'encrypted',
  'unsupported',
] as const
export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number]

/** What is known of a text since it came in; nothing of it in records of an earlier version. */
export type TextNotes = {
  /** Where private data stands in it. */
  readonly privateData?: readonly PrivateSpan[]
  /** How many characters it had before it was cut. */
  readonly cutFrom?: number
}

/** One thing somebody wrote in a conversation. */
export type Message = TextNotes & {
  /** `channel:platform id`. */
  readonly id: string
  readonly conversation: ConversationRef
  readonly author: string
  readonly authorKind: AuthorKind
  readonly text: string
  /** Milliseconds since 1970. */
  readonly at: number
  /** How many pictures, files or the like came with it. */
  readonly attachments?: number
  /** What they are; absent in records of an earlier version. */
  readonly attachmentKinds?: readonly AttachmentKind[]
  /** Message id that this one answers. */
  readonly replyTo?: string
}

/** Between whom a post stands that was not addressed to us. */
export type Aside = {
  /** It answers somebody else than its author or us. */
  readonly answers?: true
  /** It shows somebody else's post. */
  readonly quotes?: true
}

/** What a network told us, in our words. `id` is unique per channel and names the thing, not the delivery. */
export type ChannelEvent =
  | {
      readonly kind: 'message'
      readonly id: string
      readonly own: false
      readonly customer: Customer
      readonly message: Message
      /** Message id of our public post whose prompt opened this private thread. */
      readonly from?: string
      /** False where the network lets us read a post that was not addressed to us. */
      readonly directed: boolean
      readonly aside?: Aside
    }
  | {
      /** Our own account spoke: an echo of our send, or a person using the network's own inbox. */
      readonly kind: 'message'
      readonly id: string
      readonly own: true
      readonly customer?: Customer
      readonly message: Message
      /** Effect id that we attached when we sent it, where the network hands it back. */
      readonly effect?: string
      /**
       * `person`: typed outside Warmline. `us`: sent through our app. `automation`: the network's own instant reply.
       * Channels leave `unknown` what only a look at what Warmline sent can tell.
       */
      readonly by: 'us' | 'person' | 'automation' | 'unknown'
    }
  | (TextNotes & {
      readonly kind: 'edit'
      readonly id: string
      readonly own: boolean
      readonly customer?: Customer
      readonly of: string
      readonly text: string
      /** The network's count of this message's edits, or the edit's time: of two edits the higher one is newer. */
      readonly order: number
      readonly audience: Audience
    })
  | {
      readonly kind: 'delete'
      readonly id: string
      readonly own: boolean
      readonly customer?: Customer
      readonly of: string
      readonly audience: Audience
    }
  | {
      readonly kind: 'reaction' | 'read' | 'delivery' | 'status' | 'control'
      readonly id: string
      readonly own: boolean
      readonly what: string
      /**
       * Of `control`: who speaks in the conversation from now on, a person in the network’s own inbox or we; `asked`: a
       * person who wants to, and whom the network does not let yet.
       */
      readonly to?: 'person' | 'asked' | 'us'
      /** Of `control`: when, by the network's clock, in milliseconds since 1970. */
      readonly at?: number
      readonly customer?: Customer
    }
  | { readonly kind: 'ignored'; readonly id: string; readonly own: boolean; readonly reason: string }

/** How a turn ended. */
export const OUTCOMES = [
  'answered',
  'acknowledged',
  'asked',
  'moved-to-private',
  'escalated',
  'moderated',
  'ignored',
] as const
export type Outcome = (typeof OUTCOMES)[number]

/** One thing known in a case, and the message that said it. */
export type Fact = {
  readonly name: string
  readonly value: string
  /** Message id; absent for what an action returned. */
  readonly message?: string
  /** `private` facts never appear in public text, whatever their value. */
  readonly audience: Audience
}

/** Text that the gate has let through for everybody's eyes. Only `#gate` makes it. */
export type PublicText = string & { readonly __public: unique symbol }
/** Text that the gate has let through for one customer's eyes. Only `#gate` makes it. */
export type PrivateText = string & { readonly __private: unique symbol }

/** A text that a draft is made of, and who may read it. */
export type Source = { readonly text: string; readonly audience: Audience }

/** Something to be said, before the gate has seen it. */
export type Draft = {
  readonly text: string
  readonly audience: Audience
  readonly author: 'bot' | 'form' | 'template' | 'agent'
  /** What grounds it: the passages quoted, an action's answer, a saying. What is private in it stays out of public. */
  readonly sources: readonly Source[]
  /** Article ids behind it. */
  readonly articles?: readonly string[]
  /** Titles of the buttons under a private message, at most 20 characters each; a tap says the title. */
  readonly quickReplies?: readonly string[]
}

/** What may be heard in a turn beside its question; each may be spoken of by a policy. */
export const SIGNALS = [
  'greeting',
  'thanks',
  'praise',
  'question',
  'sarcasm',
  'legal-threat',
  'self-harm',
  'medical',
  'safety',
  'press',
  'abuse',
  'threat',
  'spam',
  'competitor',
  'injection',
  'minor',
  'fraud',
  'account-takeover',
  'data-request',
  'discrimination',
  'chargeback',
  'compensation',
  'repeat-contact',
  'opt-out',
  'agreement',
  'refusal',
  'chatter',
  'side-talk',
  'account-specific',
  'not-wanted',
] as const
export type Signal = (typeof SIGNALS)[number]

/** Why somebody who speaks of us without addressing us is left alone. */
export const LEAVE_ALONE = [
  'not-about-us',
  'conversation',
  'quote',
  'news',
  'job',
  'spam',
  'competitor',
  'sarcasm',
  'joke',
  'praise',
  'no-need',
] as const
export type LeaveAlone = (typeof LEAVE_ALONE)[number]

export const COMPLAINTS = ['none', 'rant', 'minor', 'major'] as const
export type Complaint = (typeof COMPLAINTS)[number]

export const MOODS = ['negative', 'neutral', 'positive'] as const
export type Mood = (typeof MOODS)[number]

/** What the turn says, with confidences from 0 to 1. */
export type Understanding = {
  /** A dialog's id, or `none`. */
  readonly intent: string
  readonly intentConfidence: number
  readonly topic: string
  readonly complaint: Complaint
  /** From -1 (furious) to 1 (delighted). */
  readonly sentiment: number
  readonly urgency: number
  /** ISO 639-1, or `und`. */
  readonly language: string
  readonly signals: readonly Signal[]
  readonly privateData: readonly PrivateSpan[]
  readonly wantsHuman: boolean
}

/** Why something was decided. */
export type Reason = { readonly rule: string; readonly because: string; readonly doubts?: readonly string[] }

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
export type Limit = { readonly of: 'account' | 'kind' | 'conversation'; readonly forMs: number }

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
      readonly limit?: Limit
    }
  | {
      readonly state: 'refused'
      readonly reason: string
      readonly instead?: string
      /** The network says that this very thing is there already. */
      readonly repeated?: boolean
    }
  | { readonly state: 'unreachable'; readonly reason: string; readonly limit?: Limit }
  /** The request left and no answer came: it may have been carried out. */
  | { readonly state: 'in-doubt'; readonly reason: string }

/** How long a text may be on a channel, in the channel's own unit. */
export type TextLaw = { readonly unit: 'characters' | 'bytes' | 'x-weighted'; readonly limit: number }

/** What a channel allows, as data; evaluated before each send. */
export type ChannelLaw = {
  readonly public?: TextLaw
  readonly private?: TextLaw
  /** How many characters of a text that comes in are kept; where nothing is said, 20,000. */
  readonly received?: { readonly [audience in Audience]?: number }
  /** How a public matter can become a private one. */
  readonly toPrivate: 'private-reply' | 'invite' | 'message' | 'none'
  readonly hide: boolean
  /** Hours after the customer's last private message in which the bot may write; undefined: no window. */
  readonly windowHours?: number
  /** Only one automated public reply to each post of a customer. */
  readonly oneReply?: boolean
  /** A changed message is kept only as it now stands. */
  readonly forgetsFormer?: boolean
  /**
   * Who may write to somebody who did not address us: people only, or nobody through the network's API. Absent: the bot
   * too, where a rule says so.
   */
  readonly unasked?: 'people' | 'nobody'
  /** What is written there may teach no model and no article: it is not offered as a wording or a label. */
  readonly noTraining?: boolean
  /** Sending the same effect twice makes one message. */
  readonly idempotent?: boolean
}
