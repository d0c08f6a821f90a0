// What customers send in place of words: each kind has words of its own, or none, and the ticket says what it is.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { TicketSummary } from '#handoff'
import { until } from '../setup/redis.ts'
import { type Person, startTestService, type TestService } from '../setup/service.ts'
import { nextXId, xMention } from '../stand-ins/deliveries.ts'
import { type GraphApi, startGraphApi } from '../stand-ins/graph-api.ts'
import { startXApi, type XApi } from '../stand-ins/x-api.ts'
import { PAGE as OUR_PAGE, pageVariables, X, xVariables } from './accounts.ts'
import { ticketOf, turnsOf } from './records.ts'

const PAGE = OUR_PAGE.pageId

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

let last = 0
async function messenger(from: string, fields: object) {
  const item = { sender: { id: from }, recipient: { id: PAGE }, timestamp: Date.now(), ...fields }
  const body = { object: 'page', entry: [{ id: PAGE, time: Date.now(), messaging: [item] }] }
  expect(await graph.deliver(`${service.url}/webhooks/meta`, body)).toBe(200)
}
const sends = (from: string, message: object) => messenger(from, { message: { mid: `m_kind_${++last}`, ...message } })
const onPage = (user: string) => `facebook:${PAGE}:${user}`
const answersTo = (user: string) => graph.messages.filter(({ psid }) => psid === user).map(({ text }) => text)
const ticketsOf = async (customer: string) => {
  const { tickets } = await lead.get<{ tickets: TicketSummary[] }>('/api/tickets')
  return tickets.filter((ticket) => ticket.customer.id === customer)
}

test.each([
  { type: 'audio', from: '5001', says: /voice message/, rule: 'attachments.voice-note' },
  { type: 'video', from: '5002', says: /video/, rule: 'attachments.video' },
  { type: 'image', from: '5003', says: /picture/, rule: 'off-topic.picture' },
  { type: 'location', from: '5004', says: /what you sent/, rule: 'attachments.other' },
  { type: 'hologram', kind: 'unsupported', from: '5005', says: /did not reach us/, rule: 'attachments.unsupported' },
])('$type: thanked for as what it is, and named in the ticket', async ({ type, kind = type, from, says, rule }) => {
  await sends(from, { attachments: [{ type, payload: { url: 'https://cdn.example/1' } }] })
  const ticket = await ticketOf(lead, onPage(from))
  expect(ticket.reasons).toMatchObject([{ rule }])
  expect(ticket.conversations[0]?.messages[0]).toMatchObject({ text: '', attachmentKinds: [kind] })
  await until(() => answersTo(from).length === 1)
  expect(answersTo(from)).toEqual([expect.stringMatching(says)])
})

test.each([
  { what: 'a sticker', message: { sticker_id: 51 }, from: '5101', outcome: 'ignored' },
  { what: 'a thumb', message: { sticker_id: 369239263222822 }, from: '5102', outcome: 'acknowledged' },
])('$what is no picture and no ticket', async ({ message, from, outcome }) => {
  const image = { type: 'image', payload: message }
  await sends(from, { ...message, attachments: [image] })
  expect(await turnsOf(lead, onPage(from))).toMatchObject([{ outcome }])
  expect(await ticketsOf(onPage(from))).toEqual([])
  expect(answersTo(from).join()).not.toContain('picture')
})

test.each([
  {
    what: 'the start button',
    from: '5201',
    fields: { postback: { mid: 'm_start', title: 'Get Started', payload: 'GO' } },
  },
  { what: 'a start button without a title', from: '5202', fields: { postback: { payload: 'GET_STARTED' } } },
  {
    what: 'the question whether somebody is there',
    from: '5203',
    fields: { message: { mid: 'm_there', text: 'Hey, anyone home?' } },
  },
])('$what is greeted, and no ticket', async ({ from, fields }) => {
  await messenger(from, fields)
  expect(await turnsOf(lead, onPage(from))).toMatchObject([
    { outcome: 'acknowledged', reasons: [{ rule: 'answers.greeting' }] },
  ])
  await until(() => answersTo(from).length === 1)
  expect(answersTo(from)).toEqual([expect.stringContaining('What can I help you with?')])
  expect(await ticketsOf(onPage(from))).toEqual([])
})

test('an encrypted message on X is told where to write, and a person is told where to answer', async () => {
  const payload = {
    id: nextXId(),
    sender_id: '5301',
    conversation_id: `5301:${X.userId}`,
    created_at_msec: String(Date.now()),
    encoded_event: 'CgQIARAB',
  }
  const data = { event_uuid: '-51', filter: { user_id: X.userId }, event_type: 'chat.received', payload, includes: {} }
  expect(await x.deliver(`${service.url}/webhooks/x`, { data })).toBe(200)
  const ticket = await ticketOf(lead, `x:${X.userId}:5301`)
  expect(ticket.reasons).toMatchObject([
    { rule: 'attachments.encrypted', because: expect.stringContaining('encrypted') },
  ])
  expect(ticket.conversations[0]?.messages[0]).toMatchObject({ text: '', attachmentKinds: ['encrypted'] })
  await until(() => x.dms.some(({ to }) => to === '5301'))
  expect(x.dms.find(({ to }) => to === '5301')?.text).toMatch(/can’t read encrypted|can't read encrypted/)
})

test('a mention without words gets no reply and no ticket, on X and on a Page', async () => {
  const post = nextXId()
  expect(
    await x.deliver(`${service.url}/webhooks/x`, xMention({ to: X.userId, from: '5401', text: '', id: post })),
  ).toBe(200)
  expect(await turnsOf(lead, `x:${X.userId}:5401`)).toMatchObject([
    { outcome: 'ignored', reasons: [{ rule: 'attachments.mention' }] },
  ])
  const value = {
    item: 'post',
    verb: 'add',
    post_id: '44_5402',
    sender_id: '5402',
    created_time: Math.floor(Date.now() / 1000),
  }
  const body = { object: 'page', entry: [{ id: PAGE, time: Date.now(), changes: [{ field: 'mention', value }] }] }
  expect(await graph.deliver(`${service.url}/webhooks/meta`, body)).toBe(200)
  expect(await turnsOf(lead, onPage('5402'))).toMatchObject([{ outcome: 'ignored' }])
  expect([...(await ticketsOf(`x:${X.userId}:5401`)), ...(await ticketsOf(onPage('5402')))]).toEqual([])
  expect(x.posts.filter(({ inReplyTo }) => inReplyTo === post)).toEqual([])
})
