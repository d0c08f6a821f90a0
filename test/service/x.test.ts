// Customers on X: mentions and direct messages come in signed, answers leave through the API, once.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import twitter from 'twitter-text'
import { until } from '../setup/redis.ts'
import { type Person, startTestService, type TestService } from '../setup/service.ts'
import { nextXId, type XAct, xDirectMessage, xMention } from '../stand-ins/deliveries.ts'
import { startXApi, tooManyRequests, X_PROBLEMS, type XApi } from '../stand-ins/x-api.ts'
import { X, xVariables } from './accounts.ts'
import { eventsOf, ticketOf, turnsOf } from './records.ts'

const US = X.userId
const QUESTION = 'How much is delivery?'

let x: XApi
let service: TestService
let lead: Person
beforeAll(async () => {
  x = await startXApi(X)
  service = await startTestService(xVariables(x.url))
  lead = await service.signIn()
})
afterAll(async () => {
  await service?.close()
  await x?.close()
})

const customer = (user: string) => `x:${US}:${user}`
const deliver = (body: object) => x.deliver(`${service.url}/webhooks/x`, body)

/** Somebody mentions us; returns the post's id. */
async function mention(act: Omit<XAct, 'to'>): Promise<string> {
  const id = act.id ?? nextXId()
  expect(await deliver(xMention({ to: US, ...act, id }))).toBe(200)
  return id
}
async function message(act: Omit<XAct, 'to'> & { readonly via?: string }): Promise<void> {
  expect(await deliver(xDirectMessage({ to: US, ...act }))).toBe(200)
}
const repliesTo = (id: string) => x.posts.filter((post) => post.inReplyTo === id)
const replyTo = (id: string) => until(() => repliesTo(id)[0])
const messagesTo = (user: string) => x.dms.filter((one) => one.to === user)

describe('a question that our articles answer', () => {
  test('is answered under the post, short enough for X and with nothing private in it', async () => {
    const id = await mention({ from: '501', text: QUESTION })
    const reply = await replyTo(id)
    const { valid, weightedLength } = twitter.parseTweet(reply.text)
    expect({ valid, weightedLength: weightedLength <= 280 }).toEqual({ valid: true, weightedLength: true })
    expect(reply.text).toMatch(/£\d/)
    expect(reply.text).not.toMatch(/501|@|HL-/)
    expect(reply.deepLink).toBeUndefined()
  })

  test('is answered once, however often X delivers it', async () => {
    const id = nextXId()
    await mention({ from: '502', text: QUESTION, id })
    await replyTo(id)
    await mention({ from: '502', text: QUESTION, id })
    const next = await mention({ from: '502', text: 'And what are your opening hours?' })
    await replyTo(next)
    expect(repliesTo(id)).toHaveLength(1)
  })

  test('is answered in a direct message where it was asked in one', async () => {
    await message({ from: '503', text: QUESTION })
    const [answer] = await until(() => messagesTo('503').length > 0 && messagesTo('503'))
    expect(answer?.text).toMatch(/£\d/)
  })
})

describe('an order, asked about in public', () => {
  const from = '601'
  let post: string

  test('is not discussed there: the reply repeats nothing and carries the button to a direct message', async () => {
    post = await mention({ from, text: 'Where is my order HL-20419? My mail is ana@example.com' })
    const reply = await replyTo(post)
    expect(reply.deepLink).toBe(`https://x.com/messages/compose?recipient_id=${US}`)
    expect(reply.text).not.toMatch(/20419|ana|example\.com/i)
    expect(messagesTo(from)).toHaveLength(0)
  })

  test('is answered in the direct message that the button opens, without asking for anything again', async () => {
    const reply = await replyTo(post)
    await message({ from, text: 'Here I am', via: reply.id })
    const [answer] = await until(() => messagesTo(from).length > 0 && messagesTo(from))
    expect(answer?.text).toMatch(/HL-20419 is on its way/)
    expect(repliesTo(post)).toHaveLength(1)
  })

  test('both threads are one case', async () => {
    const turns = await turnsOf(lead, customer(from), 2)
    expect(turns.map((turn) => turn.outcome)).toEqual(['moved-to-private', 'answered'])
  })
})

