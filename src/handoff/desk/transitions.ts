// Agent actions on a ticket's state: claim, release, resolve, return, reopen.
import {
  BOT,
  type Case,
  type CaseTicket,
  type CustomerChange,
  type CustomerId,
  type DeskEvent,
  endedTickets,
  type HistoryEvent,
  type Refusal,
  type TicketOutcome,
  type TicketState,
} from '#domain'
import { replaceSecrets } from '#privacy'
import { endedAs, withoutAttempts, withTicket } from '../ended-case.ts'
import { NETWORK_INBOX, TICKET_TRANSITIONS, type TicketAction } from '../ticket-states.ts'
import type { Ticket } from '../ticket-view.ts'
import {
  type Agent,
  changeTicket,
  type DeskContext,
  notHeldBy,
  type OpenCase,
  readTicket,
  ticketEffect,
} from './context.ts'

/** When the customer is asked whether all is well, and in which words; null: not at all; absent: as the brand does. */
export type FollowUp = { readonly at: number; readonly text?: string } | null

/** Held tickets that are released at once. */
const BATCH = 200

const EVENTS = {
  claim: 'ticket-claimed',
  release: 'ticket-released',
  resolve: 'ticket-resolved',
  return: 'ticket-returned',
  reopen: 'ticket-reopened',
} as const satisfies Record<TicketAction, DeskEvent['type']>

const PARTICIPLES = {
  claim: 'claimed',
  release: 'released',
  resolve: 'resolved',
  return: 'returned',
  reopen: 'reopened',
} as const satisfies Record<TicketAction, string>

/** `assigned`: they did not ask for it, so it stands out until they have looked. */
export const claim = async (
  desk: DeskContext,
  id: string,
  agent: Agent,
  how: 'pulled' | 'assigned' = 'pulled',
): Promise<Ticket | Refusal> => {
  const assigned = how === 'assigned' ? { detail: 'assigned automatically', isUnseen: true } : {}
  return onceSilent(desk, id, await transition(desk, id, 'claim', agent, assigned))
}

export const release = (desk: DeskContext, id: string, agent: Agent): Promise<Ticket | Refusal> =>
  transition(desk, id, 'release', agent)

/** Releases whatever `email` holds, who is no longer with us: their customers wait for a colleague again. */
export async function releaseAll(desk: DeskContext, email: string, by: Agent): Promise<void> {
  for (const snoozed of [false, true]) {
    let after: string | undefined
    for (let isMore = true; isMore; ) {
      const held = await desk.queue.page({ owner: email, snoozed }, after, BATCH)
      for (const { ticket } of held) await release(desk, ticket, { ...by, lead: true })
      after = held.at(-1)?.cursor
      isMore = held.length === BATCH
    }
  }
}

/** How a ticket ends. `reason`: the id of one of the brand's contact reasons. */
export type Resolution = {
  readonly followUp?: FollowUp
  readonly note?: string
  readonly outcome?: TicketOutcome
  readonly reason?: string
  /** What the bot is told to keep to when the customer writes again. */
  readonly promises?: string
}

/** What the customer writes within `undoMs` is answered after it, so that the agent can take the step back. */
export function resolve(
  desk: DeskContext,
  id: string,
  agent: Agent,
  resolution: Resolution = {},
): Promise<Ticket | Refusal> {
  return changeTicket(desk, id, (open, ticket) => resolved(desk, open, ticket, agent, resolution))
}

export const resolved = (
  desk: DeskContext,
  open: OpenCase,
  ticket: CaseTicket,
  agent: Agent,
  { followUp, outcome, reason, ...texts }: Resolution,
): CustomerChange | Refusal =>
  moved(desk, open, ticket, 'resolve', agent, {
    followUp,
    ...lastWords(texts),
    ended: { ...(outcome ? { outcome } : {}), ...(reason ? { contactReason: reason } : {}) },
  })

/** Gives the case back to the bot, which is told what was promised. */
export function returnToBot(
  desk: DeskContext,
  id: string,
  agent: Agent,
  { followUp, ...texts }: { note?: string; promises?: string; followUp?: FollowUp },
): Promise<Ticket | Refusal> {
  return transition(desk, id, 'return', agent, { ...lastWords(texts), followUp })
}

