// Tickets: escalation, the queue, the agent desk, timers, other inboxes.
// Must not know how a turn decides.
export { openDesk, tellDesk } from './agent-desk.ts'
export { type Agent, type Desk, type FollowUp, type Learn, NETWORK_INBOX } from './agent-desk.types.ts'
export { announce, type Escalation, openTicket, writtenTo } from './escalate.ts'
export { type NetworkInbox, openNetworkInbox } from './external-inbox.ts'
export { maskedIn } from './pii-masking.ts'
export { openTicketQueue, type TicketQueue } from './ticket-queue.ts'
export { openRings } from './ticket-timers.ts'
export type { Ticket, TicketSummary } from './ticket-view.ts'
