// What agents do with a ticket beside answering it: hand it on, put it aside, tag it, take the next one. Real turns and Redis.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { BOT, type Refusal } from '#domain'
import type { Agent, AgentDesk, Ticket } from '#handoff'
import { loadCustomer } from '#redis/store'
import { BRAND } from '../content/folder.ts'
import { openTestDesk, type TestDesk } from '../setup/agent-desk.ts'
import { idOf, wrote } from '../setup/pipeline.ts'
import { until } from '../setup/redis.ts'

const ADA: Agent = { email: 'ada@mill.example', name: 'Ada' }
const BO: Agent = { email: 'bo@mill.example', name: 'bo' }
const LEA: Agent = { email: 'lea@mill.example', name: 'Lea', lead: true }
const REASONS = `contact-reasons: [{ id: late-delivery, name: Late delivery }]\n`

let opened: TestDesk
let desk: AgentDesk
let now = Date.now()
beforeAll(async () => {
  opened = await openTestDesk({ files: { 'policies/brand.yaml': BRAND + REASONS }, now: () => now })
  desk = opened.pipeline.desk
})
afterAll(() => opened?.close())

let users = 0
async function waiting(text = 'My jumper came with a hole in it') {
  const user = `mover${++users}`
  const { id } = await opened.handOver(user, ['private', text])
  return { user, id }
}
async function heldBy(agent: Agent) {
  const ticket = await waiting()
  granted(await desk.claim(ticket.id, agent))
  return ticket
}
function granted(answer: Ticket | Refusal): Ticket {
  if ('refused' in answer) throw new Error(`refused: ${answer.because}`)
  return answer
}
const refusalOf = (answer: object) => ('refused' in answer ? answer.refused : undefined)
const read = async (id: string) => granted(await desk.read(id))
const ownerOf = async (user: string) => (await loadCustomer(opened.redis.connections.main, idOf(user))).owner
const write = (user: string, text: string) =>
  opened.pipeline.inbox.deliver('playground', [wrote(user, text, 'private', undefined, { thread: user })])
const idsOf = async (view: Parameters<AgentDesk['list']>[0]) => (await desk.list(view)).tickets.map(({ id }) => id)

describe('transfer', () => {
  test('to a team: it waits there, with a note, and the bot still knows that a person is awaited', async () => {
    const { id, user } = await heldBy(ADA)
    const moved = granted(await desk.transfer(id, ADA, { team: 'press', note: 'They write for the Gazette' }))
    expect(moved).toMatchObject({
      state: 'waiting',
      team: 'press',
      notes: [{ by: ADA.email, text: 'They write for the Gazette' }],
    })
    expect(moved.owner).toBeUndefined()
    expect(moved.history).toContainEqual(
      expect.objectContaining({ what: 'ticket-transferred', by: ADA.email, detail: 'to the team press' }),
    )
    expect(await ownerOf(user)).toBe(BOT)
    await until(async () => (await idsOf({ state: 'waiting', teams: ['press'] })).includes(id))
  })

  test('to a colleague: it is theirs at once, stands out for them, and the former holder can send nothing more', async () => {
    const { id, user } = await heldBy(ADA)
    const before = await read(id)
    const moved = granted(await desk.transfer(id, ADA, { to: BO.email }))
    expect(moved).toMatchObject({
      state: 'claimed',
      owner: BO.email,
      unread: 1,
      priority: before.priority,
      dueAt: before.dueAt,
    })
    expect(moved.epoch).toBeGreaterThan(before.epoch)
    expect(await ownerOf(user)).toBe(BO.email)
    expect(refusalOf(await desk.reply(id, ADA, { text: 'One more thing', audience: 'private' }))).toBe('not-yours')
    expect(refusalOf(await desk.reply(id, BO, { text: 'I take over here', audience: 'private' }))).toBeUndefined()
  })

  test('what the former holder sends at the same moment is said before it changes hands, or refused', async () => {
    const { id, user } = await heldBy(ADA)
    const sends = Array.from({ length: 6 }, (_, nth) =>
      desk.reply(id, ADA, { text: `A word from me, number ${nth}`, audience: 'private' }),
    )
    const [moved, ...said] = await Promise.all([desk.transfer(id, ADA, { to: BO.email }), ...sends])
    expect(granted(moved).owner).toBe(BO.email)
    const refused = said.map(refusalOf).filter(Boolean)
    expect(refused).toEqual(refused.map(() => 'not-yours'))
    const { history } = await loadCustomer(opened.redis.connections.main, idOf(user), { history: 'whole' })
    const hands = history.findIndex((event) => event.type === 'ticket-transferred')
    const places = history.flatMap((event, at) =>
      event.type === 'message-queued' && event.message.author === ADA.email ? [at] : [],
    )
    expect(places).toHaveLength(said.length - refused.length)
    expect(places.filter((at) => at > hands)).toEqual([])
    expect(history[hands]).toMatchObject({ by: ADA.email, to: BO.email })
  })

  test('of two who transfer it at once, to two colleagues, one has it in the end and the other is told', async () => {
    const { id } = await heldBy(ADA)
    const done = await Promise.all([
      desk.transfer(id, ADA, { to: BO.email }),
      desk.transfer(id, ADA, { to: LEA.email }),
    ])
    expect(done.map(refusalOf).filter(Boolean)).toEqual(['not-yours'])
    expect([BO.email, LEA.email]).toContain((await read(id)).owner)
  })

  test('what waits may be handed on by everybody, what somebody holds by them and by supervisors', async () => {
    const free = await waiting()
    expect(granted(await desk.transfer(free.id, ADA, { team: 'legal' })).team).toBe('legal')
    const held = await heldBy(ADA)
    expect(refusalOf(await desk.transfer(held.id, BO, { team: 'legal' }))).toBe('not-yours')
    expect(granted(await desk.transfer(held.id, LEA, { to: LEA.email })).owner).toBe(LEA.email)
  })

  test('not to nobody, not to whoever has it, not once it is resolved', async () => {
    const { id } = await heldBy(ADA)
    expect(refusalOf(await desk.transfer(id, ADA, { to: 'nobody@mill.example' }))).toBe('invalid')
    expect(refusalOf(await desk.transfer(id, ADA, { to: ADA.email }))).toBe('conflict')
    granted(await desk.resolve(id, ADA))
    expect(refusalOf(await desk.transfer(id, ADA, { team: 'press' }))).toBe('conflict')
  })
})

