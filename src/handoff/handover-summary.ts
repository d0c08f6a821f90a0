// Makes the handover summary and the whole ticket from a case and its history. Pure.
import {
  type Case,
  type CaseTicket,
  type ChannelCapabilities,
  type ExpertQuestion,
  type HistoryEvent,
  isInDanger,
  mergedInto,
  WANTED,
} from '#domain'
import type { Brand } from '#policy'
import { suggestedReason } from './contact-reason.ts'
import { expertState } from './expert-state.ts'
import { givenValues } from './given-values.ts'
import { maskedInFact, maskedSpans, withoutMasked } from './pii-masking.ts'
import { conversationsOf, type Shown, sidesOf, type TicketRecords } from './ticket-conversations.ts'
import type { Brief, Ticket, TicketSummary } from './ticket-view.ts'
import { existingProposals, givenLabel, predictedLabel, questionOf } from './training-example.ts'

const iso = (at: number) => new Date(at).toISOString()

function moodOf(moods: readonly number[]): string {
  const now = moods.at(-1) ?? 0
  const word = now < -0.6 ? 'furious' : now < -0.2 ? 'upset' : now > 0.4 ? 'happy' : 'calm'
  const before = moods.length > 1 ? (moods[0] ?? 0) : now
  const course = now - before < -0.3 ? ', getting worse' : now - before > 0.3 ? ', getting better' : ''
  return `${word}${course}`
}

const openOf = (ticket: CaseTicket): string => ticket.reasons[0]?.because ?? 'See the conversation.'

function suggestionsOf(ticket: CaseTicket, history: readonly HistoryEvent[]): Brief['suggestions'] {
  const { id, suggestions = [], asked = [] } = ticket
  return suggestions.map((one) => {
    const learnt = existingProposals(history, id, one, asked)
    const proposed = learnt && { by: learnt.by, draft: learnt.draft }
    return { ...one, ...(proposed ? { proposed } : {}), private: maskedSpans(one.text) }
  })
}

/** What the ticket's words are: what the bot took them for, and what somebody says. */
function kindOf({ id, asked = [] }: CaseTicket, history: readonly HistoryEvent[]): Pick<Brief, 'heard' | 'labelled'> {
  const heard = predictedLabel(history, asked)
  const said = givenLabel(history, id, asked)
  return {
    ...(heard ? { heard } : {}),
    ...(said ? { labelled: { ...said.label, by: said.by, draft: said.draft } } : {}),
  }
}

function briefOf(
  current: Case,
  ticket: CaseTicket,
  history: readonly HistoryEvent[],
  law: ChannelCapabilities | undefined,
): Brief {
  const { wants, moods } = stateOf(current, ticket)
  const wording = law?.noTraining ? undefined : questionOf(current, ticket, history)
  return {
    wants,
    facts: [
      ...current.facts.map(({ name, value, message }) => ({
        name,
        value,
        ...(message ? { messageId: message } : {}),
        private: maskedInFact(name, value),
      })),
      ...givenValues(history, current.openedAt, current.facts),
    ],
    tried: current.tried,
    mood: moodOf(moods),
    open: openOf(ticket),
    ...(ticket.suggestedReply ? { suggestedReply: ticket.suggestedReply } : {}),
    suggestions: suggestionsOf(ticket, history),
    ...(wording ? { wording } : {}),
    ...kindOf(ticket, history),
    private: { wants: maskedSpans(wants), suggestedReply: maskedSpans(ticket.suggestedReply ?? '') },
  }
}

/** What is known from the tickets that are merged into it stands in the brief as well, each thing once. */
function withPartsOf(brief: Brief, parts: readonly TicketRecords[]): Brief {
  const facts = new Map(brief.facts.map((fact) => [`${fact.name} ${fact.value}`, fact]))
  const tried = new Set(brief.tried)
  for (const part of parts) {
    const other = briefOf(part.case, part.ticket, part.history, part.law)
    for (const fact of other.facts)
      if (!facts.has(`${fact.name} ${fact.value}`)) facts.set(`${fact.name} ${fact.value}`, fact)
    for (const one of other.tried) tried.add(one)
  }
  return { ...brief, facts: [...facts.values()], tried: [...tried] }
}

