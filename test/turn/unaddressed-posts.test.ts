// Posts that speak of the brand and not to it: taken up by agents, seldom, and never by the bot unless a rule says so.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import type { ChannelCapabilities, Outgoing } from '#domain'
import { brandFile, compile, type Proactive, type Rule } from '#policy'
import { connectRedis } from '#redis/connect'
import { keysOf } from '#redis/keys'
import type { TurnContext } from '#turn'
import type { LocalEngine } from '../../src/cli/local-engine.ts'
import { idOf, openSampleEngine, openTestPipeline, type TestPipeline, textsTo, wrote } from '../setup/pipeline.ts'
import { silent, startTestRedis, type TestRedis, until } from '../setup/redis.ts'

const QUESTION = 'Thinking of buying from Harbour Lane. How much is delivery?'
const BROKEN = 'My Harbour Lane lamp arrived broken and nobody answers the phone'
const PRAISE = 'Love my new Harbour Lane mugs'
const CAPS: Proactive = {
  ...{ terms: ['Harbour Lane'], not: [], every: 15 },
  ...{ 'per-day': 1000, 'per-person': 100, 'person-days': 30 },
}
const AGENT = { email: 'sam@harbourlane.example', name: 'Sam' }

let redis: TestRedis
let shop: LocalEngine
let sent: Outgoing[] = []
const pipelines: TestPipeline[] = []
beforeAll(async () => {
  ;[redis, shop] = await Promise.all([startTestRedis(), openSampleEngine()])
})
afterEach(async () => {
  for (const pipeline of pipelines.splice(0)) await pipeline.close()
  sent = []
  await redis.connections.main.flushAll()
})
afterAll(async () => {
  await shop?.close()
  await redis?.close()
})

type More = Partial<Parameters<typeof openTestPipeline>[0]>
type Setting = {
  caps?: Partial<Proactive> | 'off'
  rules?: readonly Rule[]
  mind?: Partial<TurnContext>
  law?: ChannelCapabilities
}

function mindWith({ caps = {}, rules = [], mind = {} }: Setting): TurnContext {
  const { proactive: _, ...brand } = shop.content.brand
  const own = caps === 'off' ? brand : { ...brand, proactive: { ...CAPS, ...caps } }
  const kept =
    rules.length > 0 ? shop.content.rules.filter(({ id }) => !id.startsWith('proactive.')) : shop.content.rules
  return {
    ...shop.context,
    content: { ...shop.content, brand: own },
    rules: compile([...kept, ...rules], shop.content.version),
    ...mind,
  }
}

async function open(setting: Setting = {}, more: More = {}): Promise<TestPipeline> {
  const { law } = setting
  const mind = mindWith(setting)
  const pipeline = await openTestPipeline({
    connections: redis.connections,
    mind,
    sent,
    ...(law ? { law } : {}),
    ...more,
  })
  pipelines.push(pipeline)
  await pipeline.start()
  return pipeline
}

let posts = 0
/** Somebody posts, and not to us; returns the post's id. */
async function overhear(pipeline: TestPipeline, user: string, text: string, thread?: string): Promise<string> {
  const id = `o${++posts}`
  const event = wrote(user, text, 'public', id, { directed: false, ...(thread ? { thread } : {}) })
  await pipeline.inbox.deliver('playground', [event])
  return id
}
const turnsOf = async (pipeline: TestPipeline, user: string) =>
  (await pipeline.inbox.open(idOf(user))).history.flatMap((event) => (event.type === 'turn-taken' ? [event] : []))
const turn = (pipeline: TestPipeline, user: string, count = 1) =>
  until(async () => {
    const turns = await turnsOf(pipeline, user)
    return turns.length >= count && turns[count - 1]
  })
const caseOf = async (pipeline: TestPipeline, user: string) => (await pipeline.inbox.open(idOf(user))).case

const SPEAKS: Rule = {
  id: 'proactive.answer',
  when: { directed: false, helpable: { 'at-least': 0.5 }, knowledge: 'sure' },
  then: 'answer',
  because: 'We answer what our articles know.',
}

