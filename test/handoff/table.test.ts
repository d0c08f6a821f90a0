import { expect, test } from '@jest/globals'
import { TICKET_TRANSITIONS } from '../../src/handoff/ticket-states.ts'

test('a ticket’s life is this table and nothing else', () => {
  expect(TICKET_TRANSITIONS).toEqual({
    //        waiting              claimed              resolved
    claim: { waiting: 'claimed', claimed: 'no', resolved: 'no' },
    release: { waiting: 'no', claimed: 'waiting', resolved: 'no' },
    resolve: { waiting: 'no', claimed: 'resolved', resolved: 'no' },
    return: { waiting: 'no', claimed: 'resolved', resolved: 'resolved' },
    reopen: { waiting: 'no', claimed: 'no', resolved: 'claimed' },
  })
})
