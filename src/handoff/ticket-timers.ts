// Handlers of ticket timers (SLA, warning, idle, follow-up): each reads the present case and changes it in one commit.
import {
  BOT,
  type Case,
  type CaseTicket,
  type CustomerChange,
  type CustomerId,
  type CustomerSnapshot,
  type HistoryEvent,
  isInDanger,
  mergedInto,
  PRIORITIES,
} from '#domain'
import type { Outbox } from '#outbox/worker'
import { addBusinessMinutes, type Brand } from '#policy'
import type { Redis } from '#redis'
import type { JobHandler } from '#redis/queue'
import { updateCase } from '#redis/store'
import { composeUnprompted, type ReplyContext, type UnpromptedReply } from '#reply'
import type { BotPauses } from './bot-pause.ts'
import { publishTicketState } from './escalate.ts'
import type { TicketQueue } from './ticket-queue.ts'
import { NETWORK_INBOX } from './ticket-states.ts'
import { type Alarm, DANGER_MS, idleAt } from './timer-schedule.ts'

/** A case and the ticket whose timer has run out, which is its present one. */
type Rung = {
  readonly open: CustomerSnapshot
  readonly current: Case
  readonly ticket: CaseTicket
  readonly context: ReplyContext
  readonly now: number
}
/** What to commit; when to run again instead; or nothing. */
type Decided = CustomerChange | number | undefined
type Deciding = Decided | Promise<Decided>

/** How soon is looked again whether the bot may speak. */
const PAUSED_MS = 5 * 60_000

/** In the history, whoever does what nobody was asked for. */
const CLOCK = 'clock'

export function ticketTimerHandlers(options: {
  redis: Redis
  tickets: TicketQueue
  outbox: Pick<Outbox, 'note' | 'due'>
  contextOf: (customer: CustomerId) => ReplyContext
  pauses: Pick<BotPauses, 'of'>
}): Readonly<Record<Alarm | 'due', JobHandler>> {
  const { redis, tickets, outbox, contextOf, pauses } = options

  /** A timer runs for a ticket once: the ticket notes each that has run. */
  const ring =
    (what: Alarm, decide: (rung: Rung) => Deciding): JobHandler =>
    async (id) => {
      const customer = await tickets.whose(id)
      if (!customer) return undefined
      await outbox.note(customer)
      const present = contextOf(customer)
      const done = await updateCase<number | undefined>(redis, customer, async (open) => {
        const { ticket } = open.case
        if (ticket?.id !== id || mergedInto(ticket) || ticket.rang?.includes(what)) return { instead: undefined }
        const decided = await decide({ open, current: open.case, ticket, context: present, now: present.now() })
        return typeof decided === 'object' ? { change: decided } : { instead: decided }
      })
      await outbox.due(customer)
      return done && 'instead' in done ? done.instead : undefined
    }

  /** What the bot says by itself waits until it may speak again. */
  const unlessPaused =
    (decide: (rung: Rung) => Deciding) =>
    (rung: Rung): Deciding =>
      pauses.of(rung.current.customer) ? rung.now + PAUSED_MS : decide(rung)

  return {
    'ticket-due': ring('ticket-due', overdue),
    // As version 0.1.0 called it.
    due: ring('ticket-due', overdue),
    'ticket-warning': ring('ticket-warning', warn),
    'ticket-idle': ring('ticket-idle', takeBack),
    'ticket-waiting': ring('ticket-waiting', unlessPaused(reassure)),
    'snooze-over': ring('snooze-over', wake),
    'follow-up': ring('follow-up', unlessPaused(followUp)),
    'danger-unclaimed': ring('danger-unclaimed', alarm),
  }
}

const rang = (ticket: CaseTicket, what: Alarm): CaseTicket => ({ ...ticket, rang: [...(ticket.rang ?? []), what] })

/** Not done in time: it goes ahead of others of its priority. */
function overdue({ current, ticket, context, now }: Rung): Decided {
  if (ticket.state === 'resolved' || ticket.answeredAt !== undefined || ticket.snoozed) return undefined
  if (ticket.dueAt > now) return ticket.dueAt
  const priority = PRIORITIES[Math.max(0, PRIORITIES.indexOf(ticket.priority) - 1)] ?? ticket.priority
  return {
    case: { ...current, ticket: { ...rang(ticket, 'ticket-due'), priority } },
    events: [{ at: now, type: 'ticket-overdue', ticket: ticket.id }],
    effects: [publishTicketState(current, ticket.id, 'ticket-updated', context.newId(), now)],
  }
}

function warn({ current, ticket, context, now }: Rung): Decided {
  const before = context.content.brand.clock['warn-before']
  const isOver = ticket.state === 'resolved' || ticket.answeredAt !== undefined || ticket.snoozed !== undefined
  if (isOver || !before || ticket.dueAt <= now) return undefined
  const at = ticket.dueAt - before * 60_000
  if (at > now) return at
  return {
    case: { ...current, ticket: rang(ticket, 'ticket-warning') },
    events: [{ at: now, type: 'ticket-warning', ticket: ticket.id }],
    effects: [publishTicketState(current, ticket.id, 'ticket-warning', context.newId(), now)],
  }
}

