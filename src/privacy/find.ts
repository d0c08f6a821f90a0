import { findAddresses, findLocations } from './addresses.ts'
import { findEmails } from './emails.ts'
import { type Found, SHAPE, settle } from './found.ts'
import { findLabelled } from './labels.ts'
import { findHandles, findIps, findLinks, findUrlTokens } from './network.ts'
import { findCards, findIbans } from './numbers.ts'
import { findBirthDates, findNames } from './people.ts'
import { findPhones } from './phones.ts'
import { plainView } from './plain.ts'
import type { PrivateSpan } from './private-data.ts'
import { findReferences } from './references.ts'
import { findSecrets } from './secrets.ts'
import { typedAt } from './view.ts'

const WINDOW = 8000
const OVERLAP = 400

const NUMERIC = [findCards, findIbans, findLabelled, findReferences, findPhones, findAddresses, findLocations]
const WORDED = [findEmails, findSecrets, findNames, findBirthDates, findUrlTokens, findHandles]

function detect(text: string): Found[] {
  const found = WORDED.flatMap((find) => find(text))
  if (/\d/.test(text)) found.push(...NUMERIC.flatMap((find) => find(text)))
  if (/[\d:]/.test(text)) found.push(...findIps(text))
  const links = findLinks(text)
  // The number in a link's path is a page, unless it says what it is.
  return found.filter(
    ({ type, start, end, sure }) =>
      type === 'url-token' || sure > SHAPE || !links.some((link) => start >= link.start && end <= link.end),
  )
}

/** Spans in the view's own offsets; a text beyond 8,000 characters is read in windows that overlap by 400. */
function detectAll(text: string): Found[] {
  const found: Found[] = []
  for (let at = 0; at === 0 || at + OVERLAP < text.length; at += WINDOW - OVERLAP) {
    for (const span of detect(text.slice(at, at + WINDOW))) {
      found.push({ ...span, start: span.start + at, end: span.end + at })
    }
  }
  return settle(text, found)
}

/** Every private value in a text, in order, without overlaps; offsets are UTF-16 units of the text as given. */
export function findPrivateData(text: string): PrivateSpan[] {
  const view = plainView(text)
  return detectAll(view.text).map(({ type, start, end }) => ({ type, ...typedAt(view, start, end) }))
}
