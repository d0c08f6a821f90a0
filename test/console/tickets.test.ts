import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { problem as problemShape } from '../../src/console/api/common.schema.ts'
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

const problem = async (answer: Response) => {
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  return problemShape.parse(await answer.json())
}

/** A customer who wrote in public and in private, and comes to a person; returns their ticket's id. */
const handOver = async (user: string): Promise<string> =>
  (await service.handOver(user, ['public', 'My lamp is broken!'], ['private', 'It is order HL-20419.'])).id

describe('a ticket', () => {
  test('is listed by state and by who holds it', async () => {
    const [first, second] = [await handOver('list-1'), await handOver('list-2')]
    await bo.post(`/api/tickets/${second}/claim`)
    const list = async (caller: Caller, query: string) =>
      shape.tickets.parse(await (await caller.get(`/api/tickets${query}`)).json())
    const ids = async (caller: Caller, query: string) => (await list(caller, query)).tickets.map(({ id }) => id)
    await until(async () => (await ids(bo, '?mine=true')).includes(second))
    expect(await ids(ada, '?state=waiting')).toEqual([first])
    expect(await ids(ada, '?mine=true')).toEqual([])
    expect(await ids(ada, '?team=nobody')).toEqual([])
    const { tickets, counts } = await list(ada, '?limit=1')
    expect([tickets.length, counts]).toEqual([
      1,
      { waiting: 1, claimed: 1, mine: 0, resolved: 0, late: 0, snoozed: 0, myTeams: 1 },
    ])
  })

  test('is read with its brief, both sides of the conversation and its history', async () => {
    const id = await handOver('read')
    const read = shape.ticket.parse(await (await ada.get(`/api/tickets/${id}`)).json())
    expect(read.brief.facts).toMatchObject([{ name: 'order-number', value: 'HL-20419' }])
    expect(read.conversations.map(({ audience }) => audience)).toEqual(['public', 'private'])
    expect(read.history.map(({ what }) => what)).toContain('ticket-opened')
  })

  test('goes to one agent only, and the other is told who was first', async () => {
    const id = await handOver('race')
    const answers = await Promise.all([ada.post(`/api/tickets/${id}/claim`), bo.post(`/api/tickets/${id}/claim`)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const late = answers.find(({ status }) => status === 409)
    const { detail, refused } = await problem(late as Response)
    expect(refused).toBe('conflict')
    expect(detail).toMatch(/^(ada|bo)@warmline\.test was first and has claimed this ticket$/)
  })

  test('that somebody else holds can be neither resolved nor answered, and a lead may resolve it', async () => {
    const id = await handOver('theirs')
    await bo.post(`/api/tickets/${id}/claim`)
    for (const [path, body] of [
      ['resolve'],
      ['release'],
      ['replies', { text: 'hello', audience: 'private' }],
    ] as const) {
      const answer = await ada.post(`/api/tickets/${id}/${path}`, body)
      expect(answer.status).toBe(403)
      expect((await problem(answer)).detail).toBe('bo@warmline.test has claimed this ticket')
    }
    const root = await service.enter('root@warmline.test')
    expect((await root.post(`/api/tickets/${id}/resolve`)).status).toBe(200)
  })

  test('that does not exist is said to be missing', async () => {
    const answer = await ada.get('/api/tickets/none')
    expect(answer.status).toBe(404)
    expect((await problem(answer)).detail).toBe('there is no such ticket')
  })

  test('goes back to the bot with a note and what was promised', async () => {
    const id = await handOver('back')
    await ada.post(`/api/tickets/${id}/claim`)
    const body = { note: 'refund is under way', promises: ['49.00 by Friday', 'a mail'] }
    const after = shape.ticket.parse(await (await ada.post(`/api/tickets/${id}/return`, body)).json())
    expect(after.history.at(-1)?.detail).toBe('refund is under way; promised: 49.00 by Friday; a mail')
  })

  test('is resolved with a promise that the next reader sees', async () => {
    const id = await handOver('promise')
    await ada.post(`/api/tickets/${id}/claim`)
    const after = shape.ticket.parse(
      await (await ada.post(`/api/tickets/${id}/resolve`, { promises: 'a call on Friday' })).json(),
    )
    expect(after.promises).toMatchObject([{ text: 'a call on Friday' }])
  })
})

describe('a reply', () => {
  let id = ''
  beforeAll(async () => {
    id = await handOver('talk')
    await ada.post(`/api/tickets/${id}/claim`)
  })
  const reply = (text: string, audience: string, override?: string) =>
    ada.post(`/api/tickets/${id}/replies`, { text, audience, ...(override ? { override } : {}) })

  test('lands in the conversation of its audience', async () => {
    const after = shape.ticket.parse(await (await reply('A new one is on its way.', 'private')).json())
    const textsOf = (side: string) =>
      after.conversations.filter((one) => one.audience === side).flatMap((one) => one.messages.map(({ text }) => text))
    expect(textsOf('private').at(-1)).toBe('A new one is on its way.')
    expect(textsOf('public')).not.toContain('A new one is on its way.')
  })

  test('that the gate refuses comes back with every finding', async () => {
    const answer = await reply('Call +44 20 7946 0000', 'public')
    expect(answer.status).toBe(422)
    const { findings, refused } = await problem(answer)
    expect(refused).toBe('gate')
    expect(findings).toMatchObject([{ rule: 'privacy.phone', start: 5, end: 21, absolute: true }])
  })

  test('is checked before it is sent, and nothing is sent or kept by that', async () => {
    const check = async (text: string, audience: string) => {
      const answer = await (await ada.post(`/api/tickets/${id}/check`, { text, audience })).json()
      return shape.replyCheck.parse(answer)
    }
    const before = await (await ada.get(`/api/cases/${encodeURIComponent('playground:brand:talk~1')}/trace`)).text()
    const checked = await check('Call +44 20 7946 0000', 'public')
    expect(checked).toMatchObject({ length: 21, findings: [{ rule: 'privacy.phone', start: 5, end: 21 }] })
    expect((await check('Good day', 'private')).findings).toEqual([])
    expect(await (await ada.get(`/api/cases/${encodeURIComponent('playground:brand:talk~1')}/trace`)).text()).toBe(
      before,
    )
    expect((await bo.post(`/api/tickets/${id}/check`, { text: 'hi', audience: 'public' })).status).toBe(403)
  })

  test('may go out despite a finding that is not absolute, with a reason', async () => {
    expect((await reply('A cheap lamp.', 'public')).status).toBe(422)
    expect((await reply('A cheap lamp.', 'public', 'it quotes the customer')).status).toBe(200)
  })

  test.each([
    [{ text: '  ', audience: 'public' }, '`text`: write something first'],
    [{ text: 'hello', audience: 'everyone' }, '`audience`: '],
    [{ text: 'hello' }, '`audience`: '],
    [undefined, 'expected object'],
  ])('that is %j is refused with the field’s name', async (body, detail) => {
    const answer = await ada.post(`/api/tickets/${id}/replies`, body)
    expect(answer.status).toBe(400)
    expect((await problem(answer)).detail).toContain(detail)
  })

  test('longer than 64 KiB is not read', async () => {
    const answer = await reply('x'.repeat(70_000), 'private')
    expect(answer.status).toBe(413)
  })

  test.each([
    ['longer than 64 KiB though it does not say so', 'x'.repeat(70_000), {}, 413],
    ['compressed', 'x', { 'content-encoding': 'gzip' }, 415],
    ['half there', '{"text": ', {}, 400],
  ])('that is %s is refused', async (_, sent, headers, status) => {
    const answer = await fetch(`${service.url}/api/tickets/talk/replies`, {
      method: 'POST',
      headers: { cookie: ada.cookie, 'content-type': 'application/json', ...headers },
      body: new Blob([sent]).stream(),
      duplex: 'half',
    } as RequestInit)
    expect(answer.status).toBe(status)
    expect((await problem(answer)).detail).toMatch(/^the body /)
  })
})

test('a note is for colleagues, and needs no claim', async () => {
  const id = await handOver('noted')
  const after = shape.ticket.parse(await (await ada.post(`/api/tickets/${id}/notes`, { text: 'VIP' })).json())
  expect(after.notes).toMatchObject([{ by: 'ada@warmline.test', text: 'VIP' }])
})

test('the customer’s wording is proposed for an article, or the answer says why not', async () => {
  const { id } = await service.handOver('worded', ['private', 'Who collects a scarf that is too long?'])
  expect((await ada.post(`/api/tickets/${id}/wordings`, { article: 'returns' })).status).toBe(200)
  const missing = await ada.post(`/api/tickets/${id}/wordings`, { article: 'nowhere' })
  expect(missing.status).toBe(404)
  expect((await problem(missing)).detail).toContain('nowhere')
  expect((await problem(await ada.post(`/api/tickets/${id}/wordings`, {}))).detail).toContain('`article`: ')
  const eve = await service.enter('eve@warmline.test')
  expect((await eve.post(`/api/tickets/${id}/wordings`, { article: 'returns' })).status).toBe(403)
})

test('what kind of message it is may be said, in words that there are', async () => {
  const { id } = await service.handOver('labelled', ['private', 'This lamp is not what I ordered'])
  const said = await ada.post(`/api/tickets/${id}/labels`, { complaint: 'minor', mood: 'negative' })
  expect(shape.ticket.parse(await said.json()).brief.labelled).toEqual({
    ...{ complaint: 'minor', mood: 'negative' },
    ...{ by: 'ada@warmline.test', draft: expect.any(String) },
  })
  const labels = (body: object) => ada.post(`/api/tickets/${id}/labels`, body)
  expect((await problem(await labels({ complaint: 'huge' }))).detail).toContain('`complaint`: ')
  expect((await problem(await labels({}))).detail).toContain('what kind of message')
  const eve = await service.enter('eve@warmline.test')
  expect((await eve.post(`/api/tickets/${id}/labels`, { mood: 'positive' })).status).toBe(403)
})

test('a case shows its trace', async () => {
  const { caseId } = await service.handOver('traced', ['private', 'Which lamp is it?'])
  const { events } = shape.trace.parse(await (await ada.get(`/api/cases/${encodeURIComponent(caseId)}`)).json())
  expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['message-received', 'ticket-opened']))
})

