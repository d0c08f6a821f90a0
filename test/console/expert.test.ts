// Experts outside over HTTP: the agent's side and, without an account, the expert's.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import * as shape from '../../src/console/api/expert.schema.ts'
import * as ticketShape from '../../src/console/api/tickets.schema.ts'
import { type Caller, type Service, startService } from './service.ts'

let service: Service
let ada: Caller
let bo: Caller
beforeAll(async () => {
  service = await startService()
  ada = await service.enter('ada@warmline.test')
  bo = await service.enter('bo@warmline.test')
})
afterAll(() => service.close())

let users = 0
async function held() {
  const { id } = await service.handOver(`asker-${++users}`, ['private', 'Is the varnish safe? I am nora@example.com'])
  await ada.post(`/api/tickets/${id}/claim`)
  return id
}
const open = (path: string, body?: unknown, headers: Record<string, string> = {}) =>
  fetch(`${service.url}/api/expert/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
const told = async (answer: Response) => [answer.status, ((await answer.json()) as { detail?: string }).detail] as const

test('asked by a link, read and answered without an account; the note is in the ticket', async () => {
  const id = await held()
  const asking = { name: 'Dr. Weiss', question: 'Is it safe for a child?' }
  const { link, ticket } = shape.asked.parse(await (await ada.post(`/api/tickets/${id}/experts`, asking)).json())
  expect(ticket.experts).toMatchObject([{ name: 'Dr. Weiss', state: 'open' }])
  const { pathname, search, hash } = new URL(link)
  expect([pathname, search]).toEqual(['/expert', ''])
  const token = hash.slice(1)
  const asked = await open('question', { token })
  expect(asked.headers.get('cache-control')).toBe('no-store')
  expect(shape.question.parse(await asked.json())).toMatchObject({ question: asking.question, messages: [] })
  expect((await open('answer', { token, text: 'Yes, it is.' })).status).toBe(200)
  expect(await told(await open('answer', { token, text: 'Yes, again.' }))).toEqual([
    409,
    expect.stringContaining('answered'),
  ])
  const after = ticketShape.ticket.parse(await (await ada.get(`/api/tickets/${id}`)).json())
  expect(after.notes).toMatchObject([{ by: 'expert Dr. Weiss', text: 'Yes, it is.' }])
})

test('bad input says what to do, and a link taken back too', async () => {
  const id = await held()
  const path = `/api/tickets/${id}/experts`
  const good = { name: 'Dr. Weiss', question: 'Safe?' }
  for (const bad of [
    undefined,
    { ...good, name: '' },
    { ...good, question: '   ' },
    { ...good, question: 'x'.repeat(4001) },
    { ...good, hours: 337 },
    { ...good, messages: 'all' },
  ])
    expect((await ada.post(path, bad)).status).toBe(400)
  expect((await ada.post(path, { ...good, messages: ['playground:none'] })).status).toBe(422)
  expect((await bo.post(path, good)).status).toBe(403)
  expect((await ada.post('/api/tickets/T-1/experts', good)).status).toBe(404)
  expect(await told(await open('question', { token: 'T-1.made.up.here' }))).toEqual([
    404,
    expect.stringContaining('not valid'),
  ])
  expect((await open('question', {})).status).toBe(400)
  const { link, ticket } = shape.asked.parse(await (await ada.post(path, good)).json())
  const token = link.slice(link.indexOf('#') + 1)
  expect((await open('answer', { token, text: 'x'.repeat(10_001) })).status).toBe(400)
  expect((await open('answer', { token, text: ' ' })).status).toBe(400)
  expect((await open('answer', { token, text: 'Yes' }, { origin: 'https://elsewhere.example' })).status).toBe(403)
  const [asked] = ticket.experts ?? []
  expect((await bo.post(`${path}/${asked?.id}/revoke`)).status).toBe(403)
  expect((await ada.post(`${path}/none/revoke`)).status).toBe(404)
  expect((await ada.post(`${path}/${asked?.id}/revoke`)).status).toBe(200)
  expect(await told(await open('question', { token }))).toEqual([409, expect.stringContaining('taken back')])
  expect(service.errors).toEqual([])
})

test('whoever tries links without end is told to wait', async () => {
  const tries = await Promise.all(Array.from({ length: 140 }, () => open('question', { token: 'guess' })))
  const late = tries.find(({ status }) => status === 429)
  expect(late?.headers.get('retry-after')).toMatch(/^\d+$/)
  expect((await told(late as Response))[1]).toContain('too many tries')
})
