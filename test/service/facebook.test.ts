// Customers of a Facebook Page: comments in public, Messenger in private, and the private reply that links the two.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { until } from '../setup/redis.ts'
import { type Person, startTestService, type TestService } from '../setup/service.ts'
import { type PageAct, pageComment, pageMessage } from '../stand-ins/deliveries.ts'
import { type GraphApi, startGraphApi } from '../stand-ins/graph-api.ts'
import { PAGE as OUR_PAGE, pageVariables } from './accounts.ts'
import { eventsOf, ticketOf, turnsOf } from './records.ts'

const PAGE = OUR_PAGE.pageId
const POST = '900100200300400'
const QUESTION = 'How much is delivery?'

let graph: GraphApi
let service: TestService
let lead: Person
beforeAll(async () => {
  graph = await startGraphApi(OUR_PAGE)
  service = await startTestService({
    // Long enough for a customer to think again before they are answered.
    WARMLINE_DEBOUNCE_MS: '300',
    ...pageVariables(graph.url),
  })
  lead = await service.signIn()
})
afterAll(async () => {
  await service?.close()
  await graph?.close()
})

const customer = (user: string) => `facebook:${PAGE}:${user}`
let last = 1000
const nextComment = () => `${POST}_${++last}`
const nextMid = () => `m_${++last}`

async function deliver(body: object): Promise<void> {
  expect(await graph.deliver(`${service.url}/webhooks/meta`, body)).toBe(200)
}
type Act = Omit<PageAct, 'page' | 'id'> & { readonly id?: string }
async function comment(act: Act): Promise<string> {
  const id = act.id ?? nextComment()
  await deliver(pageComment({ page: PAGE, ...act, id }))
  return id
}
const message = (act: Act) => deliver(pageMessage({ page: PAGE, id: nextMid(), ...act }))

/** The changes of a delivery, altered as Facebook would for what else can happen to a comment. */
function altered(body: object, change: (value: Record<string, unknown>) => object, field = 'feed'): object {
  return JSON.parse(JSON.stringify(body), (key, value) => {
    if (key === 'value') return change(value)
    return key === 'field' ? field : value
  })
}
const repliesTo = (id: string) => graph.comments.filter((one) => one.parent === id)
const replyTo = (id: string) => until(() => repliesTo(id)[0])
const messagesTo = (psid: string, many = 1) =>
  until(() => {
    const sent = graph.messages.filter((one) => one.psid === psid)
    return sent.length >= many && sent
  })

test('Meta’s check of the address is answered with its challenge, and only for our word', async () => {
  const ask = (token: string) =>
    fetch(`${service.url}/webhooks/meta?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=1158201444`)
  const ours = await ask(OUR_PAGE.verifyToken)
  expect([ours.status, await ours.text()]).toEqual([200, '1158201444'])
  expect((await ask('guess')).status).toBe(403)
})

describe('a comment about an order', () => {
  const commenter = '6543210987654321'
  let id: string
  let psid: string

  test('is answered in public without its details, and in private by a private reply', async () => {
    id = await comment({ from: commenter, text: 'Where is my order HL-20419?' })
    const reply = await replyTo(id)
    expect(reply.text).not.toMatch(/20419/)
    const opening = await until(() => graph.messages.find((one) => one.answers === id))
    expect(opening.text).toMatch(/you wrote to us in public/i)
    expect(opening.text).toMatch(/which e-mail address/i)
    expect(opening.metadata).toMatch(/^[0-9a-f]{20}$/)
    psid = opening.psid
    expect(graph.messages).toHaveLength(1)
    // Facebook's answer, which says who the commenter is in Messenger, has to have reached us too.
    await until(async () => {
      const sent = (await eventsOf(lead, customer(commenter))).filter((event) => event.type === 'effect-sent')
      return sent.length === 2
    })
  })

  test('goes on in Messenger, where the form knows the order and needs the address only', async () => {
    await message({ from: psid, text: 'ana@example.com' })
    const sent = await messagesTo(psid, 2)
    expect(sent[1]?.text).toMatch(/HL-20419 is on its way/)
    expect(sent[1]?.answers).toBeUndefined()
  })

  test('is one case: whoever takes it over sees both sides and every fact', async () => {
    await message({ from: psid, text: 'I want to talk to a human please' })
    const ticket = await ticketOf(lead, customer(commenter))
    expect(ticket.conversations.map(({ audience, messages }) => [audience, messages.length])).toEqual([
      ['public', 2],
      ['private', 5],
    ])
    expect(ticket.conversations[1]?.id).toBe(`facebook:${PAGE}:dm:${psid}`)
    expect(ticket.brief.facts).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'order-number', value: 'HL-20419' }),
        expect.objectContaining({ name: 'email', value: 'ana@example.com' }),
      ]),
    )
    expect(await eventsOf(lead, customer(psid))).toEqual([])
  })

  test('is answered by a person where the customer now is', async () => {
    const ticket = await ticketOf(lead, customer(commenter))
    const before = (await messagesTo(psid)).length
    expect((await lead.send(`/api/tickets/${ticket.id}/claim`)).status).toBe(200)
    const text = 'Hello, Laura here. I have asked the carrier about it.'
    expect((await lead.send(`/api/tickets/${ticket.id}/replies`, { text, audience: 'private' })).status).toBe(200)
    const sent = await messagesTo(psid, before + 1)
    expect(sent.at(-1)).toMatchObject({ text, psid })
  })
})

