// Agent action: a ticket goes to another team, or to a colleague by name, with its brief, its clock and a note.
import { BOT, type CaseTicket, type HistoryEvent, type Refusal } from '#domain'
import { replaceSecrets } from '#privacy'
import { withTicket } from '../ended-case.ts'
import type { Ticket } from '../ticket-view.ts'
import { type Agent, type Colleague, changeTicket, type DeskContext, ticketEffect } from './context.ts'
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
  const changed = await changeTicket(desk, id, (open, ticket) => {
    const at = desk.now()
    const refusal = refusalOf(agent, ticket, colleague) ?? (colleague && notYetCarriedOut(open, ticket, at))
    if (refusal) return refusal
    const next = withTicket(open.case, movedTo(ticket, at, colleague ?? ('team' in wish ? wish.team : ticket.team)))
    const where = colleague ? colleague.name : `the team ${'team' in wish ? wish.team : ''}`
    const note = wish.note && replaceSecrets(wish.note).text
    const events: HistoryEvent[] = [
      {
        ...{ at, type: 'ticket-transferred', ticket: id, by: agent.email, detail: `to ${where}` },
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
  })
  return onceSilent(desk, id, changed)
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
