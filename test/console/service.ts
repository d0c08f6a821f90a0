// A console of its own for a test file: a real server on a free port, over the real agent desk of a small brand.
import { promisify } from 'node:util'
import restify from 'restify'
import { type Accounts, type ConsoleOptions, mountConsole, openAccounts, openPresence } from '#console'
import type { AgentDesk } from '#handoff'
import type { Redis } from '#redis'
import { BRAND } from '../content/folder.ts'
import { openTestDesk, type TestDesk } from '../setup/agent-desk.ts'

export type Service = {
  readonly url: string
  readonly desk: AgentDesk
  /** A customer writes these messages and comes to a person; resolves to their ticket. */
  readonly handOver: TestDesk['handOver']
  readonly accounts: Accounts
  readonly redis: Redis
  /** Errors that reached the log. */
  readonly errors: unknown[]
  /** How many connections are open. */
  connections(): Promise<number>
  /** Signs in and returns a caller that carries the cookie. */
  enter(email: string): Promise<Caller>
  close(): Promise<void>
}

export type Caller = {
  get(path: string): Promise<Response>
  post(path: string, body?: unknown): Promise<Response>
  put(path: string, body: unknown): Promise<Response>
  remove(path: string): Promise<Response>
  readonly cookie: string
}

/** The test brand's saved replies. */
const SAVED = `topic: Saved replies
owner: customer-care
saved-replies:
  - id: late
    name: Late parcel
    shortcut: late
    audience: private
    text: '{agent} here: {order-number} comes on {eta}.'
    also: { tag: [late-delivery], snooze: until-they-write }
  - { id: x-only, name: For X alone, audience: public, channels: [x], text: Thank you. }
`

export const PASSWORD = 'a harbour full of boats'

export async function startService(options: Partial<ConsoleOptions> = {}): Promise<Service> {
  const opened = await openTestDesk({
    files: { 'policies/brand.yaml': BRAND.replace('avoid: []', 'avoid: [cheap]'), 'policies/saved.yaml': SAVED },
  })
  const { pipeline } = opened
  const redis = opened.redis.connections.main
  const accounts = openAccounts(redis, { now: Date.now })
  const desk = { ...pipeline.desk }
  const errors: unknown[] = []
  const server = restify.createServer({ name: '' })
  const { close } = await mountConsole(server, {
    desk,
    accounts,
    drafts: pipeline.drafts,
    viewers: pipeline.viewers,
    pauses: pipeline.pauses,
    notifications: pipeline.notifications,
    presence: await openPresence(opened.redis.connections, Date.now),
    channels: ['playground'],
    stuck: pipeline.outbox.stuck,
    content: () => ({ version: 'abc123def456', problems: [], teams: ['customer-care'], contactReasons: [] }),
    log: { error: (...args: unknown[]) => errors.push(args) },
    publicUrl: 'http://warmline.test',
    secureCookies: false,
    ...options,
  })
  server.server.keepAliveTimeout = 0
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${server.address().port}`
  await accounts.upsert({ email: 'ada@warmline.test', name: 'Ada', roles: ['agent'] }, PASSWORD)
  await accounts.upsert({ email: 'bo@warmline.test', name: 'Bo', roles: ['agent'] }, PASSWORD)
  await accounts.upsert({ email: 'eve@warmline.test', name: 'Eve', roles: ['editor'] }, PASSWORD)
  await accounts.upsertAdmin('root@warmline.test', PASSWORD)
  return {
    url,
    desk,
    handOver: opened.handOver,
    accounts,
    redis,
    errors,
    connections: promisify(server.server.getConnections.bind(server.server)),
    async enter(email) {
      const answer = await postJson(`${url}/api/session`, { email, password: PASSWORD })
      const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
      return {
        cookie,
        get: (path) => fetch(url + path, { headers: { cookie } }),
        post: (path, body) => postJson(url + path, body, { cookie }),
        put: (path, body) =>
          fetch(url + path, {
            method: 'PUT',
            headers: { 'content-type': 'application/json', cookie },
            body: JSON.stringify(body),
          }),
        remove: (path) => fetch(url + path, { method: 'DELETE', headers: { cookie } }),
      }
    },
    async close() {
      close()
      await new Promise<void>((done) => server.close(() => done()))
      await opened.close()
    },
  }
}

export function postJson(url: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const json = body === undefined ? {} : { 'content-type': 'application/json' }
  return fetch(url, {
    method: 'POST',
    headers: { ...json, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}
