// Every action of the agent desk: what it leads to, whom it refuses and what it says then. Real turns, drafts and Redis.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { BOT, type ChannelEvent, type DeskEvent, type Refusal, type TicketState } from '#domain'
import type { Agent, AgentDesk, Ticket } from '#handoff'
import { loadCustomer, updateCase } from '#redis/store'
import { BRAND } from '../content/folder.ts'
import { openTestDesk, type TestDesk } from '../setup/agent-desk.ts'
import { idOf, textsTo, wrote } from '../setup/pipeline.ts'
import { until } from '../setup/redis.ts'

const ADA: Agent = { email: 'ada@mill.example', name: 'Ada' }
const BO: Agent = { email: 'bo@mill.example', name: 'Bo' }
const LEA: Agent = { email: 'lea@mill.example', name: 'Lea', lead: true }
const CARD = '4111 1111 1111 1111'

let opened: TestDesk
let desk: AgentDesk
beforeAll(async () => {
  opened = await openTestDesk({ files: { 'policies/brand.yaml': BRAND.replace('avoid: []', 'avoid: [cheap]') } })
  desk = opened.pipeline.desk
})
afterAll(() => opened?.close())

let users = 0
/** Somebody whom the bot has handed over; by default they wrote privately. */
async function handedOver(...messages: Parameters<TestDesk['handOver']> extends [string, ...infer M] ? M : never) {
  const user = `user${++users}`
  const said = messages.length > 0 ? messages : [['private', 'My jumper came with a hole in it'] as const]
  const { id } = await opened.handOver(user, ...said)
  return { user, id }
}

/** A ticket in this state; Ada holds it or has resolved it. */
async function ticketIn(state: TicketState) {
  const ticket = await handedOver()
  if (state !== 'waiting') granted(await desk.claim(ticket.id, ADA))
  if (state === 'resolved') granted(await desk.resolve(ticket.id, ADA))
  return ticket
}

function granted(answer: Ticket | Refusal): Ticket {
  if ('refused' in answer) throw new Error(`refused: ${answer.because}`)
  return answer
}
const read = async (id: string) => granted(await desk.read(id))
const ownerOf = async (user: string) => (await loadCustomer(opened.redis.connections.main, idOf(user))).owner

const ACTIONS = {
  claim: (id: string, agent: Agent) => desk.claim(id, agent),
  release: (id: string, agent: Agent) => desk.release(id, agent),
  resolve: (id: string, agent: Agent) => desk.resolve(id, agent),
  return: (id: string, agent: Agent) => desk.return(id, agent, {}),
  reopen: (id: string, agent: Agent) => desk.reopen(id, agent),
}
type Action = keyof typeof ACTIONS

