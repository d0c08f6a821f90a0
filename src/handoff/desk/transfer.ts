// Agent action: a ticket goes to another team, or to a colleague by name, with its brief, its clock and a note.
import { BOT, type CaseTicket, type CustomerChange, type HistoryEvent, type Refusal } from '#domain'
import { replaceSecrets } from '#privacy'
import { withTicket } from '../ended-case.ts'
import type { Ticket } from '../ticket-view.ts'
import { type Agent, type Colleague, changeTicket, type DeskContext, type OpenCase, ticketEffect } from './context.ts'
import { notYetCarriedOut, onceSilent } from './transitions.ts'

/** To a team's queue, or into the hands of a colleague (their e-mail). `note`: for whoever takes it. */
export type Transfer = ({ readonly team: string } | { readonly to: string }) & { readonly note?: string }

/**
 * Agents transfer what they hold and what waits; supervisors anything that is open. One to a team waits there; one to a colleague is
 * theirs at once, and whoever held it can send nothing more.
 */
export async function transfer(desk: DeskContext, id: string, agent: Agent, wish: Transfer): Promise<Ticket | Refusal> {
  const colleague = 'to' in wish ? await desk.colleague(wish.to) : undefined
  if ('to' in wish && !colleague)
    return { refused: 'invalid', because: `${wish.to} is nobody who may hold tickets; choose somebody else` }
  const changed = await changeTicket(desk, id, (open, ticket) =>
    transferred(desk, open, ticket, agent, colleague ?? ('team' in wish ? wish.team : ''), wish.note),
  )
  return onceSilent(desk, id, changed)
}

/** `where`: a colleague, or a team. */
export function transferred(
  desk: DeskContext,
  open: OpenCase,
  ticket: CaseTicket,
  agent: Agent,
  where: Colleague | string,
  written?: string,
): CustomerChange | Refusal {
  const at = desk.now()
  const { id } = ticket
  const colleague = typeof where === 'string' ? undefined : where
  const refusal = refusalOf(agent, ticket, colleague) ?? (colleague && notYetCarriedOut(open, ticket, at))
  if (refusal) return refusal
  const next = withTicket(open.case, movedTo(ticket, at, where))
  const note = written && replaceSecrets(written).text
  const detail = `to ${colleague ? colleague.name : `the team ${where}`}`
  const events: HistoryEvent[] = [
    {
      ...{ at, type: 'ticket-transferred', ticket: id, by: agent.email, detail },
      ...(colleague ? { to: colleague.email } : {}),
    },
    ...(note ? [{ at, type: 'note-added', ticket: id, by: agent.email, text: note } as const] : []),
  ]
  return {
    case: next,
    owner: colleague?.email ?? BOT,
    events,
    effects: [ticketEffect(desk, next, id, 'ticket-transferred', at)],
  }
}

function refusalOf(agent: Agent, ticket: CaseTicket, to: Colleague | undefined): Refusal | undefined {
  if (ticket.state === 'resolved')
    return { refused: 'conflict', because: 'this ticket is resolved; reopen it to transfer it' }
  if (ticket.state === 'claimed' && ticket.owner !== agent.email && !agent.lead)
    return { refused: 'not-yours', because: `${ticket.owner} has claimed this ticket; ask them or a supervisor` }
  if (to && ticket.owner === to.email) return { refused: 'conflict', because: `${to.name} has this ticket already` }
  return undefined
}

function movedTo(ticket: CaseTicket, at: number, where: Colleague | string): CaseTicket {
  const { owner: _, snoozed: __, ...rest } = ticket
  const moved = { ...rest, since: at, unread: Math.max(1, ticket.unread) }
  if (typeof where === 'string') return { ...moved, state: 'waiting', team: where }
  return { ...moved, state: 'claimed', owner: where.email }
}
