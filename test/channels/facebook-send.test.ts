import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Channel } from '#channels'
import { openFacebook } from '#channels/facebook'
import { GRAPH_ERRORS, type GraphApi, startGraphApi } from '../stand-ins/graph-api.ts'
import { silent } from './mounted.ts'
import { hide, inTime, privateMessage, privateReply, publicReply, soon } from './outgoing.ts'

const PAGE = '102030405060708'
const keys = { version: 'v26.0', appId: '1517', appSecret: 'app-secret', pageId: PAGE, pageToken: 'page-token' }
const ana = { id: `facebook:${PAGE}:654`, channel: 'facebook', account: PAGE, user: '654' } as const
const DM = `facebook:${PAGE}:dm:777`

let api: GraphApi
let facebook: Channel
beforeAll(async () => {
  api = await startGraphApi(keys)
  facebook = openFacebook({ ...keys, graphUrl: api.url, verifyToken: 'verify', log: silent })
})
afterAll(() => api.close())

const reply = (text: string) => publicReply(ana, 'facebook:900_1111', text)

describe('what we say on Facebook', () => {
  test('a comment is answered with a comment', async () => {
    const sent = await facebook.send(reply('Sorry to hear that! 😡'), inTime())
    expect(sent).toEqual({ state: 'sent', platformId: api.comments.at(-1)?.id })
    expect(api.comments.at(-1)).toMatchObject({ parent: '900_1111', text: 'Sorry to hear that! 😡' })
    expect(api.messages).toHaveLength(0)
  })

  test('a private message goes to the Messenger id of its thread, and carries the effect', async () => {
    const sent = await facebook.send(privateMessage(ana, DM, 'Your order 4711 is on its way.'), inTime())
    expect(api.messages.at(-1)).toMatchObject({ psid: '777', metadata: 'effect-1' })
    expect(sent).toEqual({
      state: 'sent',
      platformId: api.messages.at(-1)?.id,
      privateUser: '777',
      conversation: { id: DM, channel: 'facebook', audience: 'private' },
    })
    expect(api.comments.some(({ text }) => text.includes('4711'))).toBe(false)
  })

  test('a tap on a button under a private message says its title', async () => {
    await facebook.send(privateMessage(ana, DM, 'Shall I cancel it?', ['Yes', 'No']), inTime())
    expect(api.requests.at(-1)?.json).toMatchObject({
      message: {
        text: 'Shall I cancel it?',
        quick_replies: [
          { content_type: 'text', title: 'Yes', payload: 'Yes' },
          { content_type: 'text', title: 'No', payload: 'No' },
        ],
      },
    })
    expect(api.messages.at(-1)).toMatchObject({ text: 'Shall I cancel it?' })
    await facebook.send(privateMessage(ana, DM, 'What is your order number?'), inTime())
    expect(api.requests.at(-1)?.json).not.toHaveProperty('message.quick_replies')
  })

  test.each([
    ['a comment', '900_2222'],
    ["a visitor's post", `${PAGE}_333`],
  ])('a private reply to %s tells us who its author is in Messenger', async (_name, id) => {
    const sent = await facebook.send(privateReply(ana, `facebook:${id}`, 'Let us look at it here.'), inTime())
    const psid = api.psidOf(id)
    expect(sent).toMatchObject({
      state: 'sent',
      privateUser: psid,
      conversation: { id: `facebook:${PAGE}:dm:${psid}`, audience: 'private' },
    })
    expect(api.messages.at(-1)).toMatchObject({ psid, answers: id })
  })

  test('a second private reply to the same comment is refused', async () => {
    await facebook.send(privateReply(ana, 'facebook:900_3333', 'one'), inTime())
    expect(await facebook.send(privateReply(ana, 'facebook:900_3333', 'two'), inTime())).toMatchObject({
      state: 'refused',
      instead: expect.stringContaining('in public'),
    })
  })

  test('a comment can be hidden', async () => {
    expect(await facebook.send(hide(ana, 'facebook:900_1111'), inTime())).toEqual({
      state: 'sent',
      platformId: '900_1111',
    })
    expect(api.hidden).toContain('900_1111')
  })

  test('a message outside the 24 hours is left to a person', async () => {
    api.closeWindow('888')
    expect(await facebook.send(privateMessage(ana, `facebook:${PAGE}:dm:888`, 'hi'), inTime())).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining('24 hours'),
      instead: expect.stringContaining('person'),
    })
  })

  test('a comment that is gone is not answered', async () => {
    api.remove('900_4444')
    expect(await facebook.send(publicReply(ana, 'facebook:900_4444', 'hi'), inTime())).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining('gone'),
    })
    expect(await facebook.send(privateReply(ana, 'facebook:900_4444', 'hi'), inTime())).toMatchObject({
      state: 'refused',
    })
  })

  test('a thread that is not private is not written to privately', async () => {
    const public_ = privateMessage(ana, `facebook:${PAGE}:post:${PAGE}_900:900_1111`, 'secret')
    expect(await facebook.send(public_, inTime())).toMatchObject({ state: 'refused' })
  })

  const { invalidToken, unavailable, restricted, otherApp, abusive, permission, tooLong } = GRAPH_ERRORS
  test.each([
    ['an expired token', invalidToken, 'token'],
    ['a person who is away', unavailable, 'cannot be reached'],
    ['a restricted page', restricted, 'keeps our page'],
    ['a thread of another app', otherApp, 'another app'],
    ['an abusive action', abusive, 'keeps our page'],
    ['a missing permission', permission, 'permission'],
    ['a text that is too long', tooLong, '100'],
    ['an unknown error', { status: 400, body: { error: { code: 424242 } } }, '424242'],
  ])('%s is a no', async (_name, answer, words) => {
    api.misbehave({ type: 'answer', ...answer })
    expect(await facebook.send(reply('no'), inTime())).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining(words),
    })
  })

  test("an error's own words are not repeated: they may quote our token", async () => {
    const error = { code: 190, message: 'Malformed access token page-token' }
    api.misbehave({ type: 'answer', status: 400, body: { error } })
    expect(JSON.stringify(await facebook.send(reply('no'), inTime()))).not.toContain('page-token')
  })

  test.each([
    ['the app limit', GRAPH_ERRORS.appLimit],
    ['the rate limit', GRAPH_ERRORS.rateLimit],
    ['a bare 429', { status: 429 }],
  ])('at %s we wait', async (_name, answer) => {
    api.misbehave({ type: 'answer', ...answer })
    expect(await facebook.send(reply('later'), inTime())).toMatchObject({ state: 'unreachable' })
  })

  test('the wait is as long as Facebook says', async () => {
    const usage = '{"1":[{"type":"pages","call_count":100,"estimated_time_to_regain_access":19}]}'
    const headers = { 'x-business-use-case-usage': usage }
    api.misbehave({ type: 'answer', ...GRAPH_ERRORS.rateLimit, headers })
    expect(await facebook.send(reply('later'), inTime())).toMatchObject({
      limit: { of: 'kind', forMs: 19 * 60_000 },
    })
  })

  test.each([
    ['Facebook failed', { type: 'answer', ...GRAPH_ERRORS.unexpected }],
    ['Facebook failed and sent it anyway', { type: 'answer', ...GRAPH_ERRORS.sentAnyway }],
    ['the connection was cut', { type: 'cut' }],
    ['the answer was lost', { type: 'lose-answer' }],
    ['the answer names nothing', { type: 'answer', status: 200, body: {} }],
  ] as const)('when %s, nobody knows whether the customer reads it', async (_name, misbehaviour) => {
    api.misbehave(misbehaviour)
    expect(await facebook.send(reply('doubt'), inTime())).toMatchObject({ state: 'in-doubt' })
  })

  test('a call that is never answered ends with its time, in doubt', async () => {
    api.misbehave({ type: 'hang' })
    expect((await facebook.send(privateMessage(ana, DM, 'hi'), soon())).state).toBe('in-doubt')
  })

  test('hiding twice does no harm, so a failure is only a reason to try again', async () => {
    api.misbehave({ type: 'answer', ...GRAPH_ERRORS.unexpected })
    expect((await facebook.send(hide(ana, 'facebook:900_1'), inTime())).state).toBe('unreachable')
  })

  test('our token is in no address', () => {
    const addresses = api.requests.map(({ path, query }) => `${path}?${query}`).join('\n')
    expect(addresses).not.toContain('page-token')
  })
})

