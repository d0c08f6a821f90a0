// The checker: what was promised, held against what happened. Pure; the network's record is believed before the store's.
import { type HistoryEvent, mergedInto } from '#domain'
import { NETWORK_INBOX } from '#handoff'
import { givenTo, isRefused, letsGo } from './acts.ts'
import { holdersOf, intoOf, isWithAnother, merged } from './merged.ts'
import { type Reading, reading } from './reading.ts'
import type { Act, History } from './record.ts'

type Kind =
  | 'lost'
  | 'doubled'
  | 'out-of-order'
  | 'talked-over'
  | 'without-outcome'
  | 'ticket-lost'
  | 'ticket-doubled'
  | 'private-in-public'

/** A promise that was not kept, to whom, and how that shows. */
export type Violation = { readonly kind: Kind; readonly customer: string; readonly says: string }

/** Everything in `history` that no run may have. */
export function check(history: History): Violation[] {
  const read = reading(history)
  return [
    ...messages(read),
    ...turns(read),
    ...effects(read),
    ...posts(read),
    ...claims(read),
    ...hands(read),
    ...tickets(read),
    ...secrets(read),
  ]
}

/** Every acknowledged message is kept once, in the order in which it was taken, and has one outcome. */
function* messages({ history, received, taken, changed, customers }: Reading): Generator<Violation> {
  const customerLike = (network: string, user: string) =>
    customers.find(({ id }) => id.startsWith(network) && id.endsWith(`:${user}`))?.id ?? `${network}:${user}`
  for (const { id, user, network, ackedAt } of history.said) {
    const places = received.get(id) ?? []
    const customer = places[0]?.customer ?? customerLike(network, user)
    if (ackedAt && places.length === 0 && !changed.has(id)) {
      yield { kind: 'lost', customer, says: `${id} was acknowledged and is nowhere in the store` }
    }
    if (places.length > 1) yield { kind: 'doubled', customer, says: `${id} was taken in ${places.length} times` }
    const turns = taken.get(id) ?? 0
    if (places.length > 0 && turns === 0 && !changed.has(id)) {
      yield { kind: 'without-outcome', customer, says: `${id} was in no turn` }
    }
    if (turns > 1) yield { kind: 'doubled', customer, says: `${id} was in ${turns} turns` }
  }
  const bySender = Map.groupBy(history.said, ({ network, audience, user }) => `${network} ${audience} ${user}`)
  for (const all of bySender.values()) {
    for (const [n, later] of all.entries()) {
      for (const earlier of all.slice(0, n)) {
        const [a, b] = [received.get(earlier.id)?.[0], received.get(later.id)?.[0]]
        if (!a || !b || a.customer !== b.customer || !earlier.ackedAt) continue
        if (earlier.ackedAt < later.sentAt && a.at > b.at) {
          const says = `${earlier.id} was acknowledged before ${later.id} was sent, and stands after it`
          yield { kind: 'out-of-order', customer: a.customer, says }
        }
      }
    }
  }
}

const SPOKEN = new Set(['answered', 'acknowledged', 'asked', 'moved-to-private'])

/** Turns take messages in order, and what they came to is there. */
function* turns({ customers, changed }: Reading): Generator<Violation> {
  for (const { id: customer, received, turns, kept } of customers) {
    const order = turns.flatMap((turn) => turn.messages).filter((message) => !changed.has(message))
    const expected = received.filter((message) => order.includes(message))
    if (order.join() !== expected.filter((message) => !changed.has(message)).join()) {
      yield {
        kind: 'out-of-order',
        customer,
        says: `turns took ${order.join(', ')}; they came as ${expected.join(', ')}`,
      }
    }
    const hasTicket = kept.case?.ticket !== undefined || (kept.case?.past.length ?? 0) > 0
    for (const turn of turns) {
      const about = `the turn of ${turn.messages.join(', ')} ended as ${turn.outcome}`
      if (SPOKEN.has(turn.outcome) && turn.effects.length === 0) {
        yield { kind: 'lost', customer, says: `${about} and said nothing` }
      }
      if (turn.outcome === 'escalated' && !hasTicket) {
        yield { kind: 'ticket-lost', customer, says: `${about} and there is no ticket` }
      }
    }
  }
}

