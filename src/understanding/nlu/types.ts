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

/** How surely a signal that the content teaches is heard. */
export type HeardSignal = {
  readonly id: string
  /** Whether it makes a message a major complaint. */
  readonly major: boolean
  readonly says: readonly {
    readonly text: string
    /** Whether it would be heard if it did not stand there. */
    readonly heardLeftOut: boolean
  }[]
  /** Questions of articles, and phrases of dialogs, that are taken for it. */
  readonly taken: readonly string[]
  /** How many of our own labelled lines that are something else are taken for it, of how many. */
  readonly background: { readonly taken: number; readonly of: number }
}