describe('snooze', () => {
  test('it leaves Mine for Snoozed, nothing is due meanwhile, and the bot stays silent', async () => {
    const { id, user } = await heldBy(ADA)
    const hour = new Date(now + 3_600_000).toISOString()
    expect(granted(await desk.snooze(id, ADA, Date.parse(hour))).snoozed).toEqual({ until: hour, by: ADA.email })
    await until(async () => (await idsOf({ owner: ADA.email, snoozed: true })).includes(id))
    expect(await idsOf({ owner: ADA.email })).not.toContain(id)
    expect(await idsOf({ state: 'claimed' })).not.toContain(id)
    expect(await ownerOf(user)).toBe(ADA.email)
  })

  test("the customer's next message brings it back, with what they wrote unread", async () => {
    const { id, user } = await heldBy(ADA)
    granted(await desk.snooze(id, ADA))
    await write(user, 'Here is the photo')
    const back = await until(async () => {
      const ticket = await read(id)
      return ticket.snoozed === undefined && ticket
    })
    expect([back.unread, back.owner]).toEqual([1, ADA.email])
    await until(async () => (await idsOf({ owner: ADA.email })).includes(id))
  })

  test('its time brings it back, standing out, and history says so', async () => {
    const { id } = await heldBy(ADA)
    granted(await desk.snooze(id, ADA, now + 1000))
    now += 2000
    const back = await until(async () => {
      const ticket = await read(id)
      return ticket.snoozed === undefined && ticket
    })
    expect(back.unread).toBe(1)
    expect(back.history).toContainEqual(expect.objectContaining({ what: 'ticket-unsnoozed', by: 'clock' }))
  })

  test('a second time works like the first, and it can be taken up again by hand', async () => {
    const { id } = await heldBy(ADA)
    granted(await desk.snooze(id, ADA, now + 1000))
    now += 2000
    await until(async () => (await read(id)).snoozed === undefined)
    granted(await desk.snooze(id, ADA, now + 1000))
    expect(granted(await desk.unsnooze(id, ADA)).snoozed).toBeUndefined()
    granted(await desk.snooze(id, ADA, now + 1000))
    now += 2000
    await until(async () => (await read(id)).snoozed === undefined)
  })

  test('only its holder puts it aside, for a time that is to come and within 90 days', async () => {
    const { id } = await heldBy(ADA)
    expect(refusalOf(await desk.snooze(id, BO, now + 1000))).toBe('not-yours')
    expect(refusalOf(await desk.snooze(id, ADA, now))).toBe('invalid')
    expect(refusalOf(await desk.snooze(id, ADA, now + 91 * 86_400_000))).toBe('invalid')
    expect(refusalOf(await desk.snooze((await waiting()).id, ADA))).toBe('not-yours')
  })

  test('releasing, transferring and resolving end it', async () => {
    for (const end of [
      (id: string) => desk.release(id, ADA),
      (id: string) => desk.transfer(id, ADA, { to: BO.email }),
      (id: string) => desk.resolve(id, ADA),
    ]) {
      const { id } = await heldBy(ADA)
      granted(await desk.snooze(id, ADA))
      expect(granted(await end(id)).snoozed).toBeUndefined()
    }
  })
})