describe('what an agent may do', () => {
  const LEADS_TO = [
    ['waiting', 'claim', 'claimed'],
    ['claimed', 'release', 'waiting'],
    ['claimed', 'resolve', 'resolved'],
    ['claimed', 'return', 'resolved'],
    ['resolved', 'return', 'resolved'],
    ['resolved', 'reopen', 'claimed'],
  ] as const
  const EVENTS: Record<Action, DeskEvent['type']> = {
    claim: 'ticket-claimed',
    release: 'ticket-released',
    resolve: 'ticket-resolved',
    return: 'ticket-returned',
    reopen: 'ticket-reopened',
  }

  test.each(LEADS_TO)('with a %s ticket: %s makes it %s', async (state, action, next) => {
    const { id, user } = await ticketIn(state)
    const after = granted(await ACTIONS[action](id, ADA))
    expect(after.state).toBe(next)
    expect(after).toEqual(await read(id))
    // Whoever holds it is named, and the bot is silent for as long as somebody does.
    expect(after.owner).toBe(next === 'waiting' ? undefined : ADA.email)
    expect(await ownerOf(user)).toBe(next === 'claimed' ? ADA.email : BOT)
    expect(after.history).toContainEqual({ what: EVENTS[action], by: ADA.email, at: expect.any(String) })
    await until(async () => (await desk.list({ state: next })).tickets.some((one) => one.id === id))
    if (next !== state) await until(async () => (await desk.list({ state })).tickets.every((one) => one.id !== id))
  })

  const allowed = new Set<string>(LEADS_TO.map(([state, action]) => `${state} ${action}`))
  const REFUSED = (['waiting', 'claimed', 'resolved'] as const).flatMap((state) =>
    (Object.keys(ACTIONS) as Action[]).flatMap((action) =>
      allowed.has(`${state} ${action}`) ? [] : [[state, action] as const],
    ),
  )
  test.each(REFUSED)('with a %s ticket is not to %s it, and nothing changes', async (state, action) => {
    const { id, user } = await ticketIn(state)
    const before = [await read(id), await ownerOf(user)]
    const done = { claim: 'claimed', release: 'released', resolve: 'resolved', return: 'returned', reopen: 'reopened' }
    expect(await ACTIONS[action](id, ADA)).toEqual({
      refused: 'conflict',
      because:
        state === 'claimed' && action === 'claim'
          ? 'you have claimed this ticket already'
          : `a ${state} ticket cannot be ${done[action]}`,
    })
    expect([await read(id), await ownerOf(user)]).toEqual(before)
  })

  test('to a ticket that there is not is nothing', async () => {
    const missing: Refusal = { refused: 'not-found', because: 'there is no such ticket' }
    for (const action of Object.values(ACTIONS)) expect(await action('T-0', ADA)).toEqual(missing)
    expect(await desk.read('T-0')).toEqual(missing)
    expect(await desk.messages('T-0', 1)).toEqual(missing)
    expect(await desk.seen('T-0', ADA)).toEqual(missing)
    expect(await desk.reply('T-0', ADA, { text: 'Hello', audience: 'private' })).toEqual(missing)
    expect(await desk.note('T-0', ADA, 'Hello')).toEqual(missing)
    expect(await desk.show('T-0', ADA)).toEqual(missing)
    expect(await desk.learn('T-0', ADA, { article: 'returns' })).toEqual(missing)
  })
})

describe('what a customer has just said yes to', () => {
  /** As if the ticket had been opened by a yes that can be taken back until then. */
  async function agreed(user: string, until: number) {
    await updateCase(opened.redis.connections.main, idOf(user), (open) => {
      const at = open.case.ticket?.openedAt ?? 0
      return { change: { case: { ...open.case, deed: { dialog: 'cancel-order', at, until } } } }
    })
  }

  test('can be claimed, or given to somebody, only when it can no longer be taken back', async () => {
    const { id, user } = await handedOver()
    await agreed(user, Date.now() + 60_000)
    expect(await desk.claim(id, ADA)).toEqual({
      refused: 'conflict',
      because: expect.stringMatching(/^the customer may take this back for \d\d more seconds$/),
    })
    expect(await desk.transfer(id, LEA, { to: BO.email })).toMatchObject({ refused: 'conflict' })
    expect(await ownerOf(user)).toBe(BOT)
    await agreed(user, Date.now() - 1)
    expect(granted(await desk.claim(id, ADA)).owner).toBe(ADA.email)
  })
})

describe('a ticket that a colleague holds', () => {
  test('was claimed by whoever was first, and the other is told who that is', async () => {
    const { id, user } = await handedOver()
    const answers = await Promise.all([desk.claim(id, ADA), desk.claim(id, BO)])
    const refused = answers.filter((answer) => 'refused' in answer)
    const owner = (await read(id)).owner
    expect([ADA.email, BO.email]).toContain(owner)
    expect(refused).toEqual([{ refused: 'conflict', because: `${owner} was first and has claimed this ticket` }])
    expect(await ownerOf(user)).toBe(owner)
  })

  test.each(['release', 'resolve', 'return'] as const)('lets another agent not %s it, but a lead', async (action) => {
    const { id } = await ticketIn('claimed')
    expect(await ACTIONS[action](id, BO)).toEqual({
      refused: 'not-yours',
      because: `${ADA.email} has claimed this ticket`,
    })
    expect((await read(id)).owner).toBe(ADA.email)
    expect(granted(await ACTIONS[action](id, LEA)).history.at(-1)?.by).toBe(LEA.email)
  })

  test('is answered by them alone, and by nobody before it is claimed or once it is resolved', async () => {
    const reply = { text: 'We will look into it.', audience: 'private' } as const
    for (const [state, agent, because] of [
      ['waiting', ADA, 'claim this ticket first'],
      ['claimed', BO, `${ADA.email} has claimed this ticket`],
      ['claimed', LEA, `${ADA.email} has claimed this ticket`],
      ['resolved', ADA, 'this ticket is resolved'],
    ] as const) {
      const { id, user } = await ticketIn(state)
      expect(await desk.reply(id, agent, reply)).toEqual({ refused: 'not-yours', because })
      expect(textsTo(opened.sent, user)).not.toContain(reply.text)
    }
  })

  test('goes back to the queue with all that they hold when they leave, and nobody else’s does', async () => {
    const gone: Agent = { email: 'gone@mill.example', name: 'Gone' }
    const theirs = [await handedOver(), await handedOver()]
    const other = await ticketIn('claimed')
    for (const { id } of theirs) granted(await desk.claim(id, gone))
    await until(async () => (await desk.counts(gone)).mine === 2)
    await desk.releaseAll(gone.email, BO)
    for (const { id, user } of theirs) {
      expect(await read(id)).toMatchObject({ state: 'waiting' })
      expect(await ownerOf(user)).toBe(BOT)
    }
    expect(await read(other.id)).toMatchObject({ state: 'claimed', owner: ADA.email })
    await until(async () => (await desk.counts(gone)).mine === 0)
  })
})

