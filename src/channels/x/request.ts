// Makes one signed request to the X API.

import { randomBytes } from 'node:crypto'
import { type Answered, call, type Unanswered } from '../http-client.ts'
import { authorize, type Keys } from './oauth1.ts'

export type Sender = Keys & { readonly baseUrl: string; readonly userId: string }

export function request(
  sender: Sender,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  { query = {}, body }: { readonly query?: Readonly<Record<string, string>>; readonly body?: object },
  signal: AbortSignal,
): Promise<Answered | Unanswered> {
  const url = `${sender.baseUrl.replace(/\/+$/, '')}${path}`
  const seconds = Math.floor(Date.now() / 1000)
  const authorization = authorize(method, url, query, sender, randomBytes(16).toString('hex'), seconds)
  const search = Object.keys(query).length > 0 ? `?${new URLSearchParams(query)}` : ''
  const json = body && { body: JSON.stringify(body) }
  const headers = { authorization, ...(json && { 'content-type': 'application/json' }) }
  return call({ method, url: url + search, headers, ...json }, signal)
}
