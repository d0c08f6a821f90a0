// An expert outside is asked by a signed link and answers once. Real turns and Redis.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { DeskEvent, Refusal } from '#domain'
import type { Agent, AgentDesk, Ticket } from '#handoff'
import { openTestDesk, type TestDesk } from '../setup/agent-desk.ts'
import { idOf } from '../setup/pipeline.ts'
import { until } from '../setup/redis.ts'

const ADA: Agent = { email: 'ada@mill.example', name: 'Ada' }
const BO: Agent = { email: 'bo@mill.example', name: 'bo' }
const LEA: Agent = { email: 'lea@mill.example', name: 'Lea', lead: true }
const HOUR = 3_600_000

let opened: TestDesk
let desk: AgentDesk
let now = Date.now()
beforeAll(async () => {
  opened = await openTestDesk({ now: () => now })
  desk = opened.pipeline.desk
})
afterAll(() => opened?.close())

let users = 0
async function held(text = 'I am Nora Hale, nora@example.com. Is the varnish HL-20419 safe for a cot?') {
  const user = `asker${++users}`
  const { id } = await opened.handOver(user, ['private', text])
  granted(await desk.claim(id, ADA))
  const [message = ''] = messagesOf(await read(id))
  return { user, id, message }
}
function granted<T extends object>(answer: T | Refusal): T {
  if ('refused' in answer) throw new Error(`refused: ${answer.because}`)
  return answer as T
}
const because = (answer: object) => ('refused' in answer && 'because' in answer ? answer.because : undefined)
const read = async (id: string): Promise<Ticket> => granted(await desk.read(id))
const messagesOf = (ticket: Ticket) => ticket.conversations.flatMap(({ messages }) => messages.map(({ id }) => id))
const asking = { name: 'Dr. Weiss', question: 'Is it safe for a child?', messages: [] as readonly string[], hours: 72 }
const ask = async (id: string, more: Partial<typeof asking & { unmasked: boolean }> = {}) =>
  granted(await desk.askExpert(id, ADA, { ...asking, ...more }))

describe('the link', () => {
  test('shows the question and the chosen messages, private data masked; nothing else', async () => {
    const { id, message, user } = await held()
    const { token } = await ask(id, { messages: [message] })
    const seen = granted(await desk.readAsExpert(token))
    expect(seen).toMatchObject({ name: 'Dr. Weiss', question: 'Is it safe for a child?' })
    expect(seen.messages).toHaveLength(1)
    expect(seen.messages[0]?.text).toContain('varnish')
    expect(JSON.stringify(seen)).not.toMatch(/nora|hale|20419/i)
    expect(JSON.stringify(seen)).not.toContain(user)
    expect(granted(await desk.readAsExpert((await ask(id)).token)).messages).toEqual([])
  })

  test('includes private data where the agent says so, and history tells that', async () => {
    const { id, message } = await held()
    const { token, ticket } = await ask(id, { messages: [message], unmasked: true })
    expect(granted(await desk.readAsExpert(token)).messages[0]?.text).toContain('nora@example.com')
    expect(ticket.history.at(-1)).toMatchObject({
      what: 'expert-asked',
      by: ADA.email,
      detail: expect.stringContaining('1 message, private data included'),
    })
    expect(ticket.experts).toMatchObject([{ name: 'Dr. Weiss', messages: 1, state: 'open' }])
    expect(JSON.stringify(ticket)).not.toContain(token)
  })

  test('a forged one, one letter changed, another ticket or a longer time: not valid, and nothing is told', async () => {
    const { id } = await held()
    const { token } = await ask(id)
    const [ticket = '', question = '', end = '', mac = ''] = token.split('.')
    const later = (Number.parseInt(end, 36) + HOUR).toString(36)
    for (const forged of [
      '',
      'nonsense',
      `${ticket}.${question}.${end}.`,
      `${token}x`,
      [ticket, question, later, mac].join('.'),
      [`${ticket}0`, question, end, mac].join('.'),
      [ticket, `${question}0`, end, mac].join('.'),
    ]) {
      expect(because(await desk.readAsExpert(forged))).toContain('not valid')
      expect(because(await desk.answerAsExpert(forged, 'Yes'))).toContain('not valid')
    }
  })

  test('taken back or expired, it says so and shows nothing', async () => {
    const { id } = await held()
    const { token, ticket } = await ask(id)
    const asked = ticket.experts?.at(-1)?.id ?? ''
    expect(because(await desk.revokeExpert(id, BO, asked))).toContain('ada')
    expect(granted(await desk.revokeExpert(id, ADA, asked)).experts).toMatchObject([{ state: 'revoked' }])
    granted(await desk.revokeExpert(id, ADA, asked))
    expect(because(await desk.readAsExpert(token))).toContain('taken back')
    expect(because(await desk.answerAsExpert(token, 'Yes'))).toContain('taken back')
    const short = await ask(id, { hours: 1 })
    now += HOUR
    expect(because(await desk.readAsExpert(short.token))).toContain('expired')
    expect(because(await desk.answerAsExpert(short.token, 'Yes'))).toContain('expired')
    expect((await read(id)).experts?.at(-1)).toMatchObject({ state: 'expired' })
  })

  test('when the customer is erased there is nothing behind it', async () => {
    const { id, user, message } = await held()
    const { token } = await ask(id, { messages: [message] })
    await opened.pipeline.retention.erase(idOf(user), LEA.email)
    expect(because(await desk.readAsExpert(token))).toContain('no longer here')
    expect(because(await desk.answerAsExpert(token, 'Yes'))).toContain('no longer here')
  })
})

