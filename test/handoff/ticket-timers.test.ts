// The service's clock: tickets that come due, are left lying or wait, and customers who are not forgotten.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { type Case, type ChannelCapabilities, continueCase, type HistoryEvent, type Outgoing } from '#domain'
import { type Agent, NETWORK_INBOX } from '#handoff'
import type { Brand } from '#policy'
import { type Connections, connectRedis } from '#redis/connect'
import { loadCustomer, updateCase } from '#redis/store'
import type { LocalEngine } from '../../src/cli/local-engine.ts'
import { idOf, openSampleEngine, openTestPipeline, type TestPipeline, textsTo, wrote } from '../setup/pipeline.ts'
import { silent, startTestRedis, type TestRedis, until } from '../setup/redis.ts'

const PERSON = 'I want to talk to a human'
const QUESTION = 'How much is delivery?'
const ada: Agent = { email: 'ada@harbourlane.example', name: 'Ada' }

let redis: TestRedis
let shop: LocalEngine
let sent: Outgoing[] = []
const pipelines: TestPipeline[] = []
const others: Connections[] = []
beforeAll(async () => {
  ;[redis, shop] = await Promise.all([startTestRedis(), openSampleEngine()])
})
afterEach(async () => {
  for (const pipeline of pipelines.splice(0)) await pipeline.close()
  for (const connections of others.splice(0)) await connections.close()
  sent = []
})
afterAll(async () => {
  await shop?.close()
  await redis?.close()
})

const always = '00:00-24:00'
const hours: Brand['hours'] = {
  zone: 'Europe/London',
  monday: always,
  tuesday: always,
  wednesday: always,
  thursday: always,
  friday: always,
  saturday: always,
  sunday: always,
}
/** One second, in minutes. */
const SECOND = 1 / 60

/** `workers` worker processes’ parts, each with connections of its own, for a brand with these settings. */
async function open(
  brand: Partial<Brand>,
  { workers = 1, law }: { workers?: number; law?: ChannelCapabilities } = {},
): Promise<TestPipeline> {
  const content = { ...shop.content, brand: { ...shop.content.brand, hours, clock: {}, ...brand } }
  for (let n = 0; n < workers; n++) {
    const connections = connectRedis(redis.server.address, silent)
    await connections.ready
    others.push(connections)
    const pipeline = await openTestPipeline({
      connections,
      mind: { ...shop.context, content },
      sent,
      ...(law ? { law } : {}),
    })
    pipelines.push(pipeline)
    await pipeline.start()
  }
  return pipelines[0] as TestPipeline
}

const stateOf = (user: string) => loadCustomer(redis.connections.main, idOf(user))
const ticketOf = async (user: string) => (await stateOf(user)).case?.ticket
const eventsOf = async (user: string, type: HistoryEvent['type']) =>
  (await stateOf(user)).history.filter((event) => event.type === type)

/** Rewrites a customer's case. */
async function change(user: string, how: (given: Case) => Case): Promise<void> {
  const done = await updateCase(redis.connections.main, idOf(user), (open) => ({ change: { case: how(open.case) } }))
  expect(done).toBeDefined()
}

/** What the desk was asked for was done. */
const granted = (answer: object) => expect(answer).not.toHaveProperty('refused')

/** A customer who waits for a person; returns their ticket's id. */
async function waiting(
  pipeline: TestPipeline,
  user: string,
  audience: 'public' | 'private' = 'private',
): Promise<string> {
  await pipeline.inbox.deliver('playground', [wrote(user, PERSON, audience)])
  await until(() => textsTo(sent, user).length === 1)
  return until(async () => (await ticketOf(user))?.id)
}

const due = { urgent: 1, high: 60, normal: 120, low: 480 }

