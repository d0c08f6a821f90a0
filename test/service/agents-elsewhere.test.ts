// People who answer for the brand outside Warmline: on x.com, in another tool, below a post, in the network's own inbox.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Ticket, TicketSummary } from '#handoff'
import { until } from '../setup/redis.ts'
import { type Person, startTestService, type TestService } from '../setup/service.ts'
import {
  nextXId,
  pageComment,
  pageEcho,
  pageMessage,
  xDirectMessage,
  xMention,
  xOwnReply,
} from '../stand-ins/deliveries.ts'
import { type GraphApi, startGraphApi } from '../stand-ins/graph-api.ts'
import { startXApi, type XApi } from '../stand-ins/x-api.ts'
import { PAGE as OUR_PAGE, pageVariables, X, xVariables } from './accounts.ts'
import { eventsOf, turnsOf } from './records.ts'

const US = X.userId
const PAGE = OUR_PAGE.pageId
const QUESTION = 'How much is delivery?'
const ANOTHER = 'What are your opening hours?'

let x: XApi
let graph: GraphApi
let service: TestService
let lead: Person
beforeAll(async () => {
  x = await startXApi(X)
  graph = await startGraphApi(OUR_PAGE)
  service = await startTestService({ ...xVariables(x.url), ...pageVariables(graph.url) })
  lead = await service.signIn()
})
afterAll(async () => {
  await service?.close()
  await x?.close()
  await graph?.close()
})

const onX = (user: string) => `x:${US}:${user}`
const onPage = (user: string) => `facebook:${PAGE}:${user}`
async function toX(body: object) {
  expect(await x.deliver(`${service.url}/webhooks/x`, body)).toBe(200)
}
async function toPage(body: object) {
  expect(await graph.deliver(`${service.url}/webhooks/meta`, body)).toBe(200)
}
const ticketsOf = async (customer: string): Promise<readonly TicketSummary[]> => {
  const { tickets } = await lead.get<{ tickets: TicketSummary[] }>('/api/tickets')
  return tickets.filter((ticket) => ticket.customer.id === customer)
}
/** The ticket that says that a person has the case. */
const takenBy = (customer: string): Promise<Ticket> =>
  until(async () => {
    const [claimed] = (await ticketsOf(customer)).filter(({ state }) => state === 'claimed')
    return claimed && lead.get<Ticket>(`/api/tickets/${claimed.id}`)
  })
const lastReason = async (customer: string, many: number) =>
  (await turnsOf(lead, customer, many)).at(-1)?.reasons[0]?.rule
const saidBy = (ticket: Ticket, kind: string) =>
  ticket.conversations.flatMap(({ messages }) => messages).filter(({ authorKind }) => authorKind === kind)

