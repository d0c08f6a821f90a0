// The desk over Redis: every move is one commit of the customer's case, and every word passes the gate.

import type { Channel } from '#channels'
import type { Content } from '#content'
import {
  BOT,
  type Case,
  type CaseTicket,
  type ChannelName,
  type CustomerId,
  type CustomerSnapshot,
  type DeskEvent,
  endedTickets,
  type HistoryEvent,
  type Refusal,
} from '#domain'
import type { Outbox } from '#outbox/worker'
import { replaceSecrets } from '#privacy'
import type { Redis } from '#redis'
import { keysOf } from '#redis/keys'
import { type FindOwners, loadCustomer, readCase, updateCase } from '#redis/store'
import { composeReply } from '#reply'
import {
  type Agent,
  type AgentDesk,
  type FollowUp,
  NETWORK_INBOX,
  type ProposeExample,
  UNDO_MS,
} from './agent-desk.types.ts'
import { publishTicketState } from './escalate.ts'
import { type Shown, summaryOf, ticketOf } from './handover-summary.ts'
import { maskedValues, revealedBy, type StoredText, shortened } from './pii-masking.ts'
import { type ChangeTicket, openExampleProposals } from './propose-example.ts'
import { findTicket, type TicketQueue, unlessNewer } from './ticket-queue.ts'
import { TICKET_TRANSITIONS, type TicketAction } from './ticket-states.ts'
import type { Ticket, TicketSummary } from './ticket-view.ts'

/** Tickets of a page, and pages that are read for one answer. */
const LISTED = 200
const MOST_BATCHES = 20
const NOT_FOUND: Refusal = { refused: 'not-found', because: 'there is no such ticket' }
const EVENTS = {
  claim: 'ticket-claimed',
  release: 'ticket-released',
  resolve: 'ticket-resolved',
  return: 'ticket-returned',
  reopen: 'ticket-reopened',
} as const satisfies Record<TicketAction, DeskEvent['type']>

