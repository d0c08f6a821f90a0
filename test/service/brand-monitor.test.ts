// The whole service with a brand that looks for posts about it: on the playground's wall and on X.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { OWN_CONTENT } from '#content/load'
import { until } from '../setup/redis.ts'
import { type Person, startTestService, type TestService } from '../setup/service.ts'
import { startXApi, type XApi } from '../stand-ins/x-api.ts'
import { X, xVariables } from './accounts.ts'
import { eventsOf, ticketOf, turnsOf } from './records.ts'

const BROKEN = 'My Harbour Lane lamp arrived broken and nobody answers the phone'

let content: string
let x: XApi
let service: TestService
let lead: Person

beforeAll(async () => {
  content = await mkdtemp(join(tmpdir(), 'warmline-content-'))
  for (const folder of ['dialogs', 'knowledge', 'policies'])
    await cp(join(OWN_CONTENT, folder), join(content, folder), { recursive: true })
  const brand = join(content, 'policies/brand.yaml')
  const text = await readFile(brand, 'utf8')
  const block = /^# proactive:\n(?:# {3}.*\n)+/m
  const on = text.replace(block, (lines) => lines.replace(/^# /gm, '').replace('every: 15', 'every: 1'))
  expect(on).not.toBe(text)
  await writeFile(brand, on)
  x = await startXApi(X)
  service = await startTestService({ WARMLINE_CONTENT_DIR: content, ...xVariables(x.url) })
  lead = await service.signIn()
})
afterAll(async () => {
  await service?.close()
  await x?.close()
  await rm(content, { recursive: true, force: true })
})

const onWall = (user: string) => `playground:brand:${user}`
async function post(customer: string, text: string, more: object = {}): Promise<string> {
  const answer = await service.post('/playground/api/posts', { customer, text, ...more })
  expect(answer.status).toBe(201)
  return ((await answer.json()) as { id: string }).id
}
const repliesTo = async (id: string) => (await service.timeline('')).posts.filter(({ inReplyTo }) => inReplyTo === id)

describe('on the wall', () => {
  test('a post about the brand, not to it, becomes a draft for agents', async () => {
    const id = await post('Ana', BROKEN, { aside: true })
    const ticket = await ticketOf(lead, onWall('Ana'))
    expect(ticket).toMatchObject({ team: 'social', brief: { wants: BROKEN } })
    expect(ticket.brief.suggestedReply).toMatch(/sorry.+private message/i)
    expect(ticket.reasons.map(({ rule }) => rule)).toEqual(['proactive.complaint', 'unasked'])
    expect(await repliesTo(id)).toEqual([])

    const path = `/api/tickets/${ticket.id}`
    expect((await lead.send(`${path}/claim`)).status).toBe(200)
    const text = 'Sorry about your lamp. Send us a private message and we will put it right.'
    expect((await lead.send(`${path}/replies`, { text, audience: 'public' })).status).toBeLessThan(300)
    const [reply] = await until(async () => {
      const replies = await repliesTo(id)
      return replies.length > 0 && replies
    })
    expect(reply).toMatchObject({ text, authorKind: 'agent' })
  })

  test('what people say to each other is left alone, and it is recorded why', async () => {
    const id = await post('Ben', 'My new lamp is here', { aside: true })
    await post('Cleo', `${BROKEN}, and yours?`, { aside: true, inReplyTo: id })
    const [turn] = await turnsOf(lead, onWall('Cleo'))
    expect(turn).toMatchObject({
      outcome: 'ignored',
      reasons: [{ rule: 'proactive.leave-alone' }],
      facts: { 'leave-alone': ['conversation'] },
    })
    // A post without any of the brand's names is not even told.
    expect(await eventsOf(lead, onWall('Ben'))).toEqual([])
  })

  test('what is addressed to the brand is answered as ever', async () => {
    const id = await post('Dev', 'How much is delivery?')
    await until(async () => (await repliesTo(id)).length === 1)
  })
})

test('a post that a search on X finds becomes a draft, which on self-serve access is answered on x.com', async () => {
  const found = x.say({ from: '501', text: BROKEN })
  x.say({ from: '502', text: 'Love my Harbour Lane mugs' })
  const ticket = await until(
    async () => (await eventsOf(lead, `x:${X.userId}:501`)).length > 0 && ticketOf(lead, `x:${X.userId}:501`),
    75_000,
  )
  expect(ticket.reasons.map(({ rule }) => rule)).toEqual(['proactive.complaint', 'unasked'])
  expect(ticket.conversations).toMatchObject([
    { audience: 'public', open: false, closed: expect.stringContaining('on the network itself') },
  ])
  const [turn] = await turnsOf(lead, `x:${X.userId}:502`)
  expect(turn).toMatchObject({ outcome: 'ignored', facts: { 'leave-alone': ['praise'] } })
  expect((await lead.send(`/api/tickets/${ticket.id}/claim`)).status).toBe(200)
  const replied = await lead.send(`/api/tickets/${ticket.id}/replies`, {
    text: 'Sorry to see that.',
    audience: 'public',
  })
  expect(replied.status).toBeGreaterThanOrEqual(400)
  expect(x.posts.filter(({ inReplyTo }) => inReplyTo === found)).toEqual([])
})
