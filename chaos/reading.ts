// A history in the order in which the checker asks: by message, by customer, by effect. Pure.
import type { HistoryEvent, Outcome } from '#domain'
import { givenTo, isRefused, letsGo } from './acts.ts'
import { mergesOf } from './merged.ts'
import type { History, Kept, Seen } from './record.ts'

type Placed = Seen & { /** Rank among all that was seen. */ readonly place: number }

/** Something that was decided to be said. */
type Decided = {
  readonly id: string
  readonly by: 'bot' | 'agent'
  /** Says only that it takes a while: the answer comes later. */
  readonly notice: boolean
  readonly state?: string
  readonly platformId?: string
  readonly seen?: Placed
  /** Somebody claimed the case after it was decided, or its customer took words back. */
  readonly mayGiveWay: boolean
  /** In a few words, for people. */
  readonly says: string
}

type Turn = { readonly messages: readonly string[]; readonly outcome: Outcome; readonly effects: readonly string[] }

type CustomerReading = {
  readonly id: string
  readonly kept: Kept
  /** Message ids in the order in which they were taken in. */
  readonly received: readonly string[]
  readonly turns: readonly Turn[]
  readonly effects: readonly Decided[]
  /** Whether a ticket says that something could not be sent. */
  readonly failuresShown: boolean
  /** When a person surely had the case, in milliseconds since 1970. */
  readonly held: readonly { readonly from: number; readonly to: number; readonly by: string }[]
}

export type Reading = {
  readonly history: History
  readonly customers: readonly CustomerReading[]
  customerOf(id: string): CustomerReading | undefined
  readonly received: ReadonlyMap<string, readonly { readonly customer: string; readonly at: number }[]>
  /** In how many turns a message was. */
  readonly taken: ReadonlyMap<string, number>
  /** Messages that their authors took back or changed. */
  readonly changed: ReadonlySet<string>
  readonly seenById: ReadonlyMap<string, Seen>
  /** What was seen and not decided, or more often than decided. */
  readonly extra: readonly { readonly customer: string; readonly says: string }[]
  readonly repliesByBot: ReadonlyMap<string, { readonly customer: string; readonly count: number }>
}

/** The clocks of processes differ by less. */
const SKEW_MS = 2_000

type Queued = HistoryEvent & { readonly type: 'message-queued' }

export function reading(history: History): Reading {
  const placed = history.seen.map((seen, place) => ({ ...seen, place }))
  const decided = history.store.customers.flatMap((kept) =>
    kept.history.flatMap((event) => (event.type === 'message-queued' ? [{ kept, event }] : [])),
  )
  const { pairs, extra } = pair(decided, placed)
  const customers = history.store.customers.map((kept) => readCustomer(history, kept, pairs))
  const byId = new Map(customers.map((one) => [one.id, one]))

  const received = new Map<string, { customer: string; at: number }[]>()
  const taken = new Map<string, number>()
  const repliesByBot = new Map<string, { customer: string; count: number }>()
  for (const { id: customer, received: ids, turns, effects } of customers) {
    for (const [at, id] of ids.entries()) received.set(id, [...(received.get(id) ?? []), { customer, at }])
    for (const id of turns.flatMap((turn) => turn.messages)) taken.set(id, (taken.get(id) ?? 0) + 1)
    for (const { by, notice, seen } of effects) {
      if (by !== 'bot' || notice || seen?.audience !== 'public') continue
      repliesByBot.set(seen.to, { customer, count: (repliesByBot.get(seen.to)?.count ?? 0) + 1 })
    }
  }
  return {
    history,
    customers,
    customerOf: (id) => byId.get(id),
    received,
    taken,
    changed: new Set(history.said.flatMap(({ id, changed }) => (changed ? [id] : []))),
    seenById: new Map(history.seen.map((seen) => [seen.id, seen])),
    extra,
    repliesByBot,
  }
}

/** Where and what: the same for a decision and for what was seen of it. */
const keyOf = (audience: string, to: string, text: string) => JSON.stringify([audience, to, text])

function addressOf({ message }: Queued): string {
  const { conversation, replyTo, text } = message
  // A conversation of two is named after the customer.
  const to = replyTo ?? conversation.id.slice(conversation.id.lastIndexOf(':') + 1)
  return keyOf(conversation.audience, to, text)
}

type Deciding = { readonly kept: Kept; readonly event: Queued }

