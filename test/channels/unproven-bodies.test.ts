// Anybody may post to a webhook. What they send is held within limits, and a network's own delivery still gets through.
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { openX } from '#channels/x'
import { bytesHeld } from '../../src/channels/webhook.ts'
import { openBodyReader } from '../../src/http/body.ts'
import { limitConnections } from '../../src/http/connection-limit.ts'
import { sign, X } from '../service/accounts.ts'
import { until } from '../setup/redis.ts'
import { xMention } from '../stand-ins/deliveries.ts'
import { mount, silent } from './mounted.ts'

const MIB = 1024 * 1024
const closings: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close()
})

type Sender = { readonly socket: Socket; readonly status: () => number | undefined; readonly isClosed: () => boolean }

/** Begins a POST from one of this machine's addresses and sends so many bytes of its body. */
async function begin(
  port: number,
  bytes: number,
  {
    from = '127.0.0.1',
    path = '/webhooks/x',
    declared = MIB,
  }: { from?: string; path?: string; declared?: number } = {},
): Promise<Sender> {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from })
  closings.push(() => socket.destroy())
  let answer = ''
  let closed = false
  socket.setEncoding('latin1').on('data', (text) => {
    answer += text
  })
  socket
    .on('error', () => {})
    .on('close', () => {
      closed = true
    })
  await new Promise((connected) => socket.once('connect', connected))
  socket.write(`POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${declared}\r\n\r\n`)
  for (let left = bytes; left > 0; left -= 65_536) socket.write(Buffer.alloc(Math.min(left, 65_536), 0x61))
  return {
    socket,
    status: () => (answer ? Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]) : undefined),
    isClosed: () => closed,
  }
}

async function openWebhook(): Promise<{ port: number; url: string; warnings: string[] }> {
  const warnings: string[] = []
  const log = { ...silent, warn: (_fields: object, message: string) => void warnings.push(message) }
  const mounted = await mount(openX({ ...X, baseUrl: 'http://127.0.0.1:1', log }))
  closings.push(mounted.close)
  return { port: Number(new URL(mounted.url).port), url: `${mounted.url}/webhooks/x`, warnings }
}

function deliverSigned(url: string): Promise<Response> {
  const raw = JSON.stringify(xMention({ to: X.userId, from: '5001', text: 'where is my parcel?' }))
  return fetch(url, { method: 'POST', headers: { 'x-twitter-webhooks-signature': sign('x', raw) }, body: raw })
}

test('hundreds of slow unsigned bodies hold no more than the limit, and a signed delivery gets its 200', async () => {
  const { port, url } = await openWebhook()
  const senders: Sender[] = []
  let most = 0
  for (let round = 0; round < 12; round++) {
    // 300 KiB each of 1 MiB that never comes, from four addresses.
    const some = Array.from({ length: 25 }, (_, at) => begin(port, 300 * 1024, { from: `127.0.0.${1 + (at % 4)}` }))
    senders.push(...(await Promise.all(some)))
    await until(() => bytesHeld() > 0)
    most = Math.max(most, bytesHeld())
    expect(bytesHeld()).toBeLessThanOrEqual(32 * MIB)
    expect((await deliverSigned(url)).status).toBe(200)
  }
  await until(() => senders.filter((one) => one.status() === 503).length > 200)
  expect(most).toBeGreaterThan(16 * MIB)
  expect(bytesHeld()).toBeLessThanOrEqual(32 * MIB)
  for (const { socket } of senders) socket.destroy()
  await until(() => bytesHeld() === 0)
})

test('a body whose length says that it is too long is refused before it comes, with its sender still there to hear it', async () => {
  const { port } = await openWebhook()
  const sender = await begin(port, 0, { declared: MIB + 1 })
  await until(() => sender.status() === 413)
  const endless = await begin(port, 0, { declared: 1e12 })
  await until(() => endless.status() === 413)
  const more = setInterval(() => endless.socket.write(Buffer.alloc(MIB)), 5)
  closings.push(() => clearInterval(more))
  await until(() => endless.isClosed())
  expect(bytesHeld()).toBe(0)
})

