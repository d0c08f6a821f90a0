// The embedded Redis: a real server of our own, on a socket that only this user can open, with an append-only file.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createClient } from 'redis'
import type { RedisAddress } from './address.ts'
import { findServer } from './find-server.ts'

export type EmbeddedRedis = {
  readonly address: RedisAddress
  /** The server's process; another one after it was killed. */
  readonly pid: number
  /** Ends the server once its data is on disk. */
  close(): Promise<void>
}

/** How long to wait after a start that failed, on a full disk for one. */
const START_AGAIN_MS = 5000

/** A path short enough for a socket (108 bytes) that is the same for the same data folder. */
function socketPath(dir: string, what: 'redis' | 'owner'): string {
  const name = createHash('sha256').update(`${userInfo().uid}:${dir}`).digest('hex').slice(0, 16)
  return join(tmpdir(), `warmline-${name}.${what}`)
}

/** Where a Warmline that keeps its data under `dir` has its Redis, whether or not it runs. */
export function embeddedAddress(dir: string): { readonly path: string } {
  return { path: socketPath(resolve(dir), 'redis') }
}

async function ping(path: string): Promise<number | undefined> {
  const client = createClient({ socket: { path, reconnectStrategy: false, connectTimeout: 1000 } })
  client.on('error', () => {})
  try {
    await client.connect()
    return Number(/^process_id:(\d+)/m.exec(await client.info('server'))?.[1])
  } catch {
    return undefined
  } finally {
    client.destroy()
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/**
 * Two servers on one append-only file would ruin it, so one process at a time owns a data folder: the one that listens
 * on its socket. The kernel takes that away from whoever dies, so nothing stale is ever believed.
 */
async function own(dir: string): Promise<() => Promise<void>> {
  const path = socketPath(dir, 'owner')
  const server = createServer((asking) => asking.end(String(process.pid)))
  const listening = () =>
    new Promise<boolean>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) =>
        error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
      )
      server.listen(path, () => resolve(true))
    })
  if (!(await listening())) {
    const owner = await new Promise<string | undefined>((resolve) => {
      const asking = connect(path)
      asking.setEncoding('utf8').once('data', (pid) => resolve(String(pid)))
      asking.once('error', () => resolve(undefined))
    })
    if (owner) {
      throw new Error(
        `another Warmline (process ${owner}) keeps its data in \`${dir}\`: stop it, or set WARMLINE_DATA_DIR to another folder`,
      )
    }
    await rm(path, { force: true })
    if (!(await listening())) throw new Error(`the data folder \`${dir}\` was taken by another Warmline just now`)
  }
  server.unref()
  return () => new Promise((closed) => server.close(() => closed()))
}

/**
 * Starts a Redis server with its data under `dir`, or takes over one that a killed Warmline left running there.
 * A server that ends is started again. Throws `NoRedis` when no server can be had, and names the owner when the folder is in use.
 */
export async function startEmbeddedRedis(options: {
  dir: string
  /** Folders to look for a server in beside the usual ones, as in PATH. */
  searchPath?: string
  progress?: (line: string) => void
  /** When an acknowledged write is on disk; see docs/decisions. */
  fsync?: 'always' | 'everysec'
}): Promise<EmbeddedRedis> {
  const dir = resolve(options.dir)
  const data = join(dir, 'redis')
  await mkdir(data, { recursive: true })
  const disown = await own(dir)
  try {
    const path = socketPath(dir, 'redis')
    let pid = (await ping(path)) ?? (await launch(dir, data, path, options))
    let closing = false
    let starting: Promise<void> | undefined
    let notBefore = 0
    // A server that was killed, or ended itself on a full disk, must not silence the service for good.
    const keeper = setInterval(() => {
      if (starting || closing || alive(pid) || Date.now() < notBefore) return
      options.progress?.('the embedded Redis has ended: starting it again')
      const started = (next: number) => {
        pid = next
      }
      const failed = () => {
        notBefore = Date.now() + START_AGAIN_MS
      }
      starting = launch(dir, data, path, options)
        .then(started, failed)
        .finally(() => {
          starting = undefined
        })
    }, 250).unref()
    return {
      address: { path },
      get pid() {
        return pid
      },
      async close() {
        closing = true
        clearInterval(keeper)
        await starting
        await shutDown(path, pid).finally(disown)
      },
    }
  } catch (error) {
    await disown()
    throw error
  }
}

async function launch(
  dir: string,
  data: string,
  path: string,
  {
    searchPath = '',
    progress = () => {},
    fsync = 'always',
  }: { searchPath?: string; progress?: (line: string) => void; fsync?: string },
): Promise<number> {
  const server = await findServer(dir, searchPath, progress)
  await rm(path, { force: true })
  const settings = {
    port: '0',
    unixsocket: path,
    unixsocketperm: '700',
    dir: data,
    appendonly: 'yes',
    appendfsync: fsync,
    save: '',
    'maxmemory-policy': 'noeviction',
    daemonize: 'no',
    loglevel: 'notice',
    logfile: join(dir, 'redis.log'),
  }
  // Detached, so that Ctrl-C in a terminal reaches us first and the server outlives the last write.
  const child = spawn(
    server.path,
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    {
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: server.env,
    },
  )
  let ended: string | undefined
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    ended = `${ended ?? ''}${text}`
  })
  child.once('error', (error) => {
    ended = error.message
  })
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  child.unref()
  const deadline = Date.now() + 20_000
  while (Date.now() < deadline) {
    const pid = await ping(path)
    if (pid) {
      child.stderr.destroy()
      return pid
    }
    if (child.exitCode !== null || !child.pid) break
    await Promise.race([wait(20), gone])
  }
  child.kill('SIGKILL')
  throw new Error(`the embedded Redis did not start: ${ended?.trim() || `see ${join(dir, 'redis.log')}`}`)
}

async function shutDown(path: string, pid: number): Promise<void> {
  const client = createClient({ socket: { path, reconnectStrategy: false, connectTimeout: 1000 } })
  client.on('error', () => {})
  await client
    .connect()
    .then(() => client.sendCommand(['SHUTDOWN', 'NOSAVE']))
    .catch(() => {})
  client.destroy()
  for (const end = Date.now() + 8000; alive(pid) && Date.now() < end; ) await wait(10)
}