describe('what we find on Facebook of what we said', () => {
  const search = { since: Date.now() - 60_000, isKnown: async () => false }

  test('stands under the comment that heads the thread when it answers an answer', async () => {
    await facebook.send(publicReply(ana, 'facebook:900_7001', 'under the head'), inTime())
    const thread = { id: `facebook:${PAGE}:post:900:900_7001`, channel: 'facebook', audience: 'public' } as const
    const found = await facebook.find?.(
      publicReply(ana, 'facebook:900_7002', 'under the head', thread),
      search,
      inTime(),
    )
    expect(found).toEqual({ state: 'found', sent: { state: 'sent', platformId: api.comments.at(-1)?.id } })
  })

  test('is no private reply where one is still possible', async () => {
    expect(await facebook.find?.(privateReply(ana, 'facebook:900_7003', 'hi'), search, inTime())).toEqual({
      state: 'absent',
    })
  })

  test.each([
    ['the comment is gone', GRAPH_ERRORS.gone, false],
    ['Facebook is busy', GRAPH_ERRORS.rateLimit, true],
    ['Facebook failed', GRAPH_ERRORS.unexpected, true],
    ['the answer shows nothing', { status: 200, body: {} }, false],
    ['a short page is not the last', { status: 200, body: { data: [], paging: { next: 'https://a.test' } } }, false],
  ])('is unknown when %s', async (_name, answer, passing) => {
    api.misbehave({ type: 'answer', ...answer })
    const found = await facebook.find?.(reply('anything'), search, inTime())
    expect([found?.state, found?.state === 'unknown' && found.passing === true]).toEqual(['unknown', passing])
  })
})
