// What every agent action uses: reads a ticket, changes its case in one commit.
import type { Channel } from '#channels'
import type { Content } from '#content'
import type {
  Case,
  CaseTicket,
  ChannelName,
  CustomerChange,
  CustomerId,
  CustomerSnapshot,
  DeskEvent,
  Effect,
  Refusal,
  TrainingExample,
} from '#domain'
import type { Outbox } from '#outbox/worker'
import type { Runtime } from '#redis'
import { type FindOwners, loadCustomer, updateCase } from '#redis/store'
import { publishTicketState } from '../escalate.ts'
import { type Shown, ticketOf } from '../handover-summary.ts'
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
): Ticket {
  const law = channels.get(open.case.customer.channel)?.law
  const { history, epoch } = open
  return ticketOf(open.case, ticket, {
    history,
    epoch,
    law,
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
  return ticket && open.case ? viewTicket(desk, { ...open, case: open.case }, ticket, before) : NOT_FOUND
}

/** Changes the case that the ticket belongs to, then shows the ticket as it now is. */
export async function changeTicket(
  desk: DeskContext,
  id: string,
  decide: (open: OpenCase, ticket: CaseTicket) => CustomerChange | Refusal | Promise<CustomerChange | Refusal>,
): Promise<Ticket | Refusal> {
  const { redis, queue, outbox } = desk
  const customer = await queue.whose(id)
  if (!customer) return NOT_FOUND
  await outbox.note(customer)
  const done = await updateCase<Refusal>(redis, customer, async (open) => {
    const ticket = findTicket(open.case, id)
    const decided = ticket ? await decide(open, ticket) : NOT_FOUND
    return 'refused' in decided ? { instead: decided } : { change: decided }
  })
  if (!done) return NOT_FOUND
  if ('instead' in done) return done.instead
  await outbox.due(customer)
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

/** The case with this ticket as it now is, its present one or one that is over. */
export const withTicket = (current: Case, ticket: CaseTicket): Case =>
  current.ticket?.id === ticket.id
    ? { ...current, ticket }
    : { ...current, past: current.past.map((one) => (one.id === ticket.id ? ticket : one)) }