describe('on X', () => {
  const repliesTo = (id: string) => x.posts.filter((post) => post.inReplyTo === id)
  async function answered(from: string): Promise<{ readonly post: string; readonly reply: XApi['posts'][number] }> {
    const post = nextXId()
    await toX(xMention({ to: US, from, text: QUESTION, id: post }))
    return { post, reply: await until(() => repliesTo(post)[0]) }
  }

  test('a reply typed on x.com makes the case theirs, and stands in the ticket', async () => {
    const { post } = await answered('2001')
    const words = 'Hello, Tom from the shop: I have just put that right for you.'
    await toX(xOwnReply({ us: US, to: '2001', text: words, id: nextXId(), inReplyTo: post }))
    const ticket = await takenBy(onX('2001'))
    expect(ticket.reasons).toMatchObject([{ rule: 'network-inbox', because: expect.stringContaining('in public') }])
    expect(saidBy(ticket, 'brand')).toMatchObject([{ text: words }])
    expect(ticket.conversations).toHaveLength(1)
    const next = nextXId()
    await toX(xMention({ to: US, from: '2001', text: ANOTHER, id: next }))
    expect(await lastReason(onX('2001'), 2)).toBe('owned')
    expect(repliesTo(next)).toHaveLength(0)
  })

  test('a reply told of by the other webhook, with the objects of version 2, does too', async () => {
    const { post } = await answered('2002')
    const payload = {
      id: nextXId(),
      text: '@user2002 It opens at nine on Sundays.',
      author_id: US,
      created_at: new Date().toISOString(),
      conversation_id: post,
      in_reply_to_user_id: '2002',
      referenced_tweets: [{ type: 'replied_to', id: post }],
      display_text_range: [10, 40],
      edit_history_tweet_ids: [],
    }
    const data = { event_uuid: '-71', filter: { user_id: US }, event_type: 'post.create', payload, includes: {} }
    await toX({ data })
    expect((await takenBy(onX('2002'))).owner).toContain('own inbox')
  })

  test('a second post under our own reply is for the customer whom that reply answered', async () => {
    const { post, reply } = await answered('2003')
    await toX(xOwnReply({ us: US, to: '2003', text: reply.text, id: reply.id, inReplyTo: post }))
    expect(await ticketsOf(onX('2003'))).toEqual([])
    await toX(
      xOwnReply({ us: US, to: US, text: 'PS from Tom: not on bank holidays.', id: nextXId(), inReplyTo: reply.id }),
    )
    expect(saidBy(await takenBy(onX('2003')), 'brand')).toHaveLength(1)
  })

  test('a direct message typed in the app makes the case theirs', async () => {
    const from = '2004'
    await toX(xDirectMessage({ to: US, from, text: QUESTION }))
    await until(() => x.dms.some(({ to }) => to === from))
    const own = xDirectMessage({ to: from, from: US, text: 'Tom here, one moment please', app: '268278' })
    await toX({ ...own, for_user_id: US })
    await takenBy(onX(from))
    await toX(xDirectMessage({ to: US, from, text: ANOTHER }))
    expect(await lastReason(onX(from), 2)).toBe('owned')
    expect(x.dms.filter(({ to }) => to === from)).toHaveLength(1)
  })

  test.each([
    { when: 'after X answered us', slow: false },
    { when: 'before X answered us', slow: true },
    { when: 'before X answered us, and with words that X has changed', slow: true, changed: true },
  ])('the echo of our own reply is no person: $when', async ({ slow, changed = false }) => {
    const from = `21${Number(slow)}${Number(changed)}`
    const post = nextXId()
    if (slow) x.temper(({ method }) => (method === 'POST' ? { type: 'slow', ms: 400 } : undefined))
    await toX(xMention({ to: US, from, text: QUESTION, id: post }))
    const reply = await until(() => repliesTo(post)[0])
    if (!slow) await until(async () => (await eventsOf(lead, onX(from))).some(({ type }) => type === 'effect-sent'))
    const text = changed ? `${reply.text} 🙂 #ad` : reply.text
    await toX(xOwnReply({ us: US, to: from, text, id: reply.id, inReplyTo: post }))
    x.temper(() => undefined)
    expect(await ticketsOf(onX(from))).toEqual([])
    const next = nextXId()
    await toX(xMention({ to: US, from, text: ANOTHER, id: next }))
    await until(() => repliesTo(next)[0])
  })

  test('what we post to nobody, or to somebody who never wrote to us, makes no ticket', async () => {
    const news = { us: US, text: 'Our summer sale begins today', id: nextXId() }
    await toX(xOwnReply({ ...news, to: '2201', inReplyTo: nextXId() }))
    await toX(xMention({ to: US, from: US, text: 'Our summer sale begins today' }))
    await answered('2202')
    await toX(xOwnReply({ ...news, id: nextXId(), to: '2202', inReplyTo: nextXId() }))
    expect(await ticketsOf(onX('2201'))).toEqual([])
    expect(await ticketsOf(onX('2202'))).toEqual([])
    expect(await eventsOf(lead, onX('2201'))).toEqual([])
  })

  test('somebody to whom a person wrote first is that person’s when they answer', async () => {
    const own = xDirectMessage({ to: '2301', from: US, text: 'Tom here, about your visit yesterday', app: '268278' })
    await toX({ ...own, for_user_id: US })
    expect(await ticketsOf(onX('2301'))).toEqual([])
    await toX(xDirectMessage({ to: US, from: '2301', text: QUESTION }))
    await takenBy(onX('2301'))
    expect(x.dms.filter(({ to }) => to === '2301')).toEqual([])
  })
})

