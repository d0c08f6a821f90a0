import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { readConfig, type Service, startService } from '#app'

import { CACHE } from './cache.ts'
import { untilLearnt } from './learnt.ts'
import { silent, until } from './redis.ts'

export const ADMIN = { email: 'lead@harbourlane.example', password: 'a long enough secret' }

export type TestService = {
  readonly url: string
  readonly dir: string
  post(path: string, body: unknown): Promise<Response>
  /** Everything on the wall and this customer's direct messages. */
  timeline(customer: string): Promise<Timeline>
  /** A signed-in person at the console. */
  signIn(email?: string, password?: string): Promise<Person>
  /** Stops the service; its data stays for the next `startTestService` with the same folder. */
  stop(): Promise<void>
  close(): Promise<void>
}

type Said = {
  id: string
  author: string
  authorKind: string
  text: string
  inReplyTo?: string
  hidden?: boolean
  invite?: boolean
}
type Timeline = { posts: Said[]; dms: Said[] }

export type Person = {
  readonly cookie: string
  get<T = Record<string, unknown>>(path: string): Promise<T>
  /** The answer's status and body. */
  send(path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }>
  /** Follows a stream of events; `heard` is all of it so far. */
  listen(path: string): Promise<{ heard: () => string; close: () => void }>
}

/** The whole service in this process, on a port and in a folder of its own, with the sample brand. */
export async function startTestService(
  variables: Record<string, string> = {},
  dir?: string,
  log: Logger = silent,
): Promise<TestService> {
  const folder = dir ?? (await mkdtemp(join(tmpdir(), 'warmline-test-')))
  const config = readConfig({
    PATH: process.env.PATH,
    PORT: '0',
    WARMLINE_DATA_DIR: folder,
    WARMLINE_CACHE_DIR: CACHE,
    WARMLINE_FSYNC: 'everysec',
    WARMLINE_DEBOUNCE_MS: '80',
    WARMLINE_PLAYGROUND: 'on',
    WARMLINE_ADMIN_EMAIL: ADMIN.email,
    WARMLINE_ADMIN_PASSWORD: ADMIN.password,
    ...variables,
  })
  const service: Service = await startService(config, log)
  const { url } = service
  // Turns of the first seconds may come to another end. A public address is not reached from here.
  await untilLearnt(config.port ? `http://127.0.0.1:${config.port}` : url)

  const call = (path: string, init: RequestInit = {}) => fetch(`${url}${path}`, init)
  return {
    url,
    dir: folder,
    post: (path, body) =>
      call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    timeline: async (customer) =>
      (await (await call(`/playground/api/timeline?customer=${encodeURIComponent(customer)}`)).json()) as Timeline,
    async signIn(email = ADMIN.email, password = ADMIN.password) {
      // A Redis that has just been started may be away for a moment yet.
      const answer = await until(async () => {
        const one = await call('/api/session', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ email, password }),
        })
        return one.status !== 503 && one
      }, 30_000)
      if (!answer.ok) throw new Error(`signing in was refused: ${answer.status}`)
      const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
      return {
        cookie,
        get: async <T>(path: string) => (await (await call(path, { headers: { cookie } })).json()) as T,
        async send(path, body = {}) {
          const headers = { cookie, 'content-type': 'application/json' }
          const sent = await call(path, { method: 'POST', headers, body: JSON.stringify(body) })
          return { status: sent.status, body: (await sent.json().catch(() => ({}))) as Record<string, unknown> }
        },
        async listen(path) {
          const ending = new AbortController()
          const { body } = await call(path, { headers: { cookie }, signal: ending.signal })
          let text = ''
          const reading = body?.pipeThrough(new TextDecoderStream()).pipeTo(
            new WritableStream({
              write(chunk) {
                text += chunk
              },
            }),
          )
          reading?.catch(() => {})
          return { heard: () => text, close: () => ending.abort() }
        },
      }
    },
    stop: service.close,
    async close() {
      await service.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
