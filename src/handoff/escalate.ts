// Escalation: opens a ticket for a case, or adds reasons to the open one. Pure.
import {
  type Case,
  type CaseTicket,
  type DeskEvent,
  type Effect,
  endedTickets,
  type HistoryEvent,
  PRIORITIES,
  type Priority,
  type Reason,
  type Suggestion,
} from '#domain'

/** Whose a ticket is where no rule names a team. */
export const DEFAULT_TEAM = 'customer-care'

/** Why and to whom a case goes. */
export type Escalation = {
  readonly reasons: readonly Reason[]
  readonly team?: string
  readonly skills?: readonly string[]
  /** What the customer writes in, ISO 639-1. */
  readonly language?: string
  readonly priority?: Priority
  /** What an agent may answer with, best first. */
  readonly suggestions?: readonly Suggestion[]
  /** What an agent may say beside them; default: the best of them that may be sent. */
  readonly suggestedReply?: string
  /** Ids of the messages that the suggestions answer. */
  readonly asked?: readonly string[]
  readonly version: string
}

export type Escalated = {
  readonly case: Case
  readonly events: readonly HistoryEvent[]
  readonly effect: Effect & { readonly do: 'announce' }
  /** False when a ticket was open already and this is added to it. */
  readonly opened: boolean
}

/** What is kept of the suggestions. Those of an earlier turn stay where a later one has none. */
function suggested(
  { suggestions = [], suggestedReply, asked = [] }: Pick<Escalation, 'suggestions' | 'suggestedReply' | 'asked'>,
  present?: CaseTicket,
): Pick<CaseTicket, 'suggestions' | 'suggestedReply' | 'asked'> {
  if (present && suggestions.length === 0 && !suggestedReply) return {}
  const best = suggestions.find(({ agentsOnly }) => !agentsOnly)
  return {
    ...(suggestions.length > 0 ? { suggestions } : {}),
    suggestedReply: suggestedReply ?? best?.text,
    ...(asked.length > 0 ? { asked } : {}),
  }
}

const urgent = (a: Priority, b: Priority): Priority => (PRIORITIES.indexOf(a) <= PRIORITIES.indexOf(b) ? a : b)

/** What makes the console show a ticket's present state. */
export function publishTicketState(
  current: Case,
  ticket: string,
  event: DeskEvent['type'],
  id: string,
  now: number,
): Effect & { readonly do: 'announce' } {
  return {
    schema: 1,
    id,
    caseId: current.id,
    epoch: 0,
    by: 'bot',
    madeAt: now,
    do: 'announce',
    ticket,
    customer: current.customer,
    event,
  }
}

/** The ticket once the customer has written `count` messages more: it is put aside no longer, and an answered one is due anew. */
export function withNewMessages(ticket: CaseTicket, count: number, due: (priority: Priority) => number): CaseTicket {
  const { answeredAt, snoozed: _, ...rest } = ticket
  const waiting = { ...rest, unread: ticket.unread + count }
  if (answeredAt === undefined) return waiting
  const rang = ticket.rang?.filter((what) => what !== 'ticket-due' && what !== 'ticket-warning')
  return { ...waiting, dueAt: due(ticket.priority), ...(rang ? { rang } : {}) }
}

/** A person asks for what is missing: the form is over, and they see what it still asked for. */
function withoutForm({ form, ...given }: Case): Case {
  if (!form?.asking || given.facts.some(({ name }) => name === form.asking)) return given
  const missing = form.asking.replaceAll('-', ' ')
  return { ...given, tried: [...given.tried, `Asked for the ${missing}, which was not said.`] }
}

/**
 * Opens the case's ticket, or adds to the open one. `due` says when a ticket of a priority is due; `id` is a new effect's id and
 * `ticketId` the new ticket's, if one has to be opened.
 */
export function openTicket(
  before: Case,
  why: Escalation,
  making: {
    readonly id: string
    readonly ticketId: string
    readonly due: (priority: Priority) => number
    readonly now: number
  },
): Escalated {
  const { id, ticketId, due, now } = making
  const priority = why.priority ?? 'normal'
  const current = withoutForm(before)
  const present = current.ticket
  if (present && present.state !== 'resolved') {
    const known = new Set(present.reasons.map((reason) => reason.rule))
    const raised = urgent(present.priority, priority)
    const ticket: CaseTicket = {
      ...present,
      priority: raised,
      // Whoever the most urgent reason is for gets the case.
      ...(raised !== present.priority && why.team ? { team: why.team, skills: why.skills ?? [] } : {}),
      dueAt: Math.min(present.dueAt, due(raised)),
      reasons: [...present.reasons, ...why.reasons.filter((reason) => !known.has(reason.rule))],
      ...suggested(why, present),
    }
    const detail = why.reasons[0]?.because
    return {
      case: { ...current, ticket },
      events: [{ at: now, type: 'ticket-updated', ticket: ticket.id, detail }],
      effect: publishTicketState(current, ticket.id, 'ticket-updated', id, now),
      opened: false,
    }
  }
  const ticket: CaseTicket = {
    schema: 1,
    id: ticketId,
    state: 'waiting',
    team: why.team ?? DEFAULT_TEAM,
    skills: why.skills ?? [],
    ...(why.language ? { language: why.language } : {}),
    priority,
    openedAt: now,
    dueAt: due(priority),
    reasons: why.reasons,
    ...suggested(why),
    unread: 0,
    version: why.version,
  }
  return {
    case: { ...current, ticket, past: endedTickets(current) },
    events: [{ at: now, type: 'ticket-opened', ticket: ticketId, detail: why.reasons[0]?.because }],
    effect: publishTicketState(current, ticketId, 'ticket-opened', id, now),
    opened: true,
  }
}
