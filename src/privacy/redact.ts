// Redacts private values from a text: for good (logs), or for one request (prompts).
import { findPrivateData } from './find.ts'
import { normaliseValue } from './normalise-value.ts'
import type { PrivateSpan, PrivateType } from './types.ts'

const TOKEN = /<[A-Z]+(?:_[A-Z]+)*_\d+>/g

function replaceSpans<Span extends PrivateSpan>(
  text: string,
  spans: readonly Span[],
  mark: (span: Span) => string,
): string {
  let out = ''
  let at = 0
  for (const span of spans) {
    out += text.slice(at, span.start) + mark(span)
    at = span.end
  }
  return out + text.slice(at)
}

/** The text with `[email]`, `[card]` … in place of its private values; `spans` are those of the text as given. */
export function redact(text: string, but: readonly PrivateType[] = []): { text: string; spans: PrivateSpan[] } {
  const spans = findPrivateData(text).filter(({ type }) => !but.includes(type))
  return { text: replaceSpans(text, spans, ({ type }) => `[${type}]`), spans }
}

/** What stands behind each token, as it was written first. */
export type MaskedValues = { readonly [token: string]: string }

/** Token for value: one for one value, in whatever spelling, and none that somebody typed. */
function openTokens(typed: string): {
  values: MaskedValues
  tokenOf(type: PrivateType, value: string): string
} {
  const values: Record<string, string> = {}
  const taken = new Set(tokensIn(typed))
  const known = new Map<string, string>()
  const counts = new Map<PrivateType, number>()
  const tokenOf = (type: PrivateType, value: string) => {
    const same = `${type} ${normaliseValue(type, value)}`
    const before = known.get(same)
    if (before !== undefined) return before
    const name = type.toUpperCase().replaceAll('-', '_')
    for (let count = (counts.get(type) ?? 0) + 1; ; count += 1) {
      const token = `<${name}_${count}>`
      if (taken.has(token)) continue
      counts.set(type, count)
      known.set(same, token)
      values[token] = value
      return token
    }
  }
  return { values, tokenOf }
}

/**
 * Messages with `<EMAIL_1>` … in place of their private values, also of those that begin in one message and end in the
 * next; the messages are given in the order in which they were written.
 */
export function maskPrivateData(texts: readonly string[]): { texts: string[]; values: MaskedValues } {
  const joined = texts.join('\n')
  const { values, tokenOf } = openTokens(joined)
  const spans = findPrivateData(joined)
  let from = 0
  let first = 0
  const masked = texts.map((text) => {
    const to = from + text.length
    while ((spans[first]?.end ?? Number.POSITIVE_INFINITY) <= from) first += 1
    const inside = []
    for (let at = first, span = spans[at]; span && span.start < to; at += 1, span = spans[at]) {
      inside.push({
        type: span.type,
        start: Math.max(span.start, from) - from,
        end: Math.min(span.end, to) - from,
        value: joined.slice(span.start, span.end),
      })
    }
    from = to + 1
    return replaceSpans(text, inside, ({ type, value }) => tokenOf(type, value))
  })
  return { texts: masked, values }
}

/** Puts the values back. A token that is not among them stays. */
export function unmask(text: string, values: MaskedValues): string {
  return text.replace(TOKEN, (token) => values[token] ?? token)
}

/** The tokens in a text. */
export function tokensIn(text: string): string[] {
  return text.match(TOKEN) ?? []
}