describe('somebody who would be glad of help', () => {
  test('is shown to agents with what they might say; nothing is said', async () => {
    const pipeline = await open()
    await overhear(pipeline, 'ana', QUESTION)
    const { outcome, reasons, facts } = await turn(pipeline, 'ana')
    expect(outcome).toBe('escalated')
    expect(reasons.map(({ rule }) => rule)).toEqual(['proactive.question', 'answers.sure', 'unasked'])
    expect(facts).toMatchObject({ directed: false, 'leave-alone': [], helpable: expect.any(Number) })
    const ticket = (await caseOf(pipeline, 'ana'))?.ticket
    expect(ticket).toMatchObject({ state: 'waiting', team: 'social', priority: 'low' })
    expect(ticket?.suggestedReply).toMatch(/£\d/)
    expect(ticket?.told).toBeUndefined()
    expect(sent).toEqual([])
  })

  test('is answered where they posted when an agent wants that, and then speaks to us', async () => {
    const pipeline = await open()
    const post = await overhear(pipeline, 'ben', BROKEN)
    await turn(pipeline, 'ben')
    const id = (await caseOf(pipeline, 'ben'))?.ticket?.id ?? ''
    const seen = await until(async () => {
      const one = await pipeline.desk.read(id)
      return !('refused' in one) && one
    })
    expect(seen.reasons.map(({ rule }) => rule)).toEqual(['proactive.complaint', 'unasked'])
    expect(seen.brief).toMatchObject({ wants: BROKEN, suggestedReply: expect.stringContaining('private message') })
    await pipeline.desk.claim(id, AGENT)
    const text = 'Sorry to see that. Send us a private message and we will put it right.'
    expect(await pipeline.desk.reply(id, AGENT, { text, audience: 'public' })).not.toHaveProperty('refused')
    await until(() => sent.length === 1)
    expect(sent[0]).toMatchObject({ type: 'public-reply', inReplyTo: `playground:${post}`, text, by: 'agent' })
  })

  test('hears nothing from a clock either: not that they are waiting, for they are not', async () => {
    const { brand } = shop.content
    const at = Date.UTC(2026, 10, 24, 12)
    let now = at
    const pipeline = await open({}, { now: () => now })
    await overhear(pipeline, 'cleo', BROKEN)
    await turn(pipeline, 'cleo')
    const id = (await caseOf(pipeline, 'cleo'))?.ticket?.id ?? ''
    now += (brand.clock['reassure-after'] ?? 0) * 60_000 + 1000
    await until(() => pipeline.tickets.whose(id))
    await pipeline.timers['ticket-waiting'](id)
    const { history } = await pipeline.inbox.open(idOf('cleo'))
    expect(history.at(-1)).toMatchObject({ type: 'customer-not-told', detail: 'the customer has not written to us' })
    expect(sent).toEqual([])
  })
})

describe('who is left alone', () => {
  test('leaves nothing behind but the decision and its reason', async () => {
    const pipeline = await open()
    await overhear(pipeline, 'dev', PRAISE)
    const { outcome, reasons, facts } = await turn(pipeline, 'dev')
    expect({ outcome, reasons }).toEqual({
      outcome: 'ignored',
      reasons: [expect.objectContaining({ rule: 'proactive.leave-alone' })],
    })
    expect(facts).toMatchObject({ 'leave-alone': ['praise'] })
    expect(await caseOf(pipeline, 'dev')).toMatchObject({ turns: 0, conversations: [], moods: [] })
    expect(await pipeline.tickets.counts()).toEqual({ open: 0, resolved: 0 })
  })

  test('is everybody where no rule speaks of such posts', async () => {
    const pipeline = await open({ rules: [{ ...SPEAKS, when: { ...SPEAKS.when, channel: 'x' } }] })
    await overhear(pipeline, 'eva', QUESTION)
    const { outcome, reasons } = await turn(pipeline, 'eva')
    expect({ outcome, rules: reasons.map(({ rule }) => rule) }).toEqual({
      outcome: 'ignored',
      rules: ['not-asked', 'answers.sure'],
    })
  })

  test('is everybody where the brand does not look for posts', async () => {
    const pipeline = await open({ caps: 'off' })
    await overhear(pipeline, 'fay', QUESTION)
    const { outcome, facts } = await turn(pipeline, 'fay')
    expect({ outcome, helpable: facts?.helpable }).toEqual({ outcome: 'ignored' })
  })

  test('does not lose their place: what they ask us is answered as if they had said nothing else', async () => {
    const pipeline = await open()
    await pipeline.inbox.deliver('playground', [wrote('gus', 'How much is delivery?', 'public', 'first')])
    await until(() => textsTo(sent, 'gus').length === 1)
    const before = await caseOf(pipeline, 'gus')
    await overhear(pipeline, 'gus', PRAISE)
    await turn(pipeline, 'gus', 2)
    expect(await caseOf(pipeline, 'gus')).toEqual(before)
  })

  test('is whoever has a ticket already: their agent sees the post, and answers where they were asked', async () => {
    const pipeline = await open()
    await pipeline.inbox.deliver('playground', [wrote('hal', 'I want to speak to a person please', 'public', 'asked')])
    await turn(pipeline, 'hal')
    await overhear(pipeline, 'hal', BROKEN)
    const { outcome, reasons } = await turn(pipeline, 'hal', 2)
    expect({ outcome, rule: reasons[0]?.rule }).toEqual({ outcome: 'ignored', rule: 'has-ticket' })
    const given = await caseOf(pipeline, 'hal')
    expect(given?.ticket?.unread).toBe(1)
    expect(given?.conversations.map(({ lastInbound }) => lastInbound)).toEqual(['playground:asked'])
  })

  test('is not troubled when a turn fails', async () => {
    const fails = async () => {
      throw new Error('broken')
    }
    const pipeline = await open({ mind: { understand: fails } })
    await overhear(pipeline, 'ida', BROKEN)
    const { outcome, reasons } = await until(async () => (await turnsOf(pipeline, 'ida'))[0], 25_000)
    expect({ outcome, rule: reasons[0]?.rule }).toEqual({ outcome: 'ignored', rule: 'failure' })
    expect({ sent, counts: await pipeline.tickets.counts() }).toEqual({ sent: [], counts: { open: 0, resolved: 0 } })
  })

  test('is for ever whoever asked us not to write, even once everything else about them is forgotten', async () => {
    const pipeline = await open()
    await pipeline.inbox.deliver('playground', [wrote('jim', 'stop messaging me', 'public', 'stop')])
    await turn(pipeline, 'jim')
    const id = (await caseOf(pipeline, 'jim'))?.ticket?.id ?? ''
    await until(async () => !('refused' in (await pipeline.desk.read(id))))
    await pipeline.desk.claim(id, AGENT)
    await pipeline.desk.resolve(id, AGENT)
    await overhear(pipeline, 'jim', BROKEN)
    expect(await turn(pipeline, 'jim', 2)).toMatchObject({
      outcome: 'ignored',
      reasons: [{ rule: 'opted-out' }, { rule: 'proactive.complaint' }],
    })

    const { state, history } = keysOf(idOf('jim'))
    await redis.connections.main.del(state)
    await redis.connections.main.del(history)
    await overhear(pipeline, 'jim', BROKEN)
    expect(await turn(pipeline, 'jim')).toMatchObject({
      outcome: 'ignored',
      reasons: [{ rule: 'opted-out' }, { rule: 'proactive.complaint' }],
    })
  })
})

