// What must not hurt: forged deliveries, broken bodies, requests for what is not there, and unknown events.
import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { KEYS } from '#redis/keys'
import { type Person, startTestService, type TestService } from '../setup/service.ts'
import { pageMessage, xDirectMessage, xMention } from '../stand-ins/deliveries.ts'
import { startXApi, type XApi } from '../stand-ins/x-api.ts'
import {
  type Network,
  PAGE as OUR_PAGE,
  pageVariables,
  send,
  sendSigned,
  sign,
  WEBHOOKS,
  X,
  xVariables,
} from './accounts.ts'
import { type OwnRedis, ownRedis } from './own-redis.ts'
import { turnsOf } from './records.ts'

const US = X.userId
const PAGE = OUR_PAGE.pageId
const QUESTION = 'How much is delivery?'

let redis: OwnRedis
let x: XApi
let service: TestService
let lead: Person
beforeAll(async () => {
  redis = await ownRedis()
  ;[x] = await Promise.all([startXApi(X), redis.start()])
  service = await startTestService({ REDIS_URL: redis.url, ...xVariables(x.url), ...pageVariables(x.url) })
  lead = await service.signIn()
})
afterAll(async () => {
  await service?.close()
  await Promise.all([x?.close(), redis?.close()])
})

const deliver = async (network: Network, body: unknown) =>
  expect(await sendSigned(service.url, network, JSON.stringify(body))).toBe(200)

/** Everything that was kept about customers, and everything that was ignored. */
const kept = () =>
  redis.ask(async (client) => ({
    customers: await client.keys('warmline:{*'),
    claims: await client.keys('warmline:event:*'),
    ignored: ((await client.xRange(KEYS.message.ignored(), '-', '+')) ?? []).map(({ message }) => message),
  }))

describe('a delivery whose signature proves nothing is refused, and nothing of it is kept', () => {
  const bodies = {
    x: JSON.stringify(xMention({ to: US, from: '501', text: QUESTION })),
    facebook: JSON.stringify(pageMessage({ page: PAGE, from: '501', text: QUESTION, id: 'm_1' })),
  }
  const proofs: readonly (readonly [string, (network: Network, raw: string) => string | undefined])[] = [
    ['none', () => undefined],
    ['an empty one', () => ''],
    [
      'one made with another secret',
      (_, raw) => `sha256=${createHmac('sha256', 'guess').update(raw).digest('base64')}`,
    ],
    ['one of another body', (network) => sign(network, '{}')],
    ['one that is cut off', (network, raw) => sign(network, raw).slice(0, -4)],
    ['one without its algorithm', (network, raw) => sign(network, raw).slice('sha256='.length)],
    ['one of a weaker algorithm', (network, raw) => sign(network, raw).replace('sha256', 'sha1')],
    ['one in the other network’s writing', (network, raw) => sign(network === 'x' ? 'facebook' : 'x', raw)],
    ['a right one and another', (network, raw) => `${sign(network, raw)}, ${sign(network, '{}')}`],
    ['words', () => 'let me in'],
  ]
  test.each(
    proofs.flatMap(([name, prove]) => (['x', 'facebook'] as const).map((network) => ({ network, name, prove }))),
  )('$network: $name', async ({ network, prove }) => {
    const raw = bodies[network]
    const { path, header } = WEBHOOKS[network]
    const proof = prove(network, raw)
    expect(await send(service.url, path, raw, proof === undefined ? {} : { [header]: proof })).toBe(401)
    expect(await kept()).toEqual({ customers: [], claims: [], ignored: [] })
  })
})

describe('a body that cannot be taken is refused, and nothing of it is kept', () => {
  const fit = JSON.stringify({ for_user_id: US, padding: '' })
  const padded = (size: number) => fit.replace('""', `"${' '.repeat(size - fit.length)}"`)

  test.each([
    ['more than 1 MiB', padded(1024 * 1024 + 1), {}, 413],
    ['no JSON', 'text=hello', {}, 400],
    ['JSON that is cut off', fit.slice(0, -3), {}, 400],
    ['nothing', '', {}, 400],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), {}, 400],
    ['lists within lists without end', '['.repeat(400_000), {}, 400],
    ['lists within lists', `${'['.repeat(400_000)}${']'.repeat(400_000)}`, {}, 400],
    ['a packed body', fit, { 'content-encoding': 'gzip' }, 415],
  ])('%s', async (_name, raw, headers, status) => {
    expect(await sendSigned(service.url, 'x', raw, headers)).toBe(status)
    expect(await kept()).toEqual({ customers: [], claims: [], ignored: [] })
  })

  test('1 MiB is taken', async () => {
    expect(await sendSigned(service.url, 'x', padded(1024 * 1024))).toBe(200)
  })
})

