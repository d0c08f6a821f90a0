// Sanitises what comes in before it is stored: cuts long texts, replaces card numbers, codes and passwords. Pure.
import type { AnnotatedText, Audience, ChannelCapabilities, ChannelEvent } from '#domain'
import { type PrivateSpan, replaceSecrets } from '#privacy'

/** Where a network sets no limit. */
const MOST_CHARACTERS = 20_000
/** So much is read behind the cut, to know the value that it goes through. */
const READ_ON = 400
/** A value that begins so near the end of what is read may go on behind it. */
const UNREAD = 60

/** The event as it may be stored. An event without a text is handed back as it is. */
export function sanitize(event: ChannelEvent, law?: Pick<ChannelCapabilities, 'received'>): ChannelEvent {
  const limitIn = (audience: Audience) => law?.received?.[audience] ?? MOST_CHARACTERS
  if (event.kind === 'edit') return { ...event, ...sanitizeText(event.text, limitIn(event.audience)) }
  if (event.kind !== 'message') return event
  const { message } = event
  const written = sanitizeText(message.text, limitIn(message.conversation.audience))
  return { ...event, message: { ...message, ...written } }
}

/** `limit`: in characters, of which one may take two units of the text. */
function sanitizeText(text: string, limit: number = MOST_CHARACTERS): AnnotatedText {
  const end = unitsOf(text, limit)
  if (end >= text.length) {
    const { text: kept, spans } = replaceSecrets(text)
    return { text: kept, privateData: spans }
  }
  return { ...cutAt(text, end), cutFrom: charactersIn(text) }
}

function cutAt(text: string, end: number): { text: string; privateData: PrivateSpan[] } {
  const { text: kept, spans } = replaceSecrets(text.slice(0, end + READ_ON))
  // Where the cut would go through a value, it goes before it.
  const read = charactersIn(kept) - (text.length > end + READ_ON ? UNREAD : 0)
  const last = unitsOf(kept, Math.min(charactersIn(text.slice(0, end)), read))
  const through = spans.find((span) => span.start < last && span.end > last)
  const to = through?.start ?? last
  return { text: kept.slice(0, to), privateData: spans.filter((span) => span.end <= to) }
}

/** Length in units of the first `characters` of a text; a pair of surrogates is one character. */
function unitsOf(text: string, characters: number): number {
  let at = 0
  for (let count = 0; count < characters && at < text.length; count += 1) {
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
  }
  return at
}

function charactersIn(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; count += 1) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
  return count
}
