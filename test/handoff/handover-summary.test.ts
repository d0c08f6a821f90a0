// What an agent reads of a case that was handed over, so that the customer has to say nothing again.
import { describe, expect, test } from '@jest/globals'
import {
  CAPABILITIES,
  type Case,
  type CaseTicket,
  type ConversationRef,
  continueCase,
  type HistoryEvent,
  type Message,
  WANTED,
  withMessage,
} from '#domain'
import { openTicket } from '#handoff'
import { summaryOf, ticketOf } from '../../src/handoff/handover-summary.ts'

const NOW = Date.parse('2026-11-25T11:00:00Z')
const HOUR = 3_600_000

test.each([
  [23, { open: true }],
  [
    25,
    { open: false, closed: expect.stringMatching(/^the 24-hour window .* is closed; wait .*, or answer in public$/) },
  ],
])(
  'a ticket tells before anything is written whether the network still takes it (%i hours later)',
  (hours, expected) => {
    const customer = { id: 'facebook:brand:jo', channel: 'facebook', account: 'brand', user: 'jo' } as const
    const conversation = { id: 'facebook:brand:dm:jo', channel: 'facebook', audience: 'private' } as const
    const at = NOW - hours * HOUR
    const message: Message = { id: 'm1', conversation, author: 'jo', authorKind: 'customer', text: 'Hello', at }
    const ticket: CaseTicket = {
      id: 'T1',
      state: 'claimed',
      team: 'customer-care',
      skills: [],
      priority: 'normal',
      openedAt: at,
      dueAt: NOW,
      reasons: [],
      unread: 0,
      version: 'v1',
    }
    const given = { ...withMessage(continueCase(undefined, customer, at), message), ticket }
    const shown = ticketOf(given, ticket, {
      history: [{ at, type: 'message-received', message }],
      epoch: 1,
      law: CAPABILITIES.facebook,
      now: NOW,
    })
    expect(shown.conversations[0]).toMatchObject(expected)
  },
)

const TICKET: CaseTicket = {
  id: 'T1',
  state: 'claimed',
  team: 'customer-care',
  skills: [],
  priority: 'normal',
  openedAt: NOW,
  dueAt: NOW,
  reasons: [],
  unread: 0,
  version: 'v1',
}

test.each([
  ['x', { open: false, closed: expect.stringContaining('write privately first') }],
  ['facebook', { open: true }],
] as const)(
  'a ticket tells whether the private side of a post on %s can be written to before anybody has',
  (channel, expected) => {
    const customer = { id: `${channel}:brand:jo`, channel, account: 'brand', user: 'jo' } as const
    const conversation = { id: `${channel}:brand:post-1`, channel, audience: 'public' } as const
    const message: Message = { id: 'm1', conversation, author: 'jo', authorKind: 'customer', text: 'Hello', at: NOW }
    const given = { ...withMessage(continueCase(undefined, customer, NOW), message), ticket: TICKET }
    const history = [{ at: NOW, type: 'message-received', message }] as const
    expect(ticketOf(given, TICKET, { history, epoch: 1, law: CAPABILITIES[channel], now: NOW }).sides).toEqual({
      public: { open: true },
      private: expected,
    })
  },
)

test.each([
  ['x', 'x:1790', 'https://x.com/i/status/1790'],
  ['facebook', 'facebook:900_1111', 'https://www.facebook.com/900_1111'],
  ['playground', 'playground:7', undefined],
] as const)('what was written in public on %s is found there', (channel, id, link) => {
  const customer = { id: `${channel}:brand:jo`, channel, account: 'brand', user: 'jo' } as const
  const told = (audience: 'public' | 'private') => {
    const conversation = { id: `${channel}:brand:${audience}`, channel, audience } as const
    const message: Message = { id, conversation, author: 'jo', authorKind: 'customer', text: 'Hello', at: NOW }
    const given = { ...withMessage(continueCase(undefined, customer, NOW), message), ticket: TICKET }
    const history = [{ at: NOW, type: 'message-received', message }] as const
    return ticketOf(given, TICKET, { history, epoch: 1, law: CAPABILITIES[channel], now: NOW })
  }
  expect(told('public').conversations[0]?.messages[0]?.link).toBe(link)
  expect(told('private').conversations[0]?.messages[0]).not.toHaveProperty('link')
})

test('a line of the queue tells which kinds of private data were said, and not the data', () => {
  const customer = { id: 'x:brand:jo', channel: 'x', account: 'brand', user: 'jo' } as const
  const wants = 'Mail jo.doe@example.org or ring +44 20 7946 0958, card 4111 1111 1111 1111, about HL-20419'
  const shown = summaryOf({ ...continueCase(undefined, customer, NOW), wants, ticket: TICKET }, TICKET)
  expect(JSON.stringify(shown)).not.toMatch(/jo\.doe|7946|4111/)
  expect(shown.wants).toMatch(/^Mail •••• or ring ••••, card ••••, about HL-20419$/)
  expect(shown.private?.map(({ type, start, end }) => [type, shown.wants.slice(start, end)])).toEqual([
    ['email', '••••'],
    ['phone', '••••'],
    ['card', '••••'],
  ])
})

