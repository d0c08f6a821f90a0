// Merging and splitting tickets over HTTP.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { duplicates } from '../../src/console/api/tickets/merging.schema.ts'
import * as shape from '../../src/console/api/tickets.schema.ts'
import { until } from '../setup/redis.ts'
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

const ticketOf = async (answer: Response) => shape.ticket.parse(await answer.json())
async function pair() {
  const name = `pair${Math.random().toString(36).slice(2)}`
  const write = (user: string) => service.handOver(user, ['private', `My lamp is broken, ${name}@example.com`])
  const [whole, part] = [await write(name), await write(`${name}2`)]
  await ada.post(`/api/tickets/${whole.id}/claim`)
  return { whole: whole.id, part: part.id }
}

test('a likely duplicate is offered with what both have, merged, answered and split off', async () => {
  const { whole, part } = await pair()
  const offered = await until(async () => {
    const found = duplicates.parse(await (await ada.get(`/api/tickets/${whole}/duplicates`)).json())
    return found.duplicates.length > 0 && found.duplicates
  })
  expect(offered.map(({ ticket, because }) => [ticket.id, because])).toEqual([
    [part, ['the same e-mail address', 'the same words']],
  ])
  const merged = await ticketOf(await ada.post(`/api/tickets/${part}/merge`, { into: whole }))
  expect([merged.id, merged.parts?.map(({ id, state }) => [id, state])]).toEqual([whole, [[part, 'claimed']]])
  const answered = await ada.post(`/api/tickets/${whole}/replies`, {
    text: 'A new one comes.',
    audience: 'private',
    part,
  })
  const texts = (await ticketOf(answered)).conversations.map((one) => [one.part, one.messages.at(-1)?.text])
  expect(texts).toContainEqual([part, 'A new one comes.'])
  const checked = await ada.post(`/api/tickets/${whole}/check`, { text: 'Well', audience: 'private', part })
  expect(await checked.json()).toEqual({ findings: [], length: 4 })
  expect((await ticketOf(await ada.get(`/api/tickets/${part}`))).mergedInto).toBe(whole)
  const left = await ticketOf(await ada.post(`/api/tickets/${part}/split`))
  expect([left.id, left.parts]).toEqual([whole, undefined])
})

test('bad input and refusals say what to do', async () => {
  const { whole, part } = await pair()
  const refused = async (caller: Caller, path: string, body?: unknown) => {
    const answer = await caller.post(path, body)
    return [answer.status, ((await answer.json()) as { detail: string }).detail] as const
  }
  expect(await refused(ada, `/api/tickets/${part}/merge`, { into: '' })).toEqual([
    400,
    expect.stringContaining('name the ticket'),
  ])
  expect((await refused(ada, `/api/tickets/${part}/merge`, { into: 7 }))[0]).toBe(400)
  expect((await refused(ada, `/api/tickets/${part}/merge`))[0]).toBe(400)
  expect(await refused(ada, `/api/tickets/${part}/merge`, { into: 'T-1' })).toEqual([404, 'there is no such ticket'])
  expect((await refused(ada, `/api/tickets/${part}/merge`, { into: part }))[0]).toBe(422)
  expect(await refused(bo, `/api/tickets/${part}/merge`, { into: whole })).toEqual([
    403,
    expect.stringContaining('ask them or a supervisor'),
  ])
  expect((await refused(ada, `/api/tickets/${part}/split`))[0]).toBe(409)
  expect((await ada.get('/api/tickets/T-1/duplicates')).status).toBe(404)
  const stranger = await fetch(`${service.url}/api/tickets/${part}/merge`, { method: 'POST', body: '{}' })
  expect([401, 403]).toContain(stranger.status)
})