describe('the bot speaks to whoever did not address it', () => {
  test('where a rule says so, under the post', async () => {
    const pipeline = await open({ rules: [SPEAKS] })
    const post = await overhear(pipeline, 'kim', QUESTION)
    expect(await turn(pipeline, 'kim')).toMatchObject({
      outcome: 'answered',
      reasons: [{}, { rule: 'proactive.answer' }],
    })
    await until(() => sent.length === 1)
    expect(sent[0]).toMatchObject({ type: 'public-reply', inReplyTo: `playground:${post}`, by: 'bot' })
  })

  test('in public only: nobody gets a private message who did not write to us', async () => {
    const pipeline = await open({ rules: [{ ...SPEAKS, when: { directed: false }, then: 'move-to-private' }] })
    await overhear(pipeline, 'lea', BROKEN)
    expect(await turn(pipeline, 'lea')).toMatchObject({ outcome: 'moved-to-private' })
    await until(() => sent.length === 1)
    await until(async () => (await pipeline.inbox.backlog()).waiting === 0)
    expect(sent.map(({ type }) => type)).toEqual(['public-reply'])
  })

  test('not by a rule that does not speak of such posts', async () => {
    const pipeline = await open({ rules: [{ ...SPEAKS, when: { knowledge: 'sure', audience: 'public' } }] })
    await overhear(pipeline, 'mia', QUESTION)
    const { outcome, reasons } = await turn(pipeline, 'mia')
    expect({ outcome, rules: reasons.map(({ rule }) => rule) }).toEqual({
      outcome: 'ignored',
      rules: ['not-asked', 'answers.sure', 'proactive.answer'],
    })
    expect(sent).toEqual([])
  })

  test.each(['people', 'nobody'] as const)('not where the network leaves that to %s', async (unasked) => {
    const pipeline = await open({ rules: [SPEAKS], law: { toPrivate: 'invite', hide: true, unasked } })
    await overhear(pipeline, 'nia', QUESTION)
    const { reasons } = await turn(pipeline, 'nia')
    expect(reasons.map(({ rule }) => rule)).toEqual(['answers.sure', 'proactive.answer', 'people-only', 'unasked'])
    const id = (await caseOf(pipeline, 'nia'))?.ticket?.id ?? ''
    await until(async () => !('refused' in (await pipeline.desk.read(id))))
    await pipeline.desk.claim(id, AGENT)
    const replied = await pipeline.desk.reply(id, AGENT, { text: 'Delivery is £4.95.', audience: 'public' })
    if (unasked === 'people') {
      await until(() => sent.length === 1)
      expect(sent[0]).toMatchObject({ type: 'public-reply', by: 'agent' })
    } else {
      expect(replied).toMatchObject({ refused: 'channel', because: expect.stringContaining('on the network itself') })
      expect(sent).toEqual([])
    }
  })
})

