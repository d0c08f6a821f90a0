// The embedded Redis server: on a socket, with a password and an append-only file.
import { spawn } from 'node:child_process'
import { chmod, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { findServer, NoRedis } from './find-server.ts'
import { endFormerServer } from './former-sockets.ts'
import {
  isOurSocket,
  openDataFolder,
  openPassword,
  openSocketFolder,
  readPassword,
  socketFolder,
} from './private-files.ts'
import { explain, lastWarning } from './server-log.ts'
import { askOwner, isAlive, serverPid, shutDown } from './server-socket.ts'

/** Where the embedded Redis listens, and what it asks for. */
type EmbeddedAddress = { readonly path: string; readonly password: string }

export type EmbeddedRedis = {
  readonly address: EmbeddedAddress
  /** The server's process; another one after it was killed, none while it does not run. */
  readonly pid: number | undefined
  /** Why the server does not run, and what to do about it; undefined while it does. */
  trouble(): string | undefined
  /** Ends the server once its data is on disk. */
  close(): Promise<void>
}

type Options = {
  readonly dir: string
  /** Folders to look for a server in beside the usual ones, as in PATH. */
  readonly searchPath?: string
  readonly progress?: (line: string) => void
  /** Told each time that the server has ended by itself, in words for an operator. */
  readonly failed?: (line: string) => void
  /** When an acknowledged write is on disk; see docs/decisions. */
  readonly fsync?: 'always' | 'everysec'
}

const LOOK_MS = 250
const ANSWERS_WITHIN_MS = 20_000
/** A server that ends before it has run so long is not started again at once: each time it waits twice as long. */
const STEADY_MS = 60_000
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 30_000

/** Where a Warmline that keeps its data under `dir` has its Redis, if its socket is there. Throws `NoRedis` if it is not ours. */
export async function embeddedAddress(dir: string): Promise<EmbeddedAddress | undefined> {
  const password = await readPassword(resolve(dir))
  if (!password) return undefined
  const path = join(socketFolder(resolve(dir), password), 'redis.sock')
  return (await isOurSocket(path)) ? { path, password } : undefined
}

/**
 * Two servers on one append-only file would ruin it, so one process at a time owns a data folder: the one that listens
 * on its socket. The kernel takes that away from whoever dies, so nothing stale is ever believed.
 */
async function own(dir: string, path: string): Promise<() => Promise<void>> {
  const server = createServer((asking) => asking.end(String(process.pid)))
  const listening = () =>
    new Promise<boolean>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) =>
        error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
      )
      server.listen(path, () => resolve(true))
    })
  const taken = (owner: string) =>
    new NoRedis(
      `another Warmline (process ${owner}) keeps its data in \`${dir}\`: stop it, or set WARMLINE_DATA_DIR to another folder`,
    )
  const former = await endFormerServer(dir)
  if (former) throw taken(former)
  if ((await isOurSocket(path)) || !(await listening())) {
    const owner = await askOwner(path)
    if (owner) throw taken(owner)
    await rm(path, { force: true })
    if (!(await listening())) throw new NoRedis(`the data folder \`${dir}\` was taken by another Warmline just now`)
  }
  await chmod(path, 0o600)
  server.unref()
  return () => new Promise((closed) => server.close(() => closed()))
}

/**
 * Starts a Redis server with its data under `dir`, or takes over one that a killed Warmline left running there.
 * A server that ends is started again. Throws `NoRedis` when no server can be had, when the folder is in use, or when
 * it belongs to somebody else.
 */
export async function startEmbeddedRedis(options: Options): Promise<EmbeddedRedis> {
  const dir = resolve(options.dir)
  await openDataFolder(dir)
  const password = await openPassword(dir)
  const sockets = socketFolder(dir, password)
  await openSocketFolder(sockets, dir)
  const disown = await own(dir, join(sockets, 'owner.sock'))
  const address = { path: join(sockets, 'redis.sock'), password }
  try {
    const keeper = await keepRunning(dir, address, options)
    return {
      address,
      get pid() {
        return keeper.pid()
      },
      trouble: keeper.trouble,
      async close() {
        await keeper.stop()
        await shutDown(address).finally(disown)
      },
    }
  } catch (error) {
    await disown()
    throw error
  }
}

