// Makes one call to a network's API and tells apart: it never left, it was answered, nobody knows.

import type { Sent } from '#domain'
import { at, readJson } from './json.ts'

export type Answered = {
  readonly state: 'answered'
  readonly status: number
  readonly headers: Headers
  /** The answer's JSON; undefined if it is not JSON. */
  readonly body: unknown
}
export type Unanswered = {
  /** `unsent`: nothing reached the network. `unanswered`: it may have been carried out. */
  readonly state: 'unsent' | 'unanswered'
  readonly reason: string
}

export type Call = {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** Failures that come before a request can have reached anybody: no address, no connection, no trusted certificate. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/** Makes one call, once: no retries, no redirects. */
export async function call({ method, url, headers, body }: Call, signal: AbortSignal): Promise<Answered | Unanswered> {
  if (signal.aborted) return { state: 'unsent', reason: 'there was no time left to send it' }
  try {
    const response = await fetch(url, {
      method,
      headers,
      signal,
      redirect: 'manual',
      ...(body !== undefined && { body }),
    })
    const text = await response.text()
    return { state: 'answered', status: response.status, headers: response.headers, body: tryJson(text) }
  } catch (err) {
    if (signal.aborted) return { state: 'unanswered', reason: 'the network did not answer in time' }
    const code = at(err, 'cause', 'code')
    return typeof code === 'string' && BEFORE_SENDING.has(code)
      ? { state: 'unsent', reason: `the network cannot be reached (${code})` }
      : { state: 'unanswered', reason: 'the connection was lost before the network answered' }
  }
}

/**
 * What to make of a call without an answer, or with a server's failure for one. Doing a `repeatable` thing twice does
 * no harm.
 */
export function noAnswer({ state, reason }: Unanswered, repeatable: boolean): Sent {
  return state === 'unsent' || repeatable ? { state: 'unreachable', reason } : { state: 'in-doubt', reason }
}

function tryJson(text: string): unknown {
  try {
    return readJson(text)
  } catch {
    return undefined
  }
}
