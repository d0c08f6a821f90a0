// Handover to people: escalation, tickets, the queue, the agent desk, timers (SLA), the network's own inbox.
// Must not know how a turn decides.
export { type AgentDesk, openAgentDesk } from './agent-desk.ts'
export { type Assignment, type OnDuty, openAssignment } from './assignment.ts'
export { type BotPause, type BotPauses, openBotPauses, type PauseScope } from './bot-pause.ts'
export type { Agent, Colleague, ProposeExample } from './desk/context.ts'
export type { Transfer } from './desk/transfer.ts'
export type { FollowUp } from './desk/transitions.ts'
export {
  type Escalation,
  openTicket,
  publishTicketState,
  recentlyResolved,
  withNewMessages,
} from './escalate.ts'
export { type NetworkInbox, openNetworkInbox } from './external-inbox.ts'
export { type Notifications, openNotifications } from './notifications.ts'
export { maskedSpans } from './pii-masking.ts'
export { openTicketQueue, publishDelivery, type TicketQueue } from './ticket-queue.ts'
export { NETWORK_INBOX } from './ticket-states.ts'
export { ticketTimerHandlers } from './ticket-timers.ts'
export type { Ticket, TicketSummary } from './ticket-view.ts'
