import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Channel } from '#channels'
import { openX } from '#channels/x'
import { startXApi, tooManyRequests, X_PROBLEMS, type XApi } from '../stand-ins/x-api.ts'
import { silent } from './mounted.ts'
import { hide, inTime, privateMessage, privateReply, publicReply, soon } from './outgoing.ts'

const keys = {
  userId: '1100',
  consumerKey: 'consumer-key',
  consumerSecret: 'consumer secret & more',
  accessToken: '1100-token',
  accessTokenSecret: 'token-secret!',
}
const ana = { id: 'x:1100:2200', channel: 'x', account: '1100', user: '2200' } as const
const DM = 'x:1100:dm:2200'

let api: XApi
let x: Channel
beforeAll(async () => {
  api = await startXApi(keys)
  x = openX({ ...keys, baseUrl: `${api.url}/`, log: silent })
})
afterAll(() => api.close())

const reply = (text: string) => publicReply(ana, 'x:55', text)

describe('what we say on X', () => {
  test('a public reply answers the post, and is signed so that X accepts it', async () => {
    const sent = await x.send(reply("Sorry! We're on it (100%) *now* ~ ü 😡"), inTime())
    expect(sent).toEqual({ state: 'sent', platformId: api.posts.at(-1)?.id })
    expect(api.posts.at(-1)).toMatchObject({ inReplyTo: '55', text: "Sorry! We're on it (100%) *now* ~ ü 😡" })
    expect(api.posts.at(-1)).not.toHaveProperty('deepLink')
  })

  test('an invitation to write privately is a button, and costs no words', async () => {
    await x.send({ ...reply('Please write to us privately.'), inviteToPrivate: true }, inTime())
    expect(api.posts.at(-1)).toMatchObject({
      text: 'Please write to us privately.',
      deepLink: 'https://x.com/messages/compose?recipient_id=1100',
    })
  })

  test('a private message goes to the customer alone', async () => {
    const posts = api.posts.length
    const sent = await x.send(privateMessage(ana, DM, 'Your order 4711 is on its way.'), inTime())
    expect(api.dms.at(-1)).toMatchObject({ to: '2200', text: 'Your order 4711 is on its way.' })
    expect(sent).toEqual({
      state: 'sent',
      platformId: api.dms.at(-1)?.id,
      conversation: { id: DM, channel: 'x', audience: 'private' },
    })
    expect(api.posts.length).toBe(posts)
  })

  test('a reply under our own post can be hidden', async () => {
    expect(await x.send(hide(ana, 'x:77'), inTime())).toEqual({ state: 'sent', platformId: '77' })
    expect(api.hidden).toContain('77')
  })

  test('there is no private answer to a public post: the customer has to be invited', async () => {
    expect(await x.send(privateReply(ana, 'x:55', 'hi'), inTime())).toMatchObject({
      state: 'refused',
      instead: expect.stringContaining('public reply'),
    })
  })

  test('somebody who takes no direct messages is asked in public to write to us', async () => {
    api.closeDms('3300')
    const bob = { ...ana, id: 'x:1100:3300', user: '3300' }
    expect(await x.send(privateMessage(bob, 'x:1100:dm:3300', 'hi'), inTime())).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining('direct messages'),
      instead: expect.stringContaining('public reply'),
    })
  })

  test('the same reply twice is refused by X, and once is what the customer reads', async () => {
    await x.send(reply('once'), inTime())
    expect(await x.send(reply('once'), inTime())).toMatchObject({ state: 'refused', instead: 'word it differently' })
    expect(api.posts.filter(({ text }) => text === 'once')).toHaveLength(1)
  })

  test.each([
    ['a post whose author did not mention us', X_PROBLEMS.notSummoned, 'mentioned or quoted us'],
    ['a text that is too long', X_PROBLEMS.notPermitted, 'too long'],
    ['a deleted post', X_PROBLEMS.notFound, 'gone'],
    ['a withdrawn token', X_PROBLEMS.unauthorized, 'access token'],
    ['a used-up plan', X_PROBLEMS.capped, 'capped'],
    ['an unknown 403', { status: 403, body: { title: 'Forbidden', detail: 'Something new' } }, 'does not allow'],
    ['a 400', { status: 400, body: { title: 'Invalid Request' } }, 'status 400'],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'status 302'],
    ['a partial answer', { status: 200, body: { errors: [{ type: '…/resource-not-found' }] } }, 'gone'],
  ])('%s is a no', async (_name, answer, words) => {
    api.misbehave({ type: 'answer', ...answer })
    expect(await x.send(reply('no'), inTime())).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining(words),
    })
  })

  test('a text over the limit is refused by X itself', async () => {
    expect(await x.send(reply('ü'.repeat(281)), inTime())).toMatchObject({ state: 'refused' })
  })

  test('when X asks us to slow down, it says until when', async () => {
    const reset = Math.floor(Date.now() / 1000) + 900
    api.misbehave({ type: 'answer', ...tooManyRequests(reset) })
    const sent = await x.send(reply('later'), inTime())
    expect(sent.state).toBe('unreachable')
    const wait = sent.state === 'unreachable' && sent.limit?.of === 'kind' ? sent.limit.forMs : 0
    expect(wait).toBeGreaterThan(890_000)
    expect(wait).toBeLessThanOrEqual(900_000)
  })

  test('a daily limit that is used up counts for more than the one of the quarter hour', async () => {
    const now = Math.floor(Date.now() / 1000)
    const headers = {
      'x-rate-limit-remaining': '50',
      'x-rate-limit-reset': String(now + 10),
      'x-user-limit-24hour-remaining': '0',
      'x-user-limit-24hour-reset': String(now + 3600),
    }
    api.misbehave({ type: 'answer', status: 429, headers, body: { title: 'Too Many Requests' } })
    const sent = await x.send(reply('tomorrow'), inTime())
    expect(sent.state === 'unreachable' && (sent.limit?.forMs ?? 0) > 3_500_000).toBe(true)
  })

  test.each([
    ['X failed', { type: 'answer', ...X_PROBLEMS.unavailable }],
    ['the connection was cut', { type: 'cut' }],
    ['the answer was lost', { type: 'lose-answer' }],
    ['X accepted it and said nothing', { type: 'answer', status: 201, body: {} }],
    ['the answer was no json', { type: 'answer', status: 201 }],
  ] as const)('when %s, nobody knows whether the customer reads it', async (name, misbehaviour) => {
    api.misbehave(misbehaviour)
    expect(await x.send(reply(`doubt: ${name}`), inTime())).toMatchObject({ state: 'in-doubt' })
  })

  test('a reply whose answer was lost is in doubt, and was published once', async () => {
    api.misbehave({ type: 'lose-answer' })
    expect((await x.send(reply('lost'), inTime())).state).toBe('in-doubt')
    expect(api.posts.filter(({ text }) => text === 'lost')).toHaveLength(1)
  })

  test('a call that is never answered ends with its time, in doubt', async () => {
    api.misbehave({ type: 'hang' })
    expect(await x.send(reply('hang'), soon())).toMatchObject({
      state: 'in-doubt',
      reason: expect.stringContaining('in time'),
    })
  })

  test('a call whose time is up before it begins is not made', async () => {
    const requests = api.requests.length
    expect((await x.send(reply('never'), AbortSignal.abort())).state).toBe('unreachable')
    expect(api.requests.length).toBe(requests)
  })

  test('hiding twice does no harm, so a lost answer is only a reason to try again', async () => {
    api.misbehave({ type: 'lose-answer' })
    expect((await x.send(hide(ana, 'x:78'), inTime())).state).toBe('unreachable')
  })

  test('where nobody listens, nothing was sent', async () => {
    const closed = await startXApi(keys)
    await closed.close()
    const away = openX({ ...keys, baseUrl: closed.url, log: silent })
    expect(await away.send(reply('hi'), inTime())).toMatchObject({ state: 'unreachable' })
  })

  test('with the wrong secret X refuses us', async () => {
    const wrong = openX({ ...keys, accessTokenSecret: 'wrong', baseUrl: api.url, log: silent })
    expect(await wrong.send(reply('hi'), inTime())).toMatchObject({ state: 'refused' })
  })
})