/** Somebody may be in danger, day or night, and nobody has claimed the ticket. */
function alarm({ open, current, ticket, context, now }: Rung): Decided {
  if (ticket.state !== 'waiting' || !isInDanger(current, open.history)) return undefined
  const at = (ticket.since ?? ticket.openedAt) + DANGER_MS
  if (at > now) return at
  return {
    case: { ...current, ticket: rang(ticket, 'danger-unclaimed') },
    events: [{ at: now, type: 'danger-unclaimed', ticket: ticket.id }],
    effects: [publishTicketState(current, ticket.id, 'ticket-warning', context.newId(), now)],
  }
}

/** When whoever holds a ticket last did something for it, and whether the customer wrote after that. */
function lastWord(history: readonly HistoryEvent[], { id, owner, since, openedAt, parts = [] }: CaseTicket) {
  const place = history.findLastIndex(
    (event) =>
      (event.type === 'ticket-claimed' && event.ticket === id) ||
      (event.type === 'message-queued' && event.message.author === owner) ||
      (event.type === 'note-added' && event.by === owner) ||
      (event.type === 'message-echoed' && event.by === 'person' && owner === NETWORK_INBOX),
  )
  // Who answers in a ticket that is merged into theirs is at work as well.
  const inParts = parts.map(({ answeredAt = 0 }) => answeredAt)
  return {
    at: Math.max(since ?? openedAt, history[place]?.at ?? 0, ...inParts),
    unanswered: hasWritten(history, place),
  }
}

/** Whether the customer wrote after what is at `place`; times may be equal, or wrong. */
const hasWritten = (history: readonly HistoryEvent[], place: number): boolean =>
  history.slice(place + 1).some((event) => event.type === 'message-received')

/** What was put aside is back, and stands out until whoever holds it has looked. */
function wake({ current, ticket, context, now }: Rung): Decided {
  const until = ticket.snoozed?.until
  if (until === undefined) return undefined
  if (until > now) return until
  const { snoozed: _, ...rest } = ticket
  const back: CaseTicket = { ...rest, since: now, unread: Math.max(1, ticket.unread) }
  return {
    case: { ...current, ticket: back },
    events: [{ at: now, type: 'ticket-unsnoozed', ticket: ticket.id, by: CLOCK }],
    effects: [publishTicketState(current, ticket.id, 'ticket-updated', context.newId(), now)],
  }
}

/** Somebody claimed a ticket and left it: it waits for a colleague again, unless in the network's inbox all was said. */
function takeBack({ open, current, ticket, context, now }: Rung): Decided {
  if (ticket.state !== 'claimed' || ticket.snoozed) return undefined
  const last = lastWord(open.history, ticket)
  const at = idleAt(ticket, last.at, context.content.brand)
  if (at === undefined || at > now) return at
  const isOpen = ticket.owner !== NETWORK_INBOX || last.unanswered
  const { owner, ...rest } = ticket
  const free: CaseTicket = isOpen
    ? { ...rest, state: 'waiting', since: now }
    : { ...ticket, state: 'resolved', since: now, closedAt: now }
  const type = isOpen ? 'ticket-released' : 'ticket-returned'
  return {
    case: { ...current, ticket: free },
    owner: BOT,
    events: [{ at: now, type, ticket: ticket.id, by: CLOCK, detail: `nothing was heard from ${owner}` }],
    effects: [publishTicketState(current, ticket.id, type, context.newId(), now)],
  }
}

async function reassure({ open, current, ticket, context, now }: Rung): Promise<Decided> {
  const { brand } = context.content
  const after = brand.clock['reassure-after']
  if (ticket.state !== 'waiting' || !after) return undefined
  // A timer that runs at night tells the customer in the morning.
  const at = Math.max(
    addBusinessMinutes(brand, ticket.since ?? ticket.openedAt, after),
    addBusinessMinutes(brand, now, 0),
  )
  if (at > now) return at
  const said = await composeUnprompted(context, current, open.history, {
    text: brand.sayings['still-waiting'],
    author: 'template',
  })
  return tell(said, 'customer-reassured', { ...current, ticket: rang(ticket, 'ticket-waiting') }, ticket, now)
}

async function followUp({ open, current, ticket, context, now }: Rung): Promise<Decided> {
  const { brand } = context.content
  const due = ticket.followUp?.at
  if (ticket.state !== 'resolved' || due === undefined || open.owner !== BOT) return undefined
  const at = Math.max(due, addBusinessMinutes(brand, now, 0))
  if (at > now) return at
  const closed = open.history.findLastIndex(
    (event) => (event.type === 'ticket-resolved' || event.type === 'ticket-returned') && event.ticket === ticket.id,
  )
  const said = hasWritten(open.history, closed)
    ? { closed: 'the customer has written since' }
    : await composeUnprompted(context, current, open.history, followUpWords(ticket, brand))
  return tell(said, 'customer-followed-up', { ...current, ticket: rang(ticket, 'follow-up') }, ticket, now)
}

function followUpWords({ followUp }: CaseTicket, { sayings }: Brand) {
  const own = followUp?.text
  return own ? ({ text: own, author: 'agent' } as const) : ({ text: sayings['follow-up'], author: 'template' } as const)
}

function tell(
  said: UnpromptedReply,
  type: 'customer-reassured' | 'customer-followed-up',
  current: Case,
  { id }: CaseTicket,
  now: number,
): CustomerChange {
  const event: HistoryEvent =
    'closed' in said
      ? { at: now, type: 'customer-not-told', ticket: id, by: CLOCK, detail: said.closed }
      : { at: now, type, ticket: id, by: CLOCK }
  const { events, effects, remembered } = 'closed' in said ? { events: [], effects: [], remembered: {} } : said
  return { case: { ...current, ...remembered }, events: [event, ...events], effects }
}