describe('the end of a ticket', () => {
  test('keeps a note for colleagues, without the card number that was typed into it', async () => {
    const { id } = await ticketIn('claimed')
    const { history } = granted(await desk.resolve(id, ADA, { note: `paid with ${CARD}, refund is booked` }))
    expect(history.at(-1)?.detail).toMatch(/^paid with .*, refund is booked$/)
    expect(JSON.stringify(history)).not.toContain(CARD)
  })

  test('tells the bot what was promised, and the history as well', async () => {
    const { id, user } = await ticketIn('claimed')
    const { history } = granted(await desk.return(id, ADA, { note: 'rang them', promises: 'a new jumper by Friday' }))
    expect(history.at(-1)?.detail).toBe('rang them; promised: a new jumper by Friday')
    const { case: given } = await loadCustomer(opened.redis.connections.main, idOf(user))
    expect(given?.promises).toMatchObject([{ by: 'Ada', text: 'a new jumper by Friday' }])
  })

  test('asks the customer later whether all is well, when the agent says so and not otherwise', async () => {
    const at = Date.now() + 3_600_000
    for (const [followUp, kept] of [
      [
        { at, text: 'Has the jumper arrived?' },
        { at, text: 'Has the jumper arrived?' },
      ],
      [null, undefined],
      [undefined, undefined],
    ] as const) {
      const { id, user } = await ticketIn('claimed')
      granted(await desk.resolve(id, ADA, followUp === undefined ? {} : { followUp }))
      const { case: given } = await loadCustomer(opened.redis.connections.main, idOf(user))
      expect(given?.ticket?.followUp).toEqual(kept)
    }
  })

  test('is not undone while the customer has a newer ticket', async () => {
    const { id, user } = await ticketIn('resolved')
    const next = await until(async () => {
      const ticket = await opened.handOver(user, ['private', 'The new one has a hole as well'])
      return ticket.id !== id && ticket
    })
    expect(await desk.reopen(id, ADA)).toEqual({
      refused: 'conflict',
      because: `the customer has an open ticket already: ${next.id}`,
    })
  })
})

