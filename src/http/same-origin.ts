// Checks the origin of a request (OWASP: Fetch Metadata first, else `Origin`).
import type { IncomingMessage } from 'node:http'

/** False for what another site's page sent. */
export function isSameOrigin({ headers }: Pick<IncomingMessage, 'headers'>, publicUrl: string): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return false
  const { origin, host } = headers
  if (origin === undefined) return true
  const sender = URL.parse(origin)
  return sender !== null && (sender.origin === new URL(publicUrl).origin || sender.host === host)
}

/** Whether a body is said to be JSON: a form of another site cannot say so. */
export const saysJson = ({ headers }: Pick<IncomingMessage, 'headers'>): boolean =>
  /^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')
