// A send whose answer was lost: we look whether it is there, on networks that answer as X and Facebook do.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import type { Channel } from '#channels'
import { openFacebook } from '#channels/facebook'
import { openX } from '#channels/x'
import type { Customer } from '#domain'
import { openInbox } from '#inbox'
import { keysOf } from '#redis/keys'
import { readCase } from '#redis/store'
import { NO_EVENTS } from '../inbox/no-events.ts'
import { silent, startTestRedis, type TestRedis, until } from '../setup/redis.ts'
import { pageComment, pageEcho, pageMessage, xDirectMessage, xMention, xOwnReply } from '../stand-ins/deliveries.ts'
import { GRAPH_ERRORS, type GraphApi, startGraphApi } from '../stand-ins/graph-api.ts'
import { startXApi, X_PROBLEMS, type XApi } from '../stand-ins/x-api.ts'
import {
  history,
  openTestOutbox,
  person,
  QUICK,
  queue,
  replies,
  says,
  sends,
  stateOf,
  type TestOutbox,
} from './test-outbox.ts'

const US = '1100'
const PAGE = '1020'
const xKeys = {
  userId: US,
  consumerKey: 'key',
  consumerSecret: 'secret',
  accessToken: 'token',
  accessTokenSecret: 'token-secret',
}
const pageKeys = { version: 'v26.0', appId: '1517', appSecret: 'app-secret', pageId: PAGE, pageToken: 'page-token' }

let redis: TestRedis
let xApi: XApi
let graph: GraphApi
let x: Channel
let facebook: Channel
let desk: TestOutbox
beforeAll(async () => {
  redis = await startTestRedis()
  xApi = await startXApi(xKeys)
  graph = await startGraphApi(pageKeys)
  x = openX({ ...xKeys, baseUrl: xApi.url, log: silent })
  facebook = openFacebook({ ...pageKeys, graphUrl: graph.url, verifyToken: 'verify', log: silent })
  desk = await openTestOutbox(redis, [x, facebook])
})
afterEach(() => {
  xApi.showAfter(0)
  graph.showAfter(0)
  desk.mishaps.length = 0
})
afterAll(async () => {
  await desk?.close()
  await Promise.all([xApi?.close(), graph?.close()])
  await redis?.close()
})

let last = 5000
const onX = () => person(String(++last), 'x', US)
const onFacebook = () => person(String(++last), 'facebook', PAGE)
const postsOf = (text: string) => xApi.posts.filter((post) => post.text === text)
const isOver = (customer: Customer) =>
  until(async () => (await redis.connections.main.lLen(keysOf(customer.id).outbox)) === 0)

/** Commits effects, and waits until this customer's outbox is empty. */
async function carryOut(customer: Customer, ...effects: Parameters<typeof queue>[2]) {
  await queue(redis, customer, effects)
  await desk.due(customer.id)
  await isOver(customer)
}

/** What a network delivers, taken in by an inbox that tells the outbox of echoes. */
async function deliver(channel: Channel, body: object) {
  const inbox = await openInbox({
    connections: redis.connections,
    debounceMs: 0,
    concurrency: 1,
    events: { ...NO_EVENTS, echo: desk.echoed },
    log: silent,
    now: Date.now,
  })
  await inbox.deliver(channel.name, channel.parse(body))
  await inbox.close()
}

