// An answer that was not one: an agent says so, and what was asked waits as what the article does not answer.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Ticket } from '#handoff'
import type { DraftView, Overview } from '../../src/releases/desk/views.ts'
import { until } from '../setup/redis.ts'
import { type Person, startTestService, type TestService } from '../setup/service.ts'
import { ticketOf } from './records.ts'

const ASKED = 'How long does a refund take?'
const ANA = 'playground:brand:Ana'

let service: TestService
let lead: Person
let ticket: Ticket
beforeAll(async () => {
  service = await startTestService()
  lead = await service.signIn()
  await service.post('/playground/api/dms', { customer: 'Ana', text: ASKED })
  await until(async () => (await service.timeline('Ana')).dms.some(({ authorKind }) => authorKind === 'bot'))
  await service.post('/playground/api/dms', { customer: 'Ana', text: 'That is not what I asked. I want a human!' })
  ticket = await ticketOf(lead, ANA)
})
afterAll(() => service?.close())

const messagesOf = (one: Ticket) => one.conversations.flatMap(({ messages }) => messages)
const answerIn = (one: Ticket) =>
  messagesOf(one).find(({ authorKind, sources }) => authorKind === 'bot' && sources?.length)
const mark = (article: string, answer: string) => lead.send(`/api/tickets/${ticket.id}/wordings`, { article, answer })

test('a bot’s answer says what it was asked; what is from no article cannot be marked', () => {
  expect(answerIn(ticket)).toMatchObject({ asked: 'How long does a refund take?' })
  expect(answerIn(ticket)?.wrong).toBeUndefined()
  expect(messagesOf(ticket).filter(({ asked }) => asked)).toHaveLength(1)
})

test('a wrong one waits in a draft, once, as what its article does not answer; nothing of it serves', async () => {
  const { id = '', asked, sources: [article = ''] = [] } = answerIn(ticket) ?? {}
  const { live } = await lead.get<Overview>('/api/policy')
  for (let times = 0; times < 2; times++) expect(await mark(article, id)).toMatchObject({ status: 200 })
  const shown = await lead.get<Ticket>(`/api/tickets/${ticket.id}`)
  expect(answerIn(shown)?.wrong).toEqual([{ article, by: 'lead@harbourlane.example', draft: expect.any(String) }])
  const marks = shown.history.filter(({ what }) => what === 'wording-learnt')
  expect(marks).toMatchObject([{ detail: expect.stringMatching(/^as not answered by “.*”; it waits for approval/) }])

  const after = await lead.get<Overview>('/api/policy')
  expect(after.live.version).toBe(live.version)
  expect(after.drafts).toHaveLength(1)
  const draft = await lead.get<DraftView>(`/api/policy/drafts/${after.drafts[0]?.id}`)
  expect(draft.learnt).toMatchObject([{ article, wording: asked, wins: false, ticket: ticket.id }])
  const [{ before = '', after: text = '' } = {}] = draft.diff
  const added = text.split('\n').filter((line) => !before.split('\n').includes(line))
  expect(added.filter((line) => line !== 'not:')).toEqual([expect.stringContaining(asked ?? '-')])
  expect(text.indexOf(asked ?? '-')).toBeGreaterThan(text.indexOf('\nnot:'))
})

test('nothing else can be marked', async () => {
  const { id = '', sources: [article = ''] = [] } = answerIn(ticket) ?? {}
  const customers = messagesOf(ticket).find(({ authorKind }) => authorKind === 'customer')
  expect(await mark('delivery-times', id)).toMatchObject({ status: 404 })
  expect(await mark(article, customers?.id ?? '')).toMatchObject({ status: 404 })
  expect(await mark(article, 'x')).toMatchObject({ status: 404 })
})
