// Finds private data (personal data, PII) in a text: runs all detectors and resolves overlaps.
import { type Candidate, GUESS, LABEL, PROOF, resolveOverlaps, type SecretKind, SHAPE } from './candidates.ts'
import { findAddresses, findLocations } from './detect/addresses.ts'
import { findCards, findIbans } from './detect/cards-and-ibans.ts'
import { findEmails } from './detect/emails.ts'
import { findHandles, findIps, findLinks, findUrlTokens } from './detect/ips-links-handles.ts'
import { findLabelled } from './detect/labelled-values.ts'
import { findBirthDates, findNames } from './detect/names-and-birth-dates.ts'
import { findNationalIds } from './detect/national-ids.ts'
import { findReferences } from './detect/order-numbers.ts'
import { findPhones } from './detect/phones.ts'
import { findSecrets } from './detect/secrets.ts'
import { deobfuscate } from './text/deobfuscate.ts'
import { replaceAll, type TextView, typedAt } from './text/text-view.ts'
import type { PrivateSpan, PrivateType } from './types.ts'

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

function detect(text: string): Candidate[] {
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
function findCut(view: TextView, whole: readonly Candidate[]): Candidate[] {
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
function overlapping(claims: readonly Candidate[]): (other: Candidate) => Candidate[] {
  const buckets = new Map<number, Candidate[]>()
  const bucketsOf = ({ start, end }: Candidate) => {
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

function positions(view: TextView, offset: number): number[] {
  return Array.from({ length: view.text.length }, (_, at) => at + offset)
}

/** All private values of a text, and those that are never stored; each without overlaps. */
type Search = { readonly all: Candidate[]; readonly secrets: Candidate[] }

const PROVEN_OTHERWISE = new Set<PrivateType>(['iban', 'phone'])

/** What is never stored, whatever else covers it: a card's number in a link, but no part of a longer number. */
function secretsIn(text: string, found: readonly Candidate[]): Candidate[] {
  const secrets = found.filter(({ secret }) => secret !== undefined)
  if (secrets.length === 0) return []
  const longerThan = overlapping(found.filter(({ type, sure }) => PROVEN_OTHERWISE.has(type) && sure >= PROOF))
  const isPart = (one: Candidate) =>
    one.secret === 'card-number' && longerThan(one).some(({ start, end }) => start <= one.start && end >= one.end)
  return resolveOverlaps(
    text,
    secrets.filter((one) => !isPart(one)),
  )
}

function findIn(text: string): Search {
  const view = deobfuscate(text)
  const whole = detect(view.text)
  const cut = /\S[ \t]*\n/.test(view.text) && /[\d@]/.test(view.text) ? findCut(view, whole) : []
  const found = [...whole, ...cut]
  const typed = (settled: readonly Candidate[]) =>
    settled.map((one) => ({ ...one, ...typedAt(view, one.start, one.end) }))
  return { all: typed(resolveOverlaps(view.text, found)), secrets: typed(secretsIn(view.text, found)) }
}

/** Nothing is read in longer pieces than 8,000 units; a longer text is read in pieces that overlap by 400. */
function search(text: string): Search {
  const all: Candidate[] = []
  const secrets: Candidate[] = []
  for (let at = 0; at === 0 || at + OVERLAP < text.length; at += WINDOW - OVERLAP) {
    const inPiece = findIn(text.slice(at, at + WINDOW))
    const move = (span: Candidate): Candidate => ({ ...span, start: span.start + at, end: span.end + at })
    for (const span of inPiece.all) all.push(move(span))
    for (const span of inPiece.secrets) secrets.push(move(span))
  }
  return text.length > WINDOW
    ? { all: resolveOverlaps(text, all), secrets: resolveOverlaps(text, secrets) }
    : { all, secrets }
}

/** Every private value in a text, in order, without overlaps; offsets are UTF-16 units of the text as given. */
export function findPrivateData(text: string): PrivateSpan[] {
  return search(text).all.map(({ type, start, end }) => ({ type, start, end }))
}

const STAND_INS: { readonly [kind in SecretKind]: string } = {
  'card-number': '[card number]',
  'security-code': '[security code]',
  'one-time-code': '[one-time code]',
  pin: '[PIN]',
  password: '[password]',
  key: '[key]',
}

function standInOf({ secret = 'key' }: Candidate, value: string): string {
  const digits = secret === 'card-number' ? deobfuscate(value).text.replace(/\D/g, '') : ''
  return digits.length >= 12 ? `[card ending ${digits.slice(-4)}]` : STAND_INS[secret]
}

/**
 * The text with words in place of what is never stored: whole card numbers, security codes, one-time codes, passwords.
 * `spans` are the private values of the new text; those that stand for something taken out are marked.
 */
export function replaceSecrets(text: string): { text: string; spans: PrivateSpan[] } {
  const { all, secrets } = search(text)
  let out = ''
  let at = 0
  const spans: PrivateSpan[] = []
  let next = 0
  /** Takes over the other values that begin before `end`, without what was taken out. */
  const keep = (end: number) => {
    for (let span = all[next]; span && span.start < end; span = all[next]) {
      const [from, to] = [Math.max(span.start, at), Math.min(span.end, end)]
      const shift = out.length - at
      if (from < to) spans.push({ type: span.type, start: from + shift, end: to + shift })
      if (span.end > end) break
      next += 1
    }
    out += text.slice(at, end)
  }
  for (const secret of secrets) {
    keep(secret.start)
    const standIn = standInOf(secret, text.slice(secret.start, secret.end))
    const start = out.length
    out += standIn
    spans.push({ type: secret.type, start, end: out.length, replaced: true })
    at = secret.end
    while ((all[next]?.end ?? Number.POSITIVE_INFINITY) <= at) next += 1
  }
  keep(text.length)
  return { text: out, spans }
}