/** What was decided is seen, or a person knows why not. */
function* effects({ customers, seenById }: Reading): Generator<Violation> {
  for (const { id: customer, effects, kept, failuresShown } of customers) {
    for (const effect of effects) {
      const { state, says: about } = effect
      if (state === 'sent') {
        if (!effect.seen && !seenById.has(effect.platformId ?? '')) {
          yield { kind: 'lost', customer, says: `${about} is recorded as sent and was never seen` }
        }
      } else if (state === 'suppressed') {
        if (effect.by === 'agent' || !effect.mayGiveWay) {
          yield {
            kind: 'lost',
            customer,
            says: `${about} was suppressed and nobody had claimed the case or taken words back`,
          }
        }
      } else if (state === 'refused' || state === 'in-doubt' || state === 'poisoned') {
        if (!failuresShown) {
          yield { kind: 'ticket-lost', customer, says: `${about} is ${state} and no ticket says so` }
        }
      } else {
        yield { kind: 'lost', customer, says: `${about} never ended: ${state ?? 'no state'}` }
      }
    }
    const visible = effects.flatMap((effect) => (effect.seen ? [effect] : []))
    for (const [n, effect] of visible.entries()) {
      const before = visible[n - 1]
      if (before?.seen && effect.seen && before.seen.place > effect.seen.place) {
        yield { kind: 'out-of-order', customer, says: `${effect.says} was seen before ${before.says}` }
      }
    }
    if (kept.mailbox.length > 0) {
      yield { kind: 'without-outcome', customer, says: `${kept.mailbox.join(', ')} still wait for a turn` }
    }
  }
}

/** Nothing is seen that was not decided, and nothing twice. */
function* posts({ extra, repliesByBot }: Reading): Generator<Violation> {
  for (const { customer, says } of extra) yield { kind: 'doubled', customer, says }
  for (const [to, { customer, count }] of repliesByBot) {
    if (count > 1) yield { kind: 'doubled', customer, says: `the bot answered ${to} in public ${count} times` }
  }
}

const changesHands = (act: Act): boolean =>
  letsGo(act) || act.what === 'transfer' || act.what === 'merge' || act.what === 'split'

/** In the order of the commits, a ticket is in one pair of hands, and whoever has let it go says nothing more. */
function* hands({ history, customers }: Reading): Generator<Violation> {
  const all = customers.map(({ kept }) => kept)
  for (const { id: customer, kept } of customers) {
    let holder: string | undefined
    let into: string | undefined
    for (const event of kept.history) {
      const by = 'by' in event ? event.by : undefined
      if (isWithAnother(event)) holder = undefined
      else if (event.type === 'ticket-merged' && intoOf(event) !== undefined) {
        if (into !== undefined)
          yield { kind: 'ticket-doubled', customer, says: `${event.ticket} was merged while it was in ${into}` }
        into = intoOf(event)
        holder = undefined
      } else if (event.type === 'ticket-split' && event.detail?.startsWith('from ')) {
        into = undefined
        holder = event.to
      } else if (event.type === 'ticket-opened') into = undefined
      else if (event.type === 'ticket-claimed' || event.type === 'ticket-reopened') {
        if (holder !== undefined && holder !== by && holder !== NETWORK_INBOX)
          yield { kind: 'ticket-doubled', customer, says: `${by} was given ${event.ticket}, which ${holder} had` }
        holder = by
      } else if (event.type === 'ticket-transferred') {
        if (holder !== undefined && holder !== by && by !== history.lead)
          yield { kind: 'ticket-doubled', customer, says: `${by} handed on ${event.ticket}, which ${holder} had` }
        holder = event.to
      } else if (LET_GO.has(event.type)) holder = undefined
      else if (event.type === 'message-queued' && event.message.authorKind === 'agent') {
        const { author, text } = event.message
        // In a merged ticket whoever holds the one that it went into answers.
        const isTheirs = into === undefined ? author === holder : holdersOf(all, into).has(author)
        if (!isTheirs)
          yield {
            kind: 'ticket-doubled',
            customer,
            says: `${author} said “${text}” while ${holder ?? 'nobody'} had it`,
          }
      }
    }
  }
}

const LET_GO = new Set<HistoryEvent['type']>(['ticket-released', 'ticket-resolved', 'ticket-returned'])

/** From the acknowledgement of a claim until it is given up, the bot says nothing. */
function* claims({ customers, history }: Reading): Generator<Violation> {
  for (const { id: customer, effects, held } of customers) {
    for (const { from, to, by } of held) {
      for (const { seen, by: author, says } of effects) {
        if (author === 'bot' && seen && seen.at > from && seen.at < to) {
          yield {
            kind: 'talked-over',
            customer,
            says: `${says} was seen ${seen.at - from} ms after ${by} had claimed the case`,
          }
        }
      }
    }
  }
  const byTicket = Map.groupBy(history.acts, (act) => act.ticket)
  for (const [ticket, acts] of byTicket) {
    let holder: { agent: string; askedAt: number } | undefined
    for (const act of acts.toSorted((a, b) => (a.answeredAt ?? a.askedAt) - (b.answeredAt ?? b.askedAt))) {
      if (changesHands(act) && !isRefused(act)) holder = undefined
      const agent = givenTo(act)
      if (agent === undefined || act.status !== 200) continue
      // What another let go of while this was on its way may have been given to this one first.
      const overlapped = acts.some(
        (other) =>
          changesHands(other) && other.askedAt < (act.answeredAt ?? 0) && other.askedAt >= (holder?.askedAt ?? 0),
      )
      if (holder && holder.agent !== agent && !overlapped) {
        const says = `${ticket} was given to ${holder.agent} and to ${agent}`
        yield { kind: 'ticket-doubled', customer: act.customer, says }
      }
      holder = { agent, askedAt: act.askedAt }
    }
  }
}

