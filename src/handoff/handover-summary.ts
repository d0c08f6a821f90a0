// Makes the handover summary and the whole ticket from a case and its history. Pure.
import {
  type Audience,
  type Case,
  type CaseTicket,
  type ChannelCapabilities,
  type HistoryEvent,
  isInDanger,
  type Message,
  type TimelineMessage,
  timelineOf,
  WANTED,
} from '#domain'
import type { Brand } from '#policy'
import type { PrivateSpan } from '#privacy'
import { chooseRoute } from '#reply'
import { suggestedReason } from './contact-reason.ts'
import { givenValues } from './given-values.ts'
import { maskedInFact, maskedSpans, shortened, withoutMasked } from './pii-masking.ts'
import type { Brief, Ticket, TicketSummary } from './ticket-view.ts'
import { articleThatAnswered, existingProposals, givenLabel, predictedLabel, questionOf } from './training-example.ts'

const iso = (at: number) => new Date(at).toISOString()

function moodOf(moods: readonly number[]): string {
  const now = moods.at(-1) ?? 0
  const word = now < -0.6 ? 'furious' : now < -0.2 ? 'upset' : now > 0.4 ? 'happy' : 'calm'
  const before = moods.length > 1 ? (moods[0] ?? 0) : now
  const course = now - before < -0.3 ? ', getting worse' : now - before > 0.3 ? ', getting better' : ''
  return `${word}${course}`
}

const openOf = (ticket: CaseTicket): string => ticket.reasons[0]?.because ?? 'See the conversation.'

function suggestionsOf(ticket: CaseTicket, history: readonly HistoryEvent[]): Brief['suggestions'] {
  const { id, suggestions = [], asked = [] } = ticket
  return suggestions.map((one) => {
    const learnt = existingProposals(history, id, one, asked)
    const proposed = learnt && { by: learnt.by, draft: learnt.draft }
    return { ...one, ...(proposed ? { proposed } : {}), private: maskedSpans(one.text) }
  })
}

/** What the bot was asked when it said something from these articles, and from which of them that was wrong. */
function answeredOf(
  current: Case,
  { id }: CaseTicket,
  history: readonly HistoryEvent[],
  { id: message, sources = [] }: Pick<Message, 'id'> & { readonly sources?: readonly string[] | undefined },
  law: ChannelCapabilities | undefined,
): Pick<Ticket['conversations'][number]['messages'][number], 'asked' | 'wrong'> {
  const asked = articleThatAnswered(history, message)
  const wording = law?.noTraining ? undefined : questionOf(current, { asked }, history)
  const wrong = sources.flatMap((article) => {
    const learnt = existingProposals(history, id, { article, wins: false }, asked)
    return learnt ? [{ article, by: learnt.by, draft: learnt.draft }] : []
  })
  return { ...(wording ? { asked: wording } : {}), ...(wrong.length > 0 ? { wrong } : {}) }
}

/** What the ticket's words are: what the bot took them for, and what somebody says. */
function kindOf({ id, asked = [] }: CaseTicket, history: readonly HistoryEvent[]): Pick<Brief, 'heard' | 'labelled'> {
  const heard = predictedLabel(history, asked)
  const said = givenLabel(history, id, asked)
  return {
    ...(heard ? { heard } : {}),
    ...(said ? { labelled: { ...said.label, by: said.by, draft: said.draft } } : {}),
  }
}

function briefOf(
  current: Case,
  ticket: CaseTicket,
  history: readonly HistoryEvent[],
  law: ChannelCapabilities | undefined,
): Brief {
  const { wants, moods } = stateOf(current, ticket)
  const wording = law?.noTraining ? undefined : questionOf(current, ticket, history)
  return {
    wants,
    facts: [
      ...current.facts.map(({ name, value, message }) => ({
        name,
        value,
        ...(message ? { messageId: message } : {}),
        private: maskedInFact(name, value),
      })),
      ...givenValues(history, current.openedAt, current.facts),
    ],
    tried: current.tried,
    mood: moodOf(moods),
    open: openOf(ticket),
    ...(ticket.suggestedReply ? { suggestedReply: ticket.suggestedReply } : {}),
    suggestions: suggestionsOf(ticket, history),
    ...(wording ? { wording } : {}),
    ...kindOf(ticket, history),
    private: { wants: maskedSpans(wants), suggestedReply: maskedSpans(ticket.suggestedReply ?? '') },
  }
}