describe('a ticket', () => {
  test('is warned of before it is due, and raised once it is overdue; each once, over several workers', async () => {
    const soon = 3 * SECOND
    const pipeline = await open(
      { due: { ...due, normal: soon, high: soon }, clock: { 'warn-before': 2 * SECOND } },
      { workers: 3 },
    )
    const told: string[] = []
    pipeline.desk.listen((event) => told.push(event.type))
    const id = await waiting(pipeline, 'due')
    const before = await ticketOf('due')
    await until(async () => (await eventsOf('due', 'ticket-overdue')).length > 0)
    // Whatever happens to it now, it rings no more.
    granted(await pipeline.desk.note(id, ada, 'a note'))
    await until(() => told.filter((type) => type === 'ticket-updated').length > 1)
    expect(await eventsOf('due', 'ticket-warning')).toHaveLength(1)
    expect(await eventsOf('due', 'ticket-overdue')).toHaveLength(1)
    expect(told).toContain('ticket-warning')
    const priorities = ['urgent', 'high', 'normal', 'low']
    const { priority } = (await ticketOf('due')) ?? {}
    expect(priorities.indexOf(priority ?? '')).toBe(priorities.indexOf(before?.priority ?? '') - 1)
  })

  test('that its agent leaves lying goes back to the queue, and a sign of work puts that off', async () => {
    const pipeline = await open({ due, clock: { 'release-after': 2 * SECOND } })
    const id = await waiting(pipeline, 'idle')
    const epoch = (await stateOf('idle')).epoch
    granted(await pipeline.desk.claim(id, ada))
    granted(await pipeline.desk.note(id, ada, 'rang the carrier'))
    const [released] = await until(async () => {
      const events = await eventsOf('idle', 'ticket-released')
      return events.length > 0 && events
    })
    expect(released).toMatchObject({ by: 'clock', detail: `nothing was heard from ${ada.email}` })
    const [noted] = await eventsOf('idle', 'note-added')
    expect(released?.at).toBeGreaterThanOrEqual((noted?.at ?? Infinity) + 2_000)
    const state = await stateOf('idle')
    expect(state.case?.ticket).toMatchObject({ state: 'waiting' })
    expect(state.case?.ticket).not.toHaveProperty('owner')
    expect(state).toMatchObject({ owner: 'bot', epoch: epoch + 2 })
  })
})

describe('somebody in the network’s own inbox', () => {
  test('and a customer who writes in the same millisecond: the customer is not forgotten', async () => {
    const pipeline = await open({ due, clock: { 'network-inbox-after': 1 } })
    await pipeline.inbox.deliver('playground', [wrote('instant', QUESTION)])
    await until(() => textsTo(sent, 'instant').length === 1)
    await pipeline.externalInbox.personSpoke(idOf('instant'))
    await pipeline.inbox.deliver('playground', [wrote('instant', 'And to Scotland?')])
    await until(async () => (await eventsOf('instant', 'turn-taken')).length === 2)
    const id = (await ticketOf('instant'))?.id ?? ''
    const [, received] = await eventsOf('instant', 'message-received')
    await change('instant', (given) =>
      given.ticket ? { ...given, ticket: { ...given.ticket, since: received?.at ?? 0 } } : given,
    )
    const realNow = Date.now
    Date.now = () => realNow() + 120_000
    await pipeline.timers['ticket-idle'](id).finally(() => {
      Date.now = realNow
    })
    expect((await ticketOf('instant'))?.state).toBe('waiting')
  })

  test('who says nothing more gives the case back to the bot', async () => {
    const pipeline = await open({ due, clock: { 'network-inbox-after': SECOND } })
    await pipeline.inbox.deliver('playground', [wrote('echoed', QUESTION)])
    await until(() => textsTo(sent, 'echoed').length === 1)
    await pipeline.externalInbox.personSpoke(idOf('echoed'))
    expect((await stateOf('echoed')).owner).toBe(NETWORK_INBOX)
    await until(async () => (await stateOf('echoed')).owner === 'bot')
    expect(await ticketOf('echoed')).toMatchObject({ state: 'resolved' })
    await pipeline.inbox.deliver('playground', [wrote('echoed', QUESTION)])
    await until(() => textsTo(sent, 'echoed').length === 2)
  })

  test('who leaves a customer’s words unanswered gives the case to the queue', async () => {
    const pipeline = await open({ due, clock: { 'network-inbox-after': 2 * SECOND } })
    await pipeline.inbox.deliver('playground', [wrote('unanswered', QUESTION)])
    await until(() => textsTo(sent, 'unanswered').length === 1)
    await pipeline.externalInbox.personSpoke(idOf('unanswered'))
    await pipeline.inbox.deliver('playground', [wrote('unanswered', 'And to Scotland?')])
    await until(async () => (await ticketOf('unanswered'))?.state === 'waiting')
    expect((await stateOf('unanswered')).owner).toBe('bot')
    expect(textsTo(sent, 'unanswered')).toHaveLength(1)
  })

  test('is quicker than our first turn, or writes to somebody we never heard of: the bot is silent there', async () => {
    const pipeline = await open({ due, clock: {} })
    await pipeline.externalInbox.personSpoke(idOf('stranger'))
    await pipeline.inbox.deliver('playground', [wrote('stranger', QUESTION)])
    await until(async () => (await eventsOf('stranger', 'turn-taken')).length === 1)
    const { owner, case: given } = await stateOf('stranger')
    expect(owner).toBe(NETWORK_INBOX)
    expect(given?.customer).toMatchObject({ channel: 'playground', account: 'brand', user: 'stranger' })
    expect(textsTo(sent, 'stranger')).toEqual([])
    await pipeline.externalInbox.personLeft(idOf('stranger'))
    await pipeline.inbox.deliver('playground', [wrote('stranger', QUESTION)])
    await until(() => textsTo(sent, 'stranger').length === 1)
  })
})

