// Taking private values out of a text: for good (logs, transcripts), or for the time of one request (prompts).
import { findPrivateData } from './find.ts'
import { normaliseValue } from './normal.ts'
import type { PrivateSpan } from './private-data.ts'

function replaceSpans(text: string, spans: readonly PrivateSpan[], mark: (span: PrivateSpan) => string): string {
  let out = ''
  let at = 0
  for (const span of spans) {
    out += text.slice(at, span.start) + mark(span)
    at = span.end
  }
  return out + text.slice(at)
}

/** The text with `[email]`, `[card]` … in place of its private values; `spans` are those of the text as given. */
export function redact(text: string): { text: string; spans: PrivateSpan[] } {
  const spans = findPrivateData(text)
  return { text: replaceSpans(text, spans, ({ type }) => `[${type}]`), spans }
}

/** What stands behind each token, as it was written first. */
export type MaskedValues = { readonly [token: string]: string }

/** The text with `<EMAIL_1>` … in place of its private values: one token for one value, also across texts that pass `values` on. */
export function maskPrivateData(text: string, values: MaskedValues = {}): { text: string; values: MaskedValues } {
  const all: Record<string, string> = { ...values }
  const masked = replaceSpans(text, findPrivateData(text), (span) => {
    const value = text.slice(span.start, span.end)
    const name = span.type.toUpperCase().replaceAll('-', '_')
    const same = normaliseValue(span.type, value)
    let count = 1
    for (; ; count += 1) {
      const token = `<${name}_${count}>`
      const taken = all[token]
      if (taken === undefined ? !text.includes(token) : normaliseValue(span.type, taken) === same) {
        all[token] ??= value
        return token
      }
    }
  })
  return { text: masked, values: all }
}

/** Puts the values back. A token that is not among them stays. */
export function unmask(text: string, values: MaskedValues): string {
  return text.replace(/<[A-Z]+(?:_[A-Z]+)*_\d+>/g, (token) => values[token] ?? token)
}
