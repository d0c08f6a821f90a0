// Agent action: the ticket that comes next is claimed, whoever else asks at the same time.
import { readCase } from '#redis/store'
import { type TicketView, UNDETERMINED } from '../ticket-lists.ts'
import { findTicket, unlessNewer } from '../ticket-queue.ts'
import type { Ticket } from '../ticket-view.ts'
import type { Agent, DeskContext } from './context.ts'
import { claim } from './transitions.ts'

const BATCH = 20

/**
 * Claims the most urgent ticket, then the oldest, that waits for one of the agent's teams in a language of theirs. Of several who
 * ask at once each gets another; undefined: nothing waits for them.
 */
export async function nextTicket(
  desk: DeskContext,
  agent: Agent,
  how: 'pulled' | 'assigned' = 'pulled',
): Promise<Ticket | undefined> {
  let after: string | undefined
  for (;;) {
    const page = await desk.queue.page(viewOf(agent), after, BATCH)
    for (const { customer, ticket: id, cursor } of page) {
      after = cursor
      const current = await readCase(desk.redis, customer).catch(unlessNewer)
      // The lists follow the cases a moment later.
      if (!current || findTicket(current, id)?.state !== 'waiting') continue
      const claimed = await claim(desk, id, agent, how)
      if (!('refused' in claimed)) return claimed
    }
    if (page.length < BATCH) return undefined
  }
}

/** What cannot be told to be in another language is for everybody. */
const viewOf = ({ teams = [], languages = [] }: Agent): TicketView => ({
  state: 'waiting',
  ...(teams.length > 0 ? { teams } : {}),
  ...(languages.length > 0 ? { languages: [...languages, UNDETERMINED] } : {}),
})