describe('on X, a reply whose answer was lost', () => {
  test('is found among our posts, and nobody is troubled', async () => {
    const ana = onX()
    xApi.misbehave({ type: 'lose-answer' })
    await carryOut(ana, replies(ana, 'x1', 'It opens at 9, see https://example.com/hours & more', 'x:71'))
    expect(xApi.posts.filter((post) => post.inReplyTo === '71')).toHaveLength(1)
    expect(await history(redis, ana)).toEqual(['effect-doubted x1', 'effect-sent x1'])
    expect(desk.mishaps).toEqual([])
  })

  test('that did not arrive is sent again, and what came after it waits for it', async () => {
    const ana = onX()
    xApi.misbehave({ type: 'cut' })
    await carryOut(ana, replies(ana, 'x2', 'first words', 'x:72'), replies(ana, 'x3', 'second words', 'x:72'))
    expect(xApi.posts.filter((post) => post.inReplyTo === '72').map(({ text }) => text)).toEqual([
      'first words',
      'second words',
    ])
    expect(await history(redis, ana)).toEqual([
      'effect-doubted x2',
      'effect-retried x2',
      'effect-sent x2',
      'effect-sent x3',
    ])
  })

  test('that shows later than we looked, and is refused as a duplicate, is a person’s: it may be another’s', async () => {
    const ana = onX()
    xApi.showAfter(60_000)
    xApi.misbehave({ type: 'lose-answer' })
    await carryOut(ana, replies(ana, 'x4', 'slow to show', 'x:73'))
    expect(postsOf('slow to show')).toHaveLength(1)
    expect(await stateOf(redis, ana, 'x4')).toBe('in-doubt')
    expect(desk.mishaps).toMatchObject([{ effect: 'x4', because: expect.stringContaining('has this already') }])
  })

  test('that is refused as a duplicate and shows by then is there', async () => {
    const ana = onX()
    const nothing = { type: 'answer', status: 200, body: { meta: { result_count: 0 } } } as const
    xApi.misbehave({ type: 'lose-answer' })
    xApi.misbehave(nothing, QUICK.looks.length)
    await carryOut(ana, replies(ana, 'x14', 'shows in the end', 'x:80'))
    expect(postsOf('shows in the end')).toHaveLength(1)
    expect(await stateOf(redis, ana, 'x14')).toBe('sent')
    expect(desk.mishaps).toEqual([])
  })

  test('is not sent a third time', async () => {
    const ana = onX()
    const readable = xApi.requests.length
    const nothing = { type: 'answer', status: 200, body: { meta: { result_count: 0 } } } as const
    xApi.misbehave({ type: 'cut' })
    xApi.misbehave(nothing, QUICK.looks.length)
    xApi.misbehave({ type: 'cut' })
    await carryOut(ana, replies(ana, 'x5', 'twice cut', 'x:74'))
    const tries = xApi.requests.slice(readable).filter(({ method }) => method === 'POST')
    expect(tries).toHaveLength(2)
    expect(postsOf('twice cut')).toHaveLength(0)
    expect(await stateOf(redis, ana, 'x5')).toBe('in-doubt')
    expect(desk.mishaps).toMatchObject([{ effect: 'x5', because: expect.stringContaining('neither time') }])
  })

  test('is a person’s where X does not let us look', async () => {
    const ana = onX()
    xApi.misbehave({ type: 'lose-answer' })
    xApi.misbehave({ type: 'answer', ...X_PROBLEMS.notPermitted }, QUICK.looks.length)
    await carryOut(ana, replies(ana, 'x6', 'unseen', 'x:75'))
    expect(postsOf('unseen')).toHaveLength(1)
    expect(desk.mishaps).toMatchObject([{ effect: 'x6', because: expect.stringContaining('does not let us look') }])
  })

  test('is looked for longer while X is away, and found when it is back', async () => {
    const ana = onX()
    xApi.misbehave({ type: 'lose-answer' })
    xApi.misbehave({ type: 'answer', ...X_PROBLEMS.unavailable }, QUICK.looks.length)
    await carryOut(ana, replies(ana, 'x13', 'through the storm', 'x:79'))
    expect(postsOf('through the storm')).toHaveLength(1)
    expect(await history(redis, ana)).toEqual(['effect-doubted x13', 'effect-sent x13'])
  })

  test('is not taken for one that said the same before', async () => {
    const ana = onX()
    await carryOut(ana, says(ana, 'x7', 'thank you'))
    xApi.misbehave({ type: 'cut' })
    await carryOut(ana, says(ana, 'x8', 'thank you'))
    expect(xApi.dms.filter((dm) => dm.to === ana.user)).toHaveLength(2)
  })

  test('is held back, and not sent again, when a person has taken over meanwhile', async () => {
    const ana = onX()
    xApi.misbehave({ type: 'cut' })
    await queue(redis, ana, [replies(ana, 'x9', 'too late', 'x:76')])
    await desk.due(ana.id)
    await until(async () => (await history(redis, ana)).length === 1)
    await queue(redis, ana, [], 'agent@example.com')
    await isOver(ana)
    expect(await history(redis, ana)).toEqual(['effect-doubted x9', 'effect-retried x9', 'effect-suppressed x9'])
    expect(postsOf('too late')).toHaveLength(0)
  })

  test('is known by its echo, before we look or after a person was asked', async () => {
    const ana = onX()
    await deliver(x, xMention({ to: US, from: ana.user, text: 'hello?', id: '77' }))
    xApi.misbehave({ type: 'lose-answer' })
    xApi.misbehave({ type: 'answer', ...X_PROBLEMS.notPermitted }, QUICK.looks.length)
    await carryOut(ana, replies(ana, 'x10', 'read it here: https://example.com/a', 'x:77'))
    expect(await stateOf(redis, ana, 'x10')).toBe('in-doubt')
    expect((await desk.stuck.list()).map(({ id }) => id)).toContain('x10')
    const stuck = await desk.stuck.count()
    const echo = xOwnReply({ us: US, to: ana.user, text: 'read it here: https://t.co/x9', id: '9901', inReplyTo: '77' })
    await deliver(x, echo)
    await deliver(x, echo)
    expect((await history(redis, ana)).slice(-2)).toEqual(['effect-in-doubt x10', 'effect-sent x10'])
    expect(await desk.stuck.count()).toBe(stuck - 1)
    expect((await desk.stuck.list()).map(({ id }) => id)).not.toContain('x10')
  })

  test('that ended with its worker is looked for by the next one', async () => {
    const [ana, ben] = [onX(), onX()]
    for (const [customer, id] of [
      [ana, 'x11'],
      [ben, 'x12'],
    ] as const) {
      await queue(redis, customer, [replies(customer, id, `words of ${id}`, 'x:78')])
      const state = { [`${id}/state`]: 'started', [`${id}/at`]: String(Date.now()), [`${id}/attempts`]: '1' }
      await redis.connections.main.hSet(keysOf(customer.id).effects, state)
    }
    const lost = replies(ana, 'x11', 'words of x11', 'x:78')
    if (lost.do === 'send') await x.send(lost.outgoing, AbortSignal.timeout(2000))
    for (const customer of [ana, ben]) {
      await desk.due(customer.id)
      await isOver(customer)
    }
    expect(postsOf('words of x11')).toHaveLength(1)
    expect(postsOf('words of x12')).toHaveLength(1)
    expect(desk.mishaps).toEqual([])
  })
})

