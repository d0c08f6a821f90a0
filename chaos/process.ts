// One process of the service with wires of its own: killed, stopped and frozen from outside, and started again by us.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { until } from '../test/setup/redis.ts'
import type { Link } from './link.ts'

export type Role = 'web' | 'worker'

/** A process that ended and nobody had asked it to. */
export type Crash = { readonly process: string; readonly how: string; readonly said: string }

export type Running = {
  readonly name: string
  readonly role: Role
  readonly url: string
  readonly redis: Link
  readonly x: Link
  readonly graph: Link
  readonly pid: number
  /** Ends it at once; it starts again after `ms`. */
  kill(ms?: number): void
  /** Asks it to end, waits until it has, and starts it again; resolves to how long it took to end, in milliseconds. */
  restart(): Promise<number>
  freeze(): void
  thaw(): void
  /** Moves its clock to the next of skew.ts’s offsets. */
  jump(): void
  /** Resolves once it can take work. */
  ready(): Promise<void>
  /** What it said on stderr, newest last. */
  said(): string
  close(): Promise<void>
}

const ROOT = new URL('..', import.meta.url).pathname
const SAID_LINES = 60
const { PATH, HOME, NODE_COMPILE_CACHE } = process.env

export async function startProcess(options: {
  name: string
  role: Role
  port: number
  env: Readonly<Record<string, string>>
  /** Options of Node. */
  node: readonly string[]
  links: { readonly redis: Link; readonly x: Link; readonly graph: Link }
  crashed: (crash: Crash) => void
}): Promise<Running> {
  const { name, role, port, env, links } = options
  let child: ChildProcess
  let said: string[] = []
  let isReady = false
  let wanted = true
  let expected = false
  let pause = 0

  function start(): void {
    isReady = false
    expected = false
    child = spawn(process.execPath, [...options.node, 'src/main.ts'], {
      cwd: ROOT,
      env: {
        PATH,
        HOME,
        ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }),
        NODE_NO_WARNINGS: '1',
        PORT: String(port),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const hear = (text: string) => {
      said = [...said, ...text.split('\n').filter(Boolean)].slice(-SAID_LINES)
      if (/^warmline ready/m.test(text)) isReady = true
    }
    child.stdout?.setEncoding('utf8').on('data', hear)
    child.stderr?.setEncoding('utf8').on('data', hear)
    child.once('exit', (code, signal) => {
      isReady = false
      if (!expected) options.crashed({ process: name, how: signal ?? `code ${code}`, said: said.join('\n') })
      // What an operator's supervisor does.
      if (wanted) setTimeout(() => wanted && start(), pause)
    })
  }
  const isAlive = () => child.exitCode === null && child.signalCode === null

  start()
  return {
    name,
    role,
    url: `http://127.0.0.1:${port}`,
    ...links,
    get pid() {
      return child.pid ?? 0
    },
    kill(ms = 0) {
      expected = true
      pause = ms
      child.kill('SIGKILL')
    },
    async restart() {
      if (!isAlive()) return 0
      const from = performance.now()
      expected = true
      pause = 0
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
      return performance.now() - from
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    jump: () => void child.kill('SIGUSR2'),
    ready: async () => void (await until(() => isReady, 180_000)),
    said: () => said.join('\n'),
    async close() {
      wanted = false
      expected = true
      if (isAlive()) {
        const gone = once(child, 'exit')
        child.kill('SIGKILL')
        await gone
      }
      await Promise.all([links.redis.close(), links.x.close(), links.graph.close()])
    },
  }
}
