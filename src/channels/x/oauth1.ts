// Signs a request with OAuth 1.0a and HMAC-SHA1 (RFC 5849); a JSON body takes no part in the signature.

import { createHmac } from 'node:crypto'

export type Keys = {
  readonly consumerKey: string
  readonly consumerSecret: string
  readonly accessToken: string
  readonly accessTokenSecret: string
}

/** Percent-encoding of RFC 3986. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** The base64 signature of a request. `params` are all of its parameters, the `oauth_` ones among them. */
export function signRequest(
  method: string,
  url: string,
  params: Readonly<Record<string, string>>,
  { consumerSecret, accessTokenSecret }: Pick<Keys, 'consumerSecret' | 'accessTokenSecret'>,
): string {
  const sorted = Object.entries(params)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&')
  const base = [method.toUpperCase(), encode(url), encode(sorted)].join('&')
  const key = `${encode(consumerSecret)}&${encode(accessTokenSecret)}`
  return createHmac('sha1', key).update(base).digest('base64')
}

/** The Authorization header of a request; `url` without its query, which is `query`. `seconds` since 1970. */
export function authorize(
  method: string,
  url: string,
  query: Readonly<Record<string, string>>,
  keys: Keys,
  nonce: string,
  seconds: number,
): string {
  const params: Record<string, string> = {
    oauth_consumer_key: keys.consumerKey,
    oauth_nonce: nonce,
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: String(seconds),
    oauth_token: keys.accessToken,
    oauth_version: '1.0',
  }
  const signed = { ...params, oauth_signature: signRequest(method, url, { ...query, ...params }, keys) }
  return `OAuth ${Object.entries(signed)
    .map(([name, value]) => `${encode(name)}="${encode(value)}"`)
    .join(', ')}`
}