describe('a reply', () => {
  test('reaches the customer on its side, stands in the ticket under the agent’s name, and counts as an answer', async () => {
    const { id, user } = await handedOver(['public', 'My jumper came with a hole'], ['private', 'My size is M'])
    granted(await desk.claim(id, ADA))
    const after = granted(await desk.reply(id, ADA, { text: 'A new one is on its way.', audience: 'private' }))
    expect(after.answeredAt).toBeDefined()
    await until(() => textsTo(opened.sent, user).includes('A new one is on its way.'))
    const left = opened.sent.find((one) => 'text' in one && one.text === 'A new one is on its way.')
    expect(left).toMatchObject({ type: 'private-message' })
    const { conversations } = await until(async () => {
      const ticket = await read(id)
      const last = ticket.conversations.find(({ audience }) => audience === 'private')?.messages.at(-1)
      return last?.delivery === 'sent' && ticket
    })
    const messages = (side: string) => conversations.find(({ audience }) => audience === side)?.messages ?? []
    expect(messages('private').at(-1)).toMatchObject({ text: 'A new one is on its way.', authorKind: 'agent' })
    expect(messages('public').some(({ text }) => text === 'A new one is on its way.')).toBe(false)
  })

  test('that the gate refuses goes nowhere, and every finding says where it is', async () => {
    const { id, user } = await handedOver(['public', 'My jumper came with a hole'])
    granted(await desk.claim(id, ADA))
    const before = await read(id)
    const text = 'Ring me on +44 20 7946 0999 or write to ada@mill.example'
    const answer = await desk.reply(id, ADA, { text, audience: 'public' })
    expect(answer).toMatchObject({ refused: 'gate', because: expect.stringContaining('phone number') })
    const findings = 'findings' in answer ? (answer.findings ?? []) : []
    expect(findings.map(({ start, end }) => text.slice(start, end))).toEqual(['+44 20 7946 0999', 'ada@mill.example'])
    // No reason makes it right to show private data to everybody.
    expect(await desk.reply(id, ADA, { text, audience: 'public', override: 'they asked' })).toMatchObject({
      refused: 'gate',
    })
    expect(await read(id)).toEqual(before)
    expect(textsTo(opened.sent, user)).not.toContain(text)
  })

  test('may go out against a finding that is not absolute, and the history keeps the reason', async () => {
    const { id, user } = await ticketIn('claimed')
    const reply = { text: 'It is cheap, and it is sent.', audience: 'private' } as const
    expect(await desk.reply(id, ADA, reply)).toMatchObject({ refused: 'gate', findings: [{ absolute: false }] })
    const { history } = granted(await desk.reply(id, ADA, { ...reply, override: 'those are their words' }))
    expect(history).toContainEqual(
      expect.objectContaining({ what: 'gate-overridden', detail: 'those are their words' }),
    )
    await until(() => textsTo(opened.sent, user).includes(reply.text))
  })

  test('to a channel that is switched off is refused', async () => {
    const [user, id] = ['abroad', 'x:m1']
    const customer = { id: `x:brand:${user}`, channel: 'x', account: 'brand', user } as const
    const conversation = { id: `x:brand:dm:${user}`, channel: 'x', audience: 'private' } as const
    const text = 'Is anybody there?'
    const message = { id, conversation, author: user, authorKind: 'customer', text, at: Date.now() } as const
    const event: ChannelEvent = { kind: 'message', id, own: false, customer, message, directed: true }
    await opened.pipeline.inbox.deliver('x', [event])
    const { main } = opened.redis.connections
    const ticket = await until(async () => (await loadCustomer(main, customer.id)).case?.ticket)
    await until(async () => !('refused' in (await desk.read(ticket.id))))
    granted(await desk.claim(ticket.id, ADA))
    expect(await desk.reply(ticket.id, ADA, { text: 'Yes', audience: 'private' })).toEqual({
      refused: 'channel',
      because: 'this channel is switched off',
    })
  })
})

describe('a note', () => {
  test.each(['waiting', 'claimed', 'resolved'] as const)(
    'on a %s ticket is anybody’s, and the customer never sees it',
    async (state) => {
      const { id, user } = await ticketIn(state)
      const { notes } = granted(await desk.note(id, BO, `VIP, their card is ${CARD}`))
      expect(notes).toMatchObject([{ by: BO.email, text: expect.stringMatching(/^VIP, their card is /) }])
      expect(JSON.stringify(await read(id))).not.toContain(CARD)
      expect(textsTo(opened.sent, user).join()).not.toContain('VIP')
    },
  )
})

