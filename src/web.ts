// The one HTTP server: health, metrics, and a place for every part that has something to serve.
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import restify, { type Request, type Response, type Server } from 'restify'
import { limitConnections } from './connection-limit.ts'

const MOST_CONNECTIONS = 2000

/** Whether a part can do its work, and if not, why. */
export type Health = { readonly part: string; readonly ok: boolean; readonly because?: string }

export type Web = {
  readonly server: Server
  listen(port: number): Promise<number>
  /** Stops taking requests and ends those that wait for nothing but us. */
  close(): Promise<void>
}

function sendJson(response: Response, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}

export function openWeb(options: {
  log: Logger
  health: () => readonly Health[]
  metrics: Registry
  /** Whether a path can be served now. */
  isOpen: (path: string) => boolean
}): Web {
  const { log, health, metrics, isOpen } = options
  const server = restify.createServer({
    name: 'warmline',
    log: log as never,
    handleUncaughtExceptions: false,
    // A case's id holds a network's id of a person, and those are long.
    maxParamLength: 500,
  } as restify.ServerOptions)
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

  // Where something is missing, networks are asked to deliver again and people to wait.
  server.pre((request: Request, response: Response, next: (stop?: boolean) => void) => {
    if (isOpen(request.path())) return next()
    response.writeHead(503, { 'retry-after': '2', 'content-type': 'application/problem+json' })
    response.end(JSON.stringify({ type: 'about:blank', title: 'Not available just now', status: 503 }))
    return next(false)
  })

  server.get('/health/live', async (_request: Request, response: Response) => sendJson(response, 200, { live: true }))
  server.get('/health/ready', async (_request: Request, response: Response) => {
    const parts = health()
    const ready = parts.every((part) => part.ok)
    sendJson(response, ready ? 200 : 503, { ready, parts })
  })
  server.get('/metrics', async (_request: Request, response: Response) => {
    const text = await metrics.metrics()
    response.writeHead(200, { 'content-type': metrics.contentType })
    response.end(text)
  })

  return {
    server,
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once('error', (error: NodeJS.ErrnoException) =>
          reject(
            error.code === 'EADDRINUSE'
              ? new Error(`port ${port} is in use: stop what uses it, or set PORT to another one`)
              : error,
          ),
        )
        server.listen(port, () => resolve(Number(server.address().port)))
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        const raw = server.server
        raw.closeIdleConnections()
        setTimeout(() => raw.closeAllConnections(), 1500).unref()
      }),
  }
}
