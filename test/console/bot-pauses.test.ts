// People pause the bot: it says nothing there, what it would have answered waits for them, and all see who did it and why.
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { BotPauses } from '#handoff'
import { openTestDesk, type TestDesk } from '../setup/agent-desk.ts'
import { idOf, wrote } from '../setup/pipeline.ts'
import { until } from '../setup/redis.ts'
import { type Caller, type Service, startService } from './service.ts'

let service: Service
let ada: Caller
let lead: Caller
let talk: TestDesk
let pauses: BotPauses
beforeAll(async () => {
  ;[service, talk] = await Promise.all([startService(), openTestDesk()])
  await service.accounts.upsert(
    { email: 'lea@warmline.test', name: 'Lea', roles: ['supervisor'] },
    'a harbour full of boats',
  )
  ada = await service.enter('ada@warmline.test')
  lead = await service.enter('lea@warmline.test')
  pauses = talk.pipeline.pauses
})
afterEach(async () => {
  for (const { scope } of pauses.list()) await pauses.resume(scope)
})
afterAll(async () => {
  await service?.close()
  await talk?.close()
})

const pause = (caller: Caller, body: object) => caller.post('/api/bot-pauses', { because: 'Wrong prices', ...body })
const listed = async (answer: Response) => ((await answer.json()) as { pauses: object[] }).pauses

const textsTo = (user: string) =>
  talk.sent.flatMap((out) => (out.customer.id === idOf(user) && 'text' in out ? [out.text] : []))
const ticketOf = (user: string) =>
  until(async () => {
    const { tickets } = await talk.pipeline.desk.list({})
    return tickets.find(({ customer }) => customer.id === idOf(user))
  })
const write = (user: string, text: string) =>
  talk.pipeline.inbox.deliver('playground', [wrote(user, text, 'private', undefined, { thread: user })])

test('a supervisor pauses the bot everywhere and lets it speak again; everybody reads who and why', async () => {
  expect(await listed(await pause(lead, {}))).toEqual([
    { scope: 'everywhere', by: 'Lea', because: 'Wrong prices', at: expect.any(String) },
  ])
  expect(await listed(await ada.get('/api/bot-pauses'))).toHaveLength(1)
  expect(await listed(await lead.post('/api/bot-pauses/resume', {}))).toEqual([])
})

test('an agent pauses it for the customer of a ticket, and not for all', async () => {
  const { id } = await service.handOver('p1', ['private', 'My lamp is broken'])
  expect(await listed(await pause(ada, { ticket: id }))).toMatchObject([{ scope: `customer:${idOf('p1')}`, by: 'Ada' }])
  expect((await pause(ada, {})).status).toBe(403)
  expect((await pause(ada, { channel: 'playground' })).status).toBe(403)
  expect(await listed(await ada.post('/api/bot-pauses/resume', { ticket: id }))).toEqual([])
})

test.each([
  [{ because: '  ' }, 400],
  [{ because: 'x'.repeat(201) }, 400],
  [{ channel: 'telegraph' }, 404],
  [{ ticket: 'T-0' }, 404],
])('%j is refused with %i', async (body, status) => {
  expect((await pause(lead, body)).status).toBe(status)
})

test('while it is paused nothing is said, and what was asked comes to the queue', async () => {
  await pauses.pause({ scope: 'channel:playground', by: 'Lea', because: 'Wrong prices' })
  await write('q1', 'How long do I have to return a lamp?')
  const ticket = await ticketOf('q1')
  expect(ticket.because).toBe('Lea has paused the bot: Wrong prices')
  expect(textsTo('q1')).toEqual([])
})

test('a pause for one customer leaves the others alone, and ends with its end', async () => {
  await pauses.pause({ scope: `customer:${idOf('q2')}`, by: 'Ada', because: 'I ring them' })
  await Promise.all([write('q2', 'I want a person'), write('q3', 'I want a person')])
  await Promise.all([ticketOf('q2'), ticketOf('q3')])
  await until(() => textsTo('q3').length === 1)
  expect(textsTo('q2')).toEqual([])
  await pauses.resume(`customer:${idOf('q2')}`)
  await write('q4', 'I want a person')
  await until(() => textsTo('q4').length === 1)
})
