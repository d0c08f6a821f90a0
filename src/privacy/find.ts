import { findAddresses, findLocations } from './addresses.ts'
import { findEmails } from './emails.ts'
import { type Found, GUESS, LABEL, SHAPE, settle } from './found.ts'
import { findLabelled } from './labels.ts'
import { findNationalIds } from './national-ids.ts'
import { findHandles, findIps, findLinks, findUrlTokens } from './network.ts'
import { findCards, findIbans } from './numbers.ts'
import { findBirthDates, findNames } from './people.ts'
import { findPhones } from './phones.ts'
import { plainView } from './plain.ts'
import type { PrivateSpan } from './private-data.ts'
import { findReferences } from './references.ts'
import { findSecrets } from './secrets.ts'
import { replaceAll, typedAt, type View } from './view.ts'

const WINDOW = 8000
const OVERLAP = 400

const NUMERIC = [
  findCards,
  findIbans,
  findNationalIds,
  findLabelled,
  findReferences,
  findPhones,
  findAddresses,
  findLocations,
]
const WORDED = [findEmails, findSecrets, findNames, findBirthDates, findUrlTokens, findHandles]

function detect(text: string): Found[] {
  const found = WORDED.flatMap((find) => find(text))
  if (/\d/.test(text)) found.push(...NUMERIC.flatMap((find) => find(text)))
  if (/[\d:]/.test(text)) found.push(...findIps(text))
  /** For each character in a link's path where that path ends. */
  const pathEnds = new Int32Array(text.length)
  for (const link of findLinks(text)) {
    const end = pathEnd(text, link)
    pathEnds.fill(end, link.start, end)
  }
  // The number in a link's path is a page, unless it says what it is; what is asked for behind it is not.
  return found.filter(
    ({ type, start, end, sure }) => type === 'url-token' || sure > SHAPE || end > (pathEnds[start] ?? 0),
  )
}

/** Where a link's path ends and its questions begin. */
function pathEnd(text: string, { start, end }: { readonly start: number; readonly end: number }): number {
  const query = text.slice(start, end).search(/[?#]/)
  return query < 0 ? end : start + query
}

const BREAK = /(?<=[^\s])[ \t]{0,3}\n\s{0,3}(?=[^\s])/g

/** What was cut in two by the end of a line or of a short message: `4111 11` and `11 1111 1111`. */
function findCut(view: View, whole: readonly Found[]): Found[] {
  const joined = replaceAll({ ...view, starts: positions(view, 0), ends: positions(view, 1) }, BREAK, () => '')
  const cut = detect(joined.text)
    .map((found) => ({ ...found, ...typedAt(joined, found.start, found.end) }))
    .filter(({ sure, start, end }) => sure >= LABEL && view.text.slice(start, end).includes('\n'))
  const rivalsOf = overlapping(whole.filter(({ sure }) => sure > GUESS))
  return cut.filter((found) => {
    const typed = view.text.slice(found.start, found.end)
    const rivals = rivalsOf(found)
    // What follows the break has to be more of it: `20419`, then `2 chairs` are two things.
    const goesOn =
      found.type === 'email'
        ? rivals.every((other) => !/@[^@]*\./.test(view.text.slice(other.start, other.end)))
        : /\d[ .-]?[ \t]*\n\s*\d/.test(typed) && (rivals.length === 0 || /\n[\d -]{4}/.test(typed))
    return goesOn && rivals.every(({ sure }) => sure <= found.sure)
  })
}

const BUCKET = 64

/** Finds the claims that overlap another without reading all of them. */
function overlapping(claims: readonly Found[]): (other: Found) => Found[] {
  const buckets = new Map<number, Found[]>()
  const bucketsOf = ({ start, end }: Found) => {
    const first = Math.floor(start / BUCKET)
    return Array.from({ length: Math.floor((end - 1) / BUCKET) - first + 1 }, (_, index) => first + index)
  }
  for (const claim of claims) {
    for (const bucket of bucketsOf(claim)) {
      const known = buckets.get(bucket)
      if (known) known.push(claim)
      else buckets.set(bucket, [claim])
    }
  }
  return (other) => {
    const near = new Set(bucketsOf(other).flatMap((bucket) => buckets.get(bucket) ?? []))
    return [...near].filter(({ start, end }) => start < other.end && end > other.start)
  }
}

function positions(view: View, offset: number): number[] {
  return Array.from({ length: view.text.length }, (_, at) => at + offset)
}

function findIn(text: string): Found[] {
  const view = plainView(text)
  const whole = detect(view.text)
  const cut = /\S[ \t]*\n/.test(view.text) && /[\d@]/.test(view.text) ? findCut(view, whole) : []
  return settle(view.text, [...whole, ...cut]).map((found) => ({ ...found, ...typedAt(view, found.start, found.end) }))
}

/**
 * Every private value in a text, in order, without overlaps; offsets are UTF-16 units of the text as given.
 * Nothing is ever read in longer pieces than 8,000 units; a longer text is read in pieces that overlap by 400.
 */
export function findPrivateData(text: string): PrivateSpan[] {
  const found: Found[] = []
  for (let at = 0; at === 0 || at + OVERLAP < text.length; at += WINDOW - OVERLAP) {
    for (const span of findIn(text.slice(at, at + WINDOW))) {
      found.push({ ...span, start: span.start + at, end: span.end + at })
    }
  }
  const settled = text.length > WINDOW ? settle(text, found) : found
  return settled.map(({ type, start, end }) => ({ type, start, end }))
}
