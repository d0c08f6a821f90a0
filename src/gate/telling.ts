// Values that say whose they are, in one spelling for all disguises; and the stretches of a text that could be one.
import { plainView } from '#privacy'
import { alike, backwards, type Range, type Squeezed, squeeze } from './squeeze.ts'
import type { Known } from './verdict.ts'

/** Letters and digits of a telling value. */
const SHORTEST = 6
const LONGEST = 60
/** Digits that make a number somebody's, and of the end of one that carries a country's code or none. */
const NUMBER = 4
const NATIONAL = 9
const UNTOLD = new Set(['handle', 'location', 'ip'])

/** Of letters alone only what is long enough not to be a word or two of anybody's. */
const isTelling = (squeezed: string) =>
  squeezed.length >= SHORTEST &&
  squeezed.length <= LONGEST &&
  (squeezed.replace(/\D/g, '').length >= NUMBER || squeezed.length >= 8)

const national = (squeezed: string) =>
  /^\d+$/.test(squeezed) && squeezed.length >= NATIONAL ? [`#${squeezed.slice(-NATIONAL)}`] : []

/** The spellings of a value by which it is known again; none for what many people share. */
export function tellingForms({ name, value }: Known): string[] {
  if (UNTOLD.has(name)) return []
  const plain = plainView(value).text.trim()
  const squeezed = squeeze(plain)
  if (!isTelling(squeezed)) return []
  // First names are everybody's, and so is a birthday without its year.
  if (name === 'name' && !/\s/.test(plain)) return []
  if (name === 'date-of-birth' && !/\d{4}/.test(plain)) return []
  return [alike(squeezed), ...national(squeezed)]
}

/** Every stretch of whole words that could be a telling value, and where it is for the first time. */
export function tellingStretches(views: readonly Squeezed[]): ReadonlyMap<string, Range> {
  const found = new Map<string, Range>()
  for (const { text, starts, ends } of views) {
    const isStart = (at: number) => at === 0 || starts[at] !== ends[at - 1]
    const isEnd = (at: number) => at === text.length - 1 || starts[at + 1] !== ends[at]
    for (let from = 0; from < text.length; from += 1) {
      if (!isStart(from)) continue
      for (let to = from + SHORTEST - 1; to < Math.min(text.length, from + LONGEST); to += 1) {
        const stretch = text.slice(from, to + 1)
        if (!isEnd(to) || !isTelling(stretch)) continue
        const range = { start: starts[from] ?? 0, end: ends[to] ?? 0 }
        for (const way of [stretch, backwards(stretch)])
          for (const form of [alike(way), ...national(way)]) if (!found.has(form)) found.set(form, range)
      }
    }
  }
  return found
}
