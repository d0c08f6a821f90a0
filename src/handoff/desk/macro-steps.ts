// The steps of a macro: tags, and one of transfer, resolve and snooze, as part of the change that sends its reply.
import type { CaseTicket, CustomerChange, Refusal } from '#domain'
import type { SavedReply } from '#policy'
import { findTicket } from '../ticket-queue.ts'
import type { Agent, DeskContext, OpenCase } from './context.ts'
import { putAside } from './snooze.ts'
import { tagged } from './tags.ts'
import { transferred } from './transfer.ts'
import { resolved } from './transitions.ts'

export type MacroSteps = NonNullable<SavedReply['also']>

type Step = (open: OpenCase, ticket: CaseTicket) => CustomerChange | Refusal

const HOUR_MS = 3_600_000

function stepsOf(desk: DeskContext, agent: Agent, { tag, transfer, resolve, snooze }: MacroSteps): Step[] {
  const steps: Step[] = []
  if (tag) steps.push((open, ticket) => tagged(desk, open, ticket, agent, [...(ticket.tags ?? []), ...tag]))
  if (transfer) steps.push((open, ticket) => transferred(desk, open, ticket, agent, transfer))
  if (resolve) steps.push((open, ticket) => resolved(desk, open, ticket, agent, resolve))
  if (snooze) {
    const until = snooze === 'until-they-write' ? undefined : desk.now() + snooze * HOUR_MS
    steps.push((open, ticket) => putAside(desk, open, ticket, agent, until))
  }
  return steps
}

/** A change with the steps after it, as one. Refused as a whole where one of the steps is. */
export function withSteps(
  desk: DeskContext,
  open: OpenCase,
  id: string,
  agent: Agent,
  steps: MacroSteps,
  before: CustomerChange,
): CustomerChange | Refusal {
  let all = before
  for (const step of stepsOf(desk, agent, steps)) {
    const now = { ...open, case: all.case, owner: all.owner ?? open.owner }
    const ticket = findTicket(all.case, id)
    if (!ticket) break
    const next = step(now, ticket)
    if ('refused' in next) return next
    all = {
      ...all,
      ...next,
      events: [...(all.events ?? []), ...(next.events ?? [])],
      effects: [...(all.effects ?? []), ...(next.effects ?? [])],
    }
  }
  return all
}
