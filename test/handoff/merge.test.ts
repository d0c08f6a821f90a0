// Tickets of two accounts of one person are merged, answered as one, and split again. Real turns and Redis.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { BOT, type Refusal } from '#domain'
import type { Agent, AgentDesk, Ticket } from '#handoff'
import { KEYS } from '#redis/keys'
import { loadCustomer, updateCase } from '#redis/store'
import { openTestDesk, type TestDesk } from '../setup/agent-desk.ts'
import { idOf, textsTo, wrote } from '../setup/pipeline.ts'
import { until } from '../setup/redis.ts'

const ADA: Agent = { email: 'ada@mill.example', name: 'Ada' }
const BO: Agent = { email: 'bo@mill.example', name: 'bo' }
const LEA: Agent = { email: 'lea@mill.example', name: 'Lea', lead: true }

let opened: TestDesk
let desk: AgentDesk
beforeAll(async () => {
  opened = await openTestDesk({ undoMs: 0 })
  desk = opened.pipeline.desk
})
afterAll(() => opened?.close())

let users = 0
async function waiting(audience: 'public' | 'private' = 'private', text = 'My jumper came with a hole in it') {
  const user = `merger${++users}`
  const { id } = await opened.handOver(user, [audience, text])
  return { user, id }
}
async function heldBy(agent: Agent, audience: 'public' | 'private' = 'private') {
  const ticket = await waiting(audience)
  granted(await desk.claim(ticket.id, agent))
  return ticket
}
function granted(answer: Ticket | Refusal): Ticket {
  if ('refused' in answer) throw new Error(`refused: ${answer.because}`)
  return answer
}
const because = (answer: Ticket | Refusal) => ('refused' in answer ? answer.because : undefined)
const read = async (id: string) => granted(await desk.read(id))
const records = (user: string) => loadCustomer(opened.redis.connections.main, idOf(user), { history: 'whole' })
const ownerOf = async (user: string) => (await records(user)).owner
const write = (user: string, text: string, audience: 'public' | 'private' = 'private') =>
  opened.pipeline.inbox.deliver('playground', [wrote(user, text, audience, undefined, { thread: user })])
const listed = async () => {
  const views = [
    {},
    { state: 'waiting' },
    { state: 'claimed' },
    { state: 'resolved' },
    { owner: ADA.email },
    { late: true },
  ] as const
  const pages = await Promise.all(views.map((view) => desk.list(view)))
  return new Set(pages.flatMap(({ tickets }) => tickets.map(({ id }) => id)))
}
const whatOf = (ticket: Ticket) => ticket.history.map(({ what, by, detail }) => [what, by, detail])

/** Ada holds one ticket, another waits and is merged into hers. */
async function merged(audience: 'public' | 'private' = 'private') {
  const whole = await heldBy(ADA)
  const part = await waiting(audience, 'Still nobody answers me about the hole')
  const ticket = granted(await desk.merge(part.id, ADA, whole.id))
  return { whole, part, ticket }
}