describe('what the customer wrote', () => {
  test('is unread until the agent who holds the ticket has read it', async () => {
    const { id, user } = await ticketIn('claimed')
    await opened.pipeline.inbox.deliver('playground', [wrote(user, 'Are you there?')])
    await until(async () => (await read(id)).unread === 1)
    expect(granted(await desk.seen(id, BO)).unread).toBe(1)
    expect(granted(await desk.seen(id, ADA)).unread).toBe(0)
  })

  test('is masked where it is private, and who had it shown is in the history, with the kinds alone', async () => {
    const { id } = await handedOver(['private', 'Send it to jo.quill@post.example please'])
    const { conversations } = await read(id)
    const message = conversations[0]?.messages[0]
    const [span] = message?.private ?? []
    expect(message?.text.slice(span?.start, span?.end)).toBe('jo.quill@post.example')
    const { history } = granted(await desk.show(id, BO, [message?.id ?? '']))
    expect(history.at(-1)).toMatchObject({ what: 'private-data-shown', by: BO.email, detail: 'email in a message' })
  })

  test('is not said to have been shown where nothing was masked', async () => {
    const { id } = await handedOver()
    expect(granted(await desk.show(id, BO)).history.map(({ what }) => what)).not.toContain('private-data-shown')
  })

  test('is proposed as a question of an article, once, in a draft that somebody else approves', async () => {
    const { id } = await handedOver(['private', 'Which courier picks up an unwanted scarf?'])
    const first = granted(await desk.learn(id, ADA, { article: 'returns' }))
    expect(first.history.at(-1)).toMatchObject({ what: 'wording-learnt', by: ADA.email })
    expect(granted(await desk.learn(id, ADA, { article: 'returns' })).history).toEqual(first.history)
    const [draft] = (await opened.releases.desk.overview()).drafts
    const files = await opened.releases.desk.draft(draft?.id ?? '')
    expect(JSON.stringify(files)).toContain('Which courier picks up an unwanted scarf?')
  })

  test('is said to be of a kind, and the ticket says who said so', async () => {
    const { id } = await handedOver()
    const { brief } = granted(await desk.learn(id, BO, { label: { complaint: 'minor' } }))
    expect(brief.labelled).toMatchObject({ complaint: 'minor', by: BO.email })
  })

  test.each([
    ['there is no such article', 'private', 'Which wool is it?', { article: 'nowhere' }, 'not-found'],
    ['it is private data alone', 'private', 'jo.quill@post.example', { article: 'returns' }, 'invalid'],
    ['the bot said nothing of it', 'private', 'Which wool is that?', { article: 'returns', answer: 'm0' }, 'not-found'],
  ] as const)('is not proposed where %s', async (_, audience, text, as, refused) => {
    const { id } = await handedOver([audience, text])
    expect(await desk.learn(id, ADA, as)).toMatchObject({ refused, because: expect.any(String) })
    expect((await read(id)).history.map(({ what }) => what)).not.toContain('wording-learnt')
  })
})

describe('the trace of a case', () => {
  test('has its messages, decisions and sends with how they fared, and says what in them is private', async () => {
    const { id } = await handedOver(['private', 'Write to jo.quill@post.example'])
    const { caseId } = await read(id)
    const trace = await until(async () => {
      const one = await desk.trace(caseId)
      return 'events' in one && one.events.some(({ state }) => state === 'sent') && one
    })
    expect(trace.events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['message-received', 'turn-taken', 'ticket-opened', 'message-queued', 'effect-sent']),
    )
    expect(trace.private).toEqual([{ type: 'email', value: 'jo.quill@post.example' }])
  })

  test.each(['playground:brand:nobody~1', 'no case at all', ''])('of %j is not found', async (id) => {
    expect(await desk.trace(id)).toEqual({ refused: 'not-found', because: 'there is no such case' })
  })
})

test('a page hears of every change by ids alone, until it leaves', async () => {
  const heard: DeskEvent[] = []
  const leave = desk.listen((event) => void heard.push(event))
  const { id } = await ticketIn('claimed')
  const of = (ticket: string) => heard.filter((event) => event.ticket === ticket)
  await until(() => of(id).some(({ type }) => type === 'ticket-claimed'))
  expect(of(id).map(({ type }) => type)).toEqual(expect.arrayContaining(['ticket-opened', 'ticket-claimed']))
  for (const event of of(id)) expect(Object.keys(event).sort()).toEqual(['at', 'ticket', 'type'])
  leave()
  const other: DeskEvent[] = []
  const leaveOther = desk.listen((event) => void other.push(event))
  granted(await desk.release(id, ADA))
  await until(() => other.some(({ type, ticket }) => ticket === id && type === 'ticket-released'))
  expect(of(id).map(({ type }) => type)).not.toContain('ticket-released')
  leaveOther()
})
