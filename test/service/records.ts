// What a house has recorded, read as its people read it: over the console's API.

import type { HistoryEvent } from '#domain'
import type { Ticket, TicketSummary } from '#handoff'
import { until } from '../setup/redis.ts'
import type { Person } from '../setup/service.ts'

/** A record of a case, and how the effect it names fared. */
export type Recorded = HistoryEvent & { readonly state?: string }
export type TurnTaken = Recorded & { readonly type: 'turn-taken' }

/** Everything that happened in a customer's first case; empty while there is none. */
export async function eventsOf(person: Person, customer: string): Promise<readonly Recorded[]> {
  const path = `/api/cases/${encodeURIComponent(`${customer}~1`)}`
  return (await person.get<{ events?: Recorded[] }>(path)).events ?? []
}

/** The turns of a customer, once there are `many`. */
export const turnsOf = (person: Person, customer: string, many = 1): Promise<readonly TurnTaken[]> =>
  until(async () => {
    const turns = (await eventsOf(person, customer)).filter((event): event is TurnTaken => event.type === 'turn-taken')
    return turns.length >= many && turns
  })

/** A customer's ticket with everything in it, once it is in the queue. */
export const ticketOf = (person: Person, customer: string): Promise<Ticket> =>
  until(async () => {
    const { tickets } = await person.get<{ tickets: TicketSummary[] }>('/api/tickets')
    const found = tickets.find((ticket) => ticket.customer.id === customer)
    return found && person.get<Ticket>(`/api/tickets/${found.id}`)
  })