test('single bytes, one by one, hold no more than they are', async () => {
  const reader = openBodyReader({ total: 64 * 1024 })
  const server = await listen(createServer(async (req, res) => void res.end(String(typeof (await reader.read(req))))))
  const sender = await begin(portOf(server), 0, { declared: 20_000 })
  sender.socket.setNoDelay(true)
  for (let at = 0; at < 2_000; at++) sender.socket.write('a')
  await until(() => reader.held() === 4096)
  sender.socket.destroy()
  await until(() => reader.held() === 0)
})

test('whoever holds the most gives up what they began first; others’ bodies stay', async () => {
  const reader = openBodyReader({ total: 300_000 })
  const server = await listen(
    createServer(async (req, res) => {
      const body = await reader.read(req)
      res.statusCode = typeof body === 'number' ? body : 200
      if (typeof body !== 'number') body.release()
      res.end()
    }),
  )
  const port = portOf(server)
  const small = await begin(port, 4_000, { from: '127.0.0.9', declared: 5_000 })
  await until(() => reader.held() > 0)
  const large: Sender[] = []
  for (let at = 0; at < 6; at++) {
    large.push(await begin(port, 60_000, { declared: 70_000 }))
    await until(() => large.slice(0, at + 1).some((one) => one.status()) || reader.held() > (at + 1) * 60_000)
  }
  await until(() => large.filter((one) => one.status() === 503).length === 2)
  expect(large.map((one) => one.status())).toEqual([503, 503, undefined, undefined, undefined, undefined])
  expect(small.status()).toBeUndefined()
  small.socket.write(Buffer.alloc(1_000))
  large[5]?.socket.write(Buffer.alloc(10_000))
  await until(() => small.status() === 200 && large[5]?.status() === 200)
})

test('refused signatures are logged ten times a minute', async () => {
  const { url, warnings } = await openWebhook()
  const forged = { 'x-twitter-webhooks-signature': `sha256=${'A'.repeat(43)}=` }
  const answers = await Promise.all(
    Array.from({ length: 60 }, () => fetch(url, { method: 'POST', headers: forged, body: '{}' })),
  )
  expect(new Set(answers.map((one) => one.status))).toEqual(new Set([401]))
  expect(warnings).toHaveLength(10)
})

test('connections have a limit: a flood of idle and of slow ones costs its sender the oldest, and others are served', async () => {
  const answering: IncomingMessage[] = []
  const reader = openBodyReader()
  const server = createServer(async (req, res) => {
    if (req.url === '/wait') return void answering.push(req)
    const body = await reader.read(req)
    res.statusCode = typeof body === 'number' ? body : 200
    res.end()
  })
  limitConnections(server, 50)
  await listen(server)
  const port = portOf(server)
  const count = () => new Promise<number>((told) => server.getConnections((_, number) => told(number)))
  const waiting = await begin(port, 0, { from: '127.0.0.8', path: '/wait', declared: 0 })
  await until(() => answering.length === 1)
  const flood: Sender[] = []
  for (let at = 0; at < 120; at++) flood.push(await begin(port, 10, { declared: at % 2 ? 100 : MIB }))
  await until(async () => (await count()) <= 50)
  const other = await begin(port, 5, { from: '127.0.0.7', declared: 5 })
  await until(() => other.status() === 200)
  expect(waiting.isClosed()).toBe(false)
  expect(flood.slice(0, 60).every((one) => one.isClosed())).toBe(true)
  expect(flood.slice(-20).some((one) => one.isClosed())).toBe(false)
})

async function listen(server: Server): Promise<Server> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()))
  closings.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return server
}
const portOf = (server: Server) => (server.address() as AddressInfo).port