function expertOf(asked: ExpertQuestion, now: number): NonNullable<Ticket['experts']>[number] {
  const { id, name, question, messages, by, at, until } = asked
  return {
    id,
    name,
    question,
    messages: messages.length,
    by,
    at: iso(at),
    until: iso(until),
    state: expertState(asked, now),
  }
}

function partOf(part: TicketRecords, now: number): NonNullable<Ticket['parts']>[number] {
  const { id, customer } = headOf(part.case, part.ticket)
  const { state } = part.ticket
  const { by = '', at = 0 } = part.ticket.merged ?? {}
  return { id, state, customer, by, at: iso(at), sides: sidesOf(part, now) }
}

/** What the customer wants and how they feel; of a ticket that is over, as it was when it ended. */
const stateOf = (current: Case, { ended }: CaseTicket) => ({
  wants: wishInShort((ended ?? current).wants ?? ''),
  moods: (ended ?? current).moods,
})

/** The case keeps so much of what is wanted; the rest stands in the conversation. */
const wishInShort = (wants: string): string =>
  wants.length < WANTED ? wants : `${wants.slice(0, WANTED - 1).trimEnd()}…`

export function summaryOf(current: Case, ticket: CaseTicket): TicketSummary {
  const { wants: words, moods } = stateOf(current, ticket)
  const wants = withoutMasked(words)
  return {
    ...headOf(current, ticket),
    wants: wants.text,
    because: ticket.reasons[0]?.because ?? '',
    mood: moodOf(moods),
    private: wants.private,
  }
}

function pastOf(current: Case, past: CaseTicket): Ticket['past'][number] {
  const { id, team, outcome, openedAt, closedAt } = past
  const wants = withoutMasked(stateOf(current, past).wants)
  return {
    ...{ id, team, wants: wants.text, private: wants.private, openedAt: iso(openedAt) },
    ...(outcome ? { outcome } : {}),
    ...(closedAt === undefined ? {} : { closedAt: iso(closedAt) }),
  }
}

const snoozedOf = ({ by, until }: NonNullable<CaseTicket['snoozed']>) => ({
  by,
  ...(until === undefined ? {} : { until: iso(until) }),
})

function headOf(current: Case, ticket: CaseTicket) {
  const { id, channel, name, handle, user, reach } = current.customer
  const into = mergedInto(ticket)
  return {
    id: ticket.id,
    // One that is merged is over, and goes on in the other.
    state: into === undefined ? ticket.state : 'resolved',
    ...(into === undefined ? {} : { mergedInto: into }),
    team: ticket.team,
    priority: ticket.priority,
    openedAt: iso(ticket.openedAt),
    dueAt: iso(ticket.dueAt),
    ...(ticket.answeredAt ? { answeredAt: iso(ticket.answeredAt) } : {}),
    ...(ticket.snoozed ? { snoozed: snoozedOf(ticket.snoozed) } : {}),
    tags: ticket.tags ?? [],
    ...(ticket.language ? { language: ticket.language } : {}),
    unread: ticket.unread,
    customer: { id, name: name ?? handle ?? user, handle: handle ?? '', channel, reach: reach ?? 0 },
    ...(ticket.owner ? { owner: ticket.owner } : {}),
  }
}

const TOLD = new Set<HistoryEvent['type']>([
  'message-edited',
  'message-deleted',
  'message-purged',
  'turn-taken',
  'turn-put-off',
  'gate-blocked',
  'gate-overridden',
  'effect-refused',
  'effect-in-doubt',
  'effect-suppressed',
  'effect-dropped',
  'ticket-opened',
  'ticket-claimed',
  'ticket-released',
  'ticket-resolved',
  'ticket-returned',
  'ticket-reopened',
  'ticket-transferred',
  'ticket-snoozed',
  'ticket-unsnoozed',
  'ticket-tagged',
  'ticket-merged',
  'ticket-split',
  'expert-asked',
  'expert-answered',
  'expert-revoked',
  'ticket-updated',
  'ticket-warning',
  'ticket-overdue',
  'danger-unclaimed',
  'customer-reassured',
  'customer-followed-up',
  'customer-not-told',
  'private-data-shown',
  'wording-learnt',
])

