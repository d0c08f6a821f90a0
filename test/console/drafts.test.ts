// What an agent has typed and not sent: theirs alone, on every page of theirs, gone once it is sent.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
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

const keep = (caller: Caller, id: string, parts: object) =>
  caller.put(`/api/tickets/${id}/draft`, { tab: 'one', ...parts })
const draftOf = async (caller: Caller, id: string) =>
  shape.ticket.parse(await (await caller.get(`/api/tickets/${id}`)).json()).draft

/** What this person's page hears, until `end` is called. */
async function listen(caller: Caller) {
  const leaving = new AbortController()
  const answer = await fetch(`${service.url}/api/events`, {
    headers: { cookie: caller.cookie },
    signal: leaving.signal,
  })
  let heard = ''
  const reading = answer.body?.pipeThrough(new TextDecoderStream()).pipeTo(
    new WritableStream({
      write(text) {
        heard += text
      },
    }),
  )
  reading?.catch(() => {})
  return { heard: () => heard, end: () => leaving.abort() }
}

test('a draft is kept by person, ticket and side, and the parts that are not told stay', async () => {
  const { id: d1 } = await service.handOver('d1', ['public', 'My lamp is broken'], ['private', 'It is the blue one'])
  expect(await draftOf(ada, d1)).toEqual({})
  expect((await keep(ada, d1, { public: 'We are sorry', side: 'public' })).status).toBe(204)
  expect((await keep(ada, d1, { note: '  two blanks stay  ' })).status).toBe(204)
  expect(await draftOf(ada, d1)).toEqual({ public: 'We are sorry', side: 'public', note: '  two blanks stay  ' })
  expect(await draftOf(bo, d1)).toEqual({})
  await keep(ada, d1, { public: '' })
  expect(await draftOf(ada, d1)).toEqual({ side: 'public', note: '  two blanks stay  ' })
})

test('a card number in a draft is not stored', async () => {
  const { id: d7 } = await service.handOver('d7', ['public', 'My lamp is broken'], ['private', 'It is the blue one'])
  await keep(ada, d7, { note: 'paid with 5555 5555 5555 4444 on Monday' })
  const { note } = await draftOf(ada, d7)
  expect(note).toMatch(/^paid with .* on Monday$/)
  expect(JSON.stringify(await service.redis.hGetAll(`warmline:drafts:${d7}`))).not.toContain('5555 5555')
})

test('sending removes what was sent and nothing else; what is refused stays', async () => {
  const { id: d2 } = await service.handOver('d2', ['public', 'My lamp is broken'], ['private', 'It is the blue one'])
  await ada.post(`/api/tickets/${d2}/claim`)
  await keep(ada, d2, { public: 'Ring +44 20 7946 0000', private: 'Which lamp is it?', note: 'ask the shop' })
  const refused = await ada.post(`/api/tickets/${d2}/replies`, { text: 'Ring +44 20 7946 0000', audience: 'public' })
  expect(refused.status).toBe(422)
  expect(await draftOf(ada, d2)).toMatchObject({ public: 'Ring +44 20 7946 0000' })
  const sent = await ada.post(`/api/tickets/${d2}/replies`, { text: 'Which lamp is it?', audience: 'private' })
  expect(shape.ticket.parse(await sent.json()).draft).toEqual({ public: 'Ring +44 20 7946 0000', note: 'ask the shop' })
  await ada.post(`/api/tickets/${d2}/notes`, { text: 'ask the shop' })
  expect(await draftOf(ada, d2)).toEqual({ public: 'Ring +44 20 7946 0000' })
})

test('only the person who types hears of it, and the words are not told', async () => {
  const { id: d3 } = await service.handOver('d3', ['public', 'My lamp is broken'], ['private', 'It is the blue one'])
  const [mine, theirs] = [await listen(ada), await listen(bo)]
  await keep(ada, d3, { private: 'quokka' })
  await until(() => mine.heard().includes('draft-changed'))
  expect(mine.heard()).toContain(`"ticket":"${d3}","tab":"one"`)
  // Bo hears what comes after it.
  await ada.post(`/api/tickets/${d3}/claim`)
  await until(() => theirs.heard().includes('ticket-claimed'))
  expect(theirs.heard()).not.toContain('draft-changed')
  expect(mine.heard() + theirs.heard()).not.toContain('quokka')
  mine.end()
  theirs.end()
})

test('a draft of a ticket that is not there, or that is too long, is refused', async () => {
  expect((await keep(ada, 'nowhere', { private: 'x' })).status).toBe(404)
  const { id: d4 } = await service.handOver('d4', ['public', 'My lamp is broken'], ['private', 'It is the blue one'])
  const long = await keep(ada, d4, { private: 'x'.repeat(10_001) })
  expect(long.status).toBe(400)
  expect(await long.text()).toContain('at most 10,000 characters')
  // Three texts of full length in a script that takes three bytes a letter.
  const full = '€'.repeat(10_000)
  expect((await keep(ada, d4, { private: full, public: full, note: full })).status).toBe(204)
  expect(await draftOf(ada, d4)).toEqual({ private: full, public: full, note: full })
})

test('what nobody touches for 30 days is given up', async () => {
  const { id: d5 } = await service.handOver('d5', ['public', 'My lamp is broken'], ['private', 'It is the blue one'])
  await keep(ada, d5, { private: 'soon' })
  const left = await service.redis.pTTL(`warmline:drafts:${d5}`)
  expect(left).toBeGreaterThan(29 * 86_400_000)
  expect(left).toBeLessThanOrEqual(30 * 86_400_000)
})

test('a resolved ticket is reopened by any agent, and is theirs then', async () => {
  const { id: d6 } = await service.handOver('d6', ['public', 'My lamp is broken'], ['private', 'It is the blue one'])
  await ada.post(`/api/tickets/${d6}/claim`)
  expect((await bo.post(`/api/tickets/${d6}/reopen`)).status).toBe(409)
  await ada.post(`/api/tickets/${d6}/resolve`, { note: 'all well' })
  const reopened = shape.ticket.parse(await (await bo.post(`/api/tickets/${d6}/reopen`)).json())
  expect(reopened).toMatchObject({ state: 'claimed', owner: 'bo@warmline.test' })
})
