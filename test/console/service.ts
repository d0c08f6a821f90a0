// A console of its own for a test file: a real server on a free port, a real Redis, and a desk in memory.
import { promisify } from 'node:util'
import restify from 'restify'
import { type Accounts, type ConsoleOptions, mountConsole, openAccounts, openReplyDrafts } from '#console'
import type { Ticket } from '#handoff'
import { openDeadLetters } from '#outbox/dead-letters'
import type { Redis } from '#redis'
import { silent, startTestRedis } from '../setup/redis.ts'
import { type MemoryDesk, memoryDesk } from '../stand-ins/desk.ts'

export type Service = {
  readonly url: string
  readonly desk: MemoryDesk
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

export const PASSWORD = 'a harbour full of boats'

export async function startService(options: Partial<ConsoleOptions> = {}): Promise<Service> {
  const { connections, close: closeRedis } = await startTestRedis()
  const redis = connections.main
  const accounts = openAccounts(redis, { now: Date.now })
  const desk = memoryDesk()
  const operator = await openDeadLetters(connections, silent, Date.now)
  const errors: unknown[] = []
  const server = restify.createServer({ name: '' })
  const { close } = await mountConsole(server, {
    desk,
    accounts,
    drafts: await openReplyDrafts(connections, Date.now),
    stuck: operator,
    content: () => ({ version: 'abc123def456', problems: [] }),
    log: { error: (...args: unknown[]) => errors.push(args) },
    publicUrl: 'http://warmline.test',
    secureCookies: false,
    ...options,
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${server.address().port}`
  await accounts.upsert({ email: 'ada@warmline.test', name: 'Ada', roles: ['agent'] }, PASSWORD)
  await accounts.upsert({ email: 'bo@warmline.test', name: 'Bo', roles: ['agent'] }, PASSWORD)
  await accounts.upsert({ email: 'eve@warmline.test', name: 'Eve', roles: ['editor'] }, PASSWORD)
  await accounts.upsertAdmin('root@warmline.test', PASSWORD)
  return {
    url,
    desk,
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
      await operator.close()
      await closeRedis()
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

/** A waiting ticket: Ana asked in public, and then wrote privately. */
export function ticket(fields: Partial<Ticket> = {}): Ticket {
  const id = fields.id ?? 't1'
  return {
    id,
    caseId: `case-${id}`,
    state: 'waiting',
    team: 'care',
    skills: [],
    priority: 'high',
    openedAt: '2026-05-04T09:00:00.000Z',
    dueAt: '2026-05-04T09:30:00.000Z',
    customer: { id: 'playground:main:ana', name: 'Ana', handle: 'ana', channel: 'playground', reach: 0 },
    earlier: 0,
    unread: 0,
    reasons: [{ rule: 'refunds.large', because: 'Refunds above 30 need a person.' }],
    brief: {
      wants: 'my money back for the broken lamp',
      facts: [{ name: 'order', value: 'HL-20419', messageId: 'm2' }],
      tried: ['Asked for the order number.'],
      mood: 'annoyed',
      open: 'Decide on the refund of 49.00.',
      suggestedReply: 'I am sorry about the lamp. I have asked for your refund.',
      suggestions: [],
      wording: 'My lamp is broken!',
    },
    sides: { public: { open: true }, private: { open: true } },
    conversations: [
      {
        id: 'playground:main:wall-1',
        channel: 'playground',
        audience: 'public',
        open: true,
        messages: [
          { id: 'm1', author: 'Ana', authorKind: 'customer', text: 'My lamp is broken!', at: 1_777_885_200_000 },
        ],
      },
      {
        id: 'playground:main:dm-ana',
        channel: 'playground',
        audience: 'private',
        open: true,
        messages: [
          { id: 'm2', author: 'Ana', authorKind: 'customer', text: 'It is order HL-20419.', at: 1_777_885_260_000 },
        ],
      },
    ],
    notes: [],
    history: [{ at: '2026-05-04T09:00:00.000Z', what: 'ticket-opened' }],
    epoch: 1,
    version: 'abc123def456',
    ...fields,
  }
}
