// Finds sentences that the brand has published: general information, and no offer to one person.
import { deobfuscate } from '#privacy'
import type { Range } from './collapsed-text.ts'

/** A sentence in the spelling by which it is known again. */
const keyOf = (sentence: string): string =>
  sentence
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[^\p{L}\p{N}£€$%'.,:/]+/gu, ' ')
    .replace(/^[ .,:]+|[ .,:]+$/g, '')

/** Parts of sentences too short to be known again are left out. */
const SHORTEST = 12

const PART = /(?:[^.!?;\n]|[.!?](?=[\p{L}\d]))+/gu

/** The sentences of published texts, and their parts between semicolons. */
export function publishedIn(texts: readonly string[]): ReadonlySet<string> {
  return new Set(
    texts
      .flatMap((text) => Array.from(deobfuscate(text).text.matchAll(PART), ([part]) => keyOf(part)))
      .filter((key) => key.length >= SHORTEST),
  )
}

/** Whether the range of a text, which is a sentence, stands word for word in what is published. */
export const isPublished = (text: string, { start, end }: Range, published: ReadonlySet<string> | undefined): boolean =>
  published?.has(keyOf(text.slice(start, end))) ?? false
