// Maps an error of a Bot Framework connector to what it means for a send.

import type { RateLimit, Sent } from '#domain'
import type { Answered } from '../http-client.ts'

const AGENT = 'a person may answer on the channel itself'

export function readRefusal({ status, headers }: Answered): Sent {
  switch (status) {
    case 401:
      return { state: 'refused', reason: 'the channel does not accept our app id and password', instead: AGENT }
    case 403:
      return { state: 'refused', reason: 'the channel does not let us write in this conversation', instead: AGENT }
    case 404:
      return { state: 'refused', reason: 'the conversation is gone' }
    case 412:
      return { state: 'unreachable', reason: 'the conversation changed in the same moment' }
    case 429:
      return { state: 'unreachable', reason: 'the channel asks us to slow down', ...readLimit(headers) }
    default:
      return status >= 500 || status < 300
        ? { state: 'in-doubt', reason: `the channel failed, or did not say what it made (status ${status})` }
        : { state: 'refused', reason: `the channel did not take it (status ${status})`, instead: AGENT }
  }
}

/** `Retry-After` holds seconds or a date; Teams, whose limits are the tightest, counts each conversation by itself. */
function readLimit(headers: Headers): { readonly limit?: RateLimit } {
  const after = headers.get('retry-after')
  if (!after) return {}
  const wait = /^\d+$/.test(after) ? Number(after) * 1000 : Date.parse(after) - Date.now()
  return wait > 0 ? { limit: { of: 'conversation', forMs: wait } } : {}
}
