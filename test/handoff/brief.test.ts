import { expect, test } from '@jest/globals'
import { CAPABILITIES, type CaseTicket, continueCase, type Message, withMessage } from '#domain'
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