describe('on a Facebook Page', () => {
  let last = 880_000_000_000_000
  const nextComment = (post = '900100200300400') => `${post}_${++last}`
  const repliesTo = (id: string) => graph.comments.filter(({ parent }) => parent === id)
  async function answered(from: string, parent?: string) {
    const id = nextComment()
    await toPage(pageComment({ page: PAGE, from, text: QUESTION, id, ...(parent && { parent }) }))
    return { id, reply: await until(() => repliesTo(id)[0]) }
  }
  const byHand = (parent: string, text: string, id = nextComment()) =>
    toPage(pageComment({ page: PAGE, from: PAGE, text, id, parent }))

  test('a comment written by hand makes the case theirs', async () => {
    const { id } = await answered('3001')
    await byHand(id, 'Laura here: it is free from today.')
    const ticket = await takenBy(onPage('3001'))
    expect(saidBy(ticket, 'brand')).toMatchObject([{ text: 'Laura here: it is free from today.' }])
    const next = nextComment()
    await toPage(pageComment({ page: PAGE, from: '3001', text: ANOTHER, id: next }))
    expect(await lastReason(onPage('3001'), 2)).toBe('owned')
    expect(repliesTo(next)).toHaveLength(0)
  })

  test('our own answer to somebody below another customer’s comment is no person, though it comes before Facebook’s answer', async () => {
    const { id: head } = await answered('3002')
    graph.temper(({ method }) => (method === 'POST' ? { type: 'slow', ms: 400 } : undefined))
    const id = nextComment()
    await toPage(pageComment({ page: PAGE, from: '3003', text: ANOTHER, id, parent: head }))
    const reply = await until(() => repliesTo(id)[0])
    await byHand(head, reply.text, reply.id)
    graph.temper(() => undefined)
    expect([...(await ticketsOf(onPage('3002'))), ...(await ticketsOf(onPage('3003')))]).toEqual([])
  })

  test('a person who answers below a comment answers whoever wrote there last', async () => {
    const { id: head } = await answered('3004')
    await answered('3005', head)
    await byHand(head, 'Laura here, I look into it')
    await takenBy(onPage('3005'))
    expect(await ticketsOf(onPage('3004'))).toEqual([])
  })

  test('a comment below our own post that answers nobody makes no ticket', async () => {
    const before = await lead.get('/api/tickets')
    await byHand(`${PAGE}_900100200300499`, 'Three more colours are coming', nextComment('900100200300499'))
    expect(await lead.get('/api/tickets')).toEqual(before)
  })
})

describe('in Messenger', () => {
  let last = 0
  const nextMid = () => `m_people_${++last}`
  const PAGE_INBOX = '263902037430900'
  const wrote = (from: string, text: string, at = Date.now()) =>
    toPage(pageMessage({ page: PAGE, from, text, id: nextMid(), at }))
  const echoed = (to: string, text: string, at = Date.now(), app = PAGE_INBOX) =>
    toPage(pageEcho({ page: PAGE, to, text, id: nextMid(), app, at }))
  const control = (from: string, fields: object) => {
    const item = { sender: { id: from }, recipient: { id: PAGE }, timestamp: Date.now(), ...fields }
    return toPage({ object: 'page', entry: [{ id: PAGE, time: Date.now(), messaging: [item] }] })
  }
  const answersTo = (user: string) => graph.messages.filter(({ psid }) => psid === user)
  const AWAY = 'Thanks for your message! We are closed right now and will be back tomorrow.'

  test.each([
    { words: 'which comes after the message', first: 'message' },
    { words: 'which overtakes the message', first: 'echo' },
  ])('the Page’s instant reply, $words, is no person: the bot answers', async ({ first }) => {
    const from = first === 'echo' ? '4001' : '4002'
    const at = Date.now()
    const both = [() => wrote(from, QUESTION, at), () => echoed(from, AWAY, at + 900)]
    for (const deliver of first === 'echo' ? both.toReversed() : both) await deliver()
    await until(() => answersTo(from).length === 1)
    expect(await ticketsOf(onPage(from))).toEqual([])
  })

  test('a person who answers minutes later has the case, whichever tool they use', async () => {
    const from = '4003'
    await wrote(from, QUESTION, Date.now() - 240_000)
    await until(() => answersTo(from).length === 1)
    await echoed(from, 'Laura here, sorry for the wait', Date.now(), '99887766')
    await takenBy(onPage(from))
  })

  test('a person who asks for the conversation has the case, and the ticket says so', async () => {
    const from = '4004'
    await wrote(from, QUESTION)
    await until(() => answersTo(from).length === 1)
    await control(from, { request_thread_control: { requested_owner_app_id: Number(PAGE_INBOX), metadata: null } })
    expect((await takenBy(onPage(from))).reasons).toMatchObject([{ because: expect.stringContaining('asked for') }])
    await wrote(from, ANOTHER)
    expect(await lastReason(onPage(from), 2)).toBe('owned')
    expect(answersTo(from)).toHaveLength(1)
  })

  test('roles that Facebook gives to apps are about nobody’s case', async () => {
    const from = '4005'
    await wrote(from, QUESTION)
    await until(() => answersTo(from).length === 1)
    await control(from, { app_roles: { [OUR_PAGE.appId]: ['primary_receiver'] } })
    await wrote(from, ANOTHER)
    await until(() => answersTo(from).length === 2)
    expect(await ticketsOf(onPage(from))).toEqual([])
  })
})