test('two comments in a row, before the customer writes in private, get one answer in public and one private reply', async () => {
  const from = '6600'
  const first = await comment({ from, text: 'Where is my order HL-20533?' })
  await replyTo(first)
  await until(() => graph.messages.some((one) => one.answers === first))
  const second = await comment({ from, text: 'Hello? I asked where my order HL-20533 is' })
  expect((await turnsOf(lead, customer(from), 2)).map((turn) => turn.outcome)).toEqual(['moved-to-private', 'ignored'])
  expect(graph.messages.some((one) => one.answers === second)).toBe(false)
})

describe('Messenger', () => {
  test('a question that our articles answer is answered there', async () => {
    await message({ from: '7100', text: QUESTION })
    const [answer] = await messagesTo('7100')
    expect(answer?.text).toMatch(/£\d/)
  })

  test('the echo of our own answer begins no turn', async () => {
    const from = '7101'
    await message({ from, text: QUESTION })
    const [sent] = await messagesTo(from)
    const item = {
      sender: { id: PAGE },
      recipient: { id: from },
      timestamp: Date.now(),
      message: {
        mid: sent?.id,
        text: sent?.text,
        is_echo: true,
        app_id: Number(OUR_PAGE.appId),
        metadata: sent?.metadata,
      },
    }
    await deliver({ object: 'page', entry: [{ id: PAGE, time: Date.now(), messaging: [item] }] })
    await message({ from, text: 'And what are your opening hours?' })
    await messagesTo(from, 2)
    const turns = await turnsOf(lead, customer(from), 2)
    expect(turns.map((turn) => turn.messages.length)).toEqual([1, 1])
    const echoes = (await eventsOf(lead, customer(from))).filter((event) => event.type === 'message-echoed')
    expect(echoes).toEqual([expect.objectContaining({ effect: sent?.metadata, by: 'us' })])
  })
})

describe('a comment that is changed before we answered it', () => {
  test('is answered by its last words', async () => {
    const id = nextComment()
    const first = pageComment({ page: PAGE, from: '7200', text: 'What are your opening hours?', id })
    await deliver(first)
    await deliver(altered(first, (value) => ({ ...value, verb: 'edited', message: QUESTION })))
    const reply = await replyTo(id)
    expect(reply.text).toMatch(/£\d/)
    await turnsOf(lead, customer('7200'))
    expect(repliesTo(id)).toHaveLength(1)
  })

  test('is not answered if it is gone', async () => {
    const id = nextComment()
    const first = pageComment({ page: PAGE, from: '7201', text: QUESTION, id })
    await deliver(first)
    await deliver(altered(first, (value) => ({ ...value, verb: 'remove' })))
    const next = await comment({ from: '7201', text: 'What are your opening hours?' })
    await replyTo(next)
    const turns = await turnsOf(lead, customer('7201'))
    expect(turns.map((turn) => turn.messages)).toEqual([[`facebook:${next}`]])
    expect(repliesTo(id)).toHaveLength(0)
  })
})

describe('a comment that names us is delivered twice, once without its author', () => {
  const asMention = (body: object) => altered(body, ({ from: _, ...value }) => value, 'mention')

  test.each([
    { order: 'author first', from: '7300', mentionFirst: false },
    { order: 'author last', from: '7301', mentionFirst: true },
  ])('and answered once: $order', async ({ from, mentionFirst }) => {
    const id = nextComment()
    const feed = pageComment({ page: PAGE, from, text: QUESTION, id })
    const both = mentionFirst ? [asMention(feed), feed] : [feed, asMention(feed)]
    for (const body of both) await deliver(body)
    await replyTo(id)
    const next = await comment({ from, text: 'What are your opening hours?' })
    await replyTo(next)
    expect(repliesTo(id)).toHaveLength(1)
    expect(await eventsOf(lead, customer(mentionFirst ? from : `comment:${id}`))).not.toContainEqual(
      expect.objectContaining({ type: 'message-received', message: expect.objectContaining({ id: `facebook:${id}` }) }),
    )
  })

  test('and a removal by its author finds it', async () => {
    const id = nextComment()
    const feed = pageComment({ page: PAGE, from: '7302', text: QUESTION, id })
    await deliver(asMention(feed))
    await deliver(altered(feed, (value) => ({ ...value, verb: 'remove' })))
    const next = await comment({ from: '7302', text: 'What are your opening hours?' })
    await replyTo(next)
    expect(repliesTo(id)).toHaveLength(0)
  })
})
