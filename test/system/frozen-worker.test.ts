// A worker process that stands still in the middle of a turn, longer than its lock lasts: another one takes the turn up,
// and when the first wakes, what it still had in hand changes nothing.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { X, xVariables } from '../service/accounts.ts'
import { type OwnRedis, ownRedis } from '../service/own-redis.ts'
import { turnsOf } from '../service/records.ts'
import { CACHE } from '../setup/cache.ts'
import { until } from '../setup/redis.ts'
import { startTestService, type TestService } from '../setup/service.ts'
import { xDirectMessage } from '../stand-ins/deliveries.ts'
import { startXApi, type XApi } from '../stand-ins/x-api.ts'

/** An order service whose answers wait until they are let go. */
const asked: ServerResponse[] = []
const orders = createServer((_, response) => void asked.push(response))
const tell = (response: ServerResponse | undefined) => {
  response?.setHeader('content-type', 'application/json')
  response?.end(JSON.stringify({ status: 'on its way', eta: '2026-11-24', carrier: 'DPD' }))
}

let redis: OwnRedis
let x: XApi
let web: TestService
let other: TestService | undefined
let frozen: ChildProcess
let said = ''
let variables: Record<string, string>

beforeAll(async () => {
  ;[redis, x] = await Promise.all([ownRedis(), startXApi(X)])
  await redis.start()
  await once(orders.listen(0, '127.0.0.1'), 'listening')
  variables = {
    ...xVariables(x.url),
    REDIS_URL: redis.url,
    ORDER_SERVICE_URL: `http://127.0.0.1:${(orders.address() as AddressInfo).port}`,
    WARMLINE_PLAYGROUND: 'off',
  }
  web = await startTestService({ ...variables, WARMLINE_ROLES: 'web' })
  frozen = spawn(process.execPath, [join(import.meta.dirname, '../../src/main.ts')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...variables,
      PATH: process.env.PATH,
      PORT: '0',
      WARMLINE_DATA_DIR: web.dir,
      WARMLINE_CACHE_DIR: CACHE,
      WARMLINE_DEBOUNCE_MS: '80',
      WARMLINE_ROLES: 'worker',
    },
  })
  frozen.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
})
afterAll(async () => {
  for (const response of asked) response.end()
  if (frozen && frozen.exitCode === null && frozen.signalCode === null) {
    frozen.kill('SIGCONT')
    frozen.kill('SIGKILL')
    await once(frozen, 'exit')
  }
  await Promise.all([web?.close(), other?.close()])
  orders.closeAllConnections()
  await new Promise((closed) => orders.close(closed))
  await Promise.all([x?.close(), redis?.close()])
})

test('its turn is taken up by another worker, once', async () => {
  const text = 'Where is my order HL-20419? My mail is ana@example.com'
  expect(await x.deliver(`${web.url}/webhooks/x`, xDirectMessage({ to: X.userId, from: '901', text }))).toBe(200)
  await until(() => asked.length === 1, 40_000)
  frozen.kill('SIGSTOP')

  other = await startTestService({ ...variables, WARMLINE_ROLES: 'worker' })
  await until(() => asked.length === 2, 40_000)
  tell(asked[1])
  await until(() => x.dms.length === 1)
  expect(x.dms[0]?.text).toContain('on its way')

  frozen.kill('SIGCONT')
  tell(asked[0])
  // It wanted to end a job that was no longer its own.
  await until(() => said.includes('lock for job'), 30_000)
  const lead = await web.signIn()
  const customer = `x:${X.userId}:901`
  expect(await turnsOf(lead, customer)).toHaveLength(1)

  // The customer is served as before, by whoever comes first.
  const thanks = xDirectMessage({ to: X.userId, from: '901', text: 'How much is delivery?' })
  expect(await x.deliver(`${web.url}/webhooks/x`, thanks)).toBe(200)
  await until(() => x.dms.length === 2)
  expect(await turnsOf(lead, customer, 2)).toHaveLength(2)
  expect(x.dms.filter((one) => one.text.includes('on its way'))).toHaveLength(1)
})
