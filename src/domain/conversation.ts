// Messages, customers, conversations, outcomes: the types that every part uses.

import type { PrivateSpan } from '#privacy'
import type { Audience, ChannelName } from './channel.ts'

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

/** Why something was decided. */
export type Reason = { readonly rule: string; readonly because: string; readonly doubts?: readonly string[] }