describe('caps', () => {
  const rulesOf = async (pipeline: TestPipeline, user: string, count = 1) =>
    (await turn(pipeline, user, count)).reasons.map(({ rule }) => rule)

  test('a thread is taken up once, whoever posts in it', async () => {
    const pipeline = await open()
    await overhear(pipeline, 'one', BROKEN, 'thread')
    await rulesOf(pipeline, 'one')
    await overhear(pipeline, 'two', BROKEN, 'thread')
    expect(await rulesOf(pipeline, 'two')).toEqual(['approached', 'proactive.complaint'])
  })

  test('a person is approached as often as the brand allows', async () => {
    const pipeline = await open({ caps: { 'per-person': 1 } })
    await overhear(pipeline, 'often', BROKEN)
    await rulesOf(pipeline, 'often')
    const id = (await caseOf(pipeline, 'often'))?.ticket?.id ?? ''
    await until(async () => !('refused' in (await pipeline.desk.read(id))))
    await pipeline.desk.claim(id, AGENT)
    await pipeline.desk.resolve(id, AGENT)
    await overhear(pipeline, 'often', QUESTION)
    expect(await rulesOf(pipeline, 'often', 2)).toEqual(['person-cap', 'proactive.question', 'answers.sure'])
  })

  test('two workers with many posts at once do not go above the cap of a day', async () => {
    const more = connectRedis(redis.server.address, silent)
    await more.ready
    const [one, two] = [
      await open({ caps: { 'per-day': 3 } }),
      await open({ caps: { 'per-day': 3 } }, { connections: more }),
    ]
    const users = Array.from({ length: 12 }, (_, n) => `racer${n}`)
    await Promise.all(users.map((user, n) => overhear(n % 2 ? one : two, user, BROKEN)))
    const outcomes = await Promise.all(users.map(async (user) => (await turn(one, user)).outcome))
    expect(outcomes.filter((outcome) => outcome === 'escalated')).toHaveLength(3)
    await until(async () => (await one.tickets.counts()).open === 3)
    for (const pipeline of pipelines.splice(0)) await pipeline.close()
    await more.close()
  })

  test('two workers with posts of one thread at once take up one of them', async () => {
    const more = connectRedis(redis.server.address, silent)
    await more.ready
    const [one, two] = [await open(), await open({}, { connections: more })]
    const users = Array.from({ length: 8 }, (_, n) => `talker${n}`)
    await Promise.all(users.map((user, n) => overhear(n % 2 ? one : two, user, BROKEN, 'busy-thread')))
    const outcomes = await Promise.all(users.map(async (user) => (await turn(one, user)).outcome))
    expect(outcomes.filter((outcome) => outcome === 'escalated')).toHaveLength(1)
    for (const pipeline of pipelines.splice(0)) await pipeline.close()
    await more.close()
  })

  test('a turn that is taken again has the leave that it had', async () => {
    let times = 0
    const pipeline = await open({
      caps: { 'per-day': 1 },
      mind: {
        answer: {
          ...shop.context.answer,
          async compose(...asked) {
            times += 1
            // By then leave was given; the turn breaks before it is committed.
            if (times === 1) throw new Error('broken')
            return shop.context.answer.compose(...asked)
          },
        },
      },
    })
    await overhear(pipeline, 'again', QUESTION)
    expect(await rulesOf(pipeline, 'again')).toEqual(['proactive.question', 'answers.sure', 'unasked'])
    expect(times).toBe(2)
  })

  test('what is urgent reaches a person all the same, and nothing is said', async () => {
    const pipeline = await open({ caps: { 'per-day': 0 } })
    await overhear(pipeline, 'dark', 'Even Harbour Lane lost my order. I want to kill myself')
    expect(await turn(pipeline, 'dark')).toMatchObject({
      outcome: 'escalated',
      reasons: [{ rule: 'self-harm.person' }, {}, { rule: 'unasked' }],
    })
    expect((await caseOf(pipeline, 'dark'))?.ticket?.priority).toBe('urgent')
    expect(sent).toEqual([])
  })
})

describe('brand.yaml', () => {
  const read = (given: unknown) => brandFile.shape.proactive.safeParse(given)

  test('needs only names; the caps have a default', () => {
    expect(read({ terms: ['Harbour Lane'] }).data).toEqual({
      ...{ terms: ['Harbour Lane'], not: [], every: 15 },
      ...{ 'per-day': 20, 'per-person': 1, 'person-days': 30 },
    })
    expect(read(undefined).data).toBeUndefined()
  })

  test.each([[[]], [['x']], [['"Harbour Lane"']], [['-harbour']], [['(a OR b)']], [['from:us']], [['x'.repeat(41)]]])(
    'does not take %j as names: no part of a search could be said with them',
    (terms) => {
      expect(read({ terms }).success).toBe(false)
    },
  )
})
