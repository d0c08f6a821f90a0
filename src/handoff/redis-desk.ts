// The desk over Redis: every move is one commit of the customer's case, and every word passes the gate.
import { BOT, type Case, type CaseTicket } from '#case'
import type { Channel } from '#channels'
import type { Content } from '#content'
import type { ChannelName, CustomerId } from '#conversation'
import { changeCase, type HistoryEvent, keysOf, NewerRecord, type Open, openCustomer, readCase } from '#inbox'
import { type Outbox, type Recognise, say } from '#outbox'
import { replaceSecrets } from '#privacy'
import type { Redis } from '#redis'
import { summaryOf, ticketOf } from './brief.ts'
import { type Agent, type Desk, type FollowUp, type Learn, NETWORK_INBOX } from './desk.ts'
import { maskedValues, type Stored, shortened, shownBy } from './masked.ts'
import { announce } from './open-ticket.ts'
import { type ChangeTicket, proposing } from './proposing.ts'
import { findTicket, type TicketQueue } from './queue.ts'
import { type Move, TABLE } from './table.ts'
import type { DeskEvent, Refusal, Ticket } from './ticket.ts'

const LISTED = 200
const NOT_FOUND: Refusal = { refused: 'not-found', because: 'there is no such ticket' }
const EVENTS = {
  claim: 'ticket-claimed',
  release: 'ticket-released',
  resolve: 'ticket-resolved',
  return: 'ticket-returned',
} as const satisfies Record<Move, DeskEvent['type']>

