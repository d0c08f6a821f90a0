// A text with what is known of it: private data in it, and whether it was cut.
import type { Message, TextNotes } from './conversation.ts'

export type AnnotatedText = TextNotes & { readonly text: string }

export function annotatedTextOf({ text, privateData, cutFrom }: AnnotatedText): AnnotatedText {
  return { text, ...(privateData ? { privateData } : {}), ...(cutFrom === undefined ? {} : { cutFrom }) }
}

/** The message with another text. */
export function withText<Kept extends Message>(message: Kept, written: AnnotatedText): Kept {
  const { privateData: _, cutFrom: __, ...rest } = message
  return { ...rest, ...annotatedTextOf(written) } as Kept
}