function detailOf(event: HistoryEvent): string | undefined {
  if (event.type === 'turn-taken') return `${event.outcome}: ${event.reasons[0]?.because ?? ''}`
  if (event.type === 'gate-blocked') return event.findings.map((one) => one.because).join(' ')
  if (event.type === 'gate-overridden') return event.reason
  if (event.type === 'private-data-shown') return shownInWords(event.shown)
  return 'detail' in event ? event.detail : undefined
}

function shownInWords(shown: Extract<HistoryEvent, { type: 'private-data-shown' }>['shown']): string {
  const kinds = [...new Set(shown.flatMap((one) => one.kinds))].join(', ')
  const messages = shown.filter(({ message }) => message !== undefined).length
  return `${kinds} in ${messages === 1 ? 'a message' : messages ? `${messages} messages` : 'the brief'}`
}

const notesOf = (history: readonly HistoryEvent[]): Ticket['notes'] =>
  history.flatMap((event) =>
    event.type === 'note-added' ? [{ by: event.by, text: event.text, at: iso(event.at) }] : [],
  )

const byTime = <T extends { readonly at: string }>(some: readonly T[]): readonly T[] =>
  some.toSorted((one, other) => one.at.localeCompare(other.at))

/** The whole ticket as the contract has it, with a page of its messages. `history` is all that happened. */
export function ticketOf(
  current: Case,
  ticket: CaseTicket,
  {
    history,
    epoch,
    law,
    now,
    before,
    contactReasons = [],
    parts = [],
  }: {
    readonly history: readonly HistoryEvent[]
    readonly epoch: number
    readonly law: ChannelCapabilities | undefined
    readonly now: number
    readonly before?: Shown
    /** The brand's, one of which is suggested. */
    readonly contactReasons?: Brand['contact-reasons']
    /** The tickets that are merged into this one. */
    readonly parts?: readonly TicketRecords[]
  },
): Ticket {
  const suggested = suggestedReason(current, ticket, history, contactReasons)
  const merged = parts.filter((part) => mergedInto(part.ticket) === ticket.id)
  const whole = { case: current, ticket, history, law }
  const sides = sidesOf(whole, now)
  const { conversations, earlier } = conversationsOf([whole, ...merged], now, before)
  const notes = notesOf(history)
  const told = history
    .filter((event) => TOLD.has(event.type))
    .map((event) => {
      const detail = detailOf(event)
      return {
        at: iso(event.at),
        what: event.type,
        ...('by' in event && event.by ? { by: event.by } : {}),
        ...(detail ? { detail } : {}),
      }
    })
  return {
    ...headOf(current, ticket),
    caseId: current.id,
    skills: ticket.skills,
    ...(ticket.outcome ? { outcome: ticket.outcome } : {}),
    ...(ticket.contactReason ? { contactReason: ticket.contactReason } : {}),
    ...(suggested ? { suggestedReason: suggested } : {}),
    ...(ticket.follows ? { follows: ticket.follows } : {}),
    ...(ticket.experts ? { experts: ticket.experts.map((one) => expertOf(one, now)) } : {}),
    reasons: ticket.reasons,
    brief: withPartsOf(briefOf(current, ticket, history, law), merged),
    ...(merged.length > 0 ? { parts: merged.map((part) => partOf(part, now)) } : {}),
    sides,
    conversations,
    earlier,
    notes: byTime([...notes, ...merged.flatMap((part) => notesOf(part.history))]),
    history: told,
    promises: current.promises.map(({ by, text, at }) => ({ by, text, at: iso(at) })),
    past: current.past
      .filter(({ id }) => id !== ticket.id)
      .map((one) => pastOf(current, one))
      .reverse(),
    ...(isInDanger({ ticket }, history) ? { danger: true as const } : {}),
    ...(current.optedOut ? { optedOut: true as const } : {}),
    epoch,
    version: ticket.version,
  }
}