/** Finds what was seen of each decision: by the id that was recorded, else by place and words, in order. */
function pair(decided: readonly Deciding[], placed: readonly Placed[]) {
  const pairs = new Map<string, Placed>()
  const extra: { customer: string; says: string }[] = []
  const decisions = Map.groupBy(decided, ({ event }) => addressOf(event))
  for (const [key, seen] of Map.groupBy(placed, ({ audience, to, text }) => keyOf(audience, to, text))) {
    const all = decisions.get(key) ?? []
    const named = new Map(all.map(({ kept, event }) => [sentAs(kept, event.effect), event.effect]))
    const left: Placed[] = []
    for (const one of seen) {
      const effect = named.get(one.id)
      if (effect) pairs.set(effect, one)
      else left.push(one)
    }
    const unnamed = all.filter(({ event }) => !pairs.has(event.effect))
    for (const [n, one] of left.entries()) {
      const effect = unnamed[n]?.event.effect
      if (effect) pairs.set(effect, one)
    }
    if (left.length > unnamed.length) {
      const says = `“${seen[0]?.text.slice(0, 60)}” to ${seen[0]?.to} was seen ${seen.length} times and decided ${all.length} times`
      extra.push({ customer: all[0]?.kept.id ?? seen[0]?.to ?? '', says })
    }
  }
  return { pairs, extra }
}

function sentAs(kept: Kept, effect: string): string | undefined {
  const event = kept.history.find((one) => one.type === 'effect-sent' && one.effect === effect)
  return event?.type === 'effect-sent' ? event.detail : undefined
}

const GIVES_WAY_TO = new Set<HistoryEvent['type']>([
  'ticket-claimed',
  'ticket-reopened',
  'ticket-transferred',
  'ticket-merged',
  'message-deleted',
  'message-edited',
])

function readCustomer(history: History, kept: Kept, pairs: ReadonlyMap<string, Placed>): CustomerReading {
  const turns: { messages: readonly string[]; outcome: Outcome; effects: string[] }[] = []
  const effects: Decided[] = []
  let notice = false
  for (const [n, event] of kept.history.entries()) {
    if (event.type === 'turn-put-off') notice = true
    if (event.type === 'turn-taken') notice = false
    if (event.type === 'turn-taken') turns.push({ messages: event.messages, outcome: event.outcome, effects: [] })
    if (event.type !== 'message-queued') continue
    const by = event.message.authorKind === 'bot' ? 'bot' : 'agent'
    if (by === 'bot' && !notice) turns.at(-1)?.effects.push(event.effect)
    const [state, platformId, seen] = [kept.effects[event.effect], sentAs(kept, event.effect), pairs.get(event.effect)]
    effects.push({
      id: event.effect,
      by,
      notice: notice && by === 'bot',
      ...(state ? { state } : {}),
      ...(platformId ? { platformId } : {}),
      ...(seen ? { seen } : {}),
      mayGiveWay: kept.history.slice(n).some(({ type }) => GIVES_WAY_TO.has(type)),
      says: `${by === 'bot' ? 'the bot’s' : 'an agent’s'} “${event.message.text.slice(0, 40)}” (${event.effect})`,
    })
  }
  const tickets = [...(kept.case?.ticket ? [kept.case.ticket] : []), ...(kept.case?.past ?? [])]
  return {
    id: kept.id,
    kept,
    received: kept.history.flatMap((event) => (event.type === 'message-received' ? [event.message.id] : [])),
    turns,
    effects,
    failuresShown: tickets.some((ticket) => ticket.reasons.some(({ rule }) => rule === 'send-failed')),
    held: heldOf(history, kept),
  }
}

function heldOf(history: History, kept: Kept): CustomerReading['held'] {
  const customer = kept.id
  const acts = history.acts.filter((act) => act.customer === customer)
  const words = history.inboxWords.filter(
    ({ network, user }) => customer.startsWith(network) && customer.endsWith(`:${user}`),
  )
  const merges = mergesOf(kept)
  // A merged ticket ends with the one that it went into, or is split off.
  const ending = history.acts.filter(
    ({ what, ticket }) =>
      (what === 'split' && merges.some(({ part }) => part === ticket)) ||
      ((what === 'resolve' || what === 'return') && merges.some(({ into }) => into === ticket)),
  )
  const undone = kept.history.flatMap((event) =>
    event.type === 'ticket-split' && event.detail?.startsWith('from ') ? [event.at - SKEW_MS] : [],
  )
  const ends = (from: number, after = from) =>
    Math.min(
      Number.POSITIVE_INFINITY,
      ...[...acts.filter(letsGo), ...ending].flatMap((act) =>
        !isRefused(act) && (act.answeredAt ?? Number.POSITIVE_INFINITY) > after ? [act.askedAt] : [],
      ),
      ...undone.filter((at) => at + 2 * SKEW_MS > after),
    )
  return [
    ...acts.flatMap((act) => {
      const { status, answeredAt: from, askedAt } = act
      const by = act.what === 'merge' ? act.agent : givenTo(act)
      // The other ticket may end while the merge is on its way.
      const after = act.what === 'merge' ? askedAt : from
      return by !== undefined && status === 200 && from ? [{ from, to: ends(from, after), by }] : []
    }),
    ...words.map(({ ackedAt: from }) => ({ from, to: ends(from), by: 'somebody in the network’s own inbox' })),
  ]
}
