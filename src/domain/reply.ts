// A reply before it is sent: its text, its audience and its sources.
import type { Audience } from './channel.ts'

/** Text that the gate has let through for everybody's eyes. Only `#gate` makes it. */
export type PublicText = string & { readonly __public: unique symbol }
/** Text that the gate has let through for one customer's eyes. Only `#gate` makes it. */
export type PrivateText = string & { readonly __private: unique symbol }

/** A text that a draft is made of, and who may read it. */
export type Source = { readonly text: string; readonly audience: Audience }

/** Something to be said, before the gate has seen it. */
export type ReplyDraft = {
  readonly text: string
  readonly audience: Audience
  readonly author: 'bot' | 'form' | 'template' | 'agent'
  /** What grounds it: the passages quoted, an action's answer, a saying. What is private in it stays out of public. */
  readonly sources: readonly Source[]
  /** Article ids behind it. */
  readonly articles?: readonly string[]
  /** Id of the dialog whose question or closing words it has. */
  readonly dialog?: string
  /** Titles of the buttons under a private message, at most 20 characters each; a tap says the title. */
  readonly quickReplies?: readonly string[]
}
