// Agent action: the tags of a ticket.
import type { CaseTicket, CustomerChange, Refusal } from '#domain'
import { replaceSecrets } from '#privacy'
import { withTicket } from '../ended-case.ts'
import type { Ticket } from '../ticket-view.ts'
import { type Agent, changeTicket, type DeskContext, type OpenCase, ticketEffect } from './context.ts'

/** Puts these tags in place of those that were there. They are kept in small letters, each once. */
export const setTags = (
  desk: DeskContext,
  id: string,
  agent: Agent,
  wished: readonly string[],
): Promise<Ticket | Refusal> => changeTicket(desk, id, (open, ticket) => tagged(desk, open, ticket, agent, wished))

export function tagged(
  desk: DeskContext,
  open: OpenCase,
  ticket: CaseTicket,
  agent: Agent,
  wished: readonly string[],
): CustomerChange {
  const tags = [...new Set(wished.map((tag) => replaceSecrets(tag.trim().toLowerCase()).text).filter(Boolean))].sort()
  const before = ticket.tags ?? []
  if (tags.join('\n') === before.join('\n')) return { case: open.case }
  const { tags: _, ...rest } = ticket
  const next = withTicket(open.case, tags.length > 0 ? { ...rest, tags } : rest)
  const detail = [
    ...tags.filter((tag) => !before.includes(tag)).map((tag) => `+ ${tag}`),
    ...before.filter((tag) => !tags.includes(tag)).map((tag) => `− ${tag}`),
  ].join(', ')
  return {
    case: next,
    events: [{ at: desk.now(), type: 'ticket-tagged', ticket: ticket.id, by: agent.email, detail }],
    effects: [ticketEffect(desk, next, ticket.id, 'ticket-updated')],
  }
}