test('an exception says nothing of itself to the browser, and reaches the log', async () => {
  const { trace } = service.desk
  service.desk.trace = async () => {
    throw new Error('secret of the service')
  }
  const answer = await ada.get('/api/cases/any')
  service.desk.trace = trace
  expect(answer.status).toBe(500)
  expect(JSON.stringify(await problem(answer))).not.toContain('secret')
  expect(service.errors).toHaveLength(1)
})

test('a browser that goes away in the middle of its request is no error of ours', async () => {
  const before = service.errors.length
  const { port } = new URL(service.url)
  const open = await service.connections()
  for (const length of [2, 100, 60_000]) {
    const socket = connect({ port: Number(port), host: '127.0.0.1' })
    socket.write(
      `POST /api/tickets/any/notes HTTP/1.1\r\nhost: localhost\r\ncookie: ${ada.cookie}\r\nexpect: 100-continue\r\n` +
        `content-type: application/json\r\ncontent-length: ${length}\r\n\r\n{`,
    )
    // The service has begun to read.
    await once(socket, 'data')
    socket.destroy()
  }
  await until(async () => (await service.connections()) <= open)
  expect((await ada.get('/api/session')).status).toBe(200)
  expect(service.errors).toHaveLength(before)
})

test.each([
  [{ text: { length: { toString: 1 } } }],
  [{ text: { length: { valueOf: 1, toString: 1 }, audience: [] } }],
  [{ text: [[]] }],
])('a body that is not what its field is for is 400: %j', async (body) => {
  for (const path of ['notes', 'replies']) {
    const answer = await ada.post(`/api/tickets/odd/${path}`, body)
    expect([path, answer.status]).toEqual([path, 400])
  }
})

