// Tokenises a text for the TF-IDF index: stems, pairs of stems, and pieces of 3 to 5 letters.
import { stemmer } from 'stemmer'

/** What a pair and a piece count for, beside a word. */
const PAIR = 0.5
const PIECE = 0.5
/** Characters of a word whose pieces are counted. */
const LONGEST_WORD = 24

/** The words of a text, lower-case; an apostrophe joins: `can't` is `cant`. */
export function words(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replace(/['\u2019]/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}

/** Each term of a text with its weight, before it is known how rare the term is. */
export function terms(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  const count = (term: string) => counts.set(term, (counts.get(term) ?? 0) + 1)
  let before = ''
  for (const word of words(text)) {
    const stem = stemmer(word)
    count(stem)
    if (before) count(`${before} ${stem}`)
    before = stem
    const padded = `<${word.slice(0, LONGEST_WORD)}>`
    for (let size = 3; size <= 5; size++)
      for (let at = 0; at + size <= padded.length; at++) count(`~${padded.slice(at, at + size)}`)
  }
  for (const [term, times] of counts) counts.set(term, kindOf(term) * (1 + Math.log(times)))
  return counts
}

function kindOf(term: string): number {
  if (term.startsWith('~')) return PIECE
  return term.includes(' ') ? PAIR : 1
}