/** What the customer wants and how they feel; of a ticket that is over, as it was when it ended. */
const stateOf = (current: Case, { ended }: CaseTicket) => ({
  wants: wishInShort((ended ?? current).wants ?? ''),
  moods: (ended ?? current).moods,
})

/** The case keeps so much of what is wanted; the rest stands in the conversation. */
const wishInShort = (wants: string): string =>
  wants.length < WANTED ? wants : `${wants.slice(0, WANTED - 1).trimEnd()}…`

export function summaryOf(current: Case, ticket: CaseTicket): TicketSummary {
  const { wants: words, moods } = stateOf(current, ticket)
  const wants = withoutMasked(words)
  return {
    ...headOf(current, ticket),
    wants: wants.text,
    because: ticket.reasons[0]?.because ?? '',
    mood: moodOf(moods),
    private: wants.private,
  }
}

function pastOf(current: Case, past: CaseTicket): Ticket['past'][number] {
  const { id, team, outcome, openedAt, closedAt } = past
  const wants = withoutMasked(stateOf(current, past).wants)
  return {
    ...{ id, team, wants: wants.text, private: wants.private, openedAt: iso(openedAt) },
    ...(outcome ? { outcome } : {}),
    ...(closedAt === undefined ? {} : { closedAt: iso(closedAt) }),
  }
}

const snoozedOf = ({ by, until }: NonNullable<CaseTicket['snoozed']>) => ({
  by,
  ...(until === undefined ? {} : { until: iso(until) }),
})

function headOf(current: Case, ticket: CaseTicket) {
  const { id, channel, name, handle, user, reach } = current.customer
  return {
    id: ticket.id,
    state: ticket.state,
    team: ticket.team,
    priority: ticket.priority,
    openedAt: iso(ticket.openedAt),
    dueAt: iso(ticket.dueAt),
    ...(ticket.answeredAt ? { answeredAt: iso(ticket.answeredAt) } : {}),
    ...(ticket.snoozed ? { snoozed: snoozedOf(ticket.snoozed) } : {}),
    tags: ticket.tags ?? [],
    ...(ticket.language ? { language: ticket.language } : {}),
    unread: ticket.unread,
    customer: { id, name: name ?? handle ?? user, handle: handle ?? '', channel, reach: reach ?? 0 },
    ...(ticket.owner ? { owner: ticket.owner } : {}),
  }
}

const TOLD = new Set<HistoryEvent['type']>([
  'message-edited',
  'message-deleted',
  'message-purged',
  'turn-taken',
  'turn-put-off',
  'gate-blocked',
  'gate-overridden',
  'effect-refused',
  'effect-in-doubt',
  'effect-suppressed',
  'effect-dropped',
  'ticket-opened',
  'ticket-claimed',
  'ticket-released',
  'ticket-resolved',
  'ticket-returned',
  'ticket-reopened',
  'ticket-transferred',
  'ticket-snoozed',
  'ticket-unsnoozed',
  'ticket-tagged',
  'ticket-updated',
  'ticket-warning',
  'ticket-overdue',
  'customer-reassured',
  'customer-followed-up',
  'customer-not-told',
  'private-data-shown',
  'wording-learnt',
])

function detailOf(event: HistoryEvent): string | undefined {
  if (event.type === 'turn-taken') return `${event.outcome}: ${event.reasons[0]?.because ?? ''}`
  if (event.type === 'gate-blocked') return event.findings.map((one) => one.because).join(' ')
  if (event.type === 'gate-overridden') return event.reason
  if (event.type === 'private-data-shown') return shownInWords(event.shown)
  return 'detail' in event ? event.detail : undefined
}

function shownInWords(shown: Extract<HistoryEvent, { type: 'private-data-shown' }>['shown']): string {
  const kinds = [...new Set(shown.flatMap((one) => one.kinds))].join(', ')
  const messages = shown.filter(({ message }) => message !== undefined).length
  return `${kinds} in ${messages === 1 ? 'a message' : messages ? `${messages} messages` : 'the brief'}`
}

function formerOf(before: string, privateData: readonly PrivateSpan[] | undefined) {
  const { text } = shortened({ text: before, ...(privateData ? { privateData } : {}) })
  return { before: text, privateBefore: maskedSpans(text, privateData) }
}

/** Messages of one page, on both sides together. */
const PAGE = 200