describe('a request for what is not there is answered, and the service goes on', () => {
  test.each([
    ['GET', '/nothing/here', 404],
    ['GET', '/api/nothing', 404],
    ['PUT', '/webhooks/x', 405],
    ['DELETE', '/health/live', 405],
    ['GET', '/api/cases/%E0%A4%A', 404],
    ['GET', '/%', 404],
    ['POST', '/api/session', 400],
  ])('%s %s', async (method, path, status) => {
    const response = await fetch(`${service.url}${path}`, { method })
    const body = await response.text()
    expect(response.status).toBe(status)
    expect(body).not.toMatch(/node_modules|at \w+ \(/)
    expect((await fetch(`${service.url}/health/live`)).status).toBe(200)
  })
})

describe('what nobody knows is accepted, and its reason is kept', () => {
  const page = (entry: unknown) => ({ object: 'page', entry: [entry] })
  const messaging = (item: unknown) => page({ id: PAGE, time: 1, messaging: [item] })
  const change = (field: string, value: unknown) => page({ id: PAGE, time: 1, changes: [{ field, value }] })
  const post = (fields: unknown) => ({ for_user_id: US, tweet_create_events: [fields] })
  const cases: readonly (readonly [Network, string, unknown, RegExp])[] = [
    ['x', 'an empty body', {}, /names no account/],
    ['x', 'null', null, /names no account/],
    ['x', 'a list', [[], [1]], /names no account/],
    ['x', 'a number', 7, /names no account/],
    ['x', 'another account', { for_user_id: '1', tweet_create_events: [] }, /`1`, which is not ours/],
    ['x', 'an account and nothing else', { for_user_id: US }, /without events/],
    ['x', 'events that are null', { for_user_id: US, tweet_create_events: null }, /without events/],
    ['x', 'an unknown kind of event', { for_user_id: US, space_events: [{}] }, /unknown kind of event: `space_events`/],
    ['x', 'an unknown activity', { data: { event_type: 'poll.vote', filter: { user_id: US } } }, /`poll.vote`/],
    ['x', 'a post that is null', post(null), /without its ids/],
    ['x', 'a post without an author', post({ id_str: '1', text: 'hi' }), /without its ids/],
    ['x', 'a post with an author that is a list', post({ id_str: '1', text: 'hi', user: [] }), /without its ids/],
    ['x', 'a direct message without words', xDirectMessage({ to: US, from: '1', text: ' \n ' }), /without text/],
    ['facebook', 'an empty body', {}, /not a page/],
    ['facebook', 'another product', { object: 'whatsapp_business_account', entry: [] }, /`whatsapp_business_account`/],
    ['facebook', 'no entries', { object: 'page', entry: [] }, /without entries/],
    ['facebook', 'an entry that is null', page(null), /names no page/],
    ['facebook', 'another page', page({ id: '1', time: 1 }), /`1`, which is not ours/],
    ['facebook', 'an unknown field', change('leadgen', { leadgen_id: 1 }), /unknown field: `leadgen`/],
    ['facebook', 'an unknown item', change('feed', { item: 'hologram', verb: 'add', post_id: '1_2' }), /`hologram`/],
    [
      'facebook',
      'an unknown verb',
      change('feed', { item: 'comment', verb: 'levitate', comment_id: '1_3', post_id: '1_2' }),
      /`levitate`/,
    ],
    ['facebook', 'a change that is null', change('feed', null), /without its ids/],
    ['facebook', 'an unknown private event', messaging({ sender: { id: '1' }, telepathy: {} }), /unknown kind/],
    ['facebook', 'a message from nobody', messaging({ message: { mid: 'm_2', text: 'hi' } }), /without its ids/],
    [
      'facebook',
      'the test button of the dashboard',
      messaging({ sender: { id: '0' }, recipient: { id: PAGE }, message: { mid: 'm_3', text: 'hi' } }),
      /without its ids/,
    ],
    [
      'facebook',
      'a message without words',
      messaging({ sender: { id: '9' }, recipient: { id: PAGE }, message: { mid: 'm_4', text: '' } }),
      /without text/,
    ],
  ]
  test.each(cases.map(([network, name, body, reason]) => ({ network, name, body, reason })))(
    '$network: $name',
    async ({ network, body, reason }) => {
      const before = (await kept()).ignored.length
      await deliver(network, body)
      const { ignored } = await kept()
      expect(ignored.slice(before).map((one) => one.reason)).toEqual([expect.stringMatching(reason)])
    },
  )

  test('deliveries of many kinds at once are each taken for what they are', async () => {
    const good = xMention({ to: US, from: '4301', text: QUESTION })
    const before = (await kept()).ignored.length
    await deliver('x', { ...good, space_events: [{}], favorite_events: [null], tweet_delete_events: 'none' })
    expect((await turnsOf(lead, `x:${US}:4301`))[0]?.outcome).toBe('answered')
    expect((await kept()).ignored.slice(before)).toHaveLength(2)
  })
})
