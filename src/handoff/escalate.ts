// Escalation: opens a ticket for a case, or adds reasons to the open one. Pure.
import {
  BOT,
  type Case,
  type CaseTicket,
  DEFAULT_TEAM,
  type DeskEvent,
  type Effect,
  endedTickets,
  type HistoryEvent,
  PRIORITIES,
  type Priority,
  type Reason,
  type Suggestion,
} from '#domain'
import type { Brand } from '#policy'
import type { Colleague } from './desk/context.ts'

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
  /** The ticket that the customer comes back about, and who helped them and takes them again. */
  readonly follows?: { readonly ticket: CaseTicket; readonly helper?: Colleague | undefined } | undefined
  readonly version: string
}

export type Escalated = {
  readonly case: Case
  readonly events: readonly HistoryEvent[]
  readonly effect: Effect & { readonly do: 'announce' }
  /** False when a ticket was open already and this is added to it. */
  readonly opened: boolean
  /** Who holds the new ticket from the start. */
  readonly owner?: string
}

/** The ticket that a customer comes back about who needs a person again: somebody of ours has resolved it a short while ago. */
export function recentlyResolved(
  { ticket }: Case,
  clock: Pick<Brand['clock'], 'back-within'>,
  now: number,
): CaseTicket | undefined {
  const { state, owner, outcome, closedAt = 0 } = ticket ?? {}
  const isOver = now - closedAt >= (clock['back-within'] ?? 0) * 3_600_000
  return state === 'resolved' && owner !== undefined && outcome !== 'spam' && !isOver ? ticket : undefined
}

/** What the earlier ticket makes of the new one: it is no less urgent, and whoever helped has it at once. */
function followed({ follows }: Escalation) {
  if (!follows) return undefined
  const { ticket, helper } = follows
  const because = `They came back after ${ticket.id} was resolved.`
  return {
    reason: { rule: 'came-back', because },
    ticket: {
      follows: ticket.id,
      ...(helper ? { state: 'claimed', owner: helper.email, unread: 1 } : {}),
    } satisfies Partial<CaseTicket>,
    event: helper && {
      ...({ type: 'ticket-transferred', by: BOT, to: helper.email } as const),
      detail: `to ${helper.name}, who had ${ticket.id}`,
    },
  }
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

/** The more urgent of two. */
export const urgent = (a: Priority, b: Priority): Priority => (PRIORITIES.indexOf(a) <= PRIORITIES.indexOf(b) ? a : b)

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
  const given = why.priority ?? 'normal'
  const priority = why.follows ? urgent(given, why.follows.ticket.priority) : given
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
  const back = followed(why)
  const ticket: CaseTicket = {
    schema: 1,
    id: ticketId,
    state: 'waiting',
    team: why.team ?? why.follows?.ticket.team ?? DEFAULT_TEAM,
    skills: why.skills ?? [],
    ...(why.language ? { language: why.language } : {}),
    priority,
    openedAt: now,
    dueAt: due(priority),
    reasons: back ? [...why.reasons, back.reason] : why.reasons,
    ...suggested(why),
    unread: 0,
    version: why.version,
    ...back?.ticket,
  }
  const opening: HistoryEvent = { at: now, type: 'ticket-opened', ticket: ticketId, detail: why.reasons[0]?.because }
  return {
    case: { ...current, ticket, past: endedTickets(current) },
    events: [opening, ...(back?.event ? [{ at: now, ticket: ticketId, ...back.event }] : [])],
    effect: publishTicketState(current, ticketId, 'ticket-opened', id, now),
    opened: true,
    ...(ticket.owner === undefined ? {} : { owner: ticket.owner }),
  }
}
