// Collapses a text to letters and digits, so that values that were pulled apart are found. Pure.
import escapeStringRegexp from 'escape-string-regexp'
import { NUMBER_WORDS } from '#privacy'

/** A range of the view. */
export type Range = { readonly start: number; readonly end: number }

/** What is left of a view; character `i` stood at `starts[i]` to `ends[i]` of it. */
export type CollapsedText = {
  readonly text: string
  /** The text with one sign for letters and digits that look alike. */
  readonly alike: string
  readonly starts: readonly number[]
  readonly ends: readonly number[]
  readonly view: string
}

/** Text to look for in what is squeezed; `whole`: only from the beginning of a word to the end of one. */
export type Needle = { readonly text: string; readonly whole: boolean }

/** Letters and digits only, in lower case. */
export function collapse(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

const SPOKEN = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${Object.keys(NUMBER_WORDS).join('|')}|at|dot)(?![\p{L}\p{N}])|[\p{L}\p{N}]`,
  'giu',
)
const WRITTEN = /[\p{L}\p{N}]/gu

/** As it is written, or as it is spoken: every `four` is a 4, and `at` and `dot` are signs. */
export function collapseView(view: string, how: 'written' | 'spoken'): CollapsedText {
  let text = ''
  const starts: number[] = []
  const ends: number[] = []
  for (const { 0: token, index } of view.matchAll(how === 'written' ? WRITTEN : SPOKEN)) {
    const word = token.toLowerCase()
    const sign = word.length === 1 ? word : (NUMBER_WORDS[word] ?? '')
    if (sign === '') continue
    text += sign
    starts.push(index)
    ends.push(index + token.length)
  }
  return { text, alike: sameCollapsed(text), starts, ends, view }
}

/** One sign for letters and digits that look alike. */
export const sameCollapsed = (squeezed: string) => squeezed.replace(/o/g, '0').replace(/[il]/g, '1')

function isWordChar(char: string): boolean {
  return /[\p{L}\p{N}]/u.test(char)
}

/** Where the needle is for the first time. */
export function findNeedle(squeezed: CollapsedText, needle: Needle): Range | undefined {
  const { starts, ends, view } = squeezed
  const { whole } = needle
  // A nought among letters is easily an O; what is shorter would be words by chance.
  const isMixed = needle.text.length >= 6 && /\d/.test(needle.text)
  const [text, sought] = isMixed ? [squeezed.alike, sameCollapsed(needle.text)] : [squeezed.text, needle.text]
  for (let from = text.indexOf(sought); from >= 0; from = text.indexOf(sought, from + 1)) {
    const start = starts[from] ?? 0
    const end = ends[from + sought.length - 1] ?? 0
    if (!whole || (!isWordChar(view.charAt(start - 1)) && !isWordChar(view.charAt(end)))) return { start, end }
  }
  return undefined
}

export const reversed = (text: string) => Array.from(text).reverse().join('')

/** All stretches of a text that are this long. */
export function stretchesOf(text: string, length: number): ReadonlySet<string> {
  const squeezed = collapse(text)
  return new Set(
    Array.from({ length: Math.max(0, squeezed.length - length + 1) }, (_, at) => squeezed.slice(at, at + length)),
  )
}

/** The ranges in which known stretches of this length are repeated. */
export function findStretches(
  { text, starts, ends }: CollapsedText,
  known: ReadonlySet<string>,
  length: number,
): Range[] {
  const found: { start: number; end: number }[] = []
  if (known.size === 0) return found
  for (let at = 0; at + length <= text.length; at += 1) {
    if (!known.has(text.slice(at, at + length))) continue
    const start = starts[at] ?? 0
    const end = ends[at + length - 1] ?? 0
    const last = found.at(-1)
    if (last && start <= last.end) last.end = end
    else found.push({ start, end })
  }
  return found
}

/** Finds these words as whole words, with any blanks between them. */
export function wordsAs(text: string): RegExp {
  const parts = text.split(/\s+/).map((word) => escapeStringRegexp(word))
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${parts.join(String.raw`\s+`)}(?![\p{L}\p{N}])`, 'giu')
}
