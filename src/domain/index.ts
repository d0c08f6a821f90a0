// What Warmline talks about: conversations, cases, tickets, effects, history. Types and pure functions.
// Must not know how anything is stored, sent or shown.
export { type Written, withText, writtenOf } from './annotated-text.ts'
export {
  BOT,
  type Case,
  type CaseTicket,
  continueCase,
  customerOf,
  endedTickets,
  forget,
  heard,
  learn,
  noticed,
  WANTED,
  withConversation,
  withdrawn,
} from './case.ts'
export { type Audience, CHANNELS, type ChannelLaw, type ChannelName } from './channel.ts'
export { LAWS } from './channel-capabilities.ts'
export type { ChannelEvent } from './channel-event.ts'
export {
  type Aside,
  ATTACHMENT_KINDS,
  type AttachmentKind,
  type AuthorKind,
  type ConversationRef,
  type Customer,
  type CustomerId,
  type Fact,
  type Message,
  OUTCOMES,
  type Outcome,
  type Reason,
} from './conversation.ts'
export type { Change, Open, Waiting } from './customer.ts'
export { personOf } from './customer-id.ts'
export type { Fate, Limit, Outgoing, Sent } from './delivery.ts'
export { type Effect, type EffectState, type Mishap, type SendEffect, STUCK, type StuckState } from './effect.ts'
export type { Facts, FactValue } from './facts.ts'
export type { Form, FormValue } from './form.ts'
export type { HistoryEvent } from './history.ts'
export { type Label, type Lesson, label } from './label.ts'
export type { Offer, OfferKind } from './offer.ts'
export { ANSWER_TASK, CANARY, PROMPTS, UNDERSTANDING_TASK } from './prompts.ts'
export type { Draft, PrivateText, PublicText, Source } from './reply.ts'
export type { Suggestion } from './suggestion.ts'
export { type DeskEvent, PRIORITIES, type Priority, type Refusal, type TicketState } from './ticket.ts'
export { messagesOf, type Standing } from './timeline.ts'
export {
  COMPLAINTS,
  type Complaint,
  LEAVE_ALONE,
  type LeaveAlone,
  MOODS,
  type Mood,
  SIGNALS,
  type Signal,
  type Understanding,
} from './understanding.ts'
