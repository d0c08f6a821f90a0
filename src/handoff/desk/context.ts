// What every agent action uses: reads a ticket, changes its case in one commit.
import type { Channel } from '#channels'
import type { Content } from '#content'
import {
  type Case,
  type CaseTicket,
  type ChannelName,
  type CustomerChange,
  type CustomerId,
  type CustomerSnapshot,
  type DeskEvent,
  type Effect,
  mergedInto,
  type Refusal,
  type TrainingExample,
} from '#domain'
import type { Outbox } from '#outbox/worker'
import type { Runtime } from '#redis'
import { type FindOwners, loadCustomer, updateCase } from '#redis/store'
import { publishTicketState } from '../escalate.ts'
import type { ExpertLinks } from '../expert-links.ts'
import { ticketOf } from '../handover-summary.ts'
import { followMerge, type Known, knownTicket } from '../merged-tickets.ts'
import type { Shown } from '../ticket-conversations.ts'
import { findTicket, type TicketQueue } from '../ticket-queue.ts'
import type { Ticket } from '../ticket-view.ts'

/** A person at the console. */
export type Agent = {
  readonly email: string
  readonly name: string
  /** May transfer, release, resolve and return what others hold. */
  readonly lead?: boolean
  /** Whose tickets they are given by *next ticket*; none: any team's, in any language. */
  readonly teams?: readonly string[]
  readonly languages?: readonly string[]
}

/** Somebody who may hold tickets. */
export type Colleague = Pick<Agent, 'email' | 'name'>

/** Proposes a wording, and says in which draft, and as what: the article's title, or the kind in words. Twice is once. */
export type ProposeExample = (
  example: TrainingExample & { wording: string; ticket: string; by: string },
) => Promise<
  | { readonly draft: string; readonly what: string }
  | { readonly refused: 'not-found' | 'conflict' | 'invalid'; readonly because: string }
>

export type DeskContext = Pick<Runtime, 'redis' | 'now' | 'newId'> & {
  readonly queue: TicketQueue
  readonly outbox: Pick<Outbox, 'note' | 'due' | 'silence'>
  readonly channels: ReadonlyMap<ChannelName, Channel>
  /** What serves a customer. */
  readonly content: (customer: CustomerId) => Content
  /** Keys and passwords of this installation. */
  readonly keys: readonly string[]
  readonly recognise: FindOwners
  readonly learn: ProposeExample
  readonly experts: ExpertLinks
  /** The person with this e-mail, if they may hold tickets. */
  readonly colleague: (email: string) => Promise<Colleague | undefined>
  /** For how long an agent may take back that a ticket is resolved, before the bot speaks again. */
  readonly undoMs: number
}

/** A customer who has a case. */
export type OpenCase = CustomerSnapshot & { readonly case: Case }

export const NOT_FOUND: Refusal = { refused: 'not-found', because: 'there is no such ticket' }

/** `page`: which of its messages are in it. */
export function viewTicket(
  { channels, content, now }: DeskContext,
  open: OpenCase,
  ticket: CaseTicket,
  page?: Shown,
  merged: readonly Known[] = [],
): Ticket {
  const lawOf = (current: Case) => channels.get(current.customer.channel)?.law
  const { history, epoch } = open
  return ticketOf(open.case, ticket, {
    history,
    epoch,
    law: lawOf(open.case),
    parts: merged.map((part) => ({ ...part, law: lawOf(part.case) })),
    now: now(),
    contactReasons: content(open.customer).brand['contact-reasons'],
    ...(page === undefined ? {} : { before: page }),
  })
}

/** `before`: the page of messages before this place; see `Ticket.earlier`. */
export async function readTicket(desk: DeskContext, id: string, before?: number): Promise<Ticket | Refusal> {
  const customer = await desk.queue.whose(id)
  const open = customer ? await loadCustomer(desk.redis, customer, { history: 'whole' }) : undefined
  const ticket = open?.case && findTicket(open.case, id)
  if (!ticket || !open.case) return NOT_FOUND
  return viewTicket(desk, { ...open, case: open.case }, ticket, before, await partsOf(desk, ticket))
}

/** The cases of the tickets that are merged into this one, with all that happened in them. */
export async function partsOf(desk: DeskContext, { id, parts = [] }: CaseTicket): Promise<readonly Known[]> {
  const known = await Promise.all(parts.map((part) => knownTicket(desk, part.ticket, 'whole')))
  return known.filter((one) => one !== undefined).filter((one) => mergedInto(one.ticket) === id)
}

/** Why nothing is done to a ticket that is merged into another. */
const isElsewhere = (ticket: CaseTicket): Refusal | undefined => {
  const into = mergedInto(ticket)
  const because = `${ticket.id} is merged into ${into}; go on there, or split it off first`
  return into === undefined ? undefined : { refused: 'conflict', because }
}

/**
 * Changes the case that the ticket belongs to, then shows the ticket as it now is. Refused for one that is merged into another,
 * unless `evenMerged`.
 */
export async function changeTicket(
  desk: DeskContext,
  id: string,
  decide: (open: OpenCase, ticket: CaseTicket) => CustomerChange | Refusal | Promise<CustomerChange | Refusal>,
  { evenMerged = false }: { readonly evenMerged?: boolean } = {},
): Promise<Ticket | Refusal> {
  const { redis, queue, outbox } = desk
  const customer = await queue.whose(id)
  if (!customer) return NOT_FOUND
  await outbox.note(customer)
  const done = await updateCase<Refusal>(redis, customer, async (open) => {
    const ticket = findTicket(open.case, id)
    const refusal = ticket && !evenMerged ? isElsewhere(ticket) : undefined
    const decided = ticket ? (refusal ?? (await decide(open, ticket))) : NOT_FOUND
    return 'refused' in decided ? { instead: decided } : { change: decided }
  })
  if (!done) return NOT_FOUND
  if ('instead' in done) return done.instead
  await outbox.due(customer)
  const changed = findTicket(done.change.case, id)
  if (changed?.merged || changed?.parts) await followMerge(desk, id)
  return readTicket(desk, id)
}

/** The effect that shows a ticket anew, wherever it is shown. */
export const ticketEffect = (
  { newId, now }: DeskContext,
  current: Case,
  id: string,
  event: DeskEvent['type'],
  at = now(),
): Effect & { readonly do: 'announce' } => publishTicketState(current, id, event, newId(), at)

/** Why an agent may not act on a ticket that they do not hold. */
export function notHeldBy(agent: Agent, open: CustomerSnapshot, ticket: CaseTicket): Refusal | undefined {
  if (ticket.state === 'claimed' && open.owner === agent.email) return undefined
  if (ticket.state === 'claimed') return { refused: 'not-yours', because: `${ticket.owner} has claimed this ticket` }
  const because = ticket.state === 'waiting' ? 'claim this ticket first' : 'this ticket is resolved'
  return { refused: 'not-yours', because }
}
