// The lists of the queue, renewed by what happens.
import { useEffect, useRef } from 'react'
import { announce } from '../announce.tsx'
import { ask, type Problem, type Ticket, type TicketSummary } from '../ask.ts'
import { useLive } from '../live.tsx'
import { maskedWords } from '../masked.tsx'
import { useResource } from '../resource.ts'

export const TABS = ['waiting', 'claimed', 'mine', 'resolved'] as const
export type Tab = (typeof TABS)[number]

type Lists = {
  readonly lists: Readonly<Record<Tab, readonly TicketSummary[] | undefined>>
  readonly problem?: Problem
  retry(): void
}

/** Many events at once become one question. */
const TOGETHER_MS = 250

export function useTicketLists(email: string): Lists {
  type Answer = { tickets: readonly TicketSummary[] }
  const waiting = useResource<Answer>('/api/tickets?state=waiting')
  const claimed = useResource<Answer>('/api/tickets?state=claimed')
  const resolved = useResource<Answer>('/api/tickets?state=resolved')
  const soon = useRef<ReturnType<typeof setTimeout>>(undefined)
  const retry = () => {
    waiting.refresh()
    claimed.refresh()
    resolved.refresh()
  }
  useEffect(() => () => clearTimeout(soon.current), [])
  useLive((event) => {
    if (event !== 'connected' && (event.type === 'policy-changed' || event.type === 'draft-changed')) return
    if (event !== 'connected' && event.type === 'ticket-opened') void announceTicket(event.ticket)
    clearTimeout(soon.current)
    soon.current = setTimeout(retry, TOGETHER_MS)
  })
  const taken = claimed.data?.tickets
  return {
    lists: {
      waiting: waiting.data?.tickets,
      claimed: taken,
      mine: taken?.filter(({ owner }) => owner === email),
      resolved: resolved.data?.tickets,
    },
    problem: waiting.problem ?? claimed.problem ?? resolved.problem,
    retry,
  }
}

async function announceTicket(id: string): Promise<void> {
  const path = `/api/tickets/${encodeURIComponent(id)}`
  const ticket = await ask<Ticket>('GET', path).catch(() => undefined)
  const wants = ticket && maskedWords(ticket.brief.wants, ticket.brief.private?.wants)
  announce(ticket ? `New ticket: ${ticket.customer.name} wants ${wants}` : 'A new ticket is waiting')
}