describe('what X asks of an assistant', () => {
  test('the first words say that they are an assistant’s, once, and the first direct message links to the privacy notice', async () => {
    const from = '651'
    const reply = await replyTo(await mention({ from, text: QUESTION }))
    expect(reply.text).toMatch(/^(?:@\S+ )?I'm Lane, an automated assistant\./)
    await message({ from, text: QUESTION })
    const [answer] = await until(() => messagesTo(from).length > 0 && messagesTo(from))
    expect(answer?.text).toMatch(/https:\/\/harbourlane\.example\/privacy/)
    expect(answer?.text).not.toMatch(/automated assistant/)
    await message({ from, text: 'Do you deliver to Ireland?' })
    await until(() => messagesTo(from).length > 1)
    expect(messagesTo(from)[1]?.text).not.toMatch(/automated assistant|privacy/)
  })

  test('nobody teaches the bot with what was written on X', async () => {
    await message({ from: '652', text: 'The drawer of my desk fell on my foot, I want to talk to a person' })
    const ticket = await ticketOf(lead, customer('652'))
    expect(ticket.brief.wording).toBeUndefined()
    for (const [path, body] of [
      ['labels', { complaint: 'major' }],
      ['wordings', { article: 'delivery-costs' }],
    ] as const) {
      const refused = await lead.send(`/api/tickets/${ticket.id}/${path}`, body)
      expect([path, refused.status, refused.body.detail]).toEqual([path, 422, expect.stringMatching(/network/)])
    }
  })
})

describe('what X tells us that no customer asked', () => {
  test('the challenge is answered with our signature', async () => {
    expect(await x.challenge(`${service.url}/webhooks/x`)).toBe(true)
  })

  test('our own post and our own direct message begin no turn', async () => {
    const from = '701'
    const own = { ...xDirectMessage({ to: from, from: US, text: QUESTION }), for_user_id: US }
    expect(await deliver(own)).toBe(200)
    await mention({ from: US, text: QUESTION })
    await message({ from, text: QUESTION })
    const turns = await turnsOf(lead, customer(from))
    const events = await eventsOf(lead, customer(from))
    expect(events.filter((event) => event.type === 'message-echoed')).toHaveLength(1)
    expect(turns).toHaveLength(1)
    expect(turns[0]?.messages).toHaveLength(1)
    expect(await eventsOf(lead, customer(US))).toEqual([])
  })
})

describe('when X does not take our reply', () => {
  test('“slow down” is heeded until the time X names, and the reply is sent once', async () => {
    const before = x.requests.length
    const reset = Math.floor(Date.now() / 1000) + 2
    x.misbehave({ type: 'answer', ...tooManyRequests(reset) })
    const id = await mention({ from: '801', text: QUESTION })
    await replyTo(id)
    expect(Date.now()).toBeGreaterThanOrEqual(reset * 1000)
    expect(x.requests.length - before).toBe(2)
    const fates = (await eventsOf(lead, customer('801'))).map((event) => event.type)
    expect(fates).toContain('effect-retried')
    expect(repliesTo(id)).toHaveLength(1)
  })

  test('a reply that X does not let us send becomes a person’s, who is told why', async () => {
    x.misbehave({ type: 'answer', ...X_PROBLEMS.notSummoned })
    const id = await mention({ from: '802', text: QUESTION })
    const ticket = await ticketOf(lead, customer('802'))
    expect(ticket.reasons).toEqual([
      expect.objectContaining({ rule: 'send-failed', because: expect.stringContaining('mentioned or quoted us') }),
    ])
    expect(repliesTo(id)).toHaveLength(0)
    const said = ticket.conversations[0]?.messages.map(({ authorKind, delivery }) => ({ authorKind, delivery }))
    expect(said).toEqual([{ authorKind: 'customer' }, { authorKind: 'bot', delivery: 'refused' }])
  })

  test('a reply whose answer was lost is looked for and found: it is not repeated, and nobody is troubled', async () => {
    x.misbehave({ type: 'lose-answer' })
    const id = await mention({ from: '803', text: QUESTION })
    const fates = await until(async () => {
      const events = await eventsOf(lead, customer('803'))
      return events.some((event) => event.type === 'effect-sent') && events.map((event) => event.type)
    })
    expect(fates).toContain('effect-doubted')
    expect(fates).not.toContain('ticket-opened')
    const next = await mention({ from: '803', text: 'And what are your opening hours?' })
    await replyTo(next)
    expect(repliesTo(id)).toHaveLength(1)
  })
})
