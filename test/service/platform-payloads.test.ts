// Payloads collected from the platforms' documentation and from other projects, sent to the running service as their
// networks would. They are not part of this repository; without them this suite says so and does nothing.
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parseWebhook, readJson } from '#channels'
import type { ChannelEvent, HistoryEvent } from '#domain'
import { KEYS } from '#redis/keys'
import { at, idOf, listOf } from '../../src/channels/json.ts'
import { until } from '../setup/redis.ts'
import { startTestService, type TestService } from '../setup/service.ts'
import { type Network, startNetwork } from '../stand-ins/network.ts'
import { pageVariables, send, sendSigned, xVariables } from './accounts.ts'
import { type OwnRedis, ownRedis } from './own-redis.ts'

const FOLDER = new URL('../../../shared/data/fixtures/', import.meta.url)

/** What our side calls each network. */
const CHANNELS = { x: 'x', facebook: 'facebook', botframework: 'bot-framework' } as const
type Platform = keyof typeof CHANNELS

/** Kinds in which a customer said something: it has to get a turn. */
const SAID =
  /^(dm(_attachment|_reply|_quick_reply|_unsupported|_encrypted)?|postback|mention|reply|quote|comment(_reply|_attachment)?|visitor_post)$/
/** Kinds of which nothing may come. */
const SILENT = /^own_|_echo$|^foreign_post$|^unknown_type$/
/** No webhook bodies: our own calls, and material for other tests. */
const OUTBOUND = /^api_|^signature$|^length$/
/** Not what the channel sends: an adapter's own model, form fields, transcripts, activities without ids. */
const NOT_ON_THE_WIRE = /FacebookMessages|twilio|agents_activity|transcript_/

type Fixture = {
  readonly file: string
  readonly platform: Platform
  readonly kind: string
  readonly raw: string
  /** Our account, where the payload names one. */
  readonly account?: string
}

const isThere = existsSync(new URL('open/manifest.json', FOLDER))
if (!isThere)
  process.stderr.write('\nSKIPPED: the collected payloads are not here (test/service/platform-payloads.test.ts)\n\n')

const fixtures: Fixture[] = isThere
  ? listOf(readJson(readFileSync(new URL('open/manifest.json', FOLDER), 'utf8'))).flatMap((line) => {
      const [file, kind] = [String(at(line, 'file')), String(at(line, 'kind'))]
      const platform = Object.keys(CHANNELS).find((name): name is Platform => name === at(line, 'platform'))
      if (!platform || OUTBOUND.test(kind)) return []
      const raw = readFileSync(new URL(file, FOLDER), 'utf8')
      const json = readJson(raw)
      const account =
        platform === 'x'
          ? idOf(at(json, 'for_user_id'), at(json, 'data', 'filter', 'user_id'))
          : idOf(at(listOf(at(json, 'entry'))[0], 'id'))
      return [{ file, platform, kind, raw, ...(account && { account }) }]
    })
  : []

const TIME =
  /("(?:timestamp(?:_ms)?|localTimestamp|created_(?:at|time|timestamp|at_msec)|time|date_time)"\s*:\s*)("[^"]*"|\d+)/g
/** The payload as if it had just happened, each time in its own form: what is more than a week old is ignored. */
const asOfNow = (raw: string) =>
  raw.replace(TIME, (_, key: string, value: string) => {
    const [, digits] = /^"?(\d+)"?$/.exec(value) ?? []
    const now = digits
      ? String(digits.length > 11 ? Date.now() : Math.floor(Date.now() / 1000))
      : new Date().toISOString()
    return key + (value.startsWith('"') ? JSON.stringify(now) : now)
  })

/** A service has one account on each network: as many services as one network's payloads have accounts. */
const accountsOn = (platform: Platform) => [
  ...new Set(fixtures.flatMap((one) => (one.platform === platform && one.account ? [one.account] : []))),
]
const [users, pages] = [accountsOn('x'), accountsOn('facebook')]
const services = Array.from({ length: Math.max(users.length, pages.length) }, (_, n) => {
  const [user, page] = [users[n] ?? '', pages[n] ?? '']
  const mine = fixtures.filter(({ platform, account }) =>
    account ? account === (platform === 'x' ? user : page) : n === 0,
  )
  return { user, page, mine }
})

;(isThere ? describe : describe.skip)('collected payloads', () => {
  let redis: OwnRedis
  let outside: Network
  beforeAll(async () => {
    redis = await ownRedis()
    // Nobody there knows these posts and people: what we say is refused.
    outside = await startNetwork(() => ({ status: 404, body: {} }))
    await redis.start()
  })
  afterAll(async () => {
    await Promise.all([redis?.close(), outside?.close()])
  })

  /** Ids of all messages that a turn has taken. */
  const taken = () =>
    redis.ask(async (client) => {
      const histories = await Promise.all(
        (await client.keys('warmline:{*:history')).map((key) => client.lRange(key, 0, -1)),
      )
      const events = histories.flat().map((line): HistoryEvent => JSON.parse(line))
      return new Set(events.flatMap((event) => (event.type === 'turn-taken' ? event.messages : [])))
    })
  /** Samples reuse ids: each is sent by customers whom nobody has met. */
  const forget = () =>
    redis.ask(async (client) => {
      for (const pattern of ['warmline:{*', 'warmline:event:*', '{warmline:event:*']) {
        const keys = await client.keys(pattern)
        if (keys.length > 0) await client.del(keys)
      }
    })
  const ignored = () => redis.ask(async (client) => (await client.xRange(KEYS.message.ignored(), '-', '+')) ?? [])

  describe.each(services.length > 0 ? services : [{ user: '', page: '', mine: [] }])(
    'to the account $user on X and the page $page',
    ({ user, page, mine }) => {
      let service: TestService
      beforeAll(async () => {
        service = await startTestService({
          REDIS_URL: redis.url,
          WARMLINE_DEBOUNCE_MS: '20',
          WARMLINE_BOT_FRAMEWORK_UNSIGNED: 'on',
          ...xVariables(outside.url, user || 'nobody'),
          ...pageVariables(outside.url, page || 'nobody'),
        })
      })
      afterAll(() => service?.close())

      test.each(mine.length > 0 ? mine : [{ file: 'none', platform: 'x' as const, kind: 'other', raw: '{}' }])(
        '$kind: $file',
        async ({ file, platform, kind, raw }) => {
          // What is answered has to stay on this machine.
          const body = asOfNow(raw).replace(/("serviceUrl"\s*:\s*)"[^"]*"/g, `$1"${outside.url}"`)
          await forget()
          const before = (await ignored()).length
          const status = await (platform === 'botframework'
            ? send(service.url, '/api/messages', body, {})
            : sendSigned(service.url, platform, body))
          if (NOT_ON_THE_WIRE.test(file)) {
            expect(status).toBeLessThan(500)
            return
          }
          expect(status).toBe(200)

          const events: ChannelEvent[] = parseWebhook(CHANNELS[platform], readJson(body))
          const said = events.flatMap((event) => (event.kind === 'message' && !event.own ? [event.id] : []))
          if (SAID.test(kind)) expect(said.length).toBeGreaterThan(0)
          if (SILENT.test(kind)) expect(said).toEqual([])
          await until(async () => (await taken()).size >= said.length)
          expect(await taken()).toEqual(new Set(said))
          if (kind === 'unknown_type' || kind === 'foreign_post') {
            const reasons = (await ignored()).slice(before).map(({ message }) => message.reason)
            expect(reasons).toEqual([expect.stringMatching(/unknown|not addressed/)])
          }
        },
      )
    },
  )
})
