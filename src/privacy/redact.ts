// Taking private values out of a text: for good (logs, transcripts), or for the time of one request (prompts).
import { findPrivateData } from './find.ts'
import { normaliseValue } from './normal.ts'
import type { PrivateSpan, PrivateType } from './private-data.ts'

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
  const tokenOf = (type: PrivateType, value: string) => {
    const name = type.toUpperCase().replaceAll('-', '_')
    const same = normaliseValue(type, value)
    for (let count = 1; ; count += 1) {
      const token = `<${name}_${count}>`
      const taken = values[token]
      if (taken === undefined ? !typed.includes(token) : normaliseValue(type, taken) === same) {
        values[token] ??= value
        return token
      }
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
  let from = 0
  const spans = findPrivateData(joined)
  const masked = texts.map((text) => {
    const to = from + text.length
    const inside = spans
      .filter(({ start, end }) => start < to && end > from)
      .map(({ type, start, end }) => ({
        type,
        start: Math.max(start, from) - from,
        end: Math.min(end, to) - from,
        value: joined.slice(start, end),
      }))
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
