// What becomes of a bot's words that the gate stops: something safer, never less of the same, and never silence.
import { describe, expect, test } from '@jest/globals'
import type { Answered } from '#answer'
import { loadContent, OWN_CONTENT } from '#content/load'
import {
  type Audience,
  type Case,
  type ChannelName,
  type Customer,
  type CustomerSnapshot,
  continueCase,
  type Understanding,
  withFacts,
} from '#domain'
import { type TurnContext, type TurnResult, takeTurn } from '#turn'
import { turnContextOf } from '../setup/turn-context.ts'

const loaded = await loadContent(OWN_CONTENT)
if (!('content' in loaded)) throw new Error('the sample brand cannot be read')
const { content } = loaded
const SECRETS = ['HL-20419', '20419', 'jane.sample4471', 'Tuesday']

const asked: Understanding = {
  intent: 'none',
  intentConfidence: 0,
  topic: 'delivery',
  complaint: 'none',
  sentiment: 0,
  urgency: 0,
  language: 'en',
  signals: ['question'],
  privateData: [],
  wantsHuman: false,
}

/** A mind whose language model says `text`, sure of itself. */
function mindThatSays(text: string): TurnContext {
  const passages = ['Standard delivery is £4.95 in the UK.']
  const answered: Answered = {
    outcome: 'answered',
    article: 'delivery-costs',
    text,
    passages,
    confidence: 0.99,
    engine: 'model',
  }
  return turnContextOf(content, Date.parse('2026-11-25T11:00:00Z'), asked, {
    answer: {
      find: async () => ({ ranking: [{ article: 'delivery-costs', score: 0.99 }], confidence: 0.99, by: 'lexical' }),
      compose: async () => answered,
      suggest: async () => [],
    },
  })
}

async function turn(text: string, audience: Audience, channel: ChannelName = 'playground'): Promise<TurnResult> {
  const mind = mindThatSays(text)
  const now = mind.now()
  const customer: Customer = { id: `${channel}:brand:jane`, channel, account: 'brand', user: 'jane' }
  const known: Case = { ...continueCase(undefined, customer, now), introduced: ['public', 'private'] }
  const given: Case = withFacts(known, [
    { name: 'order-number', value: 'HL-20419', message: 'm0', audience: 'private' },
    { name: 'email', value: 'jane.sample4471@mail.example', message: 'm0', audience: 'private' },
    { name: 'day', value: 'Tuesday', audience: 'private' },
  ])
  const conversation = { id: `${channel}:brand:thread`, channel, audience }
  const words = 'How much is delivery?'
  const message = { id: 'm1', conversation, author: 'jane', authorKind: 'customer', text: words, at: now } as const
  const open: CustomerSnapshot = {
    customer: customer.id,
    version: '1',
    epoch: 1,
    owner: 'bot',
    case: given,
    waiting: [{ message, customer, receivedAt: now, directed: true }],
    history: [{ at: now, type: 'message-received', message }],
  }
  return takeTurn(mind, open)
}

/** What would be sent, as `audience: text`. */
const sent = ({ change }: TurnResult): string[] =>
  (change.effects ?? []).flatMap((effect) =>
    effect.do === 'send' && 'text' in effect.outgoing
      ? [`${effect.outgoing.type === 'public-reply' ? 'public' : 'private'}: ${effect.outgoing.text}`]
      : [],
  )
const reasons = (thought: TurnResult) => thought.reasons.map(({ rule }) => rule)
const { sayings } = content.brand

test('what passes is said', async () => {
  const thought = await turn('Standard delivery is £4.95.', 'public')
  expect([thought.outcome, sent(thought)]).toEqual(['answered', ['public: Standard delivery is £4.95.']])
})

describe('words that only others may not read go on in private', () => {
  test.each([
    'Delivery of HL-20419 is £4.95.',
    'Delivery is £4.95; we write to jane.sample4471.',
    'Delivery is £4.95; your parcel arrives on Tuesday.',
    'Delivery is £4.95 and your phone is 07700 900123.',
  ])('%s', async (text) => {
    const thought = await turn(text, 'public')
    expect(thought.outcome).toBe('moved-to-private')
    expect(sent(thought)).toEqual([`public: ${sayings['move-to-private']}`, `private: ${sayings['private-opening']}`])
    expect(thought.change.case.ticket).toBeUndefined()
    expect(reasons(thought)).toContain('gate')
  })

  test('with an invitation alone where the customer has to write first', async () => {
    const thought = await turn('Delivery of HL-20419 is £4.95.', 'public', 'x')
    const invitation = expect.stringContaining(sayings['move-to-private'])
    expect([thought.outcome, sent(thought)]).toEqual(['moved-to-private', [invitation]])
  })

  test('and to a person where there is no private conversation', async () => {
    const thought = await turn('Delivery of HL-20419 is £4.95.', 'public', 'bot-framework')
    expect([thought.outcome, sent(thought)]).toEqual(['escalated', [`public: ${sayings['handed-over']}`]])
    expect(thought.change.case.ticket?.id).toBe('T1')
  })
})

describe('any other objection makes it a person’s', () => {
  test.each([
    ['Delivery is £4.95, you idiot.', 'public'],
    ['Delivery is £4.95, you idiot.', 'private'],
    ['Delivery of HL-20419 is £4.95, you idiot.', 'public'],
    ['Delivery is £3.', 'private'],
    ["Delivery is £4.95, and we'll send you a £500 voucher.", 'private'],
    ['Take 400 mg of ibuprofen.', 'private'],
    ['See https://evil.example/free', 'public'],
  ] as const)('%s (%s)', async (text, audience) => {
    const thought = await turn(text, audience)
    expect([thought.outcome, sent(thought)]).toEqual(['escalated', [`${audience}: ${sayings['handed-over']}`]])
    expect(thought.change.case.ticket?.reasons.map(({ rule }) => rule)).toEqual(['gate'])
    const [reason] = thought.change.case.ticket?.reasons ?? []
    expect(reason?.because).toMatch(/^The gate stopped the bot’s (public|private) words from “.+”: .+[;,] .+\.$/)
  })
})

test('whoever reads the ticket or the history learns why, and no private value by it', async () => {
  for (const text of [
    'Delivery of HL-20419 on Tuesday, jane.sample4471, you idiot.',
    'HL-20419: https://20419.example/Tuesday',
  ])
    for (const audience of ['public', 'private'] as const) {
      const { change, reasons: why } = await turn(text, audience)
      const told = (change.events ?? []).filter((event) => event.type !== 'message-received')
      const record = JSON.stringify([why, told, change.effects, change.case.ticket, change.case.tried])
      for (const secret of SECRETS) expect(record).not.toContain(secret)
      expect(told.some((event) => event.type === 'gate-blocked')).toBe(true)
    }
})
