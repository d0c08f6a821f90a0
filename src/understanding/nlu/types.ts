// Types of understanding: input and engine.
import type { Audience, AuthorKind, ChannelName, Frame, Understanding } from '#domain'

/** A turn's words and where they were said. `history` is oldest first and does not contain the turn. */
export type UnderstandInput = {
  readonly text: string
  readonly audience: Audience
  readonly channel: ChannelName
  readonly history: readonly { readonly authorKind: AuthorKind; readonly text: string }[]
  /** The choices of the open question: value -> words that mean it. */
  readonly choices?: Readonly<Record<string, readonly string[]>>
  /** What was asked last; absent: nothing. */
  readonly frame?: Frame
  /** A part of what was said, which the embedded engine reads alone. */
  readonly isPart?: boolean
}

/** Two engines stand behind this: embedded, and a language model that falls back to the embedded one. */
export type Understand = (heard: UnderstandInput) => Promise<Understanding>
