// Masking of private data (PII) on screens, and who had it shown. Pure.
import type { HistoryEvent } from '#domain'
import { findPrivateData, type PrivateSpan, type PrivateType } from '#privacy'
import { cacheByText } from './text-cache.ts'
import type { Ticket } from './ticket-view.ts'

/** Orders, names and handles are what a case is about, and stay in sight. */
const IN_SIGHT: ReadonlySet<PrivateType> = new Set(['order', 'name', 'handle'])

/** How much is shown of a text that an earlier version stored, in units. Texts that come in now are cut already. */
const LONGEST = 25_000

const search = cacheByText(findPrivateData)

/** What is masked in a text until it is shown. `known`: its private data, found when the text was stored. */
export function maskedSpans(text: string, known?: readonly PrivateSpan[]): readonly PrivateSpan[] {
  return (known ?? search(text))
    .filter(({ type, replaced }) => !IN_SIGHT.has(type) && !(type === 'secret' && replaced))
    .map(({ type, start, end }) => ({ type, start, end }))
}

export type StoredText = {
  readonly text: string
  readonly privateData?: readonly PrivateSpan[]
  readonly cutFrom?: number
}

/** A stored text as it may be shown: no longer than what can be searched. */
export function shortened<Text extends StoredText>(stored: Text): Text {
  const { text, privateData } = stored
  if (privateData || text.length <= LONGEST) return stored
  return { ...stored, text: text.slice(0, LONGEST).toWellFormed(), cutFrom: text.length }
}

const MASK = '••••'

/** A text without what is masked in it, and where that was. */
export function withoutMasked(text: string): { readonly text: string; readonly private: readonly PrivateSpan[] } {
  const places: PrivateSpan[] = []
  let masked = ''
  let at = 0
  for (const { type, start, end } of maskedSpans(text)) {
    masked += text.slice(at, start)
    places.push({ type, start: masked.length, end: masked.length + MASK.length })
    masked += MASK
    at = end
  }
  return { text: masked + text.slice(at), private: places }
}

/** What is masked in a fact's value, whose name often tells what it is. */
export function maskedInFact(name: string, value: string): readonly PrivateSpan[] {
  const label = `${name.replaceAll(/[-_]/g, ' ')}: `
  return maskedSpans(label + value).flatMap(({ type, start, end }) =>
    end > label.length ? [{ type, start: Math.max(0, start - label.length), end: end - label.length }] : [],
  )
}

/** Every masked value in these texts, the longest first. */
export function maskedValues(texts: readonly StoredText[]): readonly { type: PrivateType; value: string }[] {
  const found = texts.flatMap(({ text, privateData }) =>
    maskedSpans(text, privateData).map(({ type, start, end }) => [text.slice(start, end), type] as const),
  )
  const values = [...new Map(found)].map(([value, type]) => ({ type, value }))
  return values.sort((one, other) => other.value.length - one.value.length)
}

type Shown = Extract<HistoryEvent, { type: 'private-data-shown' }>['shown']

/** What somebody sees who has these messages shown (absent: the whole ticket), by message. */
export function revealedBy(ticket: Ticket, messages?: readonly string[]): Shown {
  const { brief, conversations } = ticket
  const kindsOf = (...spans: readonly (readonly PrivateSpan[] | undefined)[]) =>
    [...new Set(spans.flatMap((some) => some ?? []).map(({ type }) => type))].sort()
  const known = new Set<string>()
  const shown: Shown[number][] = conversations
    .flatMap((one) => one.messages)
    .map((message) => {
      known.add(message.id)
      const facts = brief.facts.filter(({ messageId }) => messageId === message.id)
      const kinds = kindsOf(message.private, message.privateBefore, ...facts.map((fact) => fact.private))
      return { message: message.id, kinds }
    })
    .filter(({ message }) => !messages || messages.includes(message))
  if (!messages) {
    const facts = brief.facts.filter(({ messageId }) => !messageId || !known.has(messageId))
    const texts = brief.suggestions.map((one) => one.private)
    const inBrief = [brief.private?.wants, brief.private?.suggestedReply, ...texts]
    shown.push({ kinds: kindsOf(...inBrief, ...facts.map((f) => f.private)) })
  }
  return shown.filter(({ kinds }) => kinds.length > 0)
}
