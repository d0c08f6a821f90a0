// What a stranger reaches: in production, and on the playground of somebody's machine.
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { exchange } from '../../attacks/http/raw-socket.ts'
import { startTestService, type TestService } from '../setup/service.ts'
import { startXApi, type XApi } from '../stand-ins/x-api.ts'
import { sign, X, xVariables } from './accounts.ts'
import { freePort } from './own-redis.ts'
import { turnsOf } from './records.ts'

/** The port of a service whose `url` is that of the proxy before it. */
type Placed = { readonly service: TestService; readonly port: number }

async function startAt(variables: Record<string, string>): Promise<Placed> {
  const port = await freePort()
  return { service: await startTestService({ PORT: String(port), ...variables }), port }
}
const ask = ({ port }: Placed, line: string, ...headers: string[]) =>
  exchange(port, `${[`${line} HTTP/1.1`, ...headers, 'Connection: close'].join('\r\n')}\r\n\r\n`, 5_000)

describe('in production', () => {
  const TOKEN = 'metrics for the scraper'
  const HOST = 'Host: care.example'
  let x: XApi
  let here: Placed
  beforeAll(async () => {
    x = await startXApi(X)
    here = await startAt({
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://care.example',
      METRICS_TOKEN: TOKEN,
      WARMLINE_PLAYGROUND: '',
      ...xVariables(x.url),
    })
  })
  afterAll(async () => {
    await here?.service.close()
    await x?.close()
  })

  test.each([
    ['/console', 200],
    ['/api/session', 401],
    ['/api/openapi.json', 401],
    ['/health/live', 200],
    ['/nothing', 404],
    ['/metrics', 401],
    ['/playground', 404],
    ['/playground/api/timeline?customer=x', 404],
  ])('%s is answered %i, with everything that browsers have to hold to', async (path, status) => {
    const { status: got, answer } = await ask(here, `GET ${path}`, HOST)
    expect(got).toBe(status)
    expect(answer).toMatch(/^strict-transport-security: max-age=\d{8}/im)
    expect(answer).toMatch(/^x-content-type-options: nosniff\r$/im)
    expect(answer).toMatch(/^cross-origin-resource-policy: same-origin\r$/im)
    expect(answer).toMatch(/^permissions-policy: .*camera=\(\)/im)
  })

  test('another host is told where the service is, and serves health and webhooks all the same', async () => {
    const foreign = await ask(here, 'GET /console', 'Host: evil.example')
    expect([foreign.status, foreign.answer]).toEqual([421, expect.stringContaining('https://care.example')])
    expect((await ask(here, 'GET /health/ready', 'Host: 10.0.0.7:3978')).status).toBe(200)
    const body = JSON.stringify({ for_user_id: X.userId, tweet_create_events: [] })
    const signed = await fetch(`http://127.0.0.1:${here.port}/webhooks/x`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-twitter-webhooks-signature': sign('x', body) },
      body,
    })
    expect(signed.status).toBe(200)
  })

  test('metrics are for whoever has the token', async () => {
    const { status, answer } = await ask(here, 'GET /metrics', HOST, `Authorization: Bearer ${TOKEN}`)
    expect([status, answer]).toEqual([200, expect.stringContaining('warmline_')])
  })

  test('every address is listened on, and in development only the loopback one', async () => {
    const other = await startAt({ METRICS_PORT: String(await freePort()) })
    const reach = async ({ port }: Placed, host: string) => {
      const socket = connect({ port, host })
      const reached = await once(socket, 'connect').then(
        () => true,
        () => false,
      )
      socket.destroy()
      return reached
    }
    try {
      // Every address of 127.0.0.0/8 is this machine's own.
      expect([await reach(here, '127.0.0.7'), await reach(other, '127.0.0.7')]).toEqual([true, false])
      expect(await reach(other, '127.0.0.1')).toBe(true)
    } finally {
      await other.service.close()
    }
  })
})

describe('metrics on a port of their own', () => {
  test('are there, and not on the service’s port', async () => {
    const port = await freePort()
    const { service } = await startAt({ METRICS_PORT: String(port) })
    try {
      expect(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).toContain('warmline_')
      expect((await fetch(`http://127.0.0.1:${port}/console`)).status).toBe(404)
      const refused = await fetch(`${service.url}/metrics`)
      expect([refused.status, await refused.text()]).toEqual([404, expect.stringContaining('port of their own')])
    } finally {
      await service.close()
    }
    await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow()
  })
})

describe('the playground', () => {
  let service: TestService
  const write = (headers: Record<string, string>, body = JSON.stringify({ customer: 'Mia', text: 'hello' })) =>
    fetch(`${service.url}/playground/api/dms`, { method: 'POST', headers, body })
  const JSON_TYPE = { 'content-type': 'application/json' }
  beforeAll(async () => {
    // This machine may write a hundred times as much.
    service = await startTestService({ WARMLINE_PLAYGROUND_LIMIT: '1' })
  })
  afterAll(() => service?.close())

  test.each([
    ['by its origin', { ...JSON_TYPE, origin: 'https://evil.example' }, 403],
    ['by an opaque origin', { ...JSON_TYPE, origin: 'null' }, 403],
    ['by the browser’s own word', { ...JSON_TYPE, 'sec-fetch-site': 'cross-site' }, 403],
    ['as a form', { 'content-type': 'text/plain' }, 415],
  ])('takes nothing of another site’s page, known %s', async (_, headers, status) => {
    expect((await write(headers as Record<string, string>)).status).toBe(status)
    expect((await service.timeline('Mia')).dms).toEqual([])
  })

  test('takes what its own page sends', async () => {
    expect((await write({ ...JSON_TYPE, origin: service.url, 'sec-fetch-site': 'same-origin' })).status).toBe(201)
  })

  test('takes so many messages a minute from one address', async () => {
    const statuses = await Promise.all(Array.from({ length: 110 }, () => write(JSON_TYPE, '{}').then((a) => a.status)))
    expect(new Set(statuses)).toEqual(new Set([400, 429]))
    const refused = await write(JSON_TYPE)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused.status).toBe(429)
  })

  test('a case is read by its whole id only', async () => {
    const lead = await service.signIn()
    await turnsOf(lead, 'playground:brand:Mia')
    const status = (id: string) =>
      fetch(`${service.url}/api/cases/${encodeURIComponent(id)}`, { headers: { cookie: lead.cookie } }).then(
        (a) => a.status,
      )
    expect(await status('playground:brand:Mia~1')).toBe(200)
    // Its last character cut off is the customer’s id.
    for (const id of [
      'playground:brand:Mia7',
      'playground:brand:Mia',
      'playground:brand:Mia😀',
      '~1',
      'playground:brand:Mia~',
    ])
      expect([id, await status(id)]).toEqual([id, 404])
  })
})