describe('merging', () => {
  test('both conversations stand in one ticket, told apart; the other is over, with a link, and in no list', async () => {
    const { whole, part, ticket } = await merged('public')
    expect(ticket).toMatchObject({
      id: whole.id,
      state: 'claimed',
      parts: [{ id: part.id, by: ADA.email, state: 'claimed' }],
    })
    const texts = ticket.conversations.map(({ part: of, audience, messages }) => [of, audience, messages[0]?.text])
    expect(texts).toEqual([
      [undefined, 'private', 'My jumper came with a hole in it'],
      [part.id, 'public', 'Still nobody answers me about the hole'],
    ])
    const other = await read(part.id)
    expect(other).toMatchObject({ state: 'resolved', mergedInto: whole.id })
    expect(other.owner).toBeUndefined()
    await until(async () => !(await listed()).has(part.id))
    expect(await listed()).toContain(whole.id)
  })

  test('the history of both says who and when, once', async () => {
    const { whole, part, ticket } = await merged()
    await desk.follow(part.id)
    await desk.follow(whole.id)
    expect(whatOf(ticket).filter(([what]) => what === 'ticket-merged')).toEqual([
      ['ticket-merged', ADA.email, `${part.id} into this ticket`],
    ])
    expect(whatOf(await read(part.id)).filter(([what]) => what === 'ticket-merged')).toEqual([
      ['ticket-merged', ADA.email, `into ${whole.id}`],
    ])
    expect(whatOf(await read(whole.id)).filter(([what]) => what === 'ticket-merged')).toHaveLength(1)
  })

  test('later messages of either reach it, counted; the bot is silent to both; a ticket put aside is back', async () => {
    const { whole, part } = await merged()
    granted(await desk.snooze(whole.id, ADA))
    const said = textsTo(opened.sent, part.user)
    await write(part.user, 'Hello? Is anybody there?')
    const back = await until(async () => {
      const ticket = await read(whole.id)
      return ticket.unread === 1 && ticket
    })
    expect(back.snoozed).toBeUndefined()
    await write(whole.user, 'And here is the order, too')
    await until(async () => (await read(whole.id)).unread === 2)
    const texts = (await read(whole.id)).conversations.map(({ part: of, messages }) => [of, messages.at(-1)?.text])
    expect(texts).toContainEqual([part.id, 'Hello? Is anybody there?'])
    expect(texts).toContainEqual([undefined, 'And here is the order, too'])
    expect(await ownerOf(part.user)).toBe(whole.id)
    expect(textsTo(opened.sent, part.user)).toEqual(said)
    granted(await desk.seen(whole.id, ADA))
    expect((await read(whole.id)).unread).toBe(0)
  })

  test('a reply goes where the agent says, else where the customer wrote last; it counts as the answer', async () => {
    const { whole, part } = await merged()
    const reply = (text: string, more: { part?: string } = {}) =>
      desk.reply(whole.id, ADA, { text, audience: 'private', ...more })
    const answered = granted(await reply('I look into it.'))
    expect(answered.answeredAt).toBeDefined()
    await until(() => textsTo(opened.sent, part.user).includes('I look into it.'))
    granted(await reply('I look into this one as well.', { part: whole.id }))
    await until(() => textsTo(opened.sent, whole.user).includes('I look into this one as well.'))
    await write(whole.user, 'Thanks, and when?')
    await until(async () => (await read(whole.id)).unread === 1)
    granted(await reply('On Monday.'))
    await until(() => textsTo(opened.sent, whole.user).includes('On Monday.'))
    expect(textsTo(opened.sent, part.user)).not.toContain('On Monday.')
    granted(await reply('On Monday, as I wrote.', { part: part.id }))
    await until(() => textsTo(opened.sent, part.user).includes('On Monday, as I wrote.'))
    expect(await read(whole.id)).toMatchObject({ unread: 0, answeredAt: expect.any(String) })
    expect(because(await desk.reply(whole.id, BO, { text: 'Me too.', audience: 'private', part: part.id }))).toBe(
      `${ADA.email} has claimed this ticket`,
    )
    expect(because(await reply('To whom?', { part: 'T-1' }))).toContain('is not merged into')
  })

  test('what is done to a merged ticket is refused, with the ticket where it goes on', async () => {
    const { whole, part } = await merged()
    const sentence = `${part.id} is merged into ${whole.id}; go on there, or split it off first`
    for (const answer of [
      await desk.claim(part.id, BO),
      await desk.reopen(part.id, LEA),
      await desk.transfer(part.id, LEA, { team: 'press' }),
      await desk.note(part.id, BO, 'A note'),
      await desk.reply(part.id, ADA, { text: 'Hello', audience: 'private' }),
    ])
      expect(because(answer)).toBe(sentence)
  })

  test('the more urgent of both counts, and the earlier time; after the split each is as it was', async () => {
    const whole = await heldBy(ADA)
    const part = await waiting()
    await updateCase(opened.redis.connections.main, idOf(part.user), ({ case: given }) =>
      given.ticket
        ? { change: { case: { ...given, ticket: { ...given.ticket, priority: 'urgent', dueAt: 1000 } } } }
        : { instead: undefined },
    )
    const before = await read(whole.id)
    expect(granted(await desk.merge(part.id, ADA, whole.id))).toMatchObject({
      priority: 'urgent',
      dueAt: new Date(1000).toISOString(),
    })
    expect(granted(await desk.split(part.id, ADA))).toMatchObject({ priority: before.priority, dueAt: before.dueAt })
  })
})

