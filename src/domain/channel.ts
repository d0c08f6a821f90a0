// Channels and the type of their capabilities.
import type { TextLimit } from '#lib'

/** Who can read a conversation: everybody, or the customer and us. */
export type Audience = 'public' | 'private'

export const CHANNELS = ['playground', 'x', 'facebook', 'bot-framework'] as const
export type ChannelName = (typeof CHANNELS)[number]

/** What a channel allows, as data; evaluated before each send. */
export type ChannelCapabilities = {
  readonly public?: TextLimit
  readonly private?: TextLimit
  /** How many characters of a text that comes in are kept; where nothing is said, 20,000. */
  readonly received?: { readonly [audience in Audience]?: number }
  /** How a public matter can become a private one. */
  readonly toPrivate: 'private-reply' | 'invite' | 'message' | 'none'
  readonly hide: boolean
  /** Where people see a public message, with `{id}` for the network's id of it. */
  readonly postUrl?: string
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