/** What a customer and others did, as the history has it, and what of it the agent reads. */
describe('nothing is asked twice: an agent reads', () => {
  const PUBLIC = { id: 'x:brand:post-1', channel: 'x', audience: 'public' } as const
  const PRIVATE = { id: 'x:brand:dm:jo', channel: 'x', audience: 'private' } as const
  const customer = { id: 'x:brand:jo', channel: 'x', account: 'brand', user: 'jo' } as const
  const wrote = (id: string, text: string, conversation: ConversationRef = PRIVATE, more = {}): HistoryEvent => {
    const message: Message = { id, conversation, author: 'jo', authorKind: 'customer', text, at: NOW, ...more }
    return { at: NOW, type: 'message-received', message }
  }
  const said = (effect: string, text: string): HistoryEvent => {
    const message = {
      id: `effect:${effect}`,
      conversation: PRIVATE,
      author: 'Robin',
      authorKind: 'bot',
      text,
      at: NOW,
    } as const
    return { at: NOW, type: 'message-queued', effect, message, sources: ['delivery'] }
  }
  const ticketAfter = (
    history: readonly HistoryEvent[],
    given: Partial<Case> = {},
    ticket: Partial<CaseTicket> = {},
  ) => {
    const own: CaseTicket = { ...TICKET, ...ticket }
    const held = { ...continueCase(undefined, customer, NOW), ...given, ticket: own }
    return ticketOf(held, own, { history, epoch: 1, law: CAPABILITIES.x, now: NOW })
  }
  /** `audience author: text`, as they stand on the screen. */
  const lines = (history: readonly HistoryEvent[]) =>
    ticketAfter(history).conversations.flatMap(({ audience, messages }) =>
      messages.map(({ authorKind, text }) => `${audience} ${authorKind}: ${text}`),
    )

  test.each<readonly [string, readonly HistoryEvent[], readonly string[]]>([
    [
      'both sides, each in its order',
      [
        wrote('m1', 'My lamp is broken', PUBLIC),
        wrote('m2', 'It is HL-7'),
        wrote('m3', 'Hello?', PUBLIC),
        wrote('m4', 'The blue one'),
      ],
      [
        'public customer: My lamp is broken',
        'public customer: Hello?',
        'private customer: It is HL-7',
        'private customer: The blue one',
      ],
    ],
    [
      'what the bot said, and what came back',
      [wrote('m1', 'How much is delivery?'), said('e1', 'It is free.'), wrote('m2', 'To Scotland too?')],
      ['private customer: How much is delivery?', 'private bot: It is free.', 'private customer: To Scotland too?'],
    ],
    [
      'what a colleague said in the network’s own inbox',
      [
        wrote('m1', 'Anybody there?'),
        {
          ...{ at: NOW, type: 'message-echoed', by: 'person' },
          message: {
            id: 'm2',
            conversation: PRIVATE,
            author: 'brand',
            authorKind: 'agent',
            text: 'Mia here.',
            at: NOW,
          },
        },
      ],
      ['private customer: Anybody there?', 'private agent: Mia here.'],
    ],
    [
      'the words as the customer has corrected them',
      [wrote('m1', 'It is HL-7'), { at: NOW, type: 'message-edited', message: 'm1', text: 'It is HL-70' }],
      ['private customer: It is HL-70'],
    ],
    [
      'that something was said, where its author has taken the words back',
      [wrote('m1', 'My pin is 1234'), { at: NOW, type: 'message-deleted', message: 'm1' }, wrote('m2', 'Sorry')],
      ['private customer: (deleted by its author)', 'private customer: Sorry'],
    ],
  ])('%s', (_, history, expected) => {
    expect(lines(history)).toEqual(expected)
  })

  test('what it said before it was corrected, and which pictures came with it', () => {
    const history: HistoryEvent[] = [
      wrote('m1', 'It is HL-7', PRIVATE, { attachments: 1, attachmentKinds: ['image'] }),
      { at: NOW, type: 'message-edited', message: 'm1', text: 'It is HL-70' },
    ]
    expect(ticketAfter(history).conversations[0]?.messages[0]).toMatchObject({
      ...{ text: 'It is HL-70', edited: true, before: 'It is HL-7', attachmentKinds: ['image'] },
    })
  })

  test.each([
    ['effect-sent', 'sent'],
    ['effect-refused', 'refused'],
    ['effect-suppressed', 'suppressed'],
    ['effect-in-doubt', 'in-doubt'],
    ['effect-retried', 'sending'],
  ] as const)('after %s, that the customer’s copy of our words is %s', (type, delivery) => {
    const history: HistoryEvent[] = [said('e1', 'It is free.'), { at: NOW, type, effect: 'e1' }]
    expect(ticketAfter(history).conversations[0]?.messages[0]).toMatchObject({ delivery, sources: ['delivery'] })
  })

  test('every fact with the message that says it, everything the bot tried, and what is still to do', () => {
    const facts = [
      { name: 'order-number', value: 'HL-20419', message: 'm2', audience: 'private' },
      { name: 'email', value: 'jo.doe@example.org', message: 'm3', audience: 'private' },
      { name: 'colour', value: 'blue', audience: 'public' },
    ] as const
    const tried = ['Answered from “Delivery”.', 'Asked for the order number.']
    const reasons = [
      { rule: 'refunds.large', because: 'Refunds above 30 need a person.' },
      { rule: 'wants-human', because: 'They asked for a person.' },
    ]
    const { brief, reasons: shown } = ticketAfter([], { facts, tried, wants: 'my money back' }, { reasons })
    expect(brief.facts).toEqual([
      { name: 'order-number', value: 'HL-20419', messageId: 'm2', private: [] },
      { name: 'email', value: 'jo.doe@example.org', messageId: 'm3', private: [{ type: 'email', start: 0, end: 18 }] },
      { name: 'colour', value: 'blue', private: [] },
    ])
    expect(brief).toMatchObject({ tried, wants: 'my money back', open: 'Refunds above 30 need a person.' })
    expect(shown).toEqual(reasons)
  })

  test('what the bot had asked for and not been told, where the case was handed over in the middle of a form', () => {
    const form = { dialog: 'refund', asking: 'order-number', values: {}, tries: 0 }
    const making = { id: 'e1', ticketId: 'T2', due: () => NOW, now: NOW }
    const why = { reasons: [{ rule: 'wants-human', because: 'They asked for a person.' }], version: 'v1' }
    const before = { ...continueCase(undefined, customer, NOW), form }
    const known = { ...before, facts: [{ name: 'order-number', value: 'HL-7', audience: 'private' } as const] }
    expect(openTicket(before, why, making).case.tried).toEqual(['Asked for the order number, which was not said.'])
    expect(openTicket(known, why, making).case.tried).toEqual([])
  })

  test.each([
    [[], 'calm'],
    [[0], 'calm'],
    [[0.1, -0.1], 'calm'],
    [[0.2, -0.3], 'upset, getting worse'],
    [[-0.3], 'upset'],
    [[-0.7], 'furious'],
    [[-0.2, -0.9], 'furious, getting worse'],
    [[-0.9, -0.3], 'upset, getting better'],
    [[-0.5, 0.6], 'happy, getting better'],
    [[0.9, 0.5], 'happy, getting worse'],
  ])('moods %j as “%s”', (moods, mood) => {
    expect(ticketAfter([], { moods }).brief.mood).toBe(mood)
  })

  test('of a ticket that is over what it was about, not what the customer wants since', () => {
    const ended = { wants: 'a new lamp', moods: [-0.9] }
    const { brief } = ticketAfter([], { wants: 'delivery times', moods: [0.9] }, { state: 'resolved', ended })
    expect(brief).toMatchObject({ wants: 'a new lamp', mood: 'furious' })
  })

  test('of a long wish its beginning, and that it goes on', () => {
    const kept = 'word '.repeat(200).slice(0, WANTED)
    expect(ticketAfter([], { wants: kept }).brief.wants).toMatch(/^(word )+(word|wor|wo|w)?…$/)
    expect(ticketAfter([], { wants: kept.slice(0, WANTED - 1) }).brief.wants).not.toContain('…')
  })

  test('notes of colleagues, what was promised, and each decision with its reason', () => {
    const by = 'mia@brand.example'
    const history: HistoryEvent[] = [
      {
        ...{ at: NOW, type: 'turn-taken', messages: [], outcome: 'escalated', version: 'v1' },
        reasons: [{ rule: 'a', because: 'No rule covers it.' }],
      },
      { at: NOW, type: 'note-added', ticket: 'T1', by, text: 'Rang the carrier.' },
      { at: NOW, type: 'ticket-returned', ticket: 'T1', by, detail: 'promised: a new lamp by Friday' },
      { at: NOW, type: 'gate-blocked', by, findings: [{ rule: 'privacy.phone', because: 'It shows a phone number.' }] },
      { at: NOW, type: 'gate-overridden', by, findings: [{ rule: 'brand' }], reason: 'Their own words.' },
      { at: NOW, type: 'customer-not-told', ticket: 'T1', by: 'clock', detail: 'the window is closed' },
    ]
    const { notes, history: shown } = ticketAfter(history)
    expect(notes).toMatchObject([{ by, text: 'Rang the carrier.' }])
    expect(shown.map(({ what, by: who, detail }) => [what, who, detail])).toEqual([
      ['turn-taken', undefined, 'escalated: No rule covers it.'],
      ['ticket-returned', by, 'promised: a new lamp by Friday'],
      ['gate-blocked', by, 'It shows a phone number.'],
      ['gate-overridden', by, 'Their own words.'],
      ['customer-not-told', 'clock', 'the window is closed'],
    ])
  })
})
