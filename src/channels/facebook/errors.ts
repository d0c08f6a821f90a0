// Maps a Graph API error to what it means for a send, by code and subcode, including the rate limit.

import type { RateLimit, Sent } from '#domain'
import type { Answered } from '../http-client.ts'
import { at, countOf, keysOf, listOf, readJson } from '../json.ts'

const PUBLIC = 'answer in public and ask them to write to us'
const AGENT = 'a person may answer in the page inbox'

/** Codes that say "later": nothing was done. */
const BUSY = new Set([4, 17, 32, 341, 613, 80001, 80002, 80003, 80004, 80005, 80006, 80008, 80009, 80014])

/** Of those, the ones that count every call of the app, of its user or of the page. */
const WIDE = new Set([4, 17, 32])

type Refused = { readonly reason: string; readonly instead?: string; readonly repeated?: boolean }

const WINDOW: Refused = { reason: 'more than 24 hours have passed since the customer wrote', instead: AGENT }
const AWAY: Refused = { reason: 'this person cannot be reached in messenger', instead: PUBLIC }
const OWNED: Refused = { reason: 'another app or a person has this thread', instead: AGENT }
const RESTRICTED: Refused = { reason: 'facebook keeps our page from sending for now', instead: AGENT }
const ANSWERED: Refused = {
  reason: 'a private reply to it is not possible: it was answered before, is too old, or is gone',
  instead: PUBLIC,
}

/** By `code` or `code/subcode`; the longer key wins. */
const REFUSALS: Readonly<Record<string, Refused>> = {
  '10/2018278': WINDOW,
  '10/2534022': WINDOW,
  '10/2018108': AWAY,
  '10/2018300': OWNED,
  '2018300': OWNED,
  '10/1893063': RESTRICTED,
  '368': RESTRICTED,
  '551': AWAY,
  '100/2018001': AWAY,
  '100/2018292': ANSWERED,
  '10900': { ...ANSWERED, repeated: true },
  '10902': ANSWERED,
  '100/33': { reason: 'the comment or post is gone, or hidden from us' },
  '9000001': { reason: 'the message is gone' },
  '4/2018354': { reason: 'facebook limits how often this person may be written to' },
  '190': { reason: 'facebook does not accept our page access token', instead: AGENT },
  '10': { reason: 'our app lacks the permission for it', instead: AGENT },
}

export function readRefusal({ status, headers, body }: Answered, repeatable: boolean): Sent {
  const code = countOf(at(body, 'error', 'code'))
  const subcode = countOf(at(body, 'error', 'error_subcode'))
  const label = `${code ?? `status ${status}`}${subcode ? `/${subcode}` : ''}`
  const doubt = (reason: string): Sent =>
    repeatable ? { state: 'unreachable', reason } : { state: 'in-doubt', reason }

  const known = REFUSALS[`${code}/${subcode}`] ?? REFUSALS[`${code}`]
  if (known) return { state: 'refused', ...known }
  if (code !== undefined && BUSY.has(code)) {
    return { state: 'unreachable', reason: 'facebook asks us to slow down', limit: limitOf(headers, WIDE.has(code)) }
  }
  if (code === 1 && subcode === 1357046)
    return doubt('facebook reports an error and says that it was sent all the same')
  if (code === 1 || code === 2 || status >= 500) return doubt(`facebook failed (${label})`)
  if (status === 429) return { state: 'unreachable', reason: 'facebook asks us to slow down', limit: limitOf(headers) }
  if (at(body, 'error', 'is_transient') === true) return doubt(`facebook failed for the moment (${label})`)
  if (status < 300) return doubt('facebook accepted it and did not say what it made')
  if (code !== undefined && code >= 200 && code < 300) {
    return { state: 'refused', reason: `our app lacks the permission for it (${label})`, instead: AGENT }
  }
  return { state: 'refused', reason: `facebook did not take it (${label})`, instead: AGENT }
}

/** Where Facebook names no time. */
const UNTIMED_MS = 60_000

function limitOf(headers: Headers, isWide = false): RateLimit {
  return { of: isWide ? 'account' : 'kind', forMs: readLimit(headers)?.forMs ?? UNTIMED_MS }
}

/** The time after which calls are taken again: the usage header names minutes, `Retry-After` seconds. */
export function readLimit(headers: Headers): RateLimit | undefined {
  const forMs = Math.max(minutesIn(headers) * 60_000, (Number(headers.get('retry-after')) || 0) * 1000)
  return forMs > 0 ? { of: 'kind', forMs } : undefined
}

function minutesIn(headers: Headers): number {
  try {
    const json = readJson(headers.get('x-business-use-case-usage') ?? '{}')
    const uses = keysOf(json).flatMap((business) => listOf(at(json, business)))
    return Math.max(...uses.map((use) => countOf(at(use, 'estimated_time_to_regain_access')) ?? 0), 0)
  } catch {
    return 0
  }
}
