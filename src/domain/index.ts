// The types that every part uses: conversations, cases, tickets, effects, history, channels. Types and pure functions.
// Must not know how anything is stored, sent or shown.
export { type AnnotatedText, annotatedTextOf, withText } from './annotated-text.ts'
export {
  BOT,
  type Case,
  type CaseTicket,
  type Choice,
  continueCase,
  customerOf,
  type ExpertQuestion,
  endedTickets,
  type MergedPart,
  mergedInto,
  WANTED,
  withActivity,
  withConversation,
  withFacts,
  withMessage,
  withoutMessage,
  withoutMessages,
} from './case.ts'
export { type Audience, CHANNELS, type ChannelCapabilities, type ChannelName } from './channel.ts'
export { CAPABILITIES } from './channel-capabilities.ts'
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
export type { CustomerChange, CustomerSnapshot, PendingMessage } from './customer.ts'
export { customerFromId } from './customer-id.ts'
export { isInDanger, NEEDS_HELP } from './danger.ts'
export type { Outgoing, RateLimit, SendOutcome, Sent } from './delivery.ts'
export { ACTS, type Act, type ActReading, DIALOGUE_ACTS, type DialogueAct, type Frame } from './dialogue-act.ts'
export {
  type DeliveryFailure,
  type Effect,
  type EffectState,
  type SendEffect,
  STUCK,
  type StuckState,
} from './effect.ts'
export type { Facts, FactValue } from './facts.ts'
export type { Form, FormValue } from './form.ts'
export type { HistoryEvent } from './history.ts'
export { type Label, label, type TrainingExample } from './label.ts'
export type { Offer, OfferKind } from './offer.ts'
export { CANARY, PROMPTS, READING_TASK } from './prompts.ts'
export type { PrivateText, PublicText, ReplyDraft, Source } from './reply.ts'
export type { Suggestion } from './suggestion.ts'
export {
  DEFAULT_TEAM,
  type DeskEvent,
  PRIORITIES,
  type Priority,
  type Refusal,
  TICKET_OUTCOMES,
  type TicketOutcome,
  type TicketState,
} from './ticket.ts'
export { type TimelineMessage, timelineOf } from './timeline.ts'
export {
  COMPLAINTS,
  type Complaint,
  isSignal,
  LEAVE_ALONE,
  type LeaveAlone,
  MOODS,
  type Mood,
  POLARITIES,
  type Polarity,
  SIGNALS,
  type Signal,
  TEACHABLE,
  type Understanding,
} from './understanding.ts'