export function openAgentDesk(options: {
  redis: Redis
  queue: TicketQueue
  outbox: Pick<Outbox, 'note' | 'due' | 'silence'>
  channels: ReadonlyMap<ChannelName, Channel>
  /** What serves a customer. */
  content: (customer: CustomerId) => Content
  /** Keys and passwords of this installation. */
  keys: readonly string[]
  recognise: FindOwners
  learn: ProposeExample
  newId: () => string
  now: () => number
  undoMs?: number
}): AgentDesk {
  const { redis, queue, outbox, channels, content, keys, recognise, learn, newId, now, undoMs = UNDO_MS } = options

  const ticketShown = (open: CustomerSnapshot & { case: Case }, ticket: CaseTicket, before?: Shown): Ticket =>
    ticketOf(open.case, ticket, {
      history: open.history,
      epoch: open.epoch,
      law: channels.get(open.case.customer.channel)?.law,
      now: now(),
      ...(before === undefined ? {} : { before }),
    })

  async function read(id: string, { before }: { before?: number } = {}): Promise<Ticket | Refusal> {
    const customer = await queue.whose(id)
    const open = customer ? await loadCustomer(redis, customer, { history: 'whole' }) : undefined
    const ticket = open?.case && findTicket(open.case, id)
    return ticket && open.case ? ticketShown({ ...open, case: open.case }, ticket, before) : NOT_FOUND
  }

  /** Changes the case that the ticket belongs to, then shows the ticket as it now is. */
  const change: ChangeTicket = async (id, decide) => {
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
    return read(id)
  }

  function holds(open: CustomerSnapshot, ticket: CaseTicket, agent: Agent): Refusal | undefined {
    if (ticket.state === 'claimed' && open.owner === agent.email) return undefined
    if (ticket.state === 'claimed') return { refused: 'not-yours', because: `${ticket.owner} has claimed this ticket` }
    const because = ticket.state === 'waiting' ? 'claim this ticket first' : 'this ticket is resolved'
    return { refused: 'not-yours', because }
  }

  function followUpOf(customer: CustomerId, asked: FollowUp | undefined, at: number): Pick<CaseTicket, 'followUp'> {
    const after = content(customer).brand.clock['follow-up-after']
    if (asked === null || (!asked && !after)) return {}
    const { at: wished, ...words } = asked ?? { at: at + (after ?? 0) * 3_600_000 }
    return { followUp: { at: Math.max(wished, at + undoMs), ...words } }
  }

  function move(
    id: string,
    what: TicketAction,
    agent: Agent,
    {
      more = (given) => given,
      detail,
      followUp,
    }: { more?: (given: Case) => Case; detail?: string | undefined; followUp?: FollowUp | undefined } = {},
  ) {
    return change(id, (open, ticket) => {
      // Whoever answers in the network's own inbox cannot be asked; an agent may take over from them.
      const free = what === 'claim' && ticket.owner === NETWORK_INBOX
      const next = free ? 'claimed' : TICKET_TRANSITIONS[what][ticket.state]
      if (next === 'no' && what === 'claim' && ticket.state === 'claimed') {
        if (ticket.owner === agent.email)
          return { refused: 'conflict', because: 'you have claimed this ticket already' }
        return { refused: 'conflict', because: `${ticket.owner} was first and has claimed this ticket` }
      }
      if (next === 'no') return { refused: 'conflict', because: `a ${ticket.state} ticket cannot be ${PAST[what]}` }
      if (what !== 'claim' && ticket.state === 'claimed' && !agent.lead) {
        const refusal = holds(open, ticket, agent)
        if (refusal) return refusal
      }
      const at = now()
      const { owner: _, followUp: __, undoUntil: ___, ...rest } = ticket
      const moved: CaseTicket = {
        ...rest,
        state: next,
        ...(next === 'claimed' || next === 'resolved'
          ? { owner: free ? agent.email : (ticket.owner ?? agent.email) }
          : {}),
        ...(next === 'resolved' ? { closedAt: ticket.closedAt ?? at, ...followUpOf(open.customer, followUp, at) } : {}),
        ...(next === 'resolved' && ticket.state !== 'resolved' ? { ended: endedAs(open.case) } : {}),
        ...(what === 'resolve' ? { undoUntil: at + undoMs } : {}),
        since: at,
        unread: 0,
      }
      const event: HistoryEvent = { at, type: EVENTS[what], ticket: id, by: agent.email, ...(detail ? { detail } : {}) }
      const present = open.case.ticket?.id === id
      const given = more(withTicket(open.case, moved))
      return {
        case: next === 'resolved' ? over(given) : given,
        ...(present ? { owner: next === 'claimed' ? agent.email : BOT } : {}),
        events: [event],
        effects: [publishTicketState(given, id, EVENTS[what], newId(), at)],
      }
    })
  }

  /** The clock stood while the ticket was resolved, and it is followed up anew once it is resolved again. */
  const reopen: AgentDesk['reopen'] = (id, agent) =>
    change(id, (open, ticket) => {
      const { closedAt, undoUntil = 0, followUp: _, owner: held, ended: __, ...rest } = ticket
      const state = TICKET_TRANSITIONS.reopen[ticket.state]
      if (state === 'no') return { refused: 'conflict', because: `a ${ticket.state} ticket cannot be ${PAST.reopen}` }
      const { ticket: present } = open.case
      if (present && present.state !== 'resolved') {
        return { refused: 'conflict', because: `the customer has an open ticket already: ${present.id}` }
      }
      const at = now()
      const ended = open.history.findLast((event) => event.type === 'ticket-resolved' && event.ticket === id)
      const isUndone = at < undoUntil && ended && 'by' in ended && ended.by === agent.email
      const owner = isUndone ? (held ?? agent.email) : agent.email
      const reopened: CaseTicket = {
        ...rest,
        state,
        owner,
        dueAt: ticket.dueAt + at - (closedAt ?? at),
        rang: (ticket.rang ?? []).filter((what) => what !== 'follow-up'),
        since: at,
        unread: 0,
      }
      const past = endedTickets(open.case).filter((one) => one.id !== id)
      const given = { ...open.case, past, ticket: reopened }
      return {
        case: given,
        owner,
        events: [{ at, type: EVENTS.reopen, ticket: id, by: agent.email }],
        effects: [publishTicketState(given, id, EVENTS.reopen, newId(), at)],
      }
    })

  /** What the bot had begun to say before the commit may still be leaving: it has been said when we return. */
  const silenced = async (id: string, taken: Ticket | Refusal): Promise<Ticket | Refusal> => {
    const customer = 'refused' in taken ? undefined : await queue.whose(id)
    if (!customer) return taken
    await outbox.silence(customer)
    return read(id)
  }

  /** Of somebody who is no longer with us: their customers wait for a colleague again. */
  const releaseAll: AgentDesk['releaseAll'] = async (email, by) => {
    let after: string | undefined
    for (;;) {
      const held = await queue.page({ owner: email }, after, LISTED)
      for (const { ticket } of held) await move(ticket, 'release', { ...by, lead: true })
      after = held.at(-1)?.cursor
      if (held.length < LISTED) return
    }
  }

  const reply: AgentDesk['reply'] = async (id, agent, { text, audience, override, invite }) => {
    let findings:
      | readonly { rule: string; because: string; start: number; end: number; absolute: boolean }[]
      | undefined
    const result = await change(id, async (open, ticket) => {
      const refusal = holds(open, ticket, agent)
      if (refusal) return refusal
      const law = channels.get(open.case.customer.channel)?.law
      if (!law) return { refused: 'channel', because: 'this channel is switched off' }
      const said = await composeReply(
        open.case,
        { text, audience, author: 'agent', sources: [] },
        {
          content: content(open.customer),
          law,
          keys,
          recognise,
          id: newId(),
          by: agent.email,
          now: now(),
          history: open.history,
          ...(override ? { override } : {}),
          ...(invite ? { inviteToPrivate: true } : {}),
        },
      )
      if ('closed' in said) return { refused: 'channel', because: said.closed }
      if ('blocked' in said) {
        findings = said.blocked
        return { refused: 'gate', because: said.blocked.map((one) => one.because).join(' ') }
      }
      const { effect, events, remembered } = said.said
      // Whoever answers has read it; the time to answer by is kept until the customer writes again.
      const answered: CaseTicket = { ...ticket, unread: 0, answeredAt: now() }
      const given = withTicket({ ...open.case, ...remembered }, answered)
      return {
        case: given,
        events,
        effects: [effect, publishTicketState(given, id, 'message-sent', newId(), now())],
      }
    })
    return 'refused' in result && findings ? { ...result, findings } : result
  }

  return {
    async list({ state, team, owner, cursor, limit = LISTED }) {
      const view = { ...(state ? { state } : {}), ...(owner ? { owner } : {}) }
      const tickets: TicketSummary[] = []
      let after = cursor
      // A team that has few tickets is not looked for without end; the cursor says where to go on.
      for (let batch = 0; batch < MOST_BATCHES; batch++) {
        const listed = await queue.page(view, after, LISTED)
        const cases = await Promise.all(listed.map(({ customer }) => readCase(redis, customer).catch(unlessNewer)))
        for (const [nth, entry] of listed.entries()) {
          after = entry.cursor
          const given = cases[nth]
          const ticket = given && findTicket(given, entry.ticket)
          // The lists follow the cases a moment later.
          const fits = ticket && (!state || ticket.state === state) && (!owner || ticket.owner === owner)
          if (!fits || (team && ticket.team !== team)) continue
          tickets.push(summaryOf(given, ticket))
          if (tickets.length === limit) return { tickets, next: after }
        }
        if (listed.length < LISTED) return { tickets }
      }
      return { tickets, ...(after ? { next: after } : {}) }
    },
    async counts(agent) {
      const views = {
        waiting: { state: 'waiting' },
        claimed: { state: 'claimed' },
        mine: { owner: agent.email },
      } as const
      const [waiting, claimed, mine, resolved] = await Promise.all(
        [views.waiting, views.claimed, views.mine, { state: 'resolved' } as const].map(queue.count),
      )
      return { waiting: waiting ?? 0, claimed: claimed ?? 0, mine: mine ?? 0, resolved: resolved ?? 0 }
    },
    async messages(id, before) {
      const ticket = await read(id, { before })
      return 'refused' in ticket ? ticket : { conversations: ticket.conversations, earlier: ticket.earlier }
    },
    seen: (id, agent) =>
      change(id, (open, ticket) => {
        if (ticket.owner !== agent.email || ticket.unread === 0) return { case: open.case }
        const given = withTicket(open.case, { ...ticket, unread: 0 })
        return { case: given, effects: [publishTicketState(given, id, 'ticket-updated', newId(), now())] }
      }),
    read,
    claim: async (id, agent) => silenced(id, await move(id, 'claim', agent)),
    reopen: async (id, agent) => silenced(id, await reopen(id, agent)),
    releaseAll,
    release: (id, agent) => move(id, 'release', agent),
    resolve(id, agent, { followUp, note } = {}) {
      return move(id, 'resolve', agent, { followUp, detail: note && replaceSecrets(note).text })
    },
    return(id, agent, { followUp, ...told }) {
      const note = told.note && replaceSecrets(told.note).text
      const promises = told.promises && replaceSecrets(told.promises).text
      return move(id, 'return', agent, {
        more: (given) =>
          promises ? { ...given, promises: [...given.promises, { by: agent.name, text: promises, at: now() }] } : given,
        detail: [note, promises && `promised: ${promises}`].filter(Boolean).join('; ') || undefined,
        followUp,
      })
    },
    reply,
    note: (id, agent, text) =>
      change(id, (open) => ({
        case: open.case,
        events: [{ at: now(), type: 'note-added', ticket: id, by: agent.email, text: replaceSecrets(text).text }],
        effects: [publishTicketState(open.case, id, 'ticket-updated', newId(), now())],
      })),
    show: (id, agent, messages) =>
      change(id, async (open, ticket) => {
        const whole = await loadCustomer(redis, open.customer, { history: 'whole' })
        const shown = revealedBy(ticketShown({ ...open, history: whole.history }, ticket, messages), messages)
        const event = { at: now(), type: 'private-data-shown', ticket: id, by: agent.email, shown } as const
        return { case: open.case, events: shown.length > 0 ? [event] : [] }
      }),
    learn: openExampleProposals({ read, change, learn, newId, now }),
    async trace(caseId) {
      const customer = /^(.+)~\d+$/s.exec(caseId)?.[1]
      const open = customer === undefined ? undefined : await loadCustomer(redis, customer, { history: 'whole' })
      if (customer === undefined || !open?.case) return { refused: 'not-found', because: 'there is no such case' }
      const fates = await redis.hGetAll(keysOf(customer).effects)
      const history = open.history.map(shownEvent)
      const events = history
        .filter((event) => !event.caseId || event.caseId === caseId)
        .map((event) =>
          'effect' in event && event.effect ? { ...event, state: fates[`${event.effect}/state`] } : event,
        )
      return { id: caseId, events, private: maskedValues(history.flatMap(textsOf)) }
    },
    listen: queue.listen,
  }
}

