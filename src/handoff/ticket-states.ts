// The state machine of a ticket: waiting, claimed, resolved.
import type { TicketState } from '#domain'

/** Owner of a case in which somebody answers in the network's own inbox. */
export const NETWORK_INBOX = 'the network’s own inbox'

export type TicketAction = 'claim' | 'release' | 'resolve' | 'return' | 'reopen'

/** A ticket's life; `no` is a refusal. A resolved ticket may still be returned, to tell the bot what was promised. */
export const TICKET_TRANSITIONS = {
  //          waiting     claimed     resolved
  claim: { waiting: 'claimed', claimed: 'no', resolved: 'no' },
  release: { waiting: 'no', claimed: 'waiting', resolved: 'no' },
  resolve: { waiting: 'no', claimed: 'resolved', resolved: 'no' },
  return: { waiting: 'no', claimed: 'resolved', resolved: 'resolved' },
  reopen: { waiting: 'no', claimed: 'no', resolved: 'claimed' },
} as const satisfies Record<TicketAction, Record<TicketState, TicketState | 'no'>>