describe('who may, and when', () => {
  test('a ticket that somebody else has claimed is merged by them or a supervisor, either way round', async () => {
    const [one, other] = [await heldBy(ADA), await heldBy(BO)]
    const sentence = `${BO.email} has claimed ${other.id}; ask them or a supervisor`
    expect(because(await desk.merge(other.id, ADA, one.id))).toBe(sentence)
    expect(because(await desk.merge(one.id, ADA, other.id))).toBe(sentence)
    expect(granted(await desk.merge(other.id, LEA, one.id)).owner).toBe(ADA.email)
  })

  test('not into itself, not of one account, not what is resolved, merged, or holds another', async () => {
    const { whole, part } = await merged()
    const third = await heldBy(ADA)
    const over = await heldBy(ADA)
    granted(await desk.resolve(over.id, ADA))
    expect(because(await desk.merge(third.id, ADA, third.id))).toContain('into itself')
    expect(because(await desk.merge('T-1', ADA, third.id))).toBe('there is no such ticket')
    expect(because(await desk.merge(over.id, ADA, third.id))).toContain('is resolved')
    expect(because(await desk.merge(third.id, ADA, over.id))).toContain('is resolved')
    expect(because(await desk.merge(part.id, ADA, third.id))).toBe(
      `${ADA.email} has merged ${part.id} into ${whole.id}; split it off first`,
    )
    expect(because(await desk.merge(third.id, ADA, part.id))).toContain(`into ${whole.id}; split it off first`)
    expect(because(await desk.merge(whole.id, ADA, third.id))).toContain('merge the other way round')
  })

  test('twice is once, and of two who merge it into two tickets at once one is told', async () => {
    const { whole, part } = await merged()
    expect(granted(await desk.merge(part.id, ADA, whole.id)).parts).toHaveLength(1)
    const [one, other, third] = [await heldBy(ADA), await heldBy(BO), await waiting()]
    const done = await Promise.all([desk.merge(third.id, ADA, one.id), desk.merge(third.id, BO, other.id)])
    expect(done.map(because).filter(Boolean)).toHaveLength(1)
    const { mergedInto: into } = await read(third.id)
    const parts = await Promise.all([one, other].map(async ({ id }) => (await read(id)).parts?.length ?? 0))
    expect(parts).toEqual([one, other].map(({ id }) => (id === into ? 1 : 0)))
  })

  test('two tickets that are merged into each other at once: never both, and nobody is left without a person', async () => {
    for (let round = 0; round < 5; round++) {
      const [one, other] = [await heldBy(ADA), await heldBy(ADA)]
      await Promise.all([desk.merge(one.id, ADA, other.id), desk.merge(other.id, ADA, one.id)])
      await Promise.all([desk.follow(one.id), desk.follow(other.id)])
      const both = await Promise.all([read(one.id), read(other.id)])
      expect(both.filter((ticket) => ticket.mergedInto !== undefined).length).toBeLessThan(2)
      for (const ticket of both) expect(ticket.mergedInto ?? ticket.state).not.toBe('resolved')
      const [whole] = both.filter((ticket) => ticket.parts)
      if (whole) expect(whole.parts?.map(({ id }) => id)).toEqual(both.filter((t) => t.mergedInto).map(({ id }) => id))
    }
  })

  test('resolved at the moment in which another is merged into it: that one ends with it or waits for somebody', async () => {
    for (let round = 0; round < 5; round++) {
      const [whole, part] = [await heldBy(ADA), await waiting()]
      await Promise.all([desk.resolve(whole.id, ADA), desk.merge(part.id, ADA, whole.id)])
      await desk.follow(part.id)
      const { case: current, owner } = await records(part.user)
      expect([current?.ticket?.state, owner]).toEqual([expect.stringMatching(/^(waiting|resolved)$/), BOT])
    }
  })
})

describe('splitting', () => {
  test('both are as they were, each with what was written since; the history of both says so', async () => {
    const { whole, part } = await merged()
    await write(part.user, 'Are you there?')
    await until(async () => (await read(whole.id)).unread === 1)
    const left = granted(await desk.split(part.id, ADA))
    expect(left.parts).toBeUndefined()
    expect(left.conversations.flatMap(({ messages }) => messages.map(({ text }) => text))).not.toContain(
      'Are you there?',
    )
    const back = await read(part.id)
    expect([back.state, back.mergedInto, await ownerOf(part.user)]).toEqual(['waiting', undefined, BOT])
    expect(back.conversations.flatMap(({ messages }) => messages.map(({ text }) => text))).toContain('Are you there?')
    await until(async () => (await listed()).has(part.id))
    expect(whatOf(left)).toContainEqual(['ticket-split', ADA.email, `${part.id} from this ticket`])
    expect(whatOf(back)).toContainEqual(['ticket-split', ADA.email, `from ${whole.id}`])
    expect(because(await desk.split(part.id, ADA))).toContain('already')
    expect(granted(await desk.merge(part.id, ADA, whole.id)).parts).toHaveLength(1)
  })

  test('whoever held it has it again', async () => {
    const [whole, part] = [await heldBy(ADA), await heldBy(BO)]
    granted(await desk.merge(part.id, LEA, whole.id))
    expect(because(await desk.split(part.id, BO))).toContain(ADA.email)
    granted(await desk.split(part.id, ADA))
    expect([(await read(part.id)).owner, await ownerOf(part.user)]).toEqual([BO.email, BO.email])
  })

  test('messages that come in the very moment are in one of both, once', async () => {
    const { whole, part } = await merged()
    await Promise.all([write(part.user, 'A last word'), desk.split(part.id, ADA)])
    const texts = async (id: string) =>
      (await read(id)).conversations.flatMap(({ messages }) => messages.map(({ text }) => text))
    expect((await texts(part.id)).filter((text) => text === 'A last word')).toHaveLength(1)
    expect(await texts(whole.id)).not.toContain('A last word')
  })
})