describe('the answer', () => {
  test('is a note of the expert, without secrets; the ticket stands out, is back if put aside, and all pages hear of it', async () => {
    const { id } = await held()
    const { token } = await ask(id)
    granted(await desk.seen(id, ADA))
    granted(await desk.snooze(id, ADA))
    const heard: DeskEvent[] = []
    const end = desk.listen((event) => heard.push(event))
    granted(await desk.answerAsExpert(token, 'Yes, EN 71-3. Card 4111 1111 1111 1111'))
    const answered = await read(id)
    expect(answered).toMatchObject({ unread: 1, owner: ADA.email, experts: [{ state: 'answered' }] })
    expect(answered.snoozed).toBeUndefined()
    expect(answered.notes).toEqual([
      expect.objectContaining({ by: 'expert Dr. Weiss', text: expect.stringContaining('EN 71-3') }),
    ])
    expect(JSON.stringify(answered)).not.toContain('4111')
    await until(() => heard.some(({ type, ticket }) => type === 'expert-answered' && ticket === id))
    end()
  })

  test('once: twice at the same time is one note, and the link says so', async () => {
    const { id } = await held()
    const { token } = await ask(id)
    const done = await Promise.all(['Yes', 'Yes', 'No'].map((text) => desk.answerAsExpert(token, text)))
    expect(done.map(because).filter(Boolean)).toHaveLength(2)
    expect((await read(id)).notes).toHaveLength(1)
    expect(because(await desk.readAsExpert(token))).toContain('has been answered')
    const asked = (await read(id)).experts?.[0]?.id ?? ''
    expect(because(await desk.revokeExpert(id, ADA, asked))).toContain('answered already')
  })

  test('arrives whatever has become of the ticket: resolved, or merged into another', async () => {
    const [one, other, whole] = [await held(), await held(), await held()]
    const [first, second] = [await ask(one.id), await ask(other.id)]
    granted(await desk.resolve(one.id, ADA))
    granted(await desk.answerAsExpert(first.token, 'Late, and yes'))
    expect(await read(one.id)).toMatchObject({ state: 'resolved', notes: [{ text: 'Late, and yes' }] })
    granted(await desk.merge(other.id, ADA, whole.id))
    granted(await desk.answerAsExpert(second.token, 'Yes'))
    expect((await read(whole.id)).notes.map(({ text }) => text)).toEqual(['Yes'])
  })
})

describe('who may ask', () => {
  test('whoever holds the ticket, or a supervisor; of messages of this ticket, at most ten at a time', async () => {
    const { id } = await held()
    const other = await held()
    expect(because(await desk.askExpert(id, BO, asking))).toContain(ADA.email)
    granted(await desk.askExpert(id, LEA, asking))
    expect(because(await desk.askExpert(id, ADA, { ...asking, messages: [other.message] }))).toContain(
      'not in this ticket',
    )
    for (let more = 0; more < 9; more++) await ask(id)
    expect(because(await desk.askExpert(id, ADA, asking))).toContain('take one of these links back')
    expect(because(await desk.revokeExpert(id, ADA, 'nobody'))).toContain('no expert was asked')
  })
})