describe('what we find on X of what we said', () => {
  const find = (outgoing: Parameters<NonNullable<Channel['find']>>[0], since = Date.now() - 5000) =>
    x.find?.(outgoing, { since, isKnown: async () => false }, inTime())

  test('is our reply to that very post, by its words', async () => {
    await x.send(publicReply(ana, 'x:601', 'Sorry & thanks'), inTime())
    const id = api.posts.at(-1)?.id
    expect(await find(publicReply(ana, 'x:601', 'Sorry & thanks'))).toMatchObject({ sent: { platformId: id } })
    expect(await find(publicReply(ana, 'x:602', 'Sorry & thanks'))).toEqual({ state: 'absent' })
    expect(await find(publicReply(ana, 'x:601', 'Something else'))).toEqual({ state: 'absent' })
    expect(await find(publicReply(ana, 'x:601', 'Sorry & thanks'), Date.now() + 5000)).toEqual({ state: 'absent' })
  })

  test('is nothing that we know already', async () => {
    await x.send(privateMessage(ana, DM, 'known'), inTime())
    const search = { since: 0, isKnown: async (id: string) => id === api.dms.at(-1)?.id }
    expect(await x.find?.(privateMessage(ana, DM, 'known'), search, inTime())).toEqual({ state: 'absent' })
  })

  test('is unknown when more was said since than X shows at once', async () => {
    const bob = { ...ana, id: 'x:1100:4400', user: '4400' }
    // Sending takes as long as it takes: what counts is that all of it is since then.
    const since = Date.now()
    for (let i = 0; i < 100; i++) await x.send(privateMessage(bob, 'x:1100:dm:4400', `number ${i}`), inTime())
    const earlier = privateMessage(bob, 'x:1100:dm:4400', 'the one before')
    expect(await find(earlier, since)).toMatchObject({ state: 'unknown' })
    expect(await find(privateMessage(bob, 'x:1100:dm:4400', 'number 7'), since)).toMatchObject({ state: 'found' })
  })

  test.each([
    ['X is away', X_PROBLEMS.unavailable, true],
    ['X asks us to slow down', tooManyRequests(Math.floor(Date.now() / 1000) + 60), true],
    ['X does not let us read', X_PROBLEMS.notPermitted, false],
    ['the answer is no list', { status: 200, body: {} }, false],
    ['a short page is not the last', { status: 200, body: { meta: { result_count: 0, next_token: 't' } } }, false],
  ])('is unknown when %s', async (_name, answer, passing) => {
    api.misbehave({ type: 'answer', ...answer })
    const found = await find(reply('anything'))
    expect([found?.state, found?.state === 'unknown' && found.passing === true]).toEqual(['unknown', passing])
  })
})
