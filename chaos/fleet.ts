// The service as it runs in earnest: one Redis, some web and some worker processes, and people at the console.

import { PAGE, pageVariables, X, xVariables } from '../test/service/accounts.ts'
import { freePort, type OwnRedis, ownRedis } from '../test/service/own-redis.ts'
import { CACHE } from '../test/setup/cache.ts'
import { untilLearnt } from '../test/setup/learnt.ts'
import { type Agent, signIn } from './agent.ts'
import { openLink } from './link.ts'
import type { Platform } from './platform.ts'
import { type Crash, type Role, type Running, startProcess } from './process.ts'

export type Fleet = {
  readonly redis: OwnRedis
  readonly webs: readonly Running[]
  readonly workers: readonly Running[]
  readonly all: readonly Running[]
  /** The admin, and three agents. */
  readonly lead: Agent
  readonly agents: readonly Agent[]
  /** Processes that ended by themselves since last asked. */
  crashes(): readonly Crash[]
  /** From now on the processes speak to this platform. */
  aim(platform: Platform): void
  /** Resolves once every process is up. */
  ready(): Promise<void>
  close(): Promise<void>
}

const ADMIN = { email: 'lead@harbourlane.example', password: 'a long enough secret' }
const AGENTS = ['amira', 'ben', 'chloe']

export type FleetOptions = {
  readonly webs?: number
  readonly workers?: number
  readonly env?: Readonly<Record<string, string>>
  /** Name of the safety mechanism that these processes lack; see weaknesses.ts. */
  readonly without?: string
  readonly redis?: Readonly<Record<string, string>>
  /** The processes' clocks can be moved. */
  readonly skewed?: boolean
}

const importing = (file: string) => ['--import', new URL(file, import.meta.url).href]

export async function startFleet({
  webs = 1,
  workers = 2,
  env = {},
  without,
  redis = {},
  skewed = false,
}: FleetOptions = {}): Promise<Fleet> {
  const server = await ownRedis({ appendfsync: 'always', 'maxmemory-policy': 'noeviction', ...redis })
  await server.start()
  const { port } = new URL(server.url)
  const crashes: Crash[] = []

  async function start(role: Role, number: number): Promise<Running> {
    const links = {
      redis: await openLink('redis', Number(port)),
      x: await openLink('http'),
      graph: await openLink('http'),
    }
    return startProcess({
      name: `${role} ${number}`,
      role,
      port: await freePort(),
      node: [...(without ? importing('weaken.ts') : []), ...(skewed ? importing('skew.ts') : [])],
      env: {
        REDIS_URL: `redis://127.0.0.1:${links.redis.port}`,
        WARMLINE_ROLES: role,
        WARMLINE_CACHE_DIR: CACHE,
        WARMLINE_PLAYGROUND: 'off',
        WARMLINE_DEBOUNCE_MS: '150',
        WARMLINE_ADMIN_EMAIL: ADMIN.email,
        WARMLINE_ADMIN_PASSWORD: ADMIN.password,
        LOG_LEVEL: 'warn',
        ...xVariables(`http://127.0.0.1:${links.x.port}`, X.userId),
        ...pageVariables(`http://127.0.0.1:${links.graph.port}`, PAGE.pageId),
        ...(without ? { CHAOS_WITHOUT: without } : {}),
        ...env,
      },
      links,
      crashed: (crash) => crashes.push(crash),
    })
  }

  const all: Running[] = []
  // Nobody outlives whoever started them, however that one ends.
  const leave = () => {
    for (const one of all) one.kill()
    void server.kill()
  }
  process.once('exit', leave)
  async function close(): Promise<void> {
    process.off('exit', leave)
    await Promise.all(all.map((one) => one.close()))
    server.thaw()
    await server.close()
  }
  try {
    for (let n = 1; n <= webs; n++) all.push(await start('web', n))
    for (let n = 1; n <= workers; n++) all.push(await start('worker', n))
    await Promise.all(all.map((one) => one.ready()))
    // A fault strikes turns as they are every day, and processes that do nothing else.
    await Promise.all(all.map((one) => untilLearnt(one.url)))
    const web = all.find((one) => one.role === 'web')
    if (!web) throw new Error('a fleet needs a web process')
    const lead = await signIn(web.url, ADMIN.email, ADMIN.password)
    const agents: Agent[] = []
    for (const name of AGENTS) {
      const email = `${name}@harbourlane.example`
      const person = { email, name, roles: ['agent'], password: ADMIN.password }
      await lead.call('POST', '/api/people', person)
      agents.push(await signIn(web.url, email, ADMIN.password))
    }
    return {
      redis: server,
      webs: all.filter((one) => one.role === 'web'),
      workers: all.filter((one) => one.role === 'worker'),
      all,
      lead,
      agents,
      crashes: () => crashes.splice(0),
      aim(platform) {
        for (const { x, graph } of all) {
          x.aim(Number(new URL(platform.x.url).port))
          graph.aim(Number(new URL(platform.graph.url).port))
          x.cut()
          graph.cut()
        }
      },
      ready: async () => void (await Promise.all(all.map((one) => one.ready()))),
      close,
    }
  } catch (error) {
    const said = all.map((one) => `${one.name}:\n${one.said()}`).join('\n')
    await close()
    throw new Error(`the fleet did not start:\n${said}`, { cause: error })
  }
}
