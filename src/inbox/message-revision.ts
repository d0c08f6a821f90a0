// The newest revision of a message: edited or deleted. An edit may be delivered before its message.
import type { AnnotatedText } from '#domain'

/** The newest edit, or that its author took the message back: then no text is kept. `at` is when we were told. */
export type MessageRevision =
  | { readonly deleted: true; readonly at: number }
  | (AnnotatedText & { readonly deleted?: false; readonly order: number; readonly at: number })

/** Of two tellings the one that stands: a deletion for good, else the newer edit; of equals the later told, if it says anything else. */
export function newer(
  before: MessageRevision | undefined,
  told: MessageRevision | undefined,
): MessageRevision | undefined {
  if (!before || !told) return before ?? told
  if (before.deleted) return before
  if (!told.deleted && told.order === before.order && told.text === before.text) return before
  return told.deleted || told.order >= before.order ? told : before
}

export const revisionOf = (raw: string | null | undefined) => (raw ? (JSON.parse(raw) as MessageRevision) : undefined)