/** What the agent leaves in the history and for the bot, without secrets. */
function lastWords(texts: { readonly note?: string; readonly promises?: string }) {
  const note = texts.note && replaceSecrets(texts.note).text
  const promises = texts.promises && replaceSecrets(texts.promises).text
  return {
    promises,
    detail: [note, promises && `promised: ${promises}`].filter(Boolean).join('; ') || undefined,
  }
}

/**
 * Makes a resolved ticket the agent's again; within `undoMs`, of whoever held it before this agent resolved it. The clock
 * stood while the ticket was resolved, and it is followed up anew once it is resolved again.
 */
export async function reopen(desk: DeskContext, id: string, agent: Agent): Promise<Ticket | Refusal> {
  const reopened = await changeTicket(desk, id, (open, ticket) => {
    const { closedAt, undoUntil = 0, followUp: _, owner: held, ended: __, outcome: ___, ...rest } = ticket
    const state = TICKET_TRANSITIONS.reopen[ticket.state]
    if (state === 'no') return impossible('reopen', ticket)
    const { ticket: present } = open.case
    if (present && present.state !== 'resolved') {
      return { refused: 'conflict', because: `the customer has an open ticket already: ${present.id}` }
    }
    const at = desk.now()
    const ended = open.history.findLast((event) => event.type === 'ticket-resolved' && event.ticket === id)
    const isUndone = at < undoUntil && ended && 'by' in ended && ended.by === agent.email
    const owner = isUndone ? (held ?? agent.email) : agent.email
    const ticketNow: CaseTicket = {
      ...rest,
      state,
      owner,
      dueAt: ticket.dueAt + at - (closedAt ?? at),
      rang: (ticket.rang ?? []).filter((what) => what !== 'follow-up'),
      since: at,
      unread: 0,
    }
    const past = endedTickets(open.case).filter((one) => one.id !== id)
    const promises = open.case.promises.filter((one) => !isUndone || one.at !== closedAt)
    const next = { ...open.case, past, promises, ticket: ticketNow }
    return {
      case: next,
      owner,
      events: [{ at, type: EVENTS.reopen, ticket: id, by: agent.email }],
      effects: [ticketEffect(desk, next, id, EVENTS.reopen, at)],
    }
  })
  return onceSilent(desk, id, reopened)
}

type Manner = {
  readonly promises?: string | undefined
  readonly detail?: string | undefined
  readonly followUp?: FollowUp | undefined
  readonly ended?: Pick<CaseTicket, 'outcome' | 'contactReason'>
  readonly isUnseen?: boolean
}

const transition = (
  desk: DeskContext,
  id: string,
  action: TicketAction,
  agent: Agent,
  manner: Manner = {},
): Promise<Ticket | Refusal> =>
  changeTicket(desk, id, (open, ticket) => moved(desk, open, ticket, action, agent, manner))

function moved(
  desk: DeskContext,
  open: OpenCase,
  ticket: CaseTicket,
  action: TicketAction,
  agent: Agent,
  manner: Manner,
): CustomerChange | Refusal {
  const { id } = ticket
  const state = nextState(action, agent, open, ticket, desk.now())
  if (typeof state !== 'string') return state
  const wrong = unknownReason(desk, open.customer, manner.ended?.contactReason)
  if (wrong) return wrong
  const at = desk.now()
  const { detail, promises } = manner
  const changed = withTicket(open.case, movedTicket(desk, open, ticket, { action, state, agent, at, ...manner }))
  const next = promises ? withPromise(changed, { by: agent.name, text: promises, at }) : changed
  const event: HistoryEvent = { at, type: EVENTS[action], ticket: id, by: agent.email, ...(detail ? { detail } : {}) }
  const isPresent = open.case.ticket?.id === id
  return {
    case: state === 'resolved' ? withoutAttempts(next) : next,
    ...(isPresent ? { owner: state === 'claimed' ? agent.email : BOT } : {}),
    events: [event],
    effects: [ticketEffect(desk, next, id, EVENTS[action], at)],
  }
}

function unknownReason(
  { content }: DeskContext,
  customer: CustomerId,
  reason: string | undefined,
): Refusal | undefined {
  const known = content(customer).brand['contact-reasons']
  if (reason === undefined || known.some(({ id }) => id === reason)) return undefined
  return { refused: 'invalid', because: `there is no contact reason \`${reason}\`; choose one of the list` }
}