describe('a customer who waits for a person', () => {
  test('hears once that they are not forgotten, over several workers', async () => {
    const pipeline = await open(
      { due: { ...due, normal: 4 * SECOND, high: 4 * SECOND }, clock: { 'reassure-after': SECOND } },
      { workers: 2 },
    )
    await waiting(pipeline, 'patient')
    await until(async () => (await eventsOf('patient', 'ticket-overdue')).length > 0)
    await until(() => textsTo(sent, 'patient').length > 1)
    expect(await eventsOf('patient', 'customer-reassured')).toHaveLength(1)
    expect(textsTo(sent, 'patient').slice(1)).toEqual([shop.content.brand.sayings['still-waiting']])
  })

  test('hears nothing once somebody has claimed the ticket', async () => {
    const pipeline = await open({ due, clock: { 'reassure-after': SECOND, 'release-after': 2.5 * SECOND } })
    const id = await waiting(pipeline, 'served')
    granted(await pipeline.desk.claim(id, ada))
    await until(async () => (await eventsOf('served', 'ticket-released')).length > 0)
    const before = (await eventsOf('served', 'customer-reassured')).length
    expect(before).toBe(0)
    // Released, the customer waits again.
    await until(async () => (await eventsOf('served', 'customer-reassured')).length > 0)
  })

  test('is not written to in public where a network takes one automated reply', async () => {
    const law: ChannelCapabilities = { toPrivate: 'invite', hide: true, oneReply: true }
    const pipeline = await open({ due, clock: { 'reassure-after': SECOND } }, { law })
    await waiting(pipeline, 'posting', 'public')
    const [untold] = await until(async () => {
      const events = await eventsOf('posting', 'customer-not-told')
      return events.length > 0 && events
    })
    expect(untold).toMatchObject({ detail: 'this network takes one automated reply to a post' })
    expect(textsTo(sent, 'posting')).toHaveLength(1)
  })
})

describe('who has told us not to write is never written to unasked', () => {
  test('neither while they wait nor afterwards, not even in an agent’s words, and the history says why', async () => {
    const pipeline = await open({ due, clock: { 'reassure-after': SECOND } })
    await pipeline.inbox.deliver('playground', [wrote('quiet', 'Stop messaging me')])
    const id = await until(async () => (await ticketOf('quiet'))?.id)
    const why = 'the customer has asked us not to write unasked'
    await until(async () => (await eventsOf('quiet', 'customer-not-told')).length === 1)
    granted(await pipeline.desk.claim(id, ada))
    granted(await pipeline.desk.resolve(id, ada, { followUp: { at: Date.now() + 10, text: 'Has the lamp arrived?' } }))
    const untold = await until(async () => {
      const events = await eventsOf('quiet', 'customer-not-told')
      return events.length === 2 && events
    })
    expect(untold.map((event) => 'detail' in event && event.detail)).toEqual([why, why])
    const said = textsTo(sent, 'quiet')
    expect(said).not.toContain(shop.content.brand.sayings['still-waiting'])
    expect(said).not.toContain('Has the lamp arrived?')
  })

  test('and what they say to a person counts, in later cases too', async () => {
    const pipeline = await open({ due })
    const id = await waiting(pipeline, 'firm')
    granted(await pipeline.desk.claim(id, ada))
    await pipeline.inbox.deliver('playground', [wrote('firm', 'Please unsubscribe me')])
    const given = await until(async () => {
      const { case: present } = await stateOf('firm')
      return present?.optedOut && present
    })
    const quiet = { ...given, ticket: undefined } as Case
    expect(continueCase(quiet, given.customer, Date.now() + 90 * 86_400_000)).toMatchObject({
      id: expect.stringMatching(/~2$/),
      optedOut: true,
    })
  })
})

