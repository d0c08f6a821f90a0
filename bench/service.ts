// Starts the service as an operator would: a process of its own, told by its environment, ended by SIGTERM.
import { type ChildProcess, spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const ROOT = new URL('..', import.meta.url).pathname

export type Service = {
  readonly url: string
  readonly readyMs: number
  readonly child: ChildProcess
  stop(): Promise<void>
}

/** Resolves once it says that it is ready. `command` starts it. */
export async function startService(
  env: Record<string, string>,
  cwd = ROOT,
  dir?: string,
  [program = 'node', ...args]: readonly string[] = ['node', 'bin/start.mjs'],
): Promise<Service> {
  const data = dir ?? (await mkdtemp(join(tmpdir(), 'warmline-bench-')))
  const from = performance.now()
  const child = spawn(program, args, {
    cwd,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: '0',
      LOG_LEVEL: 'warn',
      WARMLINE_DATA_DIR: data,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const url = await new Promise<string>((resolve, reject) => {
    const read = (text: string) => {
      said += text
      const ready = /warmline ready (\S+)/.exec(said)
      if (ready?.[1]) resolve(ready[1])
    }
    child.stdout?.setEncoding('utf8').on('data', read)
    child.stderr?.setEncoding('utf8').on('data', read)
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}:\n${said}`)))
  })
  const readyMs = performance.now() - from
  return {
    url,
    readyMs,
    child,
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
      if (!dir) await rm(data, { recursive: true, force: true })
    },
  }
}

/** Resident memory of the service and of what it started, in MB. */
export async function memoryOf(pid: number): Promise<{ node: number }> {
  const read = async (one: number) => {
    const status = await readFile(`/proc/${one}/status`, 'utf8').catch(() => '')
    const children = (await readFile(`/proc/${one}/task/${one}/children`, 'utf8').catch(() => '')).trim().split(/\s+/)
    const own = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024
    const below: number[] = []
    for (const child of children.filter(Boolean)) below.push((await read(Number(child))).all)
    return { own, all: own + below.reduce((sum, mb) => sum + mb, 0) }
  }
  return { node: (await read(pid)).all }
}

export const X = {
  userId: '1603419180975409153',
  consumerKey: 'bench-key',
  consumerSecret: 'bench-secret',
  accessToken: 'bench-token',
  accessTokenSecret: 'bench-token-secret',
}

export const xVariables = (apiUrl: string): Record<string, string> => ({
  X_API_BASE_URL: apiUrl,
  X_USER_ID: X.userId,
  X_CONSUMER_KEY: X.consumerKey,
  X_CONSUMER_SECRET: X.consumerSecret,
  X_ACCESS_TOKEN: X.accessToken,
  X_ACCESS_TOKEN_SECRET: X.accessTokenSecret,
})

/** Posts a body as X signs it and returns how long the answer took, in milliseconds. */
export async function postSigned(url: string, body: string): Promise<number> {
  const signature = `sha256=${createHmac('sha256', X.consumerSecret).update(body).digest('base64')}`
  const from = performance.now()
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-twitter-webhooks-signature': signature },
    body,
  })
  await answer.arrayBuffer()
  if (!answer.ok) throw new Error(`the webhook answered ${answer.status}`)
  return performance.now() - from
}

/** Runs `work` for 0 … count-1, at most `width` at once. */
export async function inParallel(count: number, width: number, work: (n: number) => Promise<void>): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let n = next++; n < count; n = next++) await work(n)
    }),
  )
}
