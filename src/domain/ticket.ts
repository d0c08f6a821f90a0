// A ticket: its states, priorities and events.

const TICKET_STATES = ['waiting', 'claimed', 'resolved'] as const
export type TicketState = (typeof TICKET_STATES)[number]

export const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const
export type Priority = (typeof PRIORITIES)[number]

/** Whose a ticket is where no rule names a team. */
export const DEFAULT_TEAM = 'customer-care'

/** What became of a resolved ticket. */
export const TICKET_OUTCOMES = ['solved', 'no-answer-needed', 'passed-on', 'spam'] as const
export type TicketOutcome = (typeof TICKET_OUTCOMES)[number]

/** Something that is ordinary and may not be done now; `because` is for the person who tried. */
export type Refusal = {
  readonly refused: 'not-found' | 'conflict' | 'not-yours' | 'gate' | 'channel' | 'invalid'
  readonly because: string
}

/** What happened, for live pages. Carries ids only. */
export type DeskEvent = {
  readonly type:
    | 'ticket-opened'
    | 'ticket-claimed'
    | 'ticket-released'
    | 'ticket-resolved'
    | 'ticket-returned'
    | 'ticket-reopened'
    | 'ticket-transferred'
    | 'ticket-snoozed'
    | 'ticket-merged'
    | 'ticket-split'
    | 'expert-answered'
    | 'ticket-updated'
    | 'ticket-warning'
    | 'message-received'
    | 'message-sent'
  readonly ticket: string
  readonly at: string
}
