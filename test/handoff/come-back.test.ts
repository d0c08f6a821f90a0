// A customer who needs a person again soon after their ticket was resolved: whoever helped them has it, if on duty. Real turns and Redis.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { BOT, type Refusal } from '#domain'
import type { Agent, AgentDesk, Ticket } from '#handoff'
import { loadCustomer, updateCase } from '#redis/store'
import { BRAND } from '../content/folder.ts'
import { openTestDesk, type TestDesk } from '../setup/agent-desk.ts'
import { idOf, textsTo } from '../setup/pipeline.ts'
import { until } from '../setup/redis.ts'

const ADA: Agent = { email: 'ada@mill.example', name: 'Ada' }
const LEA: Agent = { email: 'lea@mill.example', name: 'Lea', lead: true }
const HOUR = 3_600_000

let opened: TestDesk
let desk: AgentDesk
let now = Date.now()
let isOnDuty = true
beforeAll(async () => {
  opened = await openTestDesk({
    files: { 'policies/brand.yaml': `${BRAND}clock: { back-within: 48 }\n` },
    now: () => now,
    onDuty: async (email) => (isOnDuty && email === ADA.email ? ADA : undefined),
  })
  desk = opened.pipeline.desk
})
afterAll(() => opened?.close())
beforeEach(() => {
  isOnDuty = true
})

function granted(answer: Ticket | Refusal): Ticket {
  if ('refused' in answer) throw new Error(`refused: ${answer.because}`)
  return answer
}
const ownerOf = async (user: string) => (await loadCustomer(opened.redis.connections.main, idOf(user))).owner
const write = (user: string, text: string) => opened.handOver(user, ['private', text])

let users = 0
/** A customer whose ticket Ada has resolved. */
async function helped(end: (id: string) => Promise<Ticket | Refusal> = (id) => desk.resolve(id, ADA)) {
  const user = `back${++users}`
  const { id } = await write(user, 'My jumper came with a hole in it')
  granted(await desk.claim(id, ADA))
  granted(await desk.reply(id, ADA, { text: 'A new one is on its way.', audience: 'private' }))
  granted(await end(id))
  return { user, id }
}

test('a new ticket that names the earlier one is in the hands of whoever helped, and the bot is silent from then on', async () => {
  const { user, id } = await helped()
  now += 47 * HOUR
  const back = await write(user, 'The new jumper came with a hole too')
  expect(back).toMatchObject({ state: 'claimed', owner: ADA.email, follows: id, unread: 1 })
  expect(back.id).not.toBe(id)
  expect(back.reasons.at(-1)).toEqual({ rule: 'came-back', because: `They came back after ${id} was resolved.` })
  expect(back.history).toContainEqual(
    expect.objectContaining({ what: 'ticket-transferred', by: BOT, detail: `to Ada, who had ${id}` }),
  )
  expect(await ownerOf(user)).toBe(ADA.email)
  await until(async () => (await desk.list({ owner: ADA.email })).tickets.some((one) => one.id === back.id))
  // They are told that a person comes; what they write then is the person's.
  const said = textsTo(opened.sent, user)
  await write(user, 'Hello?')
  expect(textsTo(opened.sent, user)).toEqual(said)
  granted(await desk.reply(back.id, ADA, { text: 'I am sorry, Ada here again.', audience: 'private' }))
  const earlier = granted(await desk.read(id))
  expect([earlier.state, earlier.owner]).toEqual(['resolved', ADA.email])
})

test('it waits in the queue, no less urgent than before, where whoever helped is not on duty', async () => {
  const { user, id } = await helped()
  await updateCase(opened.redis.connections.main, idOf(user), ({ case: given }) =>
    given.ticket
      ? { change: { case: { ...given, ticket: { ...given.ticket, priority: 'urgent' } } } }
      : { instead: undefined },
  )
  isOnDuty = false
  const back = await write(user, 'The new jumper came with a hole too')
  expect(back).toMatchObject({ state: 'waiting', follows: id, priority: 'urgent' })
  expect(back.owner).toBeUndefined()
  expect(await ownerOf(user)).toBe(BOT)
  await until(async () => (await desk.list({ state: 'waiting' })).tickets.some((one) => one.id === back.id))
})

test('after two days, and after a ticket that was spam, it is a ticket like any other', async () => {
  const late = await helped()
  now += 48 * HOUR
  const [one, other] = [
    await write(late.user, 'My jumper came with a hole in it'),
    await helped((id) => desk.resolve(id, ADA, { outcome: 'spam' })),
  ]
  const spam = await write(other.user, 'My jumper came with a hole in it')
  for (const ticket of [one, spam]) {
    expect(ticket.state).toBe('waiting')
    expect(ticket.follows).toBeUndefined()
    expect(ticket.reasons.map(({ rule }) => rule)).not.toContain('came-back')
  }
})

test('a supervisor who resolved it does not get it: whoever held it does', async () => {
  const { user } = await helped((id) => desk.resolve(id, LEA))
  expect((await write(user, 'The new jumper came with a hole too')).owner).toBe(ADA.email)
})
