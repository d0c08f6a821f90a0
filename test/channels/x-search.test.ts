// What people say of the brand on X, as a search finds it.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Channel } from '#channels'
import { openX } from '#channels/x'
import { queryOf } from '../../src/channels/x/search.ts'
import { X } from '../service/accounts.ts'
import { silent } from '../setup/redis.ts'
import { startXApi, tooManyRequests, X_PROBLEMS, type XApi } from '../stand-ins/x-api.ts'

let x: XApi
let channel: Channel
beforeAll(async () => {
  x = await startXApi(X)
  channel = openX({ ...X, baseUrl: x.url, log: silent })
})
afterAll(() => x?.close())

const signal = new AbortController().signal
const asked = (more: object = {}) => ({
  ...{ terms: ['Harbour Lane', 'HarbourLane'], not: ['Harbour Lane Road'] },
  ...{ since: Date.now() - 900_000, now: Date.now() },
  ...more,
})
async function search(more: object = {}) {
  const heard = await channel.search?.(asked(more), signal)
  if (heard?.state !== 'read') throw new Error(`not read: ${heard?.reason}`)
  return heard
}
const saidIn = ({ events }: Awaited<ReturnType<typeof search>>) =>
  events.flatMap((event) => (event.kind === 'message' && !event.own ? [event] : []))

test('the query names the brand, not our own posts and no reposts, and fits', () => {
  expect(queryOf({ terms: ['Harbour Lane'], not: [] }, '7')).toBe('"Harbour Lane" -is:retweet -from:7')
  expect(queryOf({ terms: ['A B', 'AB'], not: ['A B Road'] }, '7')).toBe(
    '("A B" OR "AB") -is:retweet -from:7 -"A B Road"',
  )
  const long = (n: number) => Array.from({ length: 8 }, (_, at) => `${at}${'x'.repeat(n)}`)
  expect(queryOf({ terms: long(39), not: long(39) }, '1234567890123456789').length).toBeLessThanOrEqual(512)
})

describe('what is found', () => {
  test('is new, speaks of us, and is neither ours nor a repost; it is not addressed to us', async () => {
    const { newest: after } = await search()
    const post = x.say({ from: '11', text: 'Harbour Lane sent me the wrong rug & no reply' })
    x.say({ from: X.userId, text: 'Harbour Lane has new rugs' })
    x.say({ from: '12', text: 'Harbour Lane has new rugs', reposts: '5' })
    x.say({ from: '13', text: 'Roadworks on Harbour Lane Road' })
    x.say({ from: '14', text: 'A rug is a rug' })
    const heard = await search(after ? { after } : {})
    expect(heard).toMatchObject({ whole: true, newest: post })
    expect(saidIn(heard)).toMatchObject([
      {
        id: `x:${post}`,
        directed: false,
        aside: {},
        customer: { user: '11', handle: 'user11', reach: 34 },
        message: { conversation: { id: `x:${X.userId}:post:${post}`, audience: 'public' } },
      },
    ])
    expect(saidIn(await search({ after: post }))).toEqual([])
  })

  test('says where it stands among others', async () => {
    const { newest = '1' } = await search()
    x.say({ from: '21', text: 'yes from Harbour Lane', inReplyTo: { post: '5', user: '22' } })
    x.say({ from: '23', text: 'and Harbour Lane never rang', inReplyTo: { post: '6', user: '23' }, thread: '6' })
    x.say({ from: '24', text: 'this is Harbour Lane all over', quotes: '7' })
    x.say({ from: '25', text: '@us is this Harbour Lane?', mentions: { us: X.userId } })
    const said = saidIn(await search({ after: newest }))
    expect(said.map(({ directed, aside }) => ({ directed, aside }))).toEqual([
      { directed: false, aside: { answers: true } },
      { directed: false, aside: {} },
      { directed: false, aside: { quotes: true } },
      { directed: true, aside: undefined },
    ])
    expect(said[1]?.message.conversation.id).toBe(`x:${X.userId}:post:6`)
  })

  test('is read over several pages, oldest first, up to a number that is worth its price', async () => {
    const { newest = '1' } = await search()
    for (let n = 0; n < 150; n++) x.say({ from: '31', text: `Harbour Lane ${n}` })
    const heard = await search({ after: newest })
    expect(heard.whole).toBe(true)
    expect(saidIn(heard).map(({ message }) => message.text)).toEqual(
      Array.from({ length: 150 }, (_, n) => `Harbour Lane ${n}`),
    )
    for (let n = 0; n < 301; n++) x.say({ from: '31', text: `Harbour Lane ${n}` })
    expect(await search({ ...(heard.newest && { after: heard.newest }) })).toMatchObject({ whole: false })
  })

  test('is looked for by time where what was read last is too old for X', async () => {
    const long = Date.now() - 8 * 86_400_000
    const at = x.requests.length
    await search({ after: '1', since: long })
    const { query } = x.requests[at] ?? { query: new URLSearchParams() }
    expect(query.get('since_id')).toBeNull()
    expect(Date.parse(query.get('start_time') ?? '')).toBeGreaterThan(Date.now() - 7 * 86_400_000)
  })
})

test('limits are told, whether X answers or not', async () => {
  const reset = Math.floor(Date.now() / 1000) + 60
  x.misbehave({ type: 'answer', ...tooManyRequests(reset) })
  const busy = await channel.search?.(asked(), signal)
  expect(busy).toMatchObject({ state: 'unknown', limit: { of: 'kind', forMs: expect.any(Number) } })
  expect(busy?.limit?.forMs).toBeGreaterThan(50_000)
  x.misbehave({ type: 'answer', ...X_PROBLEMS.capped })
  expect(await channel.search?.(asked(), signal)).toMatchObject({ state: 'unknown', limit: { forMs: 6 * 3_600_000 } })
  x.misbehave({ type: 'cut' })
  expect(await channel.search?.(asked(), signal)).toMatchObject({ state: 'unknown' })
  x.misbehave({ type: 'answer', ...X_PROBLEMS.unauthorized })
  expect(await channel.search?.(asked(), signal)).toEqual({ state: 'unknown', reason: expect.stringContaining('401') })
})