/** Each ticket is one case's, is in the list where people look, and holds what people did with it. */
function* tickets({ history, customers, customerOf }: Reading): Generator<Violation> {
  const open = new Set(history.store.open)
  const owners = new Map<string, string>()
  yield* merged(
    customers.map(({ kept }) => kept),
    open,
  )
  for (const { id: customer, kept } of customers) {
    const ticket = kept.case?.ticket
    if (ticket && ticket.state !== 'resolved' && !mergedInto(ticket) && !open.has(ticket.id)) {
      yield { kind: 'ticket-lost', customer, says: `${ticket.id} is ${ticket.state} and in no list` }
    }
    let present: string | undefined
    for (const event of kept.history) {
      if (event.type === 'ticket-opened') {
        if (present)
          yield { kind: 'ticket-doubled', customer, says: `${event.ticket} was opened while ${present} was open` }
        if (owners.has(event.ticket)) {
          yield { kind: 'ticket-doubled', customer, says: `${event.ticket} is ${owners.get(event.ticket)}’s too` }
        }
        owners.set(event.ticket, customer)
        present = event.ticket
      }
      if (event.type === 'ticket-reopened') {
        if (present)
          yield { kind: 'ticket-doubled', customer, says: `${event.ticket} was reopened while ${present} was open` }
        present = event.ticket
      }
      if (event.type === 'ticket-resolved' || event.type === 'ticket-returned') present = undefined
    }
  }
  for (const id of open) {
    const kept = customers.find((one) => one.kept.case?.ticket?.id === id)?.kept
    if (!kept || kept.case?.ticket?.state === 'resolved') {
      yield {
        kind: 'ticket-doubled',
        customer: kept?.id ?? '',
        says: `${id} is listed as open and no case has it open`,
      }
    }
  }
  const done = {
    claim: 'ticket-claimed',
    release: 'ticket-released',
    resolve: 'ticket-resolved',
    return: 'ticket-returned',
    reopen: 'ticket-reopened',
    transfer: 'ticket-transferred',
    snooze: 'ticket-snoozed',
    unsnooze: 'ticket-unsnoozed',
    merge: 'ticket-merged',
    split: 'ticket-split',
  } as const
  for (const [key, acts] of Map.groupBy(history.acts, ({ ticket, agent, what, text }) =>
    [ticket, agent, what, text].join('|'),
  )) {
    const [act] = acts
    if (!act) continue
    // What is back already is taken up again without a trace.
    const sure = act.what === 'unsnooze' ? 0 : acts.filter(({ status }) => status === 200).length
    // A merge that could not stand is undone, and says so.
    const mayBe = (status: number) =>
      status === 200 || status === 0 || status >= 500 || (act.what === 'merge' && status === 409)
    const possible = acts.filter(({ status }) => mayBe(status)).length
    const kept = customerOf(act.customer)?.kept
    const recorded = (kept?.history ?? []).filter((event) =>
      act.what === 'reply'
        ? event.type === 'message-queued' && event.message.text === act.text
        : event.type === done[act.what] &&
          'ticket' in event &&
          event.ticket === act.ticket &&
          event.by === act.agent &&
          !isWithAnother(event),
    ).length
    if (recorded < sure) {
      yield {
        kind: 'ticket-lost',
        customer: act.customer,
        says: `“${key}” was acknowledged ${sure} times and is recorded ${recorded} times`,
      }
    }
    if (recorded > possible) {
      yield {
        kind: 'ticket-doubled',
        customer: act.customer,
        says: `“${key}” is recorded ${recorded} times for ${possible}`,
      }
    }
  }
}

function* secrets({ history }: Reading): Generator<Violation> {
  const all = history.said.flatMap(({ secrets, user, network }) => secrets.map((value) => ({ value, user, network })))
  for (const { audience, text, id, network } of history.seen) {
    if (audience !== 'public') continue
    for (const { value, user } of all) {
      if (text.includes(value)) {
        yield { kind: 'private-in-public', customer: `${network}:${user}`, says: `the post ${id} shows \`${value}\`` }
      }
    }
  }
}