describe('the end', () => {
  test('resolved, returned and reopened with the ticket that it went into', async () => {
    const { whole, part } = await merged()
    granted(await desk.resolve(whole.id, ADA, { outcome: 'solved', promises: 'a new jumper' }))
    const over = await records(part.user)
    expect([over.owner, over.case?.ticket?.state, over.case?.ticket?.outcome]).toEqual([BOT, 'resolved', 'solved'])
    expect(over.case?.promises.map(({ text }) => text)).toEqual(['a new jumper'])
    granted(await desk.reopen(whole.id, ADA))
    expect([(await records(part.user)).case?.ticket?.state, await ownerOf(part.user)]).toEqual(['claimed', whole.id])
    granted(await desk.return(whole.id, ADA, {}))
    expect(await ownerOf(part.user)).toBe(BOT)
    expect(whatOf(await read(part.id)).slice(-1)).toEqual([['ticket-returned', ADA.email, `with ${whole.id}`]])
  })

  test('released or transferred, it goes along', async () => {
    const { whole, part } = await merged()
    granted(await desk.transfer(whole.id, ADA, { to: BO.email }))
    granted(await desk.reply(whole.id, BO, { text: 'I take over.', audience: 'private', part: part.id }))
    granted(await desk.release(whole.id, BO))
    expect(await ownerOf(part.user)).toBe(whole.id)
  })

  test('who merges and dies before the other ticket knows: it is made good by the outbox', async () => {
    const [whole, part] = [await heldBy(ADA), await waiting()]
    const customer = idOf(part.user)
    await opened.pipeline.outbox.note(customer)
    await updateCase(opened.redis.connections.main, customer, ({ case: given }) => {
      if (!given.ticket) return { instead: undefined }
      const was = { state: given.ticket.state }
      const merging = { into: whole.id, by: ADA.email, at: Date.now(), was }
      return {
        change: {
          case: { ...given, ticket: { ...given.ticket, state: 'claimed', merged: merging } },
          owner: whole.id,
          effects: [
            {
              ...({
                schema: 1,
                id: `crash-${part.id}`,
                caseId: given.id,
                epoch: 0,
                by: BOT,
                madeAt: Date.now(),
              } as const),
              ...({ do: 'announce', ticket: part.id, customer: given.customer, event: 'ticket-merged' } as const),
            },
          ],
        },
      }
    })
    await until(async () => (await read(whole.id)).parts?.length === 1)
  })
})

describe('erasure', () => {
  test('the customer of the merged part is erased: it is gone from the ticket, which goes on', async () => {
    const { whole, part } = await merged()
    expect(await opened.pipeline.retention.erase(idOf(part.user), LEA.email)).toBe(true)
    const left = await read(whole.id)
    expect(left.conversations.map(({ part: of }) => of)).toEqual([undefined])
    await desk.follow(whole.id)
    expect((await read(whole.id)).parts).toBeUndefined()
    expect(JSON.stringify(await records(whole.user))).not.toContain(part.user)
  })

  test('the customer of the ticket is erased: what an agent merged into it is the same person’s, and goes as well', async () => {
    const { whole, part } = await merged()
    expect(await opened.pipeline.retention.erase(idOf(whole.user), LEA.email)).toBe(true)
    expect((await records(part.user)).case).toBeUndefined()
    expect(await opened.redis.connections.main.hGet(KEYS.ticket.customers(), part.id)).toBeNull()
  })
})

describe('a macro whose reply goes to a part', () => {
  test('answers the part, and its steps are done to the whole', async () => {
    const { whole, part } = await merged()
    const written = { text: 'It comes on Friday', audience: 'private', part: part.id, also: { tag: ['late'] } } as const
    expect(granted(await desk.reply(whole.id, ADA, written)).tags).toEqual(['late'])
    await until(() => textsTo(opened.sent, part.user).some((text) => text.includes(written.text)))
    expect(textsTo(opened.sent, whole.user).filter((text) => text.includes(written.text))).toEqual([])
  })

  test('sends nothing where one of its steps is refused, however often it is tried', async () => {
    const { whole, part } = await merged()
    const also = { tag: ['late'], resolve: { reason: 'weather' } }
    const written = { text: 'It comes on Friday', audience: 'private', part: part.id, also } as const
    expect(await desk.reply(whole.id, ADA, written)).toMatchObject({ refused: 'invalid' })
    expect(await desk.reply(whole.id, ADA, written)).toMatchObject({ refused: 'invalid' })
    granted(await desk.reply(whole.id, ADA, { text: 'The last word', audience: 'private', part: part.id }))
    // Sent in order: with the last word, all before it is out.
    await until(() => textsTo(opened.sent, part.user).some((text) => text.includes('The last word')))
    expect(textsTo(opened.sent, part.user).filter((text) => text.includes(written.text))).toEqual([])
  })
})
