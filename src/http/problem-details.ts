// Problem documents (RFC 9457) of the API, in plain words.
import type { ServerResponse } from 'node:http'

const TITLES = {
  400: 'That request cannot be read',
  401: 'Please sign in',
  403: 'Not allowed',
  404: 'Not found',
  408: 'Too slow',
  409: 'Somebody was first',
  413: 'Too long',
  415: 'Send JSON',
  422: 'Not as it stands',
  429: 'Too many tries',
  500: 'Something broke on our side',
  503: 'Not available just now',
} as const

export type ProblemStatus = keyof typeof TITLES

/** Ends a request with a problem document. `message` is its detail; `extra` are further members. */
export class ProblemError extends Error {
  override name = 'ProblemError'
  readonly status: ProblemStatus
  readonly extra: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: ProblemStatus,
    detail: string,
    extra: Readonly<Record<string, unknown>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail)
    this.status = status
    this.extra = extra
    this.headers = headers
  }
}

export function sendProblemDetails(response: ServerResponse, problem: ProblemError): void {
  const { status, message: detail, extra, headers } = problem
  response.writeHead(status, {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  })
  response.end(JSON.stringify({ type: 'about:blank', title: TITLES[status], status, detail, ...extra }))
}
