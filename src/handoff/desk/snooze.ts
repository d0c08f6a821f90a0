// Agent actions: a ticket is put aside until a time or until the customer writes, and taken up again.
import type { CaseTicket, CustomerChange, Refusal } from '#domain'
import { withTicket } from '../ended-case.ts'
import type { Ticket } from '../ticket-view.ts'
import { type Agent, changeTicket, type DeskContext, notHeldBy, type OpenCase, ticketEffect } from './context.ts'

const LONGEST_MS = 90 * 86_400_000

/** Whoever holds a ticket puts it aside; without `until` (milliseconds since 1970) the customer's next message brings it back. */
export const snooze = (desk: DeskContext, id: string, agent: Agent, until?: number): Promise<Ticket | Refusal> =>
  changeTicket(desk, id, (open, ticket) => putAside(desk, open, ticket, agent, until))

export function putAside(
  desk: DeskContext,
  open: OpenCase,
  ticket: CaseTicket,
  agent: Agent,
  until?: number,
): CustomerChange | Refusal {
  const now = desk.now()
  const refusal = notHeldBy(agent, open, ticket)
  if (refusal) return refusal
  if (until !== undefined && until <= now) return { refused: 'invalid', because: 'choose a time that is still to come' }
  if (until !== undefined && until > now + LONGEST_MS)
    return { refused: 'invalid', because: 'choose a time within the next 90 days' }
  const { rang = [], ...rest } = ticket
  const snoozed = { by: agent.email, since: now, ...(until === undefined ? {} : { until }) }
  const aside: CaseTicket = { ...rest, snoozed, unread: 0, rang: rang.filter((what) => what !== 'snooze-over') }
  const detail = until === undefined ? 'until the customer writes' : `until ${new Date(until).toISOString()}`
  return changed(desk, open, aside, { type: 'ticket-snoozed', by: agent, detail, at: now })
}

/** Takes it up again before its time. */
export const unsnooze = (desk: DeskContext, id: string, agent: Agent): Promise<Ticket | Refusal> =>
  changeTicket(desk, id, (open, ticket) => {
    const refusal = notHeldBy(agent, open, ticket)
    if (refusal) return refusal
    const { snoozed, ...back } = ticket
    if (!snoozed) return { case: open.case }
    return changed(desk, open, back, { type: 'ticket-unsnoozed', by: agent, at: desk.now() })
  })

function changed(
  desk: DeskContext,
  open: OpenCase,
  ticket: CaseTicket,
  { type, by, detail, at }: { type: 'ticket-snoozed' | 'ticket-unsnoozed'; by: Agent; detail?: string; at: number },
): CustomerChange {
  const next = withTicket(open.case, ticket)
  return {
    case: next,
    events: [{ at, type, ticket: ticket.id, by: by.email, ...(detail ? { detail } : {}) }],
    effects: [ticketEffect(desk, next, ticket.id, 'ticket-snoozed', at)],
  }
}