describe('a resolved ticket is followed up', () => {
  test('once, in the agent’s words or the brand’s, unless the customer has written since', async () => {
    const pipeline = await open({ due, clock: { 'follow-up-after': 1 / 3600 } }, { workers: 2 })
    for (const user of ['own', 'usual', 'never', 'wrote']) {
      const id = await waiting(pipeline, user)
      granted(await pipeline.desk.claim(id, ada))
      const at = Date.now() + 1000
      if (user === 'own')
        granted(await pipeline.desk.resolve(id, ada, { followUp: { at, text: 'Has the lamp arrived?' } }))
      if (user === 'usual') granted(await pipeline.desk.return(id, ada, {}))
      if (user === 'never') granted(await pipeline.desk.resolve(id, ada, { followUp: null }))
      if (user === 'wrote') {
        granted(await pipeline.desk.resolve(id, ada))
        await pipeline.inbox.deliver('playground', [wrote('wrote', QUESTION)])
      }
    }
    await until(() => textsTo(sent, 'own').length === 2 && textsTo(sent, 'usual').length === 2)
    await until(async () => (await eventsOf('wrote', 'customer-not-told')).length > 0)
    expect(textsTo(sent, 'own')[1]).toBe('Has the lamp arrived?')
    expect(textsTo(sent, 'usual')[1]).toBe(shop.content.brand.sayings['follow-up'])
    expect(textsTo(sent, 'wrote')).not.toContain(shop.content.brand.sayings['follow-up'])
    expect(textsTo(sent, 'never')).toHaveLength(1)
    for (const user of ['own', 'usual']) expect(await eventsOf(user, 'customer-followed-up')).toHaveLength(1)
  })

  test('not where the network’s window is closed, and the history says why', async () => {
    const law: ChannelCapabilities = { toPrivate: 'message', hide: true, windowHours: 24 }
    const pipeline = await open({ due, clock: { 'follow-up-after': 1 / 3600 } }, { law })
    const id = await waiting(pipeline, 'late')
    // The customer wrote two days ago.
    await change('late', (given) => ({
      ...given,
      conversations: given.conversations.map((one) => ({ ...one, lastInboundAt: Date.now() - 48 * 3_600_000 })),
    }))
    granted(await pipeline.desk.claim(id, ada))
    granted(await pipeline.desk.resolve(id, ada))
    const [untold] = await until(async () => {
      const events = await eventsOf('late', 'customer-not-told')
      return events.length > 0 && events
    })
    expect(untold).toMatchObject({ detail: expect.stringContaining('window for private messages is closed') })
  })
})

test('two schedulers that ring the same alarm at the same time change a case once', async () => {
  const pipeline = await open({ due, clock: { 'release-after': 60, 'reassure-after': 60 } }, { workers: 2 })
  const id = await waiting(pipeline, 'twice')
  const past = { since: Date.now() - 2 * 3_600_000, dueAt: Date.now() - 1 }
  await change('twice', (given) => (given.ticket ? { ...given, ticket: { ...given.ticket, ...past } } : given))
  const names = ['ticket-due', 'ticket-waiting'] as const
  await Promise.all(pipelines.flatMap(({ timers }) => names.flatMap((name) => [timers[name](id), timers[name](id)])))
  await until(() => textsTo(sent, 'twice').length > 1)
  for (const type of ['ticket-overdue', 'customer-reassured', 'ticket-opened'] as const)
    expect(await eventsOf('twice', type)).toHaveLength(1)
  expect(textsTo(sent, 'twice')).toHaveLength(2)
})
