// A Redis server of the test's own on a port of this machine, stopped and started again as an operator would.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from 'redis'
import { findServer } from '../../src/redis/embedded/find-server.ts'
import { until } from '../setup/redis.ts'
import { expectNone, unknownKeys } from '../setup/stored-keys.ts'

export type OwnRedis = {
  readonly url: string
  readonly port: number
  /** Resolves once it answers; the data of the last time is there. */
  start(): Promise<void>
  stop(): Promise<void>
  /** Ends it as a power cut would, without a last word. */
  kill(): Promise<void>
  /** From now until `thaw` it takes connections and answers nothing. */
  freeze(): void
  thaw(): void
  /** The largest file it may write, as if its disk were full beyond that. */
  limitFiles(bytes: number | 'unlimited'): void
  /** Runs commands on a connection that is closed afterwards. */
  ask<T>(work: (client: ReturnType<typeof clientOf>) => Promise<T>): Promise<T>
  close(): Promise<void>
}

const clientOf = (url: string) => createClient({ url, socket: { reconnectStrategy: false } })

/**
 * A port that was free a moment ago, below those that the system lends to outgoing connections: so it is still free
 * when what listens there comes back.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 22_000)
    const server = createServer()
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
    })
    if (isFree) return port
  }
}

/** Chooses a port and a folder; nothing listens there before `start`. */
export async function ownRedis(settings: Readonly<Record<string, string>> = {}): Promise<OwnRedis> {
  const dir = await mkdtemp(join(tmpdir(), 'warmline-redis-'))
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  let child: ChildProcess | undefined

  const ask: OwnRedis['ask'] = async (work) => {
    const client = clientOf(url)
    client.on('error', () => {})
    await client.connect()
    try {
      return await work(client)
    } finally {
      client.destroy()
    }
  }
  const answers = () => ask((client) => client.ping()).catch(() => undefined)

  const isRunning = () => child !== undefined && child.exitCode === null && child.signalCode === null

  async function end(...signals: NodeJS.Signals[]): Promise<void> {
    if (!child || !isRunning()) return
    const gone = once(child, 'exit')
    for (const signal of signals) child.kill(signal)
    await gone
  }
  const stop = () => end('SIGCONT', 'SIGTERM')
  return {
    url,
    port,
    async start() {
      if (isRunning()) return
      const server = await findServer(dir, process.env.PATH ?? '', () => {})
      const given = {
        port: String(port),
        bind: '127.0.0.1',
        dir,
        save: '',
        appendonly: 'yes',
        appendfsync: 'everysec',
        ...settings,
      }
      const args = Object.entries(given).flatMap(([name, value]) => [`--${name}`, value])
      // A file that reaches its limit is an error of writing, and no signal.
      const ignoring = `trap '' XFSZ; exec "$0" "$@"`
      child = spawn('sh', ['-c', ignoring, server.path, ...args], {
        stdio: 'ignore',
        env: { PATH: process.env.PATH, ...server.env },
      })
      await until(answers)
    },
    stop,
    kill: () => end('SIGKILL'),
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    limitFiles: (bytes) => void execFileSync('prlimit', ['--pid', String(child?.pid), `--fsize=${bytes}:unlimited`]),
    ask,
    async close() {
      const unknown = await ask(unknownKeys).catch(() => [])
      await stop()
      await rm(dir, { recursive: true, force: true })
      expectNone(unknown)
    },
  }
}

/** Whether this replica has all that its master has. */
export const isLinked = (replica: OwnRedis): Promise<boolean> =>
  replica.ask(async (client) => /master_link_status:up/.test(await client.info('replication'))).catch(() => false)
