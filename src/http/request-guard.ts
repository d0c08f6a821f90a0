// Checks target and `Host` of every request before the router; sets security headers.
// Restify 12 makes a URL of both and ends the process where that throws (restify/node-restify#2011).
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isIP } from 'node:net'

/** What is answered in place of the router. */
export type Refusal = { readonly status: number; readonly title: string; readonly detail: string }

/** RFC 3986: a name or an address, and a port. */
const HOST = /^(?:\[[\da-f:.]+\]|[\w.~%!$&'()*+,;=-]+)(?::\d{1,5})?$/i
/** Asked by machines that know us by an address or a service's name; what they may do does not depend on the host. */
const ANY_HOST = /^\/(?:health\/(?:live|ready)|metrics|webhooks\/[\w-]+|api\/messages)$/

const MALFORMED = {
  target: { status: 400, title: 'That request cannot be read', detail: 'the request target is no path' },
  host: { status: 400, title: 'That request cannot be read', detail: 'the `Host` header is no host' },
} as const satisfies Record<string, Refusal>

/**
 * The path that is asked for, or why the request is refused. An absolute target is made a path, and its host the `Host`
 * (RFC 9112, 3.2.2).
 */
export function readPath(request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): string | Refusal {
  const { url = '', method } = request
  const isAsterisk = url === '*' && method === 'OPTIONS'
  if (!url.startsWith('/') && !isAsterisk) {
    const absolute = /^https?:\/\//i.test(url) ? URL.parse(url) : null
    if (!absolute) return MALFORMED.target
    request.url = absolute.pathname + absolute.search
    request.headers.host = absolute.host
  }
  // None: HTTP/1.0, or an HTTP/1.1 request that names no host on purpose.
  const host = request.headers.host || 'localhost'
  if (!HOST.test(host) || !URL.canParse(`http://${host}/`)) return MALFORMED.host
  return isAsterisk ? '*' : (URL.parse(`http://${host}${request.url}`)?.pathname ?? MALFORMED.target)
}

/** `localhost`, `127.0.0.1` and what else is only reached from this machine. */
export const isLoopback = (name: string) =>
  /^(?:localhost|(?:::ffff:)?127(?:\.\d{1,3}){3}|::1)$/i.test(name.replace(/^\[|\]$/g, ''))

export type ServedHosts = {
  /** The address the world sees. */
  readonly publicUrl?: string | undefined
  /** `HOST`: where the server listens. */
  readonly listens?: string | undefined
  /** False in production: there only `publicUrl` counts. */
  readonly byAddress: boolean
}

/**
 * Why a request for this host is refused: a page of another site can reach us under a name of its own that leads to this
 * machine, and its requests would then count as ours (DNS rebinding).
 */
export function refuseHost(
  { headers, socket }: Pick<IncomingMessage, 'headers'> & { socket: { localAddress?: string | undefined } },
  path: string,
  { publicUrl, listens, byAddress }: ServedHosts,
): Refusal | undefined {
  if (!headers.host || ANY_HOST.test(path)) return undefined
  const { hostname } = new URL(`http://${headers.host}/`)
  const name = hostname.replace(/^\[|\]$/g, '')
  const own = [publicUrl && new URL(publicUrl).hostname, ...(byAddress ? [listens, plain(socket.localAddress)] : [])]
  if (isLoopback(name) || own.includes(hostname) || (isIP(name) !== 0 && own.includes(name))) return undefined
  const detail = publicUrl
    ? `this service is at ${new URL(publicUrl).origin}; a proxy before it has to pass the \`Host\` header on`
    : 'this service is not known by that name: set `PUBLIC_URL` to the address under which it is reached'
  return { status: 421, title: 'Another address', detail }
}

const plain = (address: string | undefined) => address?.replace(/^::ffff:/, '')

/** What every answer says to browsers, whoever writes it. */
export function setSecurityHeaders(response: ServerResponse, isHttps: boolean): void {
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('cross-origin-resource-policy', 'same-origin')
  response.setHeader('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
  response.setHeader('referrer-policy', 'no-referrer')
  if (isHttps) response.setHeader('strict-transport-security', 'max-age=31536000')
}
