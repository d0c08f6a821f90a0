// Records that version 0.1.0 wrote are read and gone on with.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Ticket, TicketSummary } from '#handoff'
import { loadRecords } from '../inbox/records/load.ts'
import { until } from '../setup/redis.ts'
import { type Person, startTestService, type TestService } from '../setup/service.ts'
import { nextXId, xDelete, xDirectMessage, xMention } from '../stand-ins/deliveries.ts'
import { startXApi, type XApi } from '../stand-ins/x-api.ts'
import { X, xVariables } from './accounts.ts'
import { type OwnRedis, ownRedis } from './own-redis.ts'
import { eventsOf, turnsOf } from './records.ts'

const US = X.userId
/** Posts that the records speak of. */
const POST = { answered: '1960000000000000001', retried: '1960000000000000007', waiting: '1960000000000000008' }

let x: XApi
let redis: OwnRedis
let service: TestService
let lead: Person
beforeAll(async () => {
  x = await startXApi(X)
  redis = await ownRedis()
  await redis.start()
  await loadRecords(redis, '0.1.0', 65 * 60_000)
  service = await startTestService({ ...xVariables(x.url), REDIS_URL: redis.url })
  lead = await service.signIn()
})
afterAll(async () => {
  await service?.close()
  await redis?.close()
  await x?.close()
})

const customer = (user: string) => `x:${US}:${user}`
const tell = async (body: object) => expect(await x.deliver(`${service.url}/webhooks/x`, body)).toBe(200)
const message = (from: string, text: string) => tell(xDirectMessage({ to: US, from, text, id: `7${nextXId()}` }))
const messagesTo = (user: string) => x.dms.filter((one) => one.to === user).map((one) => one.text)
const repliesTo = (id: string) => x.posts.filter((post) => post.inReplyTo === id)
const tickets = async () => (await lead.get<{ tickets: TicketSummary[] }>('/api/tickets')).tickets
async function ticketOf(user: string): Promise<Ticket> {
  const resolved = await lead.get<{ tickets: TicketSummary[] }>('/api/tickets?state=resolved')
  const all = [...(await tickets()), ...resolved.tickets]
  return lead.get<Ticket>(`/api/tickets/${all.find((one) => one.customer.id === customer(user))?.id}`)
}

test('what waited is answered, what was to be tried again is sent, each once', async () => {
  await until(() => repliesTo(POST.waiting)[0] && repliesTo(POST.retried)[0], 40_000)
  await tell(xMention({ to: US, from: '707', text: 'How much is delivery?', id: POST.waiting }))
  await turnsOf(lead, customer('707'))
  expect([POST.answered, POST.retried, POST.waiting].map((id) => repliesTo(id).length)).toEqual([0, 1, 1])
})

test('a form goes on where it was', async () => {
  await message('702', 'ana@example.com')
  const [answer = ''] = await until(() => messagesTo('702').length > 0 && messagesTo('702'))
  expect(answer).toMatch(/HL-20419.*on its way|on its way.*HL-20419/s)
})

test('the console reads every ticket, and a claimed one is still its agent’s', async () => {
  const claimed = await ticketOf('703')
  expect(claimed).toMatchObject({ state: 'claimed', notes: [{ text: 'rang the carrier' }] })
  const said = claimed.conversations.flatMap((one) => one.messages.map(({ text }) => text))
  expect(said).toEqual(expect.arrayContaining([expect.stringContaining('HL-20777'), 'Laura here, I look into it.']))
  const answer = { text: 'Laura again: it comes tomorrow.', audience: 'private' }
  expect((await lead.send(`/api/tickets/${claimed.id}/replies`, answer)).status).toBe(200)
  await until(() => messagesTo('703').includes(answer.text))
  expect((await lead.send(`/api/tickets/${claimed.id}/return`, { promises: 'a call' })).status).toBe(200)
})

test('what was promised is still known, and the customer is answered', async () => {
  expect(await ticketOf('704')).toMatchObject({ state: 'resolved' })
  await message('704', 'How much is delivery?')
  await turnsOf(lead, customer('704'), 2)
  await until(() => messagesTo('704').length > 0)
  const record = await redis.ask((client) =>
    client.hGet(`warmline:{${encodeURIComponent(customer('704'))}}:case`, 'case'),
  )
  expect(JSON.parse(record ?? '')).toMatchObject({ promises: [{ text: 'a call on Friday' }] })
})

test('what may not have arrived is a person’s, whose hour has passed, and can be claimed', async () => {
  const isOverdue = async () => (await ticketOf('706')).history.some((one) => one.what === 'ticket-overdue')
  await until(isOverdue)
  const doubtful = await ticketOf('706')
  expect(doubtful.state).toBe('waiting')
  expect((await lead.send(`/api/tickets/${doubtful.id}/claim`)).status).toBe(200)
})

test('whoever was known then will be forgotten too, in their time', async () => {
  const keys = ['701', '703', '706'].map((user) => `warmline:{${encodeURIComponent(customer(user))}}:case`)
  const due = () => redis.ask((client) => Promise.all(keys.map((key) => client.hGet(key, 'retire'))))
  const times = await until(async () => ((await due()).every(Boolean) ? due() : undefined))
  for (const time of times) expect(Number(time)).toBeGreaterThan(Date.now() + 300 * 86_400_000)
})

test('what an earlier version took in can be deleted and leaves no words', async () => {
  await tell(xDelete({ to: US, from: '701', id: POST.answered }))
  await until(async () => (await eventsOf(lead, customer('701'))).some((event) => event.type === 'message-purged'))
  const key = `warmline:{${encodeURIComponent(customer('701'))}}:history`
  const history = (await redis.ask((client) => client.lRange(key, 0, -1))).join('\n')
  expect(history).toContain(POST.answered)
  expect(history).not.toContain('How much is delivery?')
})
