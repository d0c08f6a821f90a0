// Agent actions: a ticket is merged into that of another account of the same person, and split off again.
import { type CaseTicket, type HistoryEvent, mergedInto, type Refusal } from '#domain'
import { withTicket } from '../ended-case.ts'
import { followMerge, knownTicket, splitOff } from '../merged-tickets.ts'
import { NETWORK_INBOX } from '../ticket-states.ts'
import type { Ticket } from '../ticket-view.ts'
import { type Agent, changeTicket, type DeskContext, NOT_FOUND, readTicket, ticketEffect } from './context.ts'
import { notYetCarriedOut } from './transitions.ts'

/**
 * Merges `id` into `into`: it is answered there and leaves all lists, and its customer hears no bot. Agents: what they hold and what
 * waits. Nothing is moved: each message stays with the account that wrote it. Resolves to the ticket that it goes on in.
 */
export async function merge(desk: DeskContext, id: string, agent: Agent, into: string): Promise<Ticket | Refusal> {
  if (id === into) return { refused: 'invalid', because: 'a ticket cannot be merged into itself; choose another' }
  const [customer, other] = await Promise.all([desk.queue.whose(id), desk.queue.whose(into)])
  if (!customer || !other) return NOT_FOUND
  if (customer === other)
    return { refused: 'invalid', because: 'both are tickets of the same account; only one of them can be open' }
  // What was split off a moment ago has arrived before it is merged anew.
  await followMerge(desk, id)
  const changed = await changeTicket(
    desk,
    id,
    async (open, ticket) => {
      if (mergedInto(ticket) === into) return { case: open.case }
      const whole = await knownTicket(desk, into)
      const at = desk.now()
      const refusal =
        refusalOf(agent, ticket) ??
        notYetCarriedOut(open, ticket, at) ??
        (whole ? refusalOf(agent, whole.ticket) : NOT_FOUND) ??
        holdsOthers(ticket)
      if (refusal) return refusal
      const { owner, snoozed, ...rest } = ticket
      const was = { state: ticket.state, ...(owner ? { owner } : {}), ...(snoozed ? { snoozed } : {}) }
      const merged: CaseTicket = {
        ...rest,
        state: 'claimed',
        since: at,
        merged: { into, by: agent.email, at, was },
      }
      const next = withTicket(open.case, merged)
      const event: HistoryEvent = { at, type: 'ticket-merged', ticket: id, by: agent.email, detail: `into ${into}` }
      return {
        case: next,
        owner: into,
        events: [event],
        effects: [ticketEffect(desk, next, id, 'ticket-merged', at)],
      }
    },
    { evenMerged: true },
  )
  if ('refused' in changed) return changed
  // What the bot had begun to say before the commit may still be leaving.
  await desk.outbox.silence(customer)
  const done = await knownTicket(desk, id)
  const { merged } = done?.ticket ?? {}
  if (merged?.over?.because)
    return { refused: 'conflict', because: `${id} was not merged: ${merged.over.because}; look again` }
  return readTicket(desk, into)
}

/** Splits a merged ticket off: it is as it was before, with what was written since. Resolves to the ticket that it was merged into. */
export async function split(desk: DeskContext, id: string, agent: Agent): Promise<Ticket | Refusal> {
  const present = await knownTicket(desk, id)
  if (!present) return NOT_FOUND
  const into = mergedInto(present.ticket)
  if (into === undefined) {
    const { merged } = present.ticket
    if (merged?.over)
      return { refused: 'conflict', because: `${merged.over.by} has split it off ${merged.into} already` }
    return { refused: 'conflict', because: 'this ticket is not merged into another' }
  }
  const former = present.ticket.merged?.was.owner
  const owner = former === undefined ? undefined : (await desk.colleague(former))?.email
  const changed = await changeTicket(
    desk,
    id,
    async (open, ticket) => {
      const whole = await knownTicket(desk, into)
      if (mergedInto(ticket) !== into)
        return { refused: 'conflict', because: 'this ticket was split off at the same time' }
      const isOwn = ticket.merged?.by === agent.email
      const refusal = whole && !isOwn ? notTheirs(agent, whole.ticket) : undefined
      return refusal ?? splitOff(desk, open, ticket, { by: agent.email, owner })
    },
    { evenMerged: true },
  )
  return 'refused' in changed ? changed : readTicket(desk, into)
}

function refusalOf(agent: Agent, ticket: CaseTicket): Refusal | undefined {
  const { id, state, owner, merged } = ticket
  const into = mergedInto(ticket)
  if (into !== undefined)
    return { refused: 'conflict', because: `${merged?.by} has merged ${id} into ${into}; split it off first` }
  if (state === 'resolved')
    return { refused: 'conflict', because: `${id} is resolved; only open tickets are merged, so reopen it first` }
  if (owner === NETWORK_INBOX)
    return { refused: 'conflict', because: `${id} is answered in ${NETWORK_INBOX}; claim it first` }
  return notTheirs(agent, ticket)
}

function notTheirs(agent: Agent, { id, state, owner }: CaseTicket): Refusal | undefined {
  if (state !== 'claimed' || owner === agent.email || agent.lead) return undefined
  return { refused: 'not-yours', because: `${owner} has claimed ${id}; ask them or a supervisor` }
}

function holdsOthers({ id, parts = [] }: CaseTicket): Refusal | undefined {
  const [first] = parts
  if (!first) return undefined
  return {
    refused: 'conflict',
    because: `${first.ticket} is merged into ${id}; merge the other way round, or split it off first`,
  }
}
