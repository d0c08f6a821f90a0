// Finds which of a slot's choices a customer means, by the words of the content in any inflection, and by times of day.
import { stemmer } from 'stemmer'

/** Value -> words that mean it. */
type Choices = Readonly<Record<string, readonly string[]>>

/** Words that may stand between those of a phrase: `send it again`. */
const BETWEEN = 2
const DETERMINERS = new Set(['a', 'an', 'the', 'any', 'my', 'that', 'it', 'for', 'to', 'in', 'have', 'get', 'be'])
const NO = new Set(['not', 'no', 'never', 'without', 'isnt', 'wasnt', 'aint'])
const NOT_WANTED = new Set(['dont', 'not', 'never', 'wouldnt', 'didnt'])
const WISHES = new Set(['want', 'need', 'like', 'fancy'])
/** `does not fit` says what is, and denies no choice. */
const AUXILIARIES = new Set(['do', 'does', 'did', 'will', 'would', 'can', 'could'])

/** The choice that is meant; undefined where none is, or more than one. Of two, who denies one means the other. */
export function chosen(choices: Choices, text: string): string | undefined {
  const { meant, denied } = heard(choices, text)
  const all = Object.keys(choices)
  if (meant.size === 0 && denied.size > 0 && all.length === 2) return all.find((value) => !denied.has(value))
  const [value] = meant
  return meant.size === 1 ? value : undefined
}

/** Whether any of the choices is named, meant or denied. */
export function mentions(choices: Choices, text: string): boolean {
  const { meant, denied } = heard(choices, text)
  return meant.size + denied.size > 0
}

function heard(choices: Choices, text: string): { meant: Set<string>; denied: Set<string> } {
  const said = tokens(text)
  const times = timesIn(text)
  const meant = new Set<string>()
  const denied = new Set<string>()
  for (const [value, words] of Object.entries(choices)) {
    for (const word of [value, ...words]) {
      const range = rangeOf(word)
      if (range) {
        if (times.some((time) => range.from <= time && time < range.to)) meant.add(value)
        continue
      }
      for (const at of placesOf(tokens(word), said)) (isDenied(said, at) ? denied : meant).add(value)
    }
  }
  for (const value of denied) meant.delete(value)
  return { meant, denied }
}

type Token = { readonly word: string; readonly stem: string }

function tokens(text: string): Token[] {
  const words = text
    .toLowerCase()
    .replace(/['’]/g, '')
    .match(/[\p{L}\p{N}]+/gu)
  return (words ?? []).map((word) => ({ word, stem: stemmer(word) }))
}

/** Where a phrase begins in what was said, with up to two words between its own. */
function placesOf(phrase: readonly Token[], said: readonly Token[]): number[] {
  const [first, ...others] = phrase
  if (!first) return []
  return said.flatMap(({ stem }, start) => {
    if (stem !== first.stem) return []
    let at = start
    for (const other of others) {
      const next = said.findIndex((one, place) => place > at && place <= at + 1 + BETWEEN && one.stem === other.stem)
      if (next < 0) return []
      at = next
    }
    return [start]
  })
}

function isDenied(said: readonly Token[], at: number): boolean {
  let place = at - 1
  while (place >= 0 && DETERMINERS.has(said[place]?.word ?? '')) place -= 1
  const [before = '', word = ''] = [said[place - 1]?.word, said[place]?.word]
  if (word === 'not' && AUXILIARIES.has(before)) return false
  if (NO.has(word) || `${before} ${word}` === 'rather than' || `${before} ${word}` === 'instead of') return true
  return WISHES.has(word) && NOT_WANTED.has(before)
}

function rangeOf(word: string): { from: number; to: number } | undefined {
  const [, from, to] = /^(\d{2}:\d{2})-(\d{2}:\d{2})$/.exec(word) ?? []
  return from === undefined || to === undefined ? undefined : { from: minutesOf(from), to: minutesOf(to) }
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

const HOURS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']
const TIME = new RegExp(
  String.raw`(?<![\w.:/£$€#-])(before|by|until|till)?\s?(?:at|around|about|after|from|between|and|to|-)?\s?(\d{1,2}|${HOURS.join('|')})(?:[:.h](\d{2}))?\s?(a\.?m\.?|p\.?m\.?|o'?clock|ish)?(?![\w/-]|[:.]\d)`,
  'gi',
)

/** Times of day in minutes after midnight; an hour without `am` or `pm` is both. */
function timesIn(text: string): number[] {
  return [...text.toLowerCase().matchAll(TIME)].flatMap(([, before, hour = '', minute = '0', half = '']) => {
    const said = /\d/.test(hour) ? Number(hour) : HOURS.indexOf(hour) + 1
    if (said > 23 || Number(minute) > 59) return []
    const hours = half.startsWith('a')
      ? [said % 12]
      : half.startsWith('p')
        ? [(said % 12) + 12]
        : said > 12
          ? [said]
          : [said % 12, (said % 12) + 12]
    return hours.map((one) => one * 60 + Number(minute) - (before ? 1 : 0))
  })
}
