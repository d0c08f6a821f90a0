// Customers change or delete what they wrote: before it is answered, while it is, and after.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Ticket, TicketSummary } from '#handoff'
import { until } from '../setup/redis.ts'
import { type Person, startTestService, type TestService } from '../setup/service.ts'
import { nextXId, xDelete, xEdit, xMention } from '../stand-ins/deliveries.ts'
import { startXApi, tooManyRequests, type XApi } from '../stand-ins/x-api.ts'
import { X, xVariables } from './accounts.ts'
import { eventsOf, ticketOf, turnsOf } from './records.ts'

const US = X.userId
const QUESTION = 'How much is delivery?'

let x: XApi
let service: TestService
let lead: Person
beforeAll(async () => {
  x = await startXApi(X)
  service = await startTestService({ ...xVariables(x.url), WARMLINE_DEBOUNCE_MS: '500' })
  lead = await service.signIn()
})
afterAll(async () => {
  await service?.close()
  await x?.close()
})

const customer = (user: string) => `x:${US}:${user}`
const tell = async (body: object) => expect(await x.deliver(`${service.url}/webhooks/x`, body)).toBe(200)
async function mention(from: string, text: string): Promise<string> {
  const id = nextXId()
  await tell(xMention({ to: US, from, text, id }))
  return id
}
const edit = (from: string, id: string, text: string, ...before: string[]) =>
  tell(xEdit({ to: US, from, text, ids: [id, ...before, nextXId()] }))
const remove = (from: string, id: string) => tell(xDelete({ to: US, from, id }))
const repliesTo = (id: string) => x.posts.filter((post) => post.inReplyTo === id)
const happened = async (from: string, type: string) =>
  (await eventsOf(lead, customer(from))).filter((event) => event.type === type)

test('a post that is changed before it is answered is answered as it now stands', async () => {
  const id = await mention('801', 'hello')
  await edit('801', id, QUESTION)
  expect((await until(() => repliesTo(id)[0])).text).toMatch(/£\d/)
})

test('a post that is deleted before it is answered is not answered', async () => {
  const [gone, other] = [await mention('802', QUESTION), await mention('803', QUESTION)]
  await remove('802', gone)
  await until(() => repliesTo(other)[0])
  expect(repliesTo(gone)).toEqual([])
  expect(await eventsOf(lead, customer('802'))).toEqual([])
})

test('a reply that waits for the network is not sent once what it answers is deleted', async () => {
  x.misbehave({ type: 'answer', ...tooManyRequests(Math.floor(Date.now() / 1000) + 3) })
  const id = await mention('804', QUESTION)
  await until(async () => (await happened('804', 'effect-retried'))[0])
  await remove('804', id)
  await until(async () => (await happened('804', 'effect-suppressed'))[0])
  const later = await mention('804', 'What are your opening hours?')
  await until(() => repliesTo(later)[0])
  expect(repliesTo(id)).toEqual([])
})

test('an answered post that is changed is not answered again, and its history says so', async () => {
  const id = await mention('805', QUESTION)
  await until(() => repliesTo(id)[0])
  await edit('805', id, 'What are your opening hours?')
  await until(async () => (await happened('805', 'message-edited'))[0])
  const later = await mention('805', QUESTION)
  await until(() => repliesTo(later)[0])
  expect(repliesTo(id)).toHaveLength(1)
  expect(await turnsOf(lead, customer('805'), 2)).toHaveLength(2)
})

test('whoever has the case sees at once what was changed and what was deleted, and X’s former words go', async () => {
  const unread = async (ticket: string) => {
    const { tickets } = await lead.get<{ tickets: TicketSummary[] }>('/api/tickets')
    return tickets.find((one) => one.id === ticket)?.unread
  }
  const first = await mention('806', 'I want to talk to a human')
  const { id: ticket } = await ticketOf(lead, customer('806'))
  await until(() => repliesTo(first)[0])
  expect((await lead.send(`/api/tickets/${ticket}/claim`)).status).toBe(200)
  const second = await mention('806', 'My lamp is broken')
  await until(async () => (await unread(ticket)) === 1)

  const { heard, close } = await lead.listen('/api/events')
  await edit('806', second, 'My lamp came broken')
  await until(() => heard().includes('message-received'))
  close()
  expect(await unread(ticket)).toBe(2)
  await remove('806', first)
  await until(async () => (await unread(ticket)) === 3)

  const shown = await lead.get<Ticket>(`/api/tickets/${ticket}`)
  const messages = shown.conversations.flatMap((one) => one.messages)
  expect(messages.filter((one) => one.authorKind === 'customer')).toMatchObject([
    { id: `x:${first}`, text: '(deleted by its author)' },
    { id: `x:${second}`, text: '@us My lamp came broken', edited: true },
  ])
  const former = async () => {
    const { conversations } = await lead.get<Ticket>(`/api/tickets/${ticket}`)
    return conversations.flatMap((one) => one.messages).find((one) => one.id === `x:${second}`)?.before
  }
  await until(async () => (await former()) === undefined)
  const told = async () => (await lead.get<Ticket>(`/api/tickets/${ticket}`)).history.map((one) => one.what)
  await until(async () => (await told()).includes('message-purged'))
  expect(await told()).toEqual(expect.arrayContaining(['message-edited', 'message-deleted']))
})

test('an answer of a person goes to what the customer has not deleted', async () => {
  const first = await mention('807', 'I want to talk to a human')
  const { id: ticket } = await ticketOf(lead, customer('807'))
  expect((await lead.send(`/api/tickets/${ticket}/claim`)).status).toBe(200)
  const second = await mention('807', 'hello?')
  await turnsOf(lead, customer('807'), 2)
  await remove('807', second)
  const answer = { text: 'Laura here, what can I do?', audience: 'public' }
  expect((await lead.send(`/api/tickets/${ticket}/replies`, answer)).status).toBe(200)
  await until(() => repliesTo(first).some((post) => post.text.includes('Laura')))
})
