// Agent action: the ticket that comes next is claimed, whoever else asks at the same time.
import type { Refusal } from '#domain'
import { readCase } from '#redis/store'
import type { TicketView } from '../ticket-lists.ts'
import { findTicket, unlessNewer } from '../ticket-queue.ts'
import type { Ticket } from '../ticket-view.ts'
import type { Agent, DeskContext } from './context.ts'
import { claim } from './transitions.ts'

const BATCH = 20

/**
 * Claims the most urgent ticket, then the oldest, that waits for one of the agent's teams in a language of theirs. Of several who
 * ask at once each gets another; undefined: nothing waits for them.
 */
export async function nextTicket(desk: DeskContext, agent: Agent): Promise<Ticket | undefined> {
  const { teams = [], languages = [] } = agent
  const view: TicketView = { state: 'waiting', ...(teams.length > 0 ? { teams } : {}) }
  let after: string | undefined
  for (;;) {
    const page = await desk.queue.page(view, after, BATCH)
    for (const { customer, ticket: id, cursor } of page) {
      after = cursor
      const current = await readCase(desk.redis, customer).catch(unlessNewer)
      const ticket = current && findTicket(current, id)
      const speaks = languages.length === 0 || !ticket?.language || languages.includes(ticket.language)
      if (ticket?.state !== 'waiting' || !speaks) continue
      const claimed: Ticket | Refusal = await claim(desk, id, agent)
      if (!('refused' in claimed)) return claimed
    }
    if (page.length < BATCH) return undefined
  }
}