/** Starts the server, and again whenever it has ended: nothing that ends it may silence the service for good. */
async function keepRunning(dir: string, address: EmbeddedAddress, options: Options) {
  let run: Run | undefined
  let because: string | undefined
  let failures = 0
  let notBefore = 0
  let starting: Promise<void> | undefined
  let stopped = false

  const failed = (reason: string, ranMs: number) => {
    if (ranMs >= STEADY_MS) failures = 0
    const pause = failures === 0 ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS)
    failures++
    notBefore = performance.now() + pause
    because = reason
    options.failed?.(`${reason}; starting it again in ${pause / 1000} s`)
  }
  async function start(): Promise<void> {
    try {
      run = await launch(dir, address, options)
      because = undefined
    } catch (error) {
      run = undefined
      if (error instanceof NoRedis) throw error
      failed(error instanceof Error ? error.message : String(error), 0)
    }
  }
  async function look(): Promise<void> {
    if (run) {
      if (isAlive(run.pid)) return
      const { startedAt, why } = run
      run = undefined
      failed(await why(), performance.now() - startedAt)
    }
    if (performance.now() < notBefore || stopped) return
    await start().catch((error: NoRedis) => failed(error.message, 0))
  }

  const pid = await takeOver(address)
  const why = async () => 'the embedded Redis has ended'
  if (pid) run = { pid, startedAt: performance.now(), why }
  else await start()
  const timer = setInterval(() => {
    starting ??= look().finally(() => {
      starting = undefined
    })
  }, LOOK_MS).unref()
  return {
    pid: () => run?.pid,
    trouble: () => because,
    async stop() {
      stopped = true
      clearInterval(timer)
      await starting
    },
  }
}

/** A server that a killed Warmline left running. One that does not answer us must not get another one beside it. */
async function takeOver(address: EmbeddedAddress): Promise<number | undefined> {
  if (!(await isOurSocket(address.path))) return undefined
  return serverPid(address).catch((cause) => {
    throw new NoRedis(
      `a Redis server listens on \`${address.path}\` and does not answer to our password: end that process, then start again`,
      { cause },
    )
  })
}

/** One run of the server. `why`: why it has ended. */
type Run = { readonly pid: number; readonly startedAt: number; readonly why: () => Promise<string> }

async function launch(
  dir: string,
  address: EmbeddedAddress,
  { searchPath = '', progress = () => {}, fsync = 'always' }: Options,
): Promise<Run> {
  const startedAt = performance.now()
  const server = await findServer(dir, searchPath, progress)
  if (await isOurSocket(address.path)) await rm(address.path, { force: true })
  const [data, log] = [join(dir, 'redis'), join(dir, 'redis.log')]
  const settings = {
    port: '0',
    unixsocket: address.path,
    unixsocketperm: '700',
    requirepass: address.password,
    dir: data,
    appendonly: 'yes',
    appendfsync: fsync,
    save: '',
    'maxmemory-policy': 'noeviction',
    daemonize: 'no',
    loglevel: 'notice',
    logfile: log,
  }
  // Detached, so that Ctrl-C in a terminal reaches us first and the server outlives the last write. Its settings go to
  // its standard input: everybody can read a command line.
  const child = withUmask(0o077, () =>
    spawn(server.path, ['-'], { detached: true, stdio: ['pipe', 'ignore', 'pipe'], env: server.env }),
  )
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  child.stdin.on('error', () => {})
  child.stdin.end(
    Object.entries(settings)
      .map(([name, value]) => `${name} ${JSON.stringify(value)}\n`)
      .join(''),
  )
  let end: string | undefined
  const gone = new Promise<void>((done) => {
    child.once('error', (error) => {
      end = error.message
      done()
    })
    child.once('exit', (code, signal) => {
      end = signal ? `it was ended by ${signal}` : `it ended with code ${code}`
      done()
    })
  })
  child.unref()
  const { pid } = child
  const why = async () => {
    const warning = pid && (await lastWarning(log, pid))
    const told = warning ? await explain(warning, data, server) : said.trim() || end
    return `the embedded Redis has ended: ${told ?? `see \`${log}\``}`
  }
  const deadline = startedAt + ANSWERS_WITHIN_MS
  while (!end && performance.now() < deadline) {
    const answering = (await isOurSocket(address.path)) && (await serverPid(address).catch(() => undefined))
    if (answering) {
      child.stderr.destroy()
      return { pid: answering, startedAt, why }
    }
    await Promise.race([wait(20), gone])
  }
  const isLate = !end
  child.kill('SIGKILL')
  throw new Error(isLate ? `the embedded Redis does not answer: see \`${log}\`` : await why())
}

/** Runs something with the process's mask for new files changed; what it spawns keeps that. */
function withUmask<T>(mask: number, work: () => T): T {
  const before = process.umask(mask)
  try {
    return work()
  } finally {
    process.umask(before)
  }
}
