// The service is stopped and started again on the same data: nothing is lost, and nothing is said twice.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Ticket } from '#handoff'
import { until } from '../setup/redis.ts'
import { startTestService, type TestService } from '../setup/service.ts'
import { nextXId, xDirectMessage, xMention } from '../stand-ins/deliveries.ts'
import { startXApi, tooManyRequests, type XApi } from '../stand-ins/x-api.ts'
import { X, xVariables } from './accounts.ts'
import { eventsOf, ticketOf, turnsOf } from './records.ts'

const US = X.userId
const QUESTION = 'How much is delivery?'

let x: XApi
let service: TestService
/** Starts the service, the first time or again. */
async function start(more: Record<string, string> = {}): Promise<void> {
  service = await startTestService(
    {
      ...xVariables(x.url),
      ...more,
    },
    service?.dir,
  )
}
beforeAll(async () => {
  x = await startXApi(X)
  // Long enough to stop before the first turn.
  await start({ WARMLINE_DEBOUNCE_MS: '1000' })
})
afterAll(async () => {
  await service?.close()
  await x?.close()
})

const customer = (user: string) => `x:${US}:${user}`
async function mention(from: string, text = QUESTION, id = nextXId()): Promise<string> {
  expect(await x.deliver(`${service.url}/webhooks/x`, xMention({ to: US, from, text, id }))).toBe(200)
  return id
}
const repliesTo = (id: string) => x.posts.filter((post) => post.inReplyTo === id)

test('a message that was taken just before the stop is answered after the start, once', async () => {
  const ids = await Promise.all(['601', '602', '603', '604', '605', '606'].map((from) => mention(from)))
  await service.stop()
  expect(x.posts).toEqual([])
  await start()
  for (const id of ids) await until(() => repliesTo(id).length > 0)
  // Delivered again, as a network does that heard no answer.
  await Promise.all(ids.map((id, n) => mention(`60${n + 1}`, QUESTION, id)))
  const next = await mention('601', 'What are your opening hours?')
  await until(() => repliesTo(next).length > 0)
  for (const id of ids) expect(repliesTo(id)).toHaveLength(1)
})

test('a reply that has to wait for the network is sent after the start', async () => {
  x.misbehave({ type: 'answer', ...tooManyRequests(Math.floor(Date.now() / 1000) + 4) })
  const id = await mention('611')
  const lead = await service.signIn()
  await until(async () => (await eventsOf(lead, customer('611'))).some((event) => event.type === 'effect-retried'))
  await service.stop()
  await start()
  await until(() => repliesTo(id).length > 0)
  expect(repliesTo(id)).toHaveLength(1)
})

test('a ticket that a person has claimed is theirs after the start, with every word, and the bot stays silent', async () => {
  const text = 'I want to talk to a human about HL-20419'
  expect(await x.deliver(`${service.url}/webhooks/x`, xDirectMessage({ to: US, from: '621', text }))).toBe(200)
  const before = await service.signIn()
  const waiting = await ticketOf(before, customer('621'))
  await before.send(`/api/tickets/${waiting.id}/claim`)
  await before.send(`/api/tickets/${waiting.id}/notes`, { text: 'rang the carrier' })
  const claimed = await before.get<Ticket>(`/api/tickets/${waiting.id}`)
  await service.stop()
  await start()

  const lead = await service.signIn()
  const kept = await lead.get<Ticket>(`/api/tickets/${waiting.id}`)
  expect(kept).toEqual(claimed)
  expect(kept.state).toBe('claimed')
  const sent = x.dms.length
  const more = xDirectMessage({ to: US, from: '621', text: QUESTION })
  expect(await x.deliver(`${service.url}/webhooks/x`, more)).toBe(200)
  await turnsOf(lead, customer('621'), 2)
  const answer = 'Laura here: it comes tomorrow.'
  expect((await lead.send(`/api/tickets/${waiting.id}/replies`, { text: answer, audience: 'private' })).status).toBe(
    200,
  )
  await until(() => x.dms.length > sent)
  expect(x.dms.slice(sent).map((one) => one.text)).toEqual([answer])
})

test('what came in while only the web part ran is answered when a worker does', async () => {
  await service.stop()
  await start({ WARMLINE_ROLES: 'web' })
  const id = await mention('631')
  expect(await fetch(`${service.url}/metrics`).then((response) => response.text())).toMatch(
    /warmline_customers_waiting [1-9]/,
  )
  await service.stop()
  expect(repliesTo(id)).toHaveLength(0)
  await start()
  await until(() => repliesTo(id).length > 0)
})
