// Makes the forms of a value that are fingerprinted, and the candidates for them in a text.
import { deobfuscate } from '#privacy'
import type { Known } from '../types.ts'
import { type CollapsedText, collapse, type Range, reversed, sameCollapsed } from './collapsed-text.ts'
import { EVERYDAY } from './value-variants.ts'

/** Letters and digits of a telling value; fewer where there is no number in it. */
const SHORTEST = 6
const LONGEST = 60
const LONGEST_WORDS = 40
/** Digits that make a number somebody's, and of the end of one that carries a country's code or none. */
const NUMBER = 4
const NATIONAL = 9
const UNTOLD = new Set(['handle', 'location', 'ip'])

/** Of letters alone only what is long enough not to be a word or two of anybody's. */
const isTelling = (length: number, digits: number) =>
  digits >= NUMBER ? length >= SHORTEST && length <= LONGEST : length >= 8 && length <= LONGEST_WORDS

const national = (squeezed: string) =>
  /^\d+$/.test(squeezed) && squeezed.length >= NATIONAL ? [`#${squeezed.slice(-NATIONAL)}`] : []

/** The spellings of a value by which it is known again; none for what many people share. */
export function fingerprintForms({ name, value }: Known): string[] {
  if (UNTOLD.has(name)) return []
  const plain = deobfuscate(value).text.trim()
  const squeezed = collapse(plain)
  if (!isTelling(squeezed.length, squeezed.replace(/\D/g, '').length)) return []
  // First names are everybody's, and so is a birthday without its year. Nobody makes words of ours unsayable by calling
  // them a name or a password.
  const words = plain.toLowerCase().split(/\s+/)
  if (name === 'name' && (words.length < 2 || words.every((word) => EVERYDAY.has(word)))) return []
  if (name === 'secret' && !/\d/.test(plain)) return []
  if (name === 'date-of-birth' && !/\d{4}/.test(plain)) return []
  return [sameCollapsed(squeezed), ...national(squeezed)]
}

/** Every stretch of whole words that could be a telling value, forwards and backwards, and where it is first. */
export function fingerprintCandidates(views: readonly CollapsedText[]): ReadonlyMap<string, Range> {
  const found = new Map<string, Range>()
  for (const { text, alike, starts, ends } of views) {
    const turned = reversed(alike)
    const { words, digits } = wordsOf(text, starts, ends)
    for (const [at, first] of words.entries()) {
      for (const last of words.slice(at)) {
        const length = last.end - first.start
        if (length > LONGEST) break
        const numbers = (digits[last.end] ?? 0) - (digits[first.start] ?? 0)
        if (!isTelling(length, numbers)) continue
        const range = { start: starts[first.start] ?? 0, end: ends[last.end - 1] ?? 0 }
        const ways = [
          alike.slice(first.start, last.end),
          turned.slice(text.length - last.end, text.length - first.start),
        ]
        for (const way of ways)
          for (const form of numbers === length ? [way, ...national(way)] : [way])
            if (!found.has(form)) found.set(form, range)
      }
    }
  }
  return found
}

/** Where the words of what is squeezed begin and end, and how many digits there are before each place. */
function wordsOf(text: string, starts: readonly number[], ends: readonly number[]) {
  const words: { start: number; end: number }[] = []
  const digits = [0]
  let start = 0
  for (let at = 0; at < text.length; at += 1) {
    digits.push((digits[at] ?? 0) + (/\d/.test(text.charAt(at)) ? 1 : 0))
    if (at + 1 < text.length && starts[at + 1] === ends[at]) continue
    words.push({ start, end: at + 1 })
    start = at + 1
  }
  return { words, digits }
}