describe('on X, a direct message whose answer was lost', () => {
  test('is found in the conversation', async () => {
    const ana = onX()
    xApi.misbehave({ type: 'lose-answer' })
    await carryOut(ana, says(ana, 'd1', 'Your parcel <3 is here'))
    expect(xApi.dms.filter((dm) => dm.to === ana.user)).toHaveLength(1)
    expect(await stateOf(redis, ana, 'd1')).toBe('sent')
  })

  test('is known by its echo while the answer is still awaited', async () => {
    const ana = onX()
    xApi.misbehave({ type: 'hang' })
    await queue(redis, ana, [says(ana, 'd2', 'on its way')])
    await desk.due(ana.id)
    await until(async () => (await stateOf(redis, ana, 'd2')) === 'started')
    const echo = { ...xDirectMessage({ to: ana.user, from: US, text: 'on its way', id: '9902' }), for_user_id: US }
    await deliver(x, echo)
    expect(await stateOf(redis, ana, 'd2')).toBe('sent')
    await isOver(ana)
    expect(await history(redis, ana)).toEqual(['effect-sent d2'])
  })
})

describe('on Facebook, what was sent and not answered', () => {
  test('is found under the comment', async () => {
    const ana = onFacebook()
    graph.misbehave({ type: 'lose-answer' })
    await carryOut(ana, replies(ana, 'f1', 'So sorry!', 'facebook:900_1', 'facebook:900:900_1'))
    expect(graph.comments.filter((one) => one.parent === '900_1')).toHaveLength(1)
    expect(await stateOf(redis, ana, 'f1')).toBe('sent')
  })

  test('is sent again when it is not under the comment', async () => {
    const ana = onFacebook()
    graph.misbehave({ type: 'answer', ...GRAPH_ERRORS.unexpected })
    await carryOut(ana, replies(ana, 'f2', 'So sorry!', 'facebook:900_2', 'facebook:900:900_2'))
    expect(graph.comments.filter((one) => one.parent === '900_2')).toHaveLength(1)
    expect(await history(redis, ana)).toEqual(['effect-doubted f2', 'effect-retried f2', 'effect-sent f2'])
  })

  test('is found in the Messenger thread', async () => {
    const ana = onFacebook()
    await deliver(facebook, pageMessage({ page: PAGE, from: ana.user, text: 'hi', id: 'm_in1' }))
    await queue(redis, ana, [])
    await hears(ana)
    graph.misbehave({ type: 'lose-answer' })
    await carryOut(ana, says(ana, 'f3', 'Hello Ana'))
    expect(graph.messages.filter((one) => one.psid === ana.user)).toHaveLength(1)
    expect(await stateOf(redis, ana, 'f3')).toBe('sent')
  })

  const privately = (customer: Customer, id: string, comment: string) => {
    const effect = says(customer, id, `in private ${id}`)
    if (effect.do !== 'send' || effect.outgoing.type !== 'private-message') throw new Error('not a private message')
    const { text } = effect.outgoing
    return sends(customer, id, { type: 'private-reply', effect: id, customer, inReplyTo: `facebook:${comment}`, text })
  }

  test('is found as the comment’s private reply, and tells who the commenter is in Messenger', async () => {
    const ana = onFacebook()
    graph.misbehave({ type: 'lose-answer' })
    await carryOut(ana, privately(ana, 'f4', '900_4'))
    expect(graph.messages.filter((one) => one.answers === '900_4')).toHaveLength(1)
    const alias = `warmline:alias:${encodeURIComponent(`facebook:${PAGE}:${graph.psidOf('900_4')}`)}`
    expect(await redis.connections.main.get(alias)).toBe(ana.id)
  })

  test('is in doubt, and no less, when what follows the sending breaks each time', async () => {
    const ana = onFacebook()
    await queue(redis, ana, [privately(ana, 'f10', '900_10')])
    await redis.connections.main.hSet(keysOf(ana.id).state, 'case', '{')
    await desk.due(ana.id)
    await isOver(ana)
    expect(graph.messages.filter((one) => one.answers === '900_10')).toHaveLength(1)
    expect(await stateOf(redis, ana, 'f10')).toBe('in-doubt')
    expect(desk.mishaps.at(-1)?.because).toContain('it may have arrived')
  })

  test('is known by its echo, which names the effect and the recipient, also after a person was asked', async () => {
    const ana = onFacebook()
    await deliver(facebook, pageComment({ page: PAGE, from: ana.user, text: 'hm', id: '900_5' }))
    graph.misbehave({ type: 'lose-answer' })
    graph.misbehave({ type: 'answer', ...GRAPH_ERRORS.permission }, QUICK.looks.length)
    await carryOut(ana, privately(ana, 'f5', '900_5'))
    expect(desk.mishaps).toMatchObject([{ effect: 'f5' }])
    const to = graph.psidOf('900_5')
    const echo = pageEcho({ page: PAGE, to, text: 'in private f5', id: 'm_e5', app: pageKeys.appId, metadata: 'f5' })
    await deliver(facebook, echo)
    expect(await stateOf(redis, ana, 'f5')).toBe('sent')
    const alias = `warmline:alias:${encodeURIComponent(`facebook:${PAGE}:${to}`)}`
    expect(await redis.connections.main.get(alias)).toBe(ana.id)
    expect((await readCase(redis.connections.main, ana.id))?.conversations.map(({ id }) => id)).toEqual([
      `facebook:${PAGE}:dm:${to}`,
    ])
  })

  test('is known by the comment that the page itself is said to have written', async () => {
    const ana = onFacebook()
    await deliver(facebook, pageComment({ page: PAGE, from: ana.user, text: 'hm', id: '900_6' }))
    graph.misbehave({ type: 'lose-answer' })
    graph.misbehave({ type: 'answer', ...GRAPH_ERRORS.permission }, QUICK.looks.length)
    await carryOut(ana, replies(ana, 'f6', 'We are on it', 'facebook:900_6', 'facebook:900:900_6'))
    expect(await stateOf(redis, ana, 'f6')).toBe('in-doubt')
    const [made] = graph.comments.filter((one) => one.parent === '900_6')
    const comment = { page: PAGE, from: PAGE, text: 'We are on it', id: made?.id ?? '', parent: '900_6' }
    await deliver(facebook, pageComment(comment))
    expect(await stateOf(redis, ana, 'f6')).toBe('sent')
  })

  test('is not what another customer was told in the same words, by its echo or when we look', async () => {
    const [ana, ben] = [onFacebook(), onFacebook()]
    await deliver(facebook, pageComment({ page: PAGE, from: ana.user, text: 'hm', id: '900_7' }))
    graph.misbehave({ type: 'answer', ...GRAPH_ERRORS.rateLimit })
    await queue(redis, ana, [replies(ana, 'f7', 'Same words', 'facebook:900_7', 'facebook:900:900_7')])
    await desk.due(ana.id)
    await until(async () => (await history(redis, ana)).includes('effect-retried f7'))
    await openLimits()
    await carryOut(ben, replies(ben, 'f8', 'Same words', 'facebook:900_7', 'facebook:900:900_7'))
    const made = () => graph.comments.filter((one) => one.parent === '900_7')
    const echo = (id = '') => pageComment({ page: PAGE, from: PAGE, text: 'Same words', id, parent: '900_7' })
    await deliver(facebook, echo(made()[0]?.id))
    // One whose own echo comes before its answer is not known by its id yet.
    await deliver(facebook, echo('900_99'))
    expect([made().length, await stateOf(redis, ana, 'f7')]).toEqual([1, 'pending'])
    await redis.connections.main.hDel(keysOf(ana.id).effects, 'f7/not-before')
    graph.misbehave({ type: 'cut' })
    await desk.due(ana.id)
    await isOver(ana)
    expect(made()).toHaveLength(2)
    expect(await history(redis, ana)).toEqual([
      'effect-retried f7',
      'effect-doubted f7',
      'effect-retried f7',
      'effect-sent f7',
    ])
  })

  test('is known by a late echo, also once an operator wants it tried again', async () => {
    const ana = onFacebook()
    await deliver(facebook, pageComment({ page: PAGE, from: ana.user, text: 'hm', id: '900_8' }))
    graph.misbehave({ type: 'lose-answer' })
    graph.misbehave({ type: 'answer', ...GRAPH_ERRORS.permission }, QUICK.looks.length)
    await carryOut(ana, replies(ana, 'f9', 'Late echo', 'facebook:900_8', 'facebook:900:900_8'))
    const before = await desk.stuck.count()
    await redis.connections.main.set(`warmline:limit:facebook:${PAGE}:public`, '1')
    await redis.connections.main.pExpire(`warmline:limit:facebook:${PAGE}:public`, 60_000)
    expect(await desk.stuck.retry('f9', 'op@example.com')).toBe('again')
    const made = graph.comments.filter((one) => one.parent === '900_8')
    const echo = { page: PAGE, from: PAGE, text: 'Late echo', id: made[0]?.id ?? '', parent: '900_8' }
    await deliver(facebook, pageComment(echo))
    expect(await stateOf(redis, ana, 'f9')).toBe('sent')
    expect(await desk.stuck.count()).toBe(before - 1)
    await openLimits()
  })

  const openLimits = async () => {
    for (const key of await redis.connections.main.keys('warmline:limit:*')) await redis.connections.main.del(key)
  }

  /** The case knows of a private message just now, so that the window is open. */
  async function hears(customer: Customer) {
    const { updateCase } = await import('#redis/store')
    const id = `facebook:${PAGE}:dm:${customer.user}`
    const said = { id, channel: 'facebook', audience: 'private', lastInbound: 'm', lastInboundAt: Date.now() } as const
    await updateCase(redis.connections.main, customer.id, ({ case: given }) => ({
      change: { case: { ...given, conversations: [said] } },
    }))
  }
})