test('the description is for people who are signed in', async () => {
  expect((await fetch(`${service.url}/api/openapi.json`)).status).toBe(401)
})

test('the description names every path of the API and is OpenAPI 3.1', async () => {
  const schemas = z.record(z.string(), z.unknown())
  const shown = z.object({ openapi: z.string(), paths: schemas, components: z.object({ schemas }) })
  const document = shown.parse(await (await ada.get('/api/openapi.json')).json())
  expect(document.openapi).toMatch(/^3\.1\./)
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining([
      '/api/session',
      '/api/tickets/{id}/replies',
      '/api/tickets/{id}/wordings',
      '/api/events',
      '/api/cases/{id}',
    ]),
  )
  const references = JSON.stringify(document).match(/#\/components\/schemas\/\w+/g) ?? []
  for (const reference of new Set(references)) {
    expect(document.components.schemas).toHaveProperty(reference.split('/').at(-1) ?? '')
  }
})

describe('saved replies', () => {
  const repliesFor = async (id: string) =>
    shape.savedReplies.parse(await (await ada.get(`/api/saved-replies?ticket=${id}`)).json()).savedReplies

  test('are those that fit the ticket, filled in for it, with a gap for what is not known', async () => {
    const id = await handOver('saved')
    expect(await repliesFor(id)).toEqual([
      {
        ...{ id: 'late', name: 'Late parcel', shortcut: 'late', audience: 'private', private: [] },
        text: 'Ada here: HL-20419 comes on [eta].',
        also: { tag: ['late-delivery'], snooze: 'until-they-write' },
      },
    ])
  })

  test('are never sent with a gap, whatever reason an agent has', async () => {
    const id = await handOver('gap')
    await ada.post(`/api/tickets/${id}/claim`)
    const [late] = await repliesFor(id)
    const send = (text = '') =>
      ada.post(`/api/tickets/${id}/replies`, { text, audience: 'private', override: 'they know what I mean' })
    const answer = await send(late?.text)
    expect(answer.status).toBe(422)
    expect(await problem(answer)).toMatchObject({
      refused: 'gate',
      detail: 'a gap is still open; write what belongs there, or leave the sentence out',
      findings: [{ rule: 'unfilled', absolute: true, start: 28, end: 33 }],
    })
    expect((await send(late?.text.replace('[eta]', 'Friday'))).status).toBe(200)
  })

  test('of a ticket that is not there are not found', async () => {
    expect((await ada.get('/api/saved-replies?ticket=T-0')).status).toBe(404)
    expect((await ada.get('/api/saved-replies')).status).toBe(400)
  })
})
