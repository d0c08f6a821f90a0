import { expect, test } from '@jest/globals'
import { type CaseTicket, continueCase, heard } from '#case'
import { LAWS } from '#channels'
import type { Message } from '#conversation'
import { ticketOf } from '../../src/handoff/brief.ts'

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
    const given = { ...heard(continueCase(undefined, customer, at), message), ticket }
    const shown = ticketOf(given, ticket, [{ at, type: 'message-received', message }], 1, LAWS.facebook, NOW)
    expect(shown.conversations[0]).toMatchObject(expected)
  },
)