export function openDesk(options: {
  redis: Redis
  queue: TicketQueue
  outbox: Pick<Outbox, 'note' | 'due' | 'silence'>
  channels: ReadonlyMap<ChannelName, Channel>
  /** What serves a customer. */
  content: (customer: CustomerId) => Content
  /** Keys and passwords of this installation. */
  keys: readonly string[]
  recognise: Recognise
  learn: Learn
  newId: () => string
  now: () => number
}): Desk {
  const { redis, queue, outbox, channels, content, keys, recognise, learn, newId, now } = options

  const ticketShown = (open: Open & { case: Case }, ticket: CaseTicket): Ticket =>
    ticketOf(open.case, ticket, open.history, open.epoch, channels.get(open.case.customer.channel)?.law, now())

  async function read(id: string): Promise<Ticket | Refusal> {
    const customer = await queue.whose(id)
    const open = customer ? await openCustomer(redis, customer) : undefined
    const ticket = open?.case && findTicket(open.case, id)
    return ticket && open.case ? ticketShown({ ...open, case: open.case }, ticket) : NOT_FOUND
  }

  /** Changes the case that the ticket belongs to, then shows the ticket as it now is. */
  const change: ChangeTicket = async (id, decide) => {
    const customer = await queue.whose(id)
    if (!customer) return NOT_FOUND
    await outbox.note(customer)
    const done = await changeCase<Refusal>(redis, customer, async (open) => {
      const ticket = findTicket(open.case, id)
      const decided = ticket ? await decide(open, ticket) : NOT_FOUND
      return 'refused' in decided ? { instead: decided } : { change: decided }
    })
    if (!done) return NOT_FOUND
    if ('instead' in done) return done.instead
    await outbox.due(customer)
    return read(id)
  }

  function holds(open: Open, ticket: CaseTicket, agent: Agent): Refusal | undefined {
    if (ticket.state === 'claimed' && open.owner === agent.email) return undefined
    if (ticket.state === 'claimed') return { refused: 'not-yours', because: `${ticket.owner} has claimed this ticket` }
    const because = ticket.state === 'waiting' ? 'claim this ticket first' : 'this ticket is resolved'
    return { refused: 'not-yours', because }
  }

  function followUpOf(customer: CustomerId, asked: FollowUp | undefined, at: number): Pick<CaseTicket, 'followUp'> {
    const after = content(customer).brand.clock['follow-up-after']
    if (asked === null || (!asked && !after)) return {}
    return { followUp: asked ?? { at: at + (after ?? 0) * 3_600_000 } }
  }

  function move(
    id: string,
    what: Move,
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
      const next = free ? 'claimed' : TABLE[what][ticket.state]
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
      const { owner: _, followUp: __, ...rest } = ticket
      const moved: CaseTicket = {
        ...rest,
        state: next,
        ...(next === 'claimed' || next === 'resolved'
          ? { owner: free ? agent.email : (ticket.owner ?? agent.email) }
          : {}),
        ...(next === 'resolved' ? { closedAt: ticket.closedAt ?? at, ...followUpOf(open.customer, followUp, at) } : {}),
        since: at,
        unread: 0,
      }
      const event: HistoryEvent = { at, type: EVENTS[what], ticket: id, by: agent.email, ...(detail ? { detail } : {}) }
      const present = open.case.ticket?.id === id
      const given = more({
        ...open.case,
        ...(present ? { ticket: moved } : { past: open.case.past.map((one) => (one.id === id ? moved : one)) }),
      })
      return {
        case: next === 'resolved' ? over(given) : given,
        ...(present ? { owner: next === 'claimed' ? agent.email : BOT } : {}),
        events: [event],
        effects: [announce(given, id, EVENTS[what], newId(), at)],
      }
    })
  }

  /** What the bot had begun to say before the commit may still be leaving: it has been said when we return. */
  const claim: Desk['claim'] = async (id, agent) => {
    const claimed = await move(id, 'claim', agent)
    const customer = 'refused' in claimed ? undefined : await queue.whose(id)
    if (!customer) return claimed
    await outbox.silence(customer)
    return read(id)
  }

  /** Of somebody who is no longer with us: their customers wait for a colleague again. */
  const releaseAll: Desk['releaseAll'] = async (email, by) => {
    for (const { ticket } of await queue.list('claimed')) {
      const seen = await read(ticket)
      if ('refused' in seen || seen.owner !== email) continue
      await move(ticket, 'release', { ...by, lead: true })
    }
  }

  const reply: Desk['reply'] = async (id, agent, { text, audience, override }) => {
    let findings:
      | readonly { rule: string; because: string; start: number; end: number; absolute: boolean }[]
      | undefined
    const result = await change(id, async (open, ticket) => {
      const refusal = holds(open, ticket, agent)
      if (refusal) return refusal
      const law = channels.get(open.case.customer.channel)?.law
      if (!law) return { refused: 'channel', because: 'this channel is switched off' }
      const said = await say(
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
        },
      )
      if ('closed' in said) return { refused: 'channel', because: said.closed }
      if ('blocked' in said) {
        findings = said.blocked
        return { refused: 'gate', because: said.blocked.map((one) => one.because).join(' ') }
      }
      const { effect, events, remembered } = said.said
      const given = { ...open.case, ...remembered }
      return {
        case: given,
        events,
        effects: [effect, announce(given, id, 'message-sent', newId(), now())],
      }
    })
    return 'refused' in result && findings ? { ...result, findings } : result
  }

  return {
    async list({ state, team, owner }) {
      const listed = await queue.list(state)
      const cases = await Promise.all(listed.map(({ customer }) => readCase(redis, customer).catch(unlessNewer)))
      const fitting = cases.flatMap((given, index) => {
        const ticket = given && findTicket(given, listed[index]?.ticket ?? '')
        if (!ticket || (state && ticket.state !== state)) return []
        if ((team && ticket.team !== team) || (owner && ticket.owner !== owner)) return []
        return [summaryOf(given, ticket)]
      })
      return fitting.slice(0, LISTED)
    },
    read,
    claim,
    releaseAll,
    release: (id, agent) => move(id, 'release', agent),
    resolve: (id, agent, { followUp } = {}) => move(id, 'resolve', agent, { followUp }),
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
        effects: [announce(open.case, id, 'ticket-updated', newId(), now())],
      })),
    show: (id, agent, messages) =>
      change(id, (open, ticket) => {
        const shown = shownBy(ticketShown(open, ticket), messages)
        const event = { at: now(), type: 'private-data-shown', ticket: id, by: agent.email, shown } as const
        return { case: open.case, events: shown.length > 0 ? [event] : [] }
      }),
    learn: proposing({ read, change, learn, newId, now }),
    async trace(caseId) {
      const customer = /^(.+)~\d+$/s.exec(caseId)?.[1]
      const open = customer === undefined ? undefined : await openCustomer(redis, customer)
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

function textsOf(event: HistoryEvent): readonly Stored[] {
  if ('text' in event) return [event]
  return 'message' in event && typeof event.message === 'object' ? [event.message] : []
}

/** A ticket that a newer version wrote does not hide the others. */
function unlessNewer(error: unknown): undefined {
  if (!(error instanceof NewerRecord)) throw error
}

/** What the bot counted, asked for or did before a person helped is over. */
function over({ form: _, deed: __, ...given }: Case): Case {
  return { ...given, failures: 0, strikes: 0 }
}

const PAST = {
  claim: 'claimed',
  release: 'released',
  resolve: 'resolved',
  return: 'returned',
} as const satisfies Record<Move, string>

/** Tells the consoles that something of a customer’s ticket changed, if there is one. */
export async function tellDesk(
  redis: Redis,
  queue: TicketQueue,
  customer: CustomerId,
  type: DeskEvent['type'],
  now: number,
) {
  const given = await readCase(redis, customer)
  if (given?.ticket) await queue.publish({ type, ticket: given.ticket.id, at: new Date(now).toISOString() })
}
