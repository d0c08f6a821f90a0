// How the process ends: when it is asked to, and when something is thrown that nobody catches.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { X, xVariables } from '../service/accounts.ts'
import { ownRedis } from '../service/own-redis.ts'
import { turnsOf } from '../service/records.ts'
import { CACHE } from '../setup/cache.ts'
import { until } from '../setup/redis.ts'
import { startTestService } from '../setup/service.ts'
import { xDirectMessage } from '../stand-ins/deliveries.ts'
import { startXApi } from '../stand-ins/x-api.ts'

const ROOT = join(import.meta.dirname, '../..')
const { PATH = '', HOME = '' } = process.env

const closings: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close()
})

/** Starts a process in a group of its own, and collects what it says. */
function start(command: readonly [string, ...string[]], env: Record<string, string>) {
  const [program, ...args] = command
  const child = spawn(program, args, { cwd: ROOT, env: { PATH, HOME, PORT: '0', ...env }, detached: true })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  closings.push(() => isGroupAlive(child) && process.kill(-(child.pid ?? 0), 'SIGKILL'))
  return { child, said: () => said, exit: once(child, 'exit') }
}

function isGroupAlive({ pid = 0 }: ChildProcess): boolean {
  try {
    process.kill(-pid, 0)
    return true
  } catch {
    return false
  }
}

describe('`npm start`, told to end', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'by a %s to npm alone, ends everything with 0, in the middle of learning as well',
    async (signal) => {
      const dir = await mkdtemp(join(tmpdir(), 'warmline-npm-'))
      closings.push(() => rm(dir, { recursive: true, force: true }))
      // Without a cache the sentence model computes for a while after the service is ready.
      const { child, said, exit } = start(['npm', 'start'], { WARMLINE_DATA_DIR: dir })
      await until(() => said().includes('warmline ready'), 90_000)
      await until(() => said().includes('learning the articles'), 30_000)
      const from = performance.now()
      child.kill(signal)
      expect(await exit).toEqual([0, null])
      expect(performance.now() - from).toBeLessThan(10_000)
      await until(() => !isGroupAlive(child), 2_000)
      expect(said()).toContain('"msg":"stopped"')
    },
    150_000,
  )
})

test('an error that nobody caught is logged without private values, the turn in hand is finished, and the process ends with 1', async () => {
  const asked: ServerResponse[] = []
  const orders = createServer((_, response) => void asked.push(response))
  await once(orders.listen(0, '127.0.0.1'), 'listening')
  closings.push(() => orders.close())
  const [redis, x] = await Promise.all([ownRedis(), startXApi(X)])
  closings.push(redis.close, x.close)
  await redis.start()
  const variables = {
    ...xVariables(x.url),
    REDIS_URL: redis.url,
    ORDER_SERVICE_URL: `http://127.0.0.1:${(orders.address() as AddressInfo).port}`,
  }
  const web = await startTestService({ ...variables, WARMLINE_ROLES: 'web' })
  closings.push(web.close)
  const preload = join(import.meta.dirname, 'throw-on-signal.mjs')
  const { child, said, exit } = start([process.execPath, '--import', preload, 'src/main.ts'], {
    ...variables,
    WARMLINE_DATA_DIR: web.dir,
    WARMLINE_CACHE_DIR: CACHE,
    WARMLINE_DEBOUNCE_MS: '80',
    WARMLINE_ROLES: 'worker',
  })
  const text = 'Where is my order HL-20419? My mail is ana@example.com'
  expect(await x.deliver(`${web.url}/webhooks/x`, xDirectMessage({ to: X.userId, from: '902', text }))).toBe(200)
  await until(() => asked.length === 1, 60_000)

  child.kill('SIGUSR2')
  await until(() => said().includes('an error that nobody caught'))
  asked[0]?.setHeader('content-type', 'application/json')
  asked[0]?.end(JSON.stringify({ status: 'on its way', eta: '2026-11-24', carrier: 'DPD' }))
  expect(await exit).toEqual([1, null])

  // Closed in order, and not cut off when the time was over.
  expect(said()).toContain('"msg":"stopped"')
  expect(said()).toContain('cannot read `my card is [card]`')
  expect(said()).not.toContain('4111')
  expect(await turnsOf(await web.signIn(), `x:${X.userId}:902`)).toHaveLength(1)
})
