// Makes one request to the Graph API as the Page.

import { createHmac } from 'node:crypto'
import { type Answered, call, type Unanswered } from '../http-client.ts'

export type Sender = {
  readonly graphUrl: string
  /** Such as `v26.0`. */
  readonly version: string
  readonly appSecret: string
  readonly pageId: string
  readonly pageToken: string
}

/** Posts `body`; without one, reads. */
export function request(
  { graphUrl, version, appSecret, pageToken }: Sender,
  path: string,
  { query = {}, body }: { readonly query?: Readonly<Record<string, string>>; readonly body?: object },
  signal: AbortSignal,
): Promise<Answered | Unanswered> {
  const proof = createHmac('sha256', appSecret).update(pageToken).digest('hex')
  const search = new URLSearchParams({ ...query, appsecret_proof: proof })
  const url = `${graphUrl.replace(/\/+$/, '')}/${version}/${path}?${search}`
  const authorization = `Bearer ${pageToken}`
  if (!body) return call({ method: 'GET', url, headers: { authorization } }, signal)
  const headers = { authorization, 'content-type': 'application/json' }
  return call({ method: 'POST', url, headers, body: JSON.stringify(body) }, signal)
}
