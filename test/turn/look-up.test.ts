import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Action, action } from '#dialog'
import { lookUp } from '#turn'

/** A service that answers as the order number says, over real HTTP. */
const asked: string[] = []
const server = createServer((request: IncomingMessage, response: ServerResponse) => {
  asked.push(request.url ?? '')
  // Not chained: restify, loaded by other tests of this process, changes what `writeHead` returns.
  const send = (status: number, body: string, headers = {}) => {
    response.writeHead(status, headers)
    response.end(body)
  }
  const json = (status: number, body: unknown) => send(status, JSON.stringify(body))
  const good = { status: 'on its way', eta: '2026-11-24', parcels: 2, paid: true, secret: 'internal' }
  const order = decodeURIComponent(request.url?.split('/').at(-1)?.split('?')[0] ?? '')
  if (order === 'missing') json(404, {})
  else if (order === 'broken') json(500, { error: 'ana@example.com' })
  else if (order === 'elsewhere') send(302, '', { location: 'http://169.254.169.254/' })
  else if (order === 'words') response.end('<html>')
  else if (order === 'list') json(200, [1])
  else if (order === 'partial') json(200, { ...good, eta: undefined })
  else if (order === 'mistyped') json(200, { ...good, parcels: '2' })
  else if (order === 'no-day') json(200, { ...good, eta: '2026-02-30' })
  else if (order === 'long') json(200, { ...good, status: 'x'.repeat(70_000) })
  else if (order === 'endless') response.write('{"status":')
  else if (order === 'cut') response.write('{"st', () => request.socket.destroy())
  else json(200, good)
})
let baseUrl = ''
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/shop/`
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
})

const status: Action = action.parse({
  'url-from': 'ORDERS_URL',
  path: '/orders/{order-number}?email={email}',
  'timeout-ms': 10_000,
  expects: { status: 'text', eta: 'date', parcels: 'number', paid: 'yes-no' },
  'not-found': 'None.',
})
const valuesOf = (order: string) => ({ 'order-number': { value: order }, email: { value: 'a+b@example.com' } })

describe('an action', () => {
  test('gives the fields it expects and drops the others', async () => {
    expect(await lookUp(status, valuesOf('HL-1'), { baseUrl })).toEqual({
      state: 'found',
      answer: { status: 'on its way', eta: '2026-11-24', parcels: 2, paid: true },
    })
    expect(asked.at(-1)).toBe('/shop/orders/HL-1?email=a%2Bb%40example.com')
  })

  test('cannot be led to another address by a value', async () => {
    await lookUp(status, valuesOf('../admin?x=1#y'), { baseUrl })
    expect(asked.at(-1)).toBe('/shop/orders/..%2Fadmin%3Fx%3D1%23y?email=a%2Bb%40example.com')
    const before = asked.length
    expect(await lookUp(status, valuesOf('..'), { baseUrl })).toEqual({
      state: 'failed',
      because: '`ORDERS_URL` and the collected values make no address',
    })
    expect(asked).toHaveLength(before)
  })

  test.each([
    ['missing', { state: 'not-found' }],
    ['broken', { state: 'failed', because: 'the service answered 500' }],
    ['elsewhere', { state: 'failed', because: 'the service answered 302' }],
    ['words', { state: 'failed', because: 'the service answered something that is not JSON' }],
    ['list', { state: 'failed', because: 'the service answered something that is not a JSON object' }],
    ['partial', { state: 'failed', because: "the service's answer has no `eta` that is a date" }],
    ['mistyped', { state: 'failed', because: "the service's answer has no `parcels` that is a number" }],
    ['no-day', { state: 'failed', because: "the service's answer has no `eta` that is a date" }],
    ['long', { state: 'failed', because: 'the service answered more than 64 KiB' }],
    ['cut', { state: 'failed', because: 'the service cannot be reached' }],
  ])('of a service that answers "%s" never throws', async (order, result) =>
    expect(await lookUp(status, valuesOf(order), { baseUrl })).toEqual(result),
  )

  test.each([
    [undefined, '`ORDERS_URL` is not set'],
    ['', '`ORDERS_URL` is not set'],
    ['not an address', '`ORDERS_URL` and the collected values make no address'],
    ['file:///etc', '`ORDERS_URL` and the collected values make no address'],
    ['http://127.0.0.1:1', 'the service cannot be reached'],
  ])('with the address %j fails with a reason', async (address, because) =>
    expect(await lookUp(status, valuesOf('HL-1'), { baseUrl: address })).toEqual({ state: 'failed', because }),
  )

  test('of a service that never ends its answer fails in time', async () =>
    expect(await lookUp({ ...status, 'timeout-ms': 250 }, valuesOf('endless'), { baseUrl })).toEqual({
      state: 'failed',
      because: 'the service did not answer within 250 ms',
    }))

  test('is stopped with its turn', async () => {
    const stop = new AbortController()
    stop.abort()
    expect(await lookUp(status, valuesOf('HL-1'), { baseUrl, signal: stop.signal })).toEqual({
      state: 'failed',
      because: 'the look-up was stopped',
    })
  })
})
