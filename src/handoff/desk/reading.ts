// Agent actions that read: lists, earlier messages, masked private data, the trace of a case.
import type { HistoryEvent, Refusal, TicketState } from '#domain'
import type { PrivateType } from '#privacy'
import { keysOf } from '#redis/keys'
import { loadCustomer, readCase } from '#redis/store'
import { withTicket } from '../ended-case.ts'
import { summaryOf } from '../handover-summary.ts'
import { maskedValues, revealedBy, type StoredText, shortened } from '../pii-masking.ts'
import { type FilledReply, repliesFor } from '../saved-replies.ts'
import { isOfView, type TicketView } from '../ticket-lists.ts'
import { findTicket, unlessNewer } from '../ticket-queue.ts'
import type { Ticket, TicketSummary } from '../ticket-view.ts'
import { type Agent, changeTicket, type DeskContext, partsOf, readTicket, ticketEffect, viewTicket } from './context.ts'

/** Tickets of a page, and pages that are read for one answer. */
const LISTED = 200
const MOST_BATCHES = 20

/**
 * Waiting and claimed by priority, then age; resolved newest first; late ones by when they were due. A page of `limit`, at
 * most 200; `next` is the `cursor` of the page after it, absent where there is none.
 */
export async function listTickets(
  { redis, queue, now }: DeskContext,
  { cursor, limit = LISTED, ...view }: TicketView & { readonly cursor?: string; readonly limit?: number },
): Promise<{ readonly tickets: readonly TicketSummary[]; readonly next?: string }> {
  const tickets: TicketSummary[] = []
  let after = cursor
  // What an agent holds is narrowed here; the cursor says where to go on.
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const listed = await queue.page(view, after, LISTED)
    const cases = await Promise.all(listed.map(({ customer }) => readCase(redis, customer).catch(unlessNewer)))
    for (const [nth, entry] of listed.entries()) {
      after = entry.cursor
      const current = cases[nth]
      const ticket = current && findTicket(current, entry.ticket)
      if (!ticket || !isOfView(view, ticket, current.customer, now())) continue
      tickets.push(summaryOf(current, ticket))
      if (tickets.length === limit) return { tickets, next: after }
    }
    if (listed.length < LISTED) return { tickets }
  }
  return { tickets, ...(after ? { next: after } : {}) }
}

/** `mine`, `snoozed`: of this agent; `myTeams`: waiting for a team of theirs. */
export type TicketCounts = Readonly<Record<TicketState | 'mine' | 'late' | 'snoozed' | 'myTeams', number>>

/** How many tickets each list has, for this agent. */
export async function countTickets({ queue }: DeskContext, agent: Agent): Promise<TicketCounts> {
  const { email: owner, teams = [] } = agent
  const views: Record<keyof TicketCounts, TicketView> = {
    waiting: { state: 'waiting' },
    claimed: { state: 'claimed' },
    mine: { owner },
    resolved: { state: 'resolved' },
    late: { late: true },
    snoozed: { owner, snoozed: true },
    myTeams: { state: 'waiting', ...(teams.length > 0 ? { teams } : {}) },
  }
  const counted = Object.entries(views).map(async ([name, view]) => [name, await queue.count(view)] as const)
  return Object.fromEntries(await Promise.all(counted)) as TicketCounts
}

/** The messages that come before the place `before` in all of a ticket's, a page of them; see `Ticket.earlier`. */
export async function readMessages(
  desk: DeskContext,
  id: string,
  before: number,
): Promise<Pick<Ticket, 'conversations' | 'earlier'> | Refusal> {
  const ticket = await readTicket(desk, id, before)
  return 'refused' in ticket ? ticket : { conversations: ticket.conversations, earlier: ticket.earlier }
}

/** The saved replies that fit a ticket, filled in for it. */
export async function savedReplies(
  desk: DeskContext,
  id: string,
  agent: Agent,
): Promise<readonly FilledReply[] | Refusal> {
  const ticket = await readTicket(desk, id)
  return 'refused' in ticket ? ticket : repliesFor(desk.content(ticket.customer.id), ticket, agent)
}

/** Notes that the agent who holds it has read what the customer wrote. */
export const markRead = (desk: DeskContext, id: string, agent: Agent): Promise<Ticket | Refusal> =>
  changeTicket(
    desk,
    id,
    (open, ticket) => {
      if (ticket.owner !== agent.email || ticket.unread === 0) return { case: open.case }
      const next = withTicket(open.case, { ...ticket, unread: 0 })
      return { case: next, effects: [ticketEffect(desk, next, id, 'ticket-updated')] }
    },
    { evenMerged: true },
  )

/** Records that the agent has the private data of these messages shown; absent: of the whole ticket. */
export const revealPrivateData = (
  desk: DeskContext,
  id: string,
  agent: Agent,
  messages?: readonly string[],
): Promise<Ticket | Refusal> =>
  changeTicket(
    desk,
    id,
    async (open, ticket) => {
      const { history } = await loadCustomer(desk.redis, open.customer, { history: 'whole' })
      const view = viewTicket(desk, { ...open, history }, ticket, messages, await partsOf(desk, ticket))
      const shown = revealedBy(view, messages)
      const event = { at: desk.now(), type: 'private-data-shown', ticket: id, by: agent.email, shown } as const
      return { case: open.case, events: shown.length > 0 ? [event] : [] }
    },
    { evenMerged: true },
  )

export type CaseTrace = {
  readonly id: string
  readonly events: readonly Readonly<Record<string, unknown>>[]
  /** What is masked wherever it stands in the events. */
  readonly private: readonly { readonly type: PrivateType; readonly value: string }[]
}

/** The full trace of a case: messages, decisions with reasons and version, gate verdicts, effects and their state. */
export async function traceCase({ redis }: DeskContext, caseId: string): Promise<CaseTrace | Refusal> {
  const customer = /^(.+)~\d+$/s.exec(caseId)?.[1]
  const open = customer === undefined ? undefined : await loadCustomer(redis, customer, { history: 'whole' })
  if (customer === undefined || !open?.case) return { refused: 'not-found', because: 'there is no such case' }
  const fields = await redis.hGetAll(keysOf(customer).effects)
  const history = open.history.map(shortenedEvent)
  const events = history
    .filter((event) => !event.caseId || event.caseId === caseId)
    .map((event) => ('effect' in event && event.effect ? { ...event, state: fields[`${event.effect}/state`] } : event))
  return { id: caseId, events, private: maskedValues(history.flatMap(textsOf)) }
}

/** No text in it is longer than what can be searched. */
function shortenedEvent(event: HistoryEvent): HistoryEvent {
  if ('text' in event) return shortened(event)
  if (!('message' in event) || typeof event.message !== 'object') return event
  return { ...event, message: shortened(event.message) } as HistoryEvent
}

function textsOf(event: HistoryEvent): readonly StoredText[] {
  if ('text' in event) return [event]
  return 'message' in event && typeof event.message === 'object' ? [event.message] : []
}
