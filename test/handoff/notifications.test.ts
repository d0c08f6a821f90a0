// What people are told of by the bell: each event once, to whom it concerns, without words of the conversation.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Refusal } from '#domain'
import type { Agent, AgentDesk, Notifications, OnDuty, Ticket } from '#handoff'
import { loadCustomer } from '#redis/store'
import { openTestDesk, type TestDesk } from '../setup/agent-desk.ts'
import { idOf, wrote } from '../setup/pipeline.ts'
import { until } from '../setup/redis.ts'

let opened: TestDesk
let desk: AgentDesk
let notifications: Notifications
let now = Date.now()
let onDuty: readonly OnDuty[] = []
beforeAll(async () => {
  opened = await openTestDesk({ now: () => now, assignable: async () => onDuty })
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
    await notifications.read(ada.email, now, id)
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

test('what is announced late does not hide what is unread, nor is anything read that came after what was seen', async () => {
  const { id, user, ada } = await held()
  await write(user, 'one')
  await told(ada, 1)
  const seen = now
  now += 1000
  await write(user, 'two')
  await until(async () => (await notifications.list(ada.email))[0]?.at === new Date(now).toISOString())
  await notifications.read(ada.email, seen, id)
  const { case: given } = await loadCustomer(opened.redis.connections.main, idOf(user))
  const late = { do: 'announce', event: 'message-received', madeAt: seen } as Parameters<Notifications['note']>[0]
  await notifications.note(late, given?.ticket)
  expect((await notifications.list(ada.email)).map(({ read }) => read)).toEqual([false])
})

test('all can be marked as read at once; what comes later is unread', async () => {
  const { id, user, ada, bo } = await held()
  granted(await desk.note(id, bo, 'Look here', [ada.email]))
  await write(user, 'hello?')
  await told(ada, 2)
  await notifications.read(ada.email, now)
  expect((await notifications.list(ada.email)).every(({ read }) => read)).toBe(true)
  now += 1000
  granted(await desk.note(id, bo, 'And here', [ada.email]))
  await until(async () => (await notifications.list(ada.email)).some(({ read }) => !read))
})

describe('of danger that nobody has claimed', () => {
  const DANGER = 'my lamp caught fire and burned my hand, I need a person'
  const people = ['cy', 'di'].map(
    (name): OnDuty => ({ email: `${name}@mill.example`, name, teams: ['press'], languages: [], capacity: 1 }),
  )
  const inDanger = async () => opened.handOver(`danger${++count}`, ['private', DANGER])
  const afterwards = async (id: string, ms: number) => {
    now += ms
    return opened.pipeline.timers['danger-unclaimed'](id)
  }

  test('everybody on duty is told after two minutes, whatever their team, and once', async () => {
    onDuty = people
    const { id } = await inDanger()
    await afterwards(id, 119_000)
    expect(await notifications.list('cy@mill.example')).toEqual([])
    await afterwards(id, 2_000)
    await afterwards(id, 60_000)
    for (const { email } of people) {
      await until(async () => (await notifications.list(email)).length > 0)
      expect(await notifications.list(email)).toMatchObject([{ kind: 'danger', ticket: id }])
    }
    const { history } = granted(await desk.read(id))
    expect(history.filter(({ what }) => what === 'danger-unclaimed')).toHaveLength(1)
  })

  test('nobody is told where it was claimed in time, or where there is no danger', async () => {
    const claimed = await inDanger()
    granted(await desk.claim(claimed.id, { email: 'ada@mill.example', name: 'Ada' }))
    const { id } = await opened.handOver(`calm${++count}`, ['private', 'My jumper came with a hole in it'])
    for (const one of [claimed.id, id]) {
      await afterwards(one, 130_000)
      const { history } = granted(await desk.read(one))
      expect(history.map(({ what }) => what)).not.toContain('danger-unclaimed')
    }
  })
})
