// Access to /metrics: an own port, a bearer token, or this machine in development.
import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { isLoopback, type Refusal } from './request-guard.ts'

export type MetricsAccess = {
  /** A port on the loopback address, where everybody on this machine may read. */
  readonly port?: number | undefined
  /** What `Authorization: Bearer …` has to hold on the service's own port. */
  readonly token?: string | undefined
  /** Without either: whether this machine may read on the service's own port. */
  readonly openToLoopback: boolean
}

/** Why a request to the service's own port is refused. */
export function refuseMetrics(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  { port, token, openToLoopback }: MetricsAccess,
): Refusal | undefined {
  if (token) {
    const given = /^Bearer +(.+)$/i.exec(headers.authorization ?? '')?.[1] ?? ''
    if (isSame(given, token)) return undefined
    return { status: 401, title: 'A token is needed', detail: 'send the `METRICS_TOKEN` as a bearer token' }
  }
  if (port === undefined && openToLoopback && isLoopback(socket.remoteAddress ?? '')) return undefined
  const detail =
    port === undefined
      ? 'metrics are off here: set `METRICS_TOKEN`, or `METRICS_PORT` to have them on a port of their own'
      : 'metrics are on a port of their own, on this machine'
  return { status: 404, title: 'There is nothing here', detail }
}

const digest = (text: string) => createHash('sha256').update(text).digest()
const isSame = (one: string, other: string) => timingSafeEqual(digest(one), digest(other))

/** Serves `/metrics` and nothing else on 127.0.0.1; resolves to its end. */
export async function openMetricsServer(
  port: number,
  send: (response: ServerResponse) => Promise<void>,
): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    // Restify's `writeHead`, which it puts into every response, returns nothing.
    const end = (status: number) => {
      response.writeHead(status)
      response.end()
    }
    if (request.url !== '/metrics' || request.method !== 'GET') end(404)
    else send(response).catch(() => end(500))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`\`METRICS_PORT\`: port ${port} is in use`) : error),
    )
    server.listen(port, '127.0.0.1', resolve)
  })
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
}
