// A term dictionary: numbers the terms of lines, and keeps what unchanged lines had.
import { LRUCache } from 'lru-cache'
import { terms } from './tokenize.ts'

/** A line's terms by their numbers, and how much each counts in it. */
export type Numbered = { readonly terms: Uint32Array; readonly counts: Float32Array }

export type TermDictionary = {
  /** The terms of a line of content; those that are new get a number. */
  read(line: string): Numbered
  /** Undefined for a term that no line ever had. */
  numberOf(term: string): number | undefined
  /** Terms that have a number, from 0. */
  size(): number
}

/** 128 MB of terms: what some ten thousand articles have. */
const REMEMBERED = 2 ** 24

/** `most`: terms of lines that are remembered, of 8 bytes each; the lines that were not read for longest go first. */
export function openTermDictionary(most = REMEMBERED): TermDictionary {
  const numbers = new Map<string, number>()

  function split(line: string): Numbered {
    const counted = new Map<number, number>()
    for (const [term, count] of terms(line)) {
      const number = numbers.get(term) ?? numbers.size
      if (number === numbers.size) numbers.set(term, number)
      counted.set(number, count)
    }
    return { terms: Uint32Array.from(counted.keys()), counts: Float32Array.from(counted.values()) }
  }

  const lines = new LRUCache<string, Numbered>({
    maxSize: most,
    sizeCalculation: ({ terms }) => Math.max(1, terms.length),
    memoMethod: split,
  })

  return {
    numberOf: (term) => numbers.get(term),
    size: () => numbers.size,
    read: (line) => lines.memo(line),
  }
}
