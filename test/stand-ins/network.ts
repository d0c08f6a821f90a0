// What every stand-in for a network shares: a local HTTP server that answers by a function, keeps what it was asked,
// and misbehaves on demand.

import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Request = {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  /** The body's JSON; undefined if it has none. */
  readonly json: unknown
  /** When it was here in whole, in milliseconds since 1970. */
  readonly at: number
}
export type Answer = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** What the stand-in does with a call instead of its duty. */
export type Misbehaviour =
  /** Answers this, and does nothing else. */
  | ({ readonly type: 'answer' } & Answer)
  /** Never answers; nothing is carried out. */
  | { readonly type: 'hang' }
  /** Closes the connection; nothing is carried out. */
  | { readonly type: 'cut' }
  /** Carries it out and closes the connection before the answer. */
  | { readonly type: 'lose-answer' }
  /** Carries it out and answers this instead. */
  | ({ readonly type: 'ghost' } & Answer)
  /** Carries it out and answers late. */
  | { readonly type: 'slow'; readonly ms: number }

/** A call that was carried out, or refused, as duty has it. */
export type Done = { readonly request: Request; readonly answer: Answer }

export type Network = {
  readonly url: string
  readonly requests: readonly Request[]
  /** The next `times` calls meet this. */
  misbehave(misbehaviour: Misbehaviour, times?: number): void
  /** Asked for each call that no `misbehave` is left for. */
  temper(choose: (request: Request) => Misbehaviour | undefined): void
  /** Told of each call as soon as duty is done, whether or not its answer ever arrives. */
  watch(tell: (done: Done) => void): void
  close(): Promise<void>
}

/** Opens a server on a free port of this machine. */
export async function startNetwork(respond: (request: Request) => Answer): Promise<Network> {
  const requests: Request[] = []
  const misbehaviours: Misbehaviour[] = []
  const watchers: ((done: Done) => void)[] = []
  let choose: (request: Request) => Misbehaviour | undefined = () => undefined
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      const { pathname, searchParams } = new URL(req.url ?? '/', 'http://stand-in')
      const json = readJson(Buffer.concat(chunks).toString())
      const method = req.method ?? ''
      const request = { method, path: pathname, query: searchParams, headers: req.headers, json, at: Date.now() }
      requests.push(request)
      const misbehaviour = misbehaviours.shift() ?? choose(request)
      if (misbehaviour?.type === 'hang') return
      if (misbehaviour?.type === 'cut') return void req.socket.destroy()
      if (misbehaviour?.type === 'answer') return write(res, misbehaviour)
      const answer = respond(request)
      for (const tell of watchers) tell({ request, answer })
      if (misbehaviour?.type === 'lose-answer') return void req.socket.destroy()
      if (misbehaviour?.type === 'slow') return void setTimeout(() => write(res, answer), misbehaviour.ms)
      write(res, misbehaviour?.type === 'ghost' ? misbehaviour : answer)
    })
  })
  // Whoever asks closes idle connections: one that closes under a question looks like a network that fails.
  server.keepAliveTimeout = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    misbehave: (misbehaviour, times = 1) => void misbehaviours.push(...Array(times).fill(misbehaviour)),
    temper: (chooses) => {
      choose = chooses
    },
    watch: (tell) => void watchers.push(tell),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function write(res: ServerResponse, { status, headers, body }: Answer): void {
  const text = body === undefined ? '' : JSON.stringify(body)
  res.writeHead(status, { ...(text && { 'content-type': 'application/json; charset=utf-8' }), ...headers })
  res.end(text)
}

/** The names under `object` that are not among the allowed ones. */
export function strangers(object: unknown, allowed: readonly string[]): string[] {
  return Object.keys(fieldsOf(object)).filter((key) => !allowed.includes(key))
}

export function fieldsOf(object: unknown): Readonly<Record<string, unknown>> {
  return typeof object === 'object' && object !== null && !Array.isArray(object) ? { ...object } : {}
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
