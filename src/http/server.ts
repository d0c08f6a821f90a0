// The HTTP server: health, metrics, and a place for the endpoints of other parts.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import restify, { type Request, type Response, type Server } from 'restify'
import { limitConnections } from './connection-limit.ts'
import { type Health, withoutAddresses } from './health.ts'
import { type MetricsAccess, openMetricsServer, refuseMetrics } from './metrics-access.ts'
import { type Refusal, readPath, refuseHost, type ServedHosts, setSecurityHeaders } from './request-guard.ts'

/** Restify's hook before anything else; its types lack it. False: the request has been answered. */
type First = (request: IncomingMessage, response: ServerResponse) => boolean

const MOST_CONNECTIONS = 2000

export type HttpServer = {
  readonly server: Server
  /** `host`: the address to listen on; absent: every address. */
  listen(port: number, host?: string): Promise<number>
  /** Stops taking requests and ends those that wait for nothing but us. */
  close(): Promise<void>
}

const AWAY = {
  status: 503,
  title: 'Not available just now',
  detail: 'something that is needed for this is missing at the moment; try again',
}

const BROKEN = { status: 500, title: 'Something broke on our side', detail: 'it is in the log' }

function sendJson(response: Response, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}

export function openHttpServer(options: {
  log: Logger
  health: () => readonly Health[]
  metrics: Registry
  /** Whether a path can be served now. */
  isOpen: (path: string) => boolean
  hosts: ServedHosts
  metricsAccess: MetricsAccess
}): HttpServer {
  const { log, health, metrics, isOpen, hosts, metricsAccess } = options
  const isHttps = hosts.publicUrl?.startsWith('https:') ?? false
  const server = restify.createServer({
    name: 'warmline',
    log: log as never,
    handleUncaughtExceptions: false,
    // A case's id holds a network's id of a person, and those are long.
    maxParamLength: 500,
  } as restify.ServerOptions) as Server & { first(handler: First): void }
  limitConnections(server.server as unknown as Parameters<typeof limitConnections>[0], MOST_CONNECTIONS)
  // Restify would send an exception's own text to the client.
  server.on(
    'restifyError',
    (_request: Request, response: Response, error: Error & { statusCode?: number }, done: () => void) => {
      const status = error.statusCode ?? 500
      if (status >= 500) log.error({ err: error }, 'a request failed')
      if (response.headersSent) {
        // INVARIANT: `done` only after `sendRaw`: restify answers whatever it has not seen answered, and throws.
        if (!response.writableEnded) response.destroy()
        return
      }
      const title =
        status === 404 ? 'There is nothing here' : status === 405 ? 'Not this way' : 'Something broke on our side'
      response.sendRaw(status, JSON.stringify({ type: 'about:blank', title, status }), {
        'content-type': 'application/problem+json',
        'cache-control': 'no-store',
      })
      done()
    },
  )

  const refuse = (response: ServerResponse, { status, ...why }: Refusal, headers = {}) => {
    response.writeHead(status, { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers })
    response.end(JSON.stringify({ type: 'about:blank', status, ...why }))
    return false
  }
  // INVARIANT: nothing of restify sees a request before this has let it pass: it throws where nobody can catch it.
  const admit: First = (request, response) => {
    setSecurityHeaders(response, isHttps)
    const path = readPath(request)
    if (typeof path !== 'string') return refuse(response, path, { connection: 'close' })
    const foreign = refuseHost(request, path, hosts)
    if (foreign) return refuse(response, foreign, { connection: 'close' })
    // Where something is missing, networks are asked to deliver again and people to wait.
    return isOpen(path) || refuse(response, AWAY, { 'retry-after': '2' })
  }
  server.first((request, response) => {
    try {
      return admit(request, response)
    } catch (err) {
      log.error({ err }, 'a request failed')
      return refuse(response, BROKEN, { connection: 'close' })
    }
  })

  server.get('/health/live', async (_request: Request, response: Response) => sendJson(response, 200, { live: true }))
  server.get('/health/ready', async (_request: Request, response: Response) => {
    const parts = health()
    const ready = parts.every((part) => part.ok)
    // Behind a public address strangers read this too; the log has the whole reason.
    sendJson(response, ready ? 200 : 503, { ready, parts: isHttps ? parts.map(withoutAddresses) : parts })
  })
  const sendMetrics = async (response: ServerResponse) => {
    const text = await metrics.metrics()
    response.writeHead(200, { 'content-type': metrics.contentType })
    response.end(text)
  }
  server.get('/metrics', async (request: Request, response: Response) => {
    const refusal = refuseMetrics(request, metricsAccess)
    if (refusal) refuse(response, refusal)
    else await sendMetrics(response)
  })

  server.server.keepAliveTimeout = KEEP_ALIVE_MS
  let closeMetrics = async () => {}
  return {
    server,
    async listen(port, host) {
      if (metricsAccess.port !== undefined) closeMetrics = await openMetricsServer(metricsAccess.port, sendMetrics)
      return new Promise((resolve, reject) => {
        server.once('error', (error: NodeJS.ErrnoException) => reject(whyNot(error, port, host)))
        server.listen(port, host, () => resolve(Number(server.address().port)))
      })
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve(closeMetrics()))
        const raw = server.server
        raw.closeIdleConnections()
        setTimeout(() => raw.closeAllConnections(), 1500).unref()
      }),
  }
}

/**
 * Longer than the 60 s for which load balancers keep an idle connection: whoever closes first must not be the server, or a
 * request that is on its way is lost. Idle connections give way first where there are too many.
 */
const KEEP_ALIVE_MS = 65_000

function whyNot(error: NodeJS.ErrnoException, port: number, host: string | undefined): Error {
  if (error.code === 'EADDRINUSE') {
    return new Error(`port ${port} is in use: stop what uses it, or set PORT to another one`)
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new Error(`\`HOST\`: \`${host}\` is no address of this machine`)
  }
  return error
}