/** No text in it is longer than what can be searched. */
function shownEvent(event: HistoryEvent): HistoryEvent {
  if ('text' in event) return shortened(event)
  if (!('message' in event) || typeof event.message !== 'object') return event
  return { ...event, message: shortened(event.message) } as HistoryEvent
}

function textsOf(event: HistoryEvent): readonly StoredText[] {
  if ('text' in event) return [event]
  return 'message' in event && typeof event.message === 'object' ? [event.message] : []
}

/** The case with this ticket as it now is, its present one or one that is over. */
const withTicket = (given: Case, ticket: CaseTicket): Case =>
  given.ticket?.id === ticket.id
    ? { ...given, ticket }
    : { ...given, past: given.past.map((one) => (one.id === ticket.id ? ticket : one)) }

/** What the customer wanted and how they felt when the ticket ended; what they write later is another matter. */
const endedAs = ({ wants = '', moods }: Case): NonNullable<CaseTicket['ended']> => ({ wants, moods })

/** What the bot counted, asked for or did before a person helped is over. */
function over({ form: _, deed: __, ...given }: Case): Case {
  return { ...given, failures: 0, strikes: 0 }
}

const PAST = {
  claim: 'claimed',
  release: 'released',
  resolve: 'resolved',
  return: 'returned',
  reopen: 'reopened',
} as const satisfies Record<TicketAction, string>

/** Tells the consoles that something of a customer’s ticket changed, if there is one. */
export async function publishDelivery(
  redis: Redis,
  queue: TicketQueue,
  customer: CustomerId,
  type: DeskEvent['type'],
  now: number,
) {
  const given = await readCase(redis, customer)
  if (given?.ticket) await queue.publish({ type, ticket: given.ticket.id, at: new Date(now).toISOString() })
}