/** The last messages of a list, or those before the place `before`, or the ones called so. */
function pageOf(
  messages: readonly TimelineMessage[],
  before: Shown,
): { page: readonly TimelineMessage[]; earlier: number } {
  if (typeof before === 'object') {
    const wanted = new Set(before)
    return { page: messages.filter(({ id }) => wanted.has(id)), earlier: 0 }
  }
  const end = Math.min(before ?? messages.length, messages.length)
  const start = Math.max(0, end - PAGE)
  return { page: messages.slice(start, end), earlier: start }
}

/** Which messages are shown: the last ones; those before a place in all of them; or some by their ids. */
export type Shown = number | readonly string[] | undefined

/** The whole ticket as the contract has it, with a page of its messages. `history` is all that happened. */
export function ticketOf(
  current: Case,
  ticket: CaseTicket,
  {
    history,
    epoch,
    law,
    now,
    before,
    contactReasons = [],
  }: {
    readonly history: readonly HistoryEvent[]
    readonly epoch: number
    readonly law: ChannelCapabilities | undefined
    readonly now: number
    readonly before?: Shown
    /** The brand's, one of which is suggested. */
    readonly contactReasons?: Brand['contact-reasons']
  },
): Ticket {
  const suggested = suggestedReason(current, ticket, history, contactReasons)
  const sideOf = (audience: Audience): Ticket['sides'][Audience] => {
    const way = law ? chooseRoute(current, audience, law, now) : { closed: 'the channel is switched off' }
    return 'closed' in way ? { open: false, closed: way.closed } : { open: true }
  }
  const sides = { public: sideOf('public'), private: sideOf('private') }
  const { page, earlier } = pageOf(timelineOf(history), before)
  const conversations = Map.groupBy(page, (message) => message.conversation.id)
  const listed = [...conversations.values()].flatMap((messages) => {
    const conversation = messages[0]?.conversation
    if (!conversation) return []
    const shown = messages.map(shortened).map((message) => {
      const { id, author, authorKind, text, at, attachmentKinds, delivery, sources, deleted, edited, before, cutFrom } =
        message
      return {
        id,
        author,
        authorKind,
        text: deleted ? '(deleted by its author)' : text,
        at,
        ...(attachmentKinds && !deleted ? { attachmentKinds } : {}),
        ...(cutFrom === undefined ? {} : { cutFrom }),
        ...(delivery ? { delivery } : {}),
        ...(sources ? { sources } : {}),
        ...(authorKind === 'bot' && sources?.length ? answeredOf(current, ticket, history, { id, sources }, law) : {}),
        ...(edited && !deleted ? { edited } : {}),
        ...(before ? formerOf(before, message.privateBefore) : {}),
        private: deleted ? [] : maskedSpans(text, message.privateData),
      }
    })
    const { id, channel, audience } = conversation
    return [{ id, channel, audience, ...sides[audience], messages: shown }]
  })
  const notes = history.flatMap((event) =>
    event.type === 'note-added' ? [{ by: event.by, text: event.text, at: iso(event.at) }] : [],
  )
  const told = history
    .filter((event) => TOLD.has(event.type))
    .map((event) => {
      const detail = detailOf(event)
      return {
        at: iso(event.at),
        what: event.type,
        ...('by' in event && event.by ? { by: event.by } : {}),
        ...(detail ? { detail } : {}),
      }
    })
  return {
    ...headOf(current, ticket),
    caseId: current.id,
    skills: ticket.skills,
    ...(ticket.outcome ? { outcome: ticket.outcome } : {}),
    ...(ticket.contactReason ? { contactReason: ticket.contactReason } : {}),
    ...(suggested ? { suggestedReason: suggested } : {}),
    ...(ticket.follows ? { follows: ticket.follows } : {}),
    reasons: ticket.reasons,
    brief: briefOf(current, ticket, history, law),
    sides,
    conversations: listed,
    earlier,
    notes,
    history: told,
    promises: current.promises.map(({ by, text, at }) => ({ by, text, at: iso(at) })),
    past: current.past
      .filter(({ id }) => id !== ticket.id)
      .map((one) => pastOf(current, one))
      .reverse(),
    ...(isInDanger({ ticket }, history) ? { danger: true as const } : {}),
    ...(current.optedOut ? { optedOut: true as const } : {}),
    epoch,
    version: ticket.version,
  }
}
