// Maps an answer of the X API to what it means for a send, including the rate limit.
// Problems are told apart by status and, where X gives no better sign, by the documented sentence.

import type { RateLimit, Sent } from '#domain'
import type { Answered } from '../http-client.ts'
import { at, listOf, textOf } from '../json.ts'

const INVITE = 'ask them in a public reply to write to us privately'
const PERSON = 'a person may answer on x.com'

type Refused = { readonly reason: string; readonly instead?: string; readonly repeated?: boolean }

/** Sentences of 403 answers, as X writes them. */
const FORBIDDEN: readonly (Refused & { readonly says: RegExp })[] = [
  {
    says: /duplicate content/i,
    reason: 'x has already published this very text from our account',
    instead: 'word it differently',
    repeated: true,
  },
  {
    says: /mentioned or otherwise engaged/i,
    reason: 'x lets this app answer only posts whose author mentioned or quoted us',
    instead: PERSON,
  },
  { says: /permission to DM/i, reason: 'this customer takes no direct messages from us', instead: INVITE },
  {
    says: /not permitted to perform this action/i,
    reason: 'x does not allow it: the text is too long, or the thread is closed to us',
    instead: PERSON,
  },
]

/** Why an answered call was not carried out. */
export function readRefusal({ status, headers, body }: Answered, repeatable: boolean): Sent {
  const problem = textOf(at(body, 'type'))
  const detail = textOf(at(body, 'detail')) || textOf(at(listOf(at(body, 'errors'))[0], 'detail'))
  if (status === 429) {
    return problem.endsWith('/usage-capped')
      ? { state: 'refused', reason: 'our usage of the x api is capped for this period', instead: PERSON }
      : { state: 'unreachable', reason: 'x asks us to slow down', limit: readLimit(headers) ?? UNTIMED }
  }
  if (status === 401) return { state: 'refused', reason: 'x does not accept our access token', instead: PERSON }
  if (status === 403) {
    const found = FORBIDDEN.find(({ says }) => says.test(detail))
    if (!found) return { state: 'refused', reason: 'x does not allow it', instead: PERSON }
    const { says: _, ...known } = found
    return { state: 'refused', ...known }
  }
  if (status === 404) return { state: 'refused', reason: 'the post or account is gone, or hidden from us' }
  if (status >= 500) {
    const reason = `x failed with status ${status}`
    return repeatable ? { state: 'unreachable', reason } : { state: 'in-doubt', reason }
  }
  if (status < 300) {
    return listOf(at(body, 'errors')).length > 0
      ? { state: 'refused', reason: 'the post or account is gone, or hidden from us' }
      : { state: 'in-doubt', reason: 'x accepted it and did not say what it made' }
  }
  return { state: 'refused', reason: `x did not take the request (status ${status})`, instead: PERSON }
}

/** A limit without a time, which X does not promise to name. */
const UNTIMED: RateLimit = { of: 'kind', forMs: 60_000 }

/** How long until the fullest of the used-up limits opens again; X counts each endpoint by itself. */
export function readLimit(headers: Headers): RateLimit | undefined {
  const limits = ['x-rate-limit', 'x-user-limit-24hour', 'x-app-limit-24hour']
  const used = limits.filter((limit) => headers.get(`${limit}-remaining`) === '0')
  const resets = used.map((limit) => Number(headers.get(`${limit}-reset`)) * 1000 - Date.now())
  const forMs = Math.max(...resets.filter(Number.isFinite), 0)
  return forMs > 0 ? { of: 'kind', forMs } : undefined
}
