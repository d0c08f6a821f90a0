// The conversations of a ticket, with those of the tickets that are merged into it, a page at a time. Pure.
import {
  type Audience,
  type Case,
  type CaseTicket,
  type ChannelCapabilities,
  type HistoryEvent,
  type Message,
  type TimelineMessage,
  timelineOf,
} from '#domain'
import type { PrivateSpan } from '#privacy'
import { chooseRoute } from '#reply'
import { maskedSpans, shortened } from './pii-masking.ts'
import type { Ticket } from './ticket-view.ts'
import { articleThatAnswered, existingProposals, questionOf } from './training-example.ts'

/** A ticket and all that happened in its case. */
export type TicketRecords = {
  readonly case: Case
  readonly ticket: CaseTicket
  readonly history: readonly HistoryEvent[]
  readonly law: ChannelCapabilities | undefined
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

function formerOf(before: string, privateData: readonly PrivateSpan[] | undefined) {
  const { text } = shortened({ text: before, ...(privateData ? { privateData } : {}) })
  return { before: text, privateBefore: maskedSpans(text, privateData) }
}

/** A message, and which of the tickets it belongs to. */
type Placed = { readonly message: TimelineMessage; readonly of: TicketRecords; readonly nth: number }

/** Messages of one page, on both sides together. */
const PAGE = 200

/** The last messages of a list, or those before the place `before`, or the ones called so. */
function pageOf(messages: readonly Placed[], before: Shown): { page: readonly Placed[]; earlier: number } {
  if (typeof before === 'object') {
    const wanted = new Set(before)
    return { page: messages.filter(({ message }) => wanted.has(message.id)), earlier: 0 }
  }
  const end = Math.min(before ?? messages.length, messages.length)
  const start = Math.max(0, end - PAGE)
  return { page: messages.slice(start, end), earlier: start }
}

/** Which messages are shown: the last ones; those before a place in all of them; or some by their ids. */
export type Shown = number | readonly string[] | undefined

/** Whether something can be written to each side. */
export function sidesOf({ case: current, law }: Pick<TicketRecords, 'case' | 'law'>, now: number): Ticket['sides'] {
  const sideOf = (audience: Audience): Ticket['sides'][Audience] => {
    const way = law ? chooseRoute(current, audience, law, now) : { closed: 'the channel is switched off' }
    return 'closed' in way ? { open: false, closed: way.closed } : { open: true }
  }
  return { public: sideOf('public'), private: sideOf('private') }
}

/** The first of `tickets` is the one that is looked at; the others are merged into it. */
export function conversationsOf(
  tickets: readonly TicketRecords[],
  now: number,
  before: Shown,
): Pick<Ticket, 'conversations' | 'earlier'> {
  const all = tickets.flatMap((of, nth) => timelineOf(of.history).map((message) => ({ message, of, nth })))
  // What one customer wrote stays in its order, whatever the clocks of the networks say.
  const inOrder = tickets.length > 1 ? all.toSorted((one, other) => one.message.at - other.message.at) : all
  const { page, earlier } = pageOf(inOrder, before)
  const conversations = Map.groupBy(page, ({ message, nth }) => `${nth} ${message.conversation.id}`)
  const listed = [...conversations.values()].flatMap((messages) => {
    const [first] = messages
    if (!first) return []
    const { of, nth } = first
    const { id, channel, audience } = first.message.conversation
    const shown = messages.map(({ message }) => messageOf(of, shortened(message)))
    const part = nth === 0 ? {} : { part: of.ticket.id }
    return [{ id, channel, audience, ...part, ...sidesOf(of, now)[audience], messages: shown }]
  })
  return { conversations: listed, earlier }
}

/** Our own messages bear the ids of our effects. */
function linkOf({ id, authorKind, conversation }: TimelineMessage, law: TicketRecords['law']): { link?: string } {
  const isTheirs = authorKind === 'customer' || authorKind === 'bystander'
  if (!law?.postUrl || !isTheirs || conversation.audience !== 'public') return {}
  const network = `${conversation.channel}:`
  const own = id.startsWith(network) ? id.slice(network.length) : id
  return { link: law.postUrl.replace('{id}', encodeURIComponent(own)) }
}

function messageOf(
  { case: current, ticket, history, law }: TicketRecords,
  message: TimelineMessage,
): Ticket['conversations'][number]['messages'][number] {
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
    ...(deleted ? {} : linkOf(message, law)),
    ...(sources ? { sources } : {}),
    ...(authorKind === 'bot' && sources?.length ? answeredOf(current, ticket, history, { id, sources }, law) : {}),
    ...(edited && !deleted ? { edited } : {}),
    ...(before ? formerOf(before, message.privateBefore) : {}),
    private: deleted ? [] : maskedSpans(text, message.privateData),
  }
}
