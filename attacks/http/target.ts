// The service in a process of its own, connected to stand-ins of its networks, with one account for each role.
import { startService } from '../../bench/service.ts'
import { PAGE, pageVariables, X, xVariables } from '../../test/service/accounts.ts'
import { CACHE } from '../../test/setup/cache.ts'
import { startGraphApi } from '../../test/stand-ins/graph-api.ts'
import { startXApi } from '../../test/stand-ins/x-api.ts'
import { type Exchange, exchange } from './raw-socket.ts'

export const ROLES = ['agent', 'supervisor', 'policy-owner', 'editor', 'admin'] as const
export type Role = (typeof ROLES)[number]

export const PASSWORD = 'a harbour full of boats'
const ADMIN = 'lead@harbourlane.example'
export const emailOf = (role: Role | 'leaver') => (role === 'admin' ? ADMIN : `${role}@harbourlane.example`)

export type Sent = {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

export type Target = {
  readonly url: string
  readonly port: number
  /** Sends a well-formed request on a connection of its own. */
  send(request: Sent): Promise<Exchange>
  /** Signs in; resolves to the cookie, or undefined where it was refused. */
  signIn(email: string, password?: string, cookie?: string): Promise<string | undefined>
  /** By role. */
  readonly cookies: Readonly<Record<Role, string>>
  /** What the process has said of errors that nobody caught, and whether it has ended. */
  trouble(): string | undefined
  close(): Promise<void>
}

export async function startTarget(): Promise<Target> {
  const closings: (() => Promise<unknown>)[] = []
  async function close() {
    for (const end of closings.splice(0).reverse()) await end()
  }
  try {
    const [x, graph] = await Promise.all([startXApi(X), startGraphApi(PAGE)])
    closings.push(x.close, graph.close)
    const service = await startService(
      {
        NODE_NO_WARNINGS: '1',
        LOG_LEVEL: 'error',
        WARMLINE_CACHE_DIR: CACHE,
        WARMLINE_ADMIN_EMAIL: ADMIN,
        WARMLINE_ADMIN_PASSWORD: PASSWORD,
        WARMLINE_PLAYGROUND: 'on',
        ...xVariables(x.url),
        ...pageVariables(graph.url),
      },
      undefined,
      undefined,
      [process.execPath, 'src/main.ts'],
    )
    const { child } = service
    const isAlive = () => child.exitCode === null && child.signalCode === null
    closings.push(async () => isAlive() && (await service.stop()))
    let said = ''
    child.stderr?.on('data', (text: string) => {
      said = (said + text).slice(-200_000)
    })
    const port = Number(new URL(service.url).port)
    const send = ({ method = 'GET', path, headers = {}, body = '' }: Sent) => {
      const all = { host: 'localhost', connection: 'close', 'content-length': Buffer.byteLength(body), ...headers }
      const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
      const head = Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1')
      return exchange(port, Buffer.concat([head, Buffer.from(body)]), 15_000)
    }
    const json = { 'content-type': 'application/json' }
    async function signIn(email: string, password = PASSWORD, cookie = '') {
      const body = JSON.stringify({ email, password })
      const { answer } = await send({ method: 'POST', path: '/api/session', headers: { ...json, cookie }, body })
      return /^set-cookie: ([^;]+)/im.exec(answer)?.[1]
    }
    const lead = (await signIn(ADMIN)) ?? ''
    const cookies = { admin: lead } as Record<Role, string>
    for (const role of [...ROLES, 'leaver'] as const) {
      if (role === 'admin') continue
      const person = {
        email: emailOf(role),
        name: role,
        roles: [role === 'leaver' ? 'agent' : role],
        password: PASSWORD,
      }
      const headers = { ...json, cookie: lead }
      await send({ method: 'POST', path: '/api/people', headers, body: JSON.stringify(person) })
      if (role !== 'leaver') cookies[role] = (await signIn(person.email)) ?? ''
    }
    const missing = ROLES.filter((role) => !cookies[role])
    if (missing.length > 0) throw new Error(`could not sign in as ${missing.join(', ')}`)
    return {
      url: service.url,
      port,
      send,
      signIn,
      cookies,
      trouble() {
        if (!isAlive()) return `the process ended (${child.signalCode ?? child.exitCode}): ${said.slice(-1000)}`
        return said.split('\n').find((line) => line.includes('an error that nobody caught'))
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
