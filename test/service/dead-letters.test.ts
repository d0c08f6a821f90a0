// What could not be delivered, as operators see it; and a claim, which the bot's last word comes before.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { run } from '../cli/run.ts'
import { until } from '../setup/redis.ts'
import { type Person, startTestService, type TestService } from '../setup/service.ts'
import { nextXId, pageComment, xMention } from '../stand-ins/deliveries.ts'
import { type GraphApi, startGraphApi } from '../stand-ins/graph-api.ts'
import { startXApi, X_PROBLEMS, type XApi } from '../stand-ins/x-api.ts'
import { PAGE, pageVariables, X, xVariables } from './accounts.ts'
import { eventsOf, ticketOf } from './records.ts'

const QUESTION = 'How much is delivery?'

let x: XApi
let graph: GraphApi
let service: TestService
let lead: Person
beforeAll(async () => {
  x = await startXApi(X)
  graph = await startGraphApi(PAGE)
  service = await startTestService({ ...xVariables(x.url), ...pageVariables(graph.url) })
  lead = await service.signIn()
})
afterAll(async () => {
  await service?.close()
  await Promise.all([x?.close(), graph?.close()])
})

type Held = { id: string; state: string; kind: string; because: string; text?: string }
const listed = async () => (await lead.get<{ effects: Held[] }>('/api/outbox')).effects
const warmline = (...args: string[]) => run(['outbox', ...args], '', { WARMLINE_DATA_DIR: service.dir })

/** A customer asks, X refuses our answer; returns the id under which it is stuck, and the post. */
async function refused(from: string): Promise<{ id: string; post: string }> {
  const known = new Set((await listed()).map(({ id }) => id))
  const post = nextXId()
  x.misbehave({ type: 'answer', ...X_PROBLEMS.notSummoned })
  expect(await x.deliver(`${service.url}/webhooks/x`, xMention({ to: X.userId, from, text: QUESTION, id: post }))).toBe(
    200,
  )
  const { id } = await until(async () => (await listed()).find((held) => !known.has(held.id)))
  return { id, post }
}
const repliesTo = (post: string) => x.posts.filter((one) => one.inReplyTo === post)

describe('what X refused', () => {
  test('is listed at the command line without a word of anybody, shown with them, and tried again', async () => {
    const { id, post } = await refused('901')
    const list = await warmline('list')
    expect([list.code, list.out]).toEqual([0, expect.stringContaining(id)])
    expect(list.out).toMatch(/refused\s+x public-reply .*mentioned or quoted us/)
    const shown = await warmline('show', id, '--json')
    const { text } = JSON.parse(shown.out)
    expect(text).toMatch(/£\d/)
    for (const form of [list.out, (await warmline('list', '--json')).out]) {
      expect(form).not.toContain(text)
      expect(form).not.toContain('901')
    }
    expect((await warmline('retry', id)).out).toBe(`${id}: it will be tried again now\n`)
    await until(() => repliesTo(post).length === 1)
    await until(async () => (await warmline('list')).err === 'nothing is stuck, and nothing is slow\n')
    expect(await warmline('retry', id)).toMatchObject({ code: 1, err: expect.stringContaining(id) })
  })

  test('is listed, shown and given up in the console, by those who lead', async () => {
    const { id, post } = await refused('902')
    expect((await lead.get<Held>(`/api/outbox/${id}`)).text).toMatch(/£\d/)
    expect(await lead.send(`/api/outbox/${id}/drop`)).toMatchObject({ status: 200, body: { done: 'dropped' } })
    expect(await lead.send(`/api/outbox/${id}/drop`)).toMatchObject({ status: 404 })
    expect(await listed()).toEqual([])
    const events = await eventsOf(lead, `x:${X.userId}:902`)
    expect(events.at(-1)).toMatchObject({ type: 'effect-dropped', by: 'lead@harbourlane.example' })
    expect(repliesTo(post)).toEqual([])
    expect(await (await fetch(`${service.url}/metrics`)).text()).toMatch(
      /warmline_sends_total\{channel="x",fate="refused"\} 2/,
    )
  })

  test('is not said by the bot any more once a person has taken over, and the operator is told so', async () => {
    const { id, post } = await refused('903')
    const ticket = await ticketOf(lead, `x:${X.userId}:903`)
    expect((await lead.send(`/api/tickets/${ticket.id}/claim`)).status).toBe(200)
    const again = await lead.send(`/api/outbox/${id}/retry`)
    expect(again).toMatchObject({ status: 200, body: { done: 'suppressed' } })
    expect(again.body.because).toContain('a person has taken over')
    expect(repliesTo(post)).toEqual([])
  })

  test('is nobody else’s to see', async () => {
    const person = {
      email: 'agent@harbourlane.example',
      name: 'An agent',
      roles: ['agent'],
      password: 'a long password',
    }
    expect((await lead.send('/api/people', person)).status).toBe(200)
    const agent = await service.signIn(person.email, person.password)
    expect(await agent.get('/api/outbox')).toMatchObject({ status: 403 })
    expect(await agent.send('/api/outbox/any/retry')).toMatchObject({ status: 403 })
  })
})

test('where no Warmline runs, the command line says so', async () => {
  const ran = await run(['outbox', 'list'], '', { WARMLINE_DATA_DIR: `${service.dir}/nobody` })
  expect([ran.code, ran.err]).toEqual([1, expect.stringContaining('no Warmline keeps its data in')])
  expect(await run(['outbox', 'show'], '', {})).toMatchObject({ code: 2 })
})

test('a claim is acknowledged when what the bot was saying has been said, and nothing of the bot’s comes after it', async () => {
  const comment = '900100_77'
  graph.misbehave({ type: 'slow', ms: 1500 })
  const delivery = pageComment({
    page: PAGE.pageId,
    from: '7700',
    text: 'I want to talk to a human, please',
    id: comment,
  })
  expect(await graph.deliver(`${service.url}/webhooks/meta`, delivery)).toBe(200)
  const ticket = await ticketOf(lead, `facebook:${PAGE.pageId}:7700`)
  await until(() => graph.requests.some(({ path }) => path.includes(comment)))
  const states = async () =>
    (await eventsOf(lead, `facebook:${PAGE.pageId}:7700`)).flatMap(({ type, state }) =>
      type === 'message-queued' ? [state] : [],
    )
  expect(await states()).toEqual(['started'])
  expect((await lead.send(`/api/tickets/${ticket.id}/claim`)).status).toBe(200)
  expect(await states()).toEqual(['sent'])
  const said = graph.comments.length
  const more = pageComment({ page: PAGE.pageId, from: '7700', text: QUESTION, id: '900100_78' })
  expect(await graph.deliver(`${service.url}/webhooks/meta`, more)).toBe(200)
  await until(async () =>
    (await eventsOf(lead, `facebook:${PAGE.pageId}:7700`)).some(
      (event) => event.type === 'turn-taken' && event.reasons.some(({ rule }) => rule === 'owned'),
    ),
  )
  expect(graph.comments).toHaveLength(said)
})
