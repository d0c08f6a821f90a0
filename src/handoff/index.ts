// Tickets: escalation, the queue, the agent desk, timers, other inboxes.
// Must not know how a turn decides.
export { openAgentDesk, publishDelivery } from './agent-desk.ts'
export { type Agent, type AgentDesk, type FollowUp, NETWORK_INBOX, type ProposeExample } from './agent-desk.types.ts'
export { type Escalation, openTicket, publishTicketState, withNewMessages } from './escalate.ts'
export { type NetworkInbox, openNetworkInbox } from './external-inbox.ts'
export { maskedSpans } from './pii-masking.ts'
export { openTicketQueue, type TicketQueue } from './ticket-queue.ts'
export { ticketTimerHandlers } from './ticket-timers.ts'
export type { Ticket, TicketSummary } from './ticket-view.ts'
