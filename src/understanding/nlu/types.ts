// Types of understanding: input and engine.
import type { Audience, AuthorKind, ChannelName, Understanding } from '#domain'

/** A turn's words and where they were said. `history` is oldest first and does not contain the turn. */
export type UnderstandInput = {
  readonly text: string
  readonly audience: Audience
  readonly channel: ChannelName
  readonly history: readonly { readonly authorKind: AuthorKind; readonly text: string }[]
}

/** Two engines stand behind this: embedded, and a language model that falls back to the embedded one. */
export type Understand = (heard: UnderstandInput) => Promise<Understanding>