describe('tags and the end', () => {
  test('tags are kept in small letters, each once, and tickets are listed by them', async () => {
    const { id } = await heldBy(ADA)
    expect(granted(await desk.tag(id, ADA, [' Courier ', 'courier', 'Leeds'])).tags).toEqual(['courier', 'leeds'])
    await until(async () => (await idsOf({ state: 'claimed', tag: 'leeds' })).includes(id))
    expect(granted(await desk.tag(id, BO, ['courier'])).tags).toEqual(['courier'])
    await until(async () => !(await idsOf({ state: 'claimed', tag: 'leeds' })).includes(id))
    const { history } = await read(id)
    expect(history.filter(({ what }) => what === 'ticket-tagged').map(({ detail }) => detail)).toEqual([
      '+ courier, + leeds',
      '− leeds',
    ])
  })

  test('a ticket is resolved with an outcome and a reason of the list; reopened, the outcome is gone', async () => {
    const { id } = await heldBy(ADA)
    expect(refusalOf(await desk.resolve(id, ADA, { reason: 'weather' }))).toBe('invalid')
    const done = granted(await desk.resolve(id, ADA, { outcome: 'solved', reason: 'late-delivery' }))
    expect([done.outcome, done.contactReason]).toEqual(['solved', 'late-delivery'])
    const again = granted(await desk.reopen(id, ADA))
    expect([again.outcome, again.contactReason]).toEqual([undefined, 'late-delivery'])
  })
})

describe('next', () => {
  test('eight who ask at once get eight tickets, none of them twice; then nobody gets one', async () => {
    for (;;) if (!(await desk.next(LEA))) break
    const tickets = await Promise.all(Array.from({ length: 8 }, () => waiting()))
    await until(async () => (await idsOf({ state: 'waiting' })).length === 8)
    const people = tickets.map((_, nth): Agent => ({ email: `agent${nth}@mill.example`, name: `Agent ${nth}` }))
    const given = await Promise.all(people.map((person) => desk.next(person)))
    expect(given.map((ticket) => ticket?.id).sort()).toEqual(tickets.map(({ id }) => id).sort())
    expect(given.map((ticket) => ticket?.owner)).toEqual(people.map(({ email }) => email))
    expect(await desk.next(ADA)).toBeUndefined()
  })

  test('an agent of a team gets what waits for it, and nothing else', async () => {
    const [other, mine] = [await waiting(), await waiting()]
    granted(await desk.transfer(mine.id, ADA, { team: 'returns' }))
    await until(async () => (await idsOf({ state: 'waiting', teams: ['returns'] })).includes(mine.id))
    const ofReturns: Agent = { ...BO, teams: ['returns'] }
    expect((await desk.next(ofReturns))?.id).toBe(mine.id)
    expect(await desk.next(ofReturns)).toBeUndefined()
    expect((await read(other.id)).state).toBe('waiting')
  })
})

describe('the steps of a macro', () => {
  const reply = { text: 'It comes on Friday', audience: 'private' } as const

  test('are done in the commit that sends the reply', async () => {
    const { id, user } = await heldBy(ADA)
    granted(await desk.tag(id, ADA, ['urgent']))
    const versionOf = async () => Number((await loadCustomer(opened.redis.connections.main, idOf(user))).version)
    const before = await versionOf()
    const also = { tag: ['late-delivery'], snooze: 48 } as const
    const after = granted(await desk.reply(id, ADA, { ...reply, also }))
    expect(after).toMatchObject({
      tags: ['late-delivery', 'urgent'],
      snoozed: { until: new Date(now + 48 * 3_600_000).toISOString() },
    })
    expect(await versionOf()).toBe(before + 1)
    expect(after.history.slice(-2).map(({ what }) => what)).toEqual(['ticket-tagged', 'ticket-snoozed'])
  })

  test('resolve with the outcome and the reason, or hand on to a team', async () => {
    const ended = await heldBy(ADA)
    const resolve = { outcome: 'passed-on', reason: 'late-delivery' } as const
    expect(granted(await desk.reply(ended.id, ADA, { ...reply, also: { resolve } }))).toMatchObject({
      ...{ state: 'resolved', outcome: 'passed-on', contactReason: 'late-delivery' },
    })
    const given = await heldBy(ADA)
    expect(granted(await desk.reply(given.id, ADA, { ...reply, also: { transfer: 'press' } }))).toMatchObject({
      ...{ state: 'waiting', team: 'press' },
    })
  })

  test('keep the reply back where one of them is refused: nothing is sent or tagged', async () => {
    const { id } = await heldBy(ADA)
    const before = await read(id)
    const refused = await desk.reply(id, ADA, { ...reply, also: { tag: ['late'], resolve: { reason: 'weather' } } })
    expect(refused).toMatchObject({ refused: 'invalid' })
    expect(await read(id)).toMatchObject({ tags: before.tags, epoch: before.epoch, state: 'claimed' })
  })

  test('are not done where the gate keeps the reply back', async () => {
    const { id } = await heldBy(ADA)
    const gap = { text: 'It comes on [eta]', audience: 'private', also: { tag: ['late'] } } as const
    expect(refusalOf(await desk.reply(id, ADA, gap))).toBe('gate')
    expect((await read(id)).tags).toEqual([])
  })
})