/** Whoever answers in the network's own inbox cannot be asked; an agent may take over from them. */
const isTakeover = (action: TicketAction, ticket: CaseTicket): boolean =>
  action === 'claim' && ticket.owner === NETWORK_INBOX

function nextState(
  action: TicketAction,
  agent: Agent,
  open: OpenCase,
  ticket: CaseTicket,
  now: number,
): TicketState | Refusal {
  const next = isTakeover(action, ticket) ? 'claimed' : TICKET_TRANSITIONS[action][ticket.state]
  if (next === 'no' && action === 'claim' && ticket.state === 'claimed') {
    if (ticket.owner === agent.email) return { refused: 'conflict', because: 'you have claimed this ticket already' }
    return { refused: 'conflict', because: `${ticket.owner} was first and has claimed this ticket` }
  }
  if (next === 'no') return impossible(action, ticket)
  const early = notYetCarriedOut(open, ticket, now)
  if (early) return early
  const needsHolder = action !== 'claim' && ticket.state === 'claimed' && !agent.lead
  return (needsHolder && notHeldBy(agent, open, ticket)) || next
}

/** Nobody takes what the customer has just said yes to while they may take it back. */
export function notYetCarriedOut({ case: { deed } }: OpenCase, ticket: CaseTicket, now: number): Refusal | undefined {
  const seconds = Math.ceil(((deed?.until ?? 0) - now) / 1000)
  if (ticket.state !== 'waiting' || seconds <= 0 || deed?.at !== ticket.openedAt) return undefined
  return { refused: 'conflict', because: `the customer may take this back for ${seconds} more seconds` }
}

const impossible = (action: TicketAction, { state }: CaseTicket): Refusal => ({
  refused: 'conflict',
  because: `a ${state} ticket cannot be ${PARTICIPLES[action]}`,
})

function movedTicket(
  desk: DeskContext,
  open: OpenCase,
  ticket: CaseTicket,
  how: {
    readonly action: TicketAction
    readonly state: TicketState
    readonly agent: Agent
    readonly at: number
    readonly followUp?: FollowUp | undefined
    readonly ended?: Pick<CaseTicket, 'outcome' | 'contactReason'>
    readonly isUnseen?: boolean
  },
): CaseTicket {
  const { action, state, agent, at } = how
  const { owner: _, followUp: __, undoUntil: ___, snoozed: ____, ...rest } = ticket
  const isResolved = state === 'resolved'
  const owner = isTakeover(action, ticket) ? agent.email : (ticket.owner ?? agent.email)
  return {
    ...rest,
    state,
    ...(state === 'claimed' || isResolved ? { owner } : {}),
    ...(isResolved ? { closedAt: ticket.closedAt ?? at, ...followUpOf(desk, open.customer, how.followUp, at) } : {}),
    ...(isResolved && ticket.state !== 'resolved' ? { ended: endedAs(open.case), ...how.ended } : {}),
    ...(action === 'resolve' ? { undoUntil: at + desk.undoMs } : {}),
    since: at,
    unread: how.isUnseen ? Math.max(1, ticket.unread) : 0,
  }
}

function followUpOf(
  { content, undoMs }: DeskContext,
  customer: CustomerId,
  wished: FollowUp | undefined,
  now: number,
): Pick<CaseTicket, 'followUp'> {
  const after = content(customer).brand.clock['follow-up-after']
  if (wished === null || (!wished && !after)) return {}
  const { at, ...words } = wished ?? { at: now + (after ?? 0) * 3_600_000 }
  return { followUp: { at: Math.max(at, now + undoMs), ...words } }
}

/** What the bot had begun to say before the commit may still be leaving: it has been said when this resolves. */
export async function onceSilent(desk: DeskContext, id: string, changed: Ticket | Refusal): Promise<Ticket | Refusal> {
  const { queue, outbox } = desk
  const customer = 'refused' in changed ? undefined : await queue.whose(id)
  if (!customer) return changed
  await outbox.silence(customer)
  return readTicket(desk, id)
}

const withPromise = (current: Case, promise: Case['promises'][number]): Case => ({
  ...current,
  promises: [...current.promises, promise],
})
