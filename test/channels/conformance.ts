// What every channel has to do, whatever its network: one suite, run with each channel's own words.

import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Channel } from '#channels'
import type { ChannelEvent } from '#domain'
import { type Mounted, mount } from './mounted.ts'

export type Subject = {
  readonly channel: Channel
  /** Path of the webhook. */
  readonly path: string
  /** Headers that prove the body. */
  prove(raw: string): Record<string, string>
  /** Headers of a delivery that somebody else made up. */
  readonly forgeries: Readonly<Record<string, Record<string, string>>>
  /** A delivery with one message of a customer, in public and in private. */
  readonly deliveries: { readonly public: object; readonly private: object }
  /** A delivery of our own message. */
  readonly echo: object
  /** A delivery of a kind that nobody knows yet. */
  readonly unknown: object
  close(): Promise<void>
}

const MIB = 1024 * 1024
const KINDS = ['message', 'edit', 'delete', 'reaction', 'read', 'delivery', 'status', 'control', 'ignored']

export function conform(name: string, open: () => Promise<Subject>): void {
  describe(`${name}, as every channel,`, () => {
    let subject: Subject
    let mounted: Mounted
    beforeAll(async () => {
      subject = await open()
      mounted = await mount(subject.channel)
    })
    afterAll(async () => {
      await mounted.close()
      await subject.close()
    })

    const post = (raw: string, headers: Record<string, string>, init: RequestInit = {}) =>
      fetch(`${mounted.url}${subject.path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: raw,
        ...init,
      })
    const deliver = (body: object) => {
      const raw = JSON.stringify(body)
      return post(raw, subject.prove(raw))
    }
    const padded = (size: number) => {
      const json = JSON.stringify(subject.unknown)
      return json + ' '.repeat(size - json.length)
    }

    test.each(['public', 'private'] as const)('delivers a %s message of a customer', async (audience) => {
      const before = mounted.delivered.length
      const response = await deliver(subject.deliveries[audience])
      expect(response.status).toBe(200)
      const events = mounted.delivered.slice(before)
      expect(events).toMatchObject([{ kind: 'message', own: false, message: { conversation: { audience } } }])
      for (const event of events) expectHouseIds(event, subject.channel)
    })

    test('gives one delivery the same ids each time', () => {
      const { parse } = subject.channel
      expect(parse(subject.deliveries.public)).toEqual(parse(subject.deliveries.public))
      expect(parse(subject.deliveries.private)).toEqual(parse(subject.deliveries.private))
    })

    test('knows what our own account said', () => {
      expect(subject.channel.parse(subject.echo)).toMatchObject([{ kind: 'message', own: true }])
    })

    test('takes what nobody knows yet with 200 and ignores it with a reason', async () => {
      expect((await deliver(subject.unknown)).status).toBe(200)
      expect(mounted.delivered.at(-1)).toMatchObject({ kind: 'ignored', reason: expect.any(String) })
    })

    test('refuses what is not proven with 401 and an empty body, and delivers nothing', async () => {
      const before = mounted.delivered.length
      const raw = JSON.stringify(subject.deliveries.public)
      for (const [_what, headers] of Object.entries({ none: {}, ...subject.forgeries })) {
        const response = await post(raw, headers)
        expect(response.status).toBe(401)
        expect(await response.text()).toBe('')
      }
      expect(mounted.delivered.length).toBe(before)
    })

    test('answers 503 with a time when events cannot be kept, and takes them when they come again', async () => {
      mounted.failOnce()
      const refused = await deliver(subject.deliveries.private)
      expect(refused.status).toBe(503)
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
      expect((await deliver(subject.deliveries.private)).status).toBe(200)
    })

    test.each([
      ['nothing', ''],
      ['half an object', '{'],
      ['half a list', '[1,'],
      ['a word', 'hello'],
      ['a zero byte', '\u0000'],
      ['lists too deep to read', '['.repeat(100_000)],
    ])('answers 400 to what is not json: %s', async (_name, raw) => {
      expect((await post(raw, subject.prove(raw))).status).toBe(400)
    })

    test('takes a body of 1 MiB and none that is larger, announced or not', async () => {
      const whole = padded(MIB)
      expect((await post(whole, subject.prove(whole))).status).toBe(200)
      const larger = padded(MIB + 1)
      expect((await post(larger, subject.prove(larger))).status).toBe(413)
      const stream = new Blob([larger]).stream()
      expect((await post('', subject.prove(larger), { body: stream, duplex: 'half' } as RequestInit)).status).toBe(413)
    })

    test('takes no packed bodies', async () => {
      const raw = JSON.stringify(subject.deliveries.public)
      expect((await post(raw, { ...subject.prove(raw), 'content-encoding': 'gzip' })).status).toBe(415)
    })

    test('does not wait for a body that was cut off', async () => {
      const before = mounted.delivered.length
      const raw = JSON.stringify(subject.deliveries.public)
      const proof = Object.entries(subject.prove(raw))
        .map(([header, value]) => `${header}: ${value}\r\n`)
        .join('')
      const head = `POST ${subject.path} HTTP/1.1\r\nhost: x\r\n${proof}content-length: ${raw.length}\r\n\r\n`
      const { hostname, port } = new URL(mounted.url)
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), hostname, () => socket.end(head + raw.slice(0, 10)))
        socket.on('close', () => resolve())
        socket.resume()
      })
      expect(mounted.delivered.length).toBe(before)
      expect((await deliver(subject.unknown)).status).toBe(200)
    })

    test('never fails over a payload, whatever is missing or wrong in it', () => {
      for (const body of [subject.deliveries.public, subject.deliveries.private, subject.echo, subject.unknown]) {
        for (const spoiled of spoil(body)) {
          for (const event of subject.channel.parse(spoiled)) {
            expect(KINDS).toContain(event.kind)
            expectHouseIds(event, subject.channel)
          }
        }
      }
    })

    test('has a law for each text that it can send', () => {
      const { law } = subject.channel
      for (const text of [law.public, law.private]) expect(text?.limit).toBeGreaterThan(0)
    })
  })
}

function expectHouseIds(event: ChannelEvent, { name }: Channel): void {
  expect(event.id.startsWith(`${name}:`)).toBe(true)
  expect(event.id).not.toMatch(/undefined|null|NaN|\[object/)
  if (event.kind !== 'message') return
  const { message, customer } = event
  expect(message.id).toBe(event.id)
  expect(message.conversation.channel).toBe(name)
  expect(message.conversation.id.startsWith(`${name}:`)).toBe(true)
  expect(Number.isSafeInteger(message.at)).toBe(true)
  expect(message.text !== '' || (message.attachments ?? 0) > 0).toBe(true)
  expect(message.authorKind).toBe(event.own ? 'brand' : 'customer')
  if (customer) expect(customer.id.startsWith(`${name}:${customer.account}:`)).toBe(true)
}

const WRONG: readonly unknown[] = [
  undefined,
  null,
  '',
  0,
  -1,
  1.5,
  true,
  'x',
  [],
  {},
  [null],
  [{}],
  { id: null },
  { id: {} },
]

/** The body with each thing in it, one at a time, replaced by each wrong thing. */
export function* spoil(value: unknown): Generator<unknown> {
  yield* WRONG
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    for (const spoiled of spoil(inner)) {
      yield Array.isArray(value) ? value.with(Number(key), spoiled) : { ...value, [key]: spoiled }
    }
  }
}
