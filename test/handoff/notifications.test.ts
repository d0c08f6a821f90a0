// What people are told of by the bell: each event once, to whom it concerns, without words of the conversation.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Refusal } from '#domain'
import type { Agent, AgentDesk, Notifications, Ticket } from '#handoff'
import { openTestDesk, type TestDesk } from '../setup/agent-desk.ts'
import { wrote } from '../setup/pipeline.ts'
import { until } from '../setup/redis.ts'

let opened: TestDesk
let desk: AgentDesk
let notifications: Notifications
let now = Date.now()
beforeAll(async () => {
  opened = await openTestDesk({ now: () => now })
  desk = opened.pipeline.desk
  notifications = opened.pipeline.notifications
})
afterAll(() => opened?.close())

let count = 0
/** A customer's ticket, held by somebody whom nobody else in these tests is. */
async function held() {
  const [user, ada, bo] = ['customer', 'ada', 'bo'].map((name) => `${name}${++count}`) as [string, string, string]
  const person = (name: string): Agent => ({ email: `${name}@mill.example`, name })
  const { id } = await opened.handOver(user, ['private', 'My jumper came with a hole in it'])
  granted(await desk.claim(id, person(ada)))
  return { id, user, ada: person(ada), bo: person(bo) }
}
function granted(answer: Ticket | Refusal): Ticket {
  if ('refused' in answer) throw new Error(answer.because)
  return answer
}
const write = (user: string, text: string) =>
  opened.pipeline.inbox.deliver('playground', [wrote(user, text, 'private', undefined, { thread: user })])
const kindsOf = async ({ email }: Agent) => (await notifications.list(email)).map(({ kind }) => kind)
/** Until somebody has been told so much. */
const told = (agent: Agent, most: number) => until(async () => (await kindsOf(agent)).length >= most)

describe('somebody is told', () => {
  test('that a colleague handed them a ticket, by whom and of which customer; not what they took themselves', async () => {
    const { id, user, ada, bo } = await held()
    granted(await desk.transfer(id, ada, { to: bo.email, note: 'You know jumpers' }))
    await told(bo, 2)
    const all = await notifications.list(bo.email)
    expect(all.map(({ kind }) => kind).toSorted()).toEqual(['note', 'transferred'])
    expect(all[0]).toMatchObject({ ticket: id, by: ada.email, customer: user, read: false })
    expect(JSON.stringify(all)).not.toMatch(/jumper/i)
    expect(await kindsOf(ada)).toEqual([])
  })

  test('that their customer wrote: once for many messages, and anew after they have read it', async () => {
    const { id, user, ada } = await held()
    await write(user, 'one more thing')
    await told(ada, 1)
    now += 1000
    await write(user, 'and another')
    await until(async () => (await notifications.list(ada.email))[0]?.at === new Date(now).toISOString())
    expect(await kindsOf(ada)).toEqual(['customer-wrote'])
    await notifications.read(ada.email, id)
    expect((await notifications.list(ada.email)).map(({ read }) => read)).toEqual([true])
    now += 1000
    await write(user, 'are you there?')
    await until(async () => (await notifications.list(ada.email))[0]?.read === false)
  })

  test('that a note names them, and whoever holds the ticket that it has a note; nobody of their own note', async () => {
    const { id, ada, bo } = await held()
    granted(await desk.note(id, bo, 'It is back in stock', [ada.email]))
    await told(ada, 1)
    granted(await desk.note(id, bo, 'On Friday'))
    await told(ada, 2)
    granted(await desk.note(id, ada, 'Thank you, Bo', [ada.email, bo.email]))
    await told(bo, 1)
    expect((await kindsOf(ada)).toSorted()).toEqual(['mentioned', 'note'])
    expect(await kindsOf(bo)).toEqual(['mentioned'])
  })

  test('that what they put aside is back', async () => {
    const { id, ada } = await held()
    granted(await desk.snooze(id, ada, now + 60_000))
    now += 61_000
    await opened.pipeline.timers['snooze-over'](id)
    await told(ada, 1)
    expect(await kindsOf(ada)).toEqual(['back'])
  })
})

test('what is announced twice is told once', async () => {
  const { id, ada, bo } = await held()
  const sent: Parameters<Notifications['note']>[0][] = []
  const { notifications: own } = opened.pipeline
  const note = own.note
  Object.assign(own, {
    note: async (...args: Parameters<Notifications['note']>) => {
      sent.push(args[0])
      await note(...args)
      await note(...args)
    },
  })
  granted(await desk.transfer(id, ada, { to: bo.email }))
  await told(bo, 1)
  await until(() => sent.length > 0)
  Object.assign(own, { note })
  expect(await kindsOf(bo)).toEqual(['transferred'])
})

test('all can be marked as read at once; what comes later is unread', async () => {
  const { id, user, ada, bo } = await held()
  granted(await desk.note(id, bo, 'Look here', [ada.email]))
  await write(user, 'hello?')
  await told(ada, 2)
  await notifications.read(ada.email)
  expect((await notifications.list(ada.email)).every(({ read }) => read)).toBe(true)
  now += 1000
  granted(await desk.note(id, bo, 'And here', [ada.email]))
  await until(async () => (await notifications.list(ada.email)).some(({ read }) => !read))
})
