// What a run says of merged tickets: whose each is, and what nobody may lose by it. Pure.
import { mergedInto } from '#domain'
import type { Kept } from './record.ts'

/** The ticket that this event says a customer's own was merged into. */
const INTO = /^into (T-\d+)$/
/** What is done to a merged ticket with the one that it went into, by whoever did that. */
export const isWithAnother = (event: object): boolean =>
  'detail' in event && typeof event.detail === 'string' && event.detail.startsWith('with ')

export const intoOf = (event: { readonly type: string; readonly detail?: string }): string | undefined =>
  event.type === 'ticket-merged' ? INTO.exec(event.detail ?? '')?.[1] : undefined

/** Every ticket that tickets of this customer were merged into, with the ticket. */
export const mergesOf = (kept: Kept): readonly { readonly part: string; readonly into: string }[] =>
  kept.history.flatMap((event) => {
    const into = event.type === 'ticket-merged' ? intoOf(event) : undefined
    return event.type === 'ticket-merged' && into !== undefined ? [{ part: event.ticket, into }] : []
  })

/** Everybody who ever held a ticket, by the history of its customer. */
export const holdersOf = (customers: readonly Kept[], ticket: string): ReadonlySet<string | undefined> =>
  new Set(
    customers.flatMap(({ history }) =>
      history.flatMap((event) => {
        if (!('ticket' in event) || event.ticket !== ticket) return []
        if (event.type === 'ticket-claimed' || event.type === 'ticket-reopened') return [event.by]
        return event.type === 'ticket-transferred' ? [event.to] : []
      }),
    ),
  )

type Wrong = { readonly kind: 'ticket-lost' | 'ticket-doubled'; readonly customer: string; readonly says: string }

/** A merged ticket is open in one place: the ticket that it went into, which is open as well and knows of it. */
export function* merged(customers: readonly Kept[], open: ReadonlySet<string>): Generator<Wrong> {
  const present = customers.flatMap(({ case: given }) => (given?.ticket ? [given.ticket] : []))
  const all = customers.flatMap(({ case: given }) => [...(given?.past ?? []), ...(given?.ticket ? [given.ticket] : [])])
  for (const { id: customer, case: given, owner } of customers) {
    const ticket = given?.ticket
    const into = ticket && mergedInto(ticket)
    if (ticket && into !== undefined && ticket.state !== 'resolved') {
      const whole = present.find(({ id }) => id === into)
      if (open.has(ticket.id))
        yield { kind: 'ticket-doubled', customer, says: `${ticket.id} is merged into ${into} and listed as open` }
      if (!whole || whole.state === 'resolved' || mergedInto(whole) !== undefined)
        yield { kind: 'ticket-lost', customer, says: `${ticket.id} is merged into ${into}, which is not open` }
      else if (!whole.parts?.some((part) => part.ticket === ticket.id))
        yield { kind: 'ticket-lost', customer, says: `${ticket.id} is merged into ${into}, which does not know of it` }
      if (owner !== into)
        yield { kind: 'ticket-lost', customer, says: `${ticket.id} is merged into ${into} and ${owner} has the case` }
      const heard = whole?.parts?.find((part) => part.ticket === ticket.id)?.heard
      if (whole && heard !== undefined && heard !== ticket.unread)
        yield {
          kind: 'ticket-lost',
          customer,
          says: `${into} has heard ${heard} of ${ticket.unread} messages of ${ticket.id}`,
        }
    }
    for (const { ticket: part } of ticket?.parts ?? []) {
      const known = all.find(({ id }) => id === part)
      if (!known || mergedInto(known) !== ticket?.id)
        yield { kind: 'ticket-doubled', customer, says: `${ticket?.id} holds ${part}, which is not merged into it` }
    }
  }
}
