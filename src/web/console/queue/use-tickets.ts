// The list of the queue that is open, a page at a time, renewed by what happens; and how many tickets each list has.
import { useEffect, useRef, useState } from 'react'
import { announce } from '../../ui/live-region.tsx'
import { ask, type Problem, type Ticket, type TicketSummary, type Tickets } from '../api-client.ts'
import { changesTicket, useLive } from '../event-stream.tsx'
import { maskedWords } from '../tickets/masked-text.tsx'
import { useResource } from '../use-resource.ts'

export const TABS = ['waiting', 'claimed', 'mine', 'resolved'] as const
export type Tab = (typeof TABS)[number]

type TicketList = {
  /** Absent while it is read for the first time. */
  readonly tickets?: readonly TicketSummary[]
  readonly counts?: Tickets['counts']
  /** Reads one page more; absent where all of the list is there. */
  more?(): void
  readonly loading: boolean
  readonly problem?: Problem
  retry(): void
}

/** Many events at once become one question. */
const TOGETHER_MS = 250

const queryOf = (tab: Tab): string => (tab === 'mine' ? 'mine=true' : `state=${tab}`)

/** So many pages of a list, as one; `path` is `query#pages`. */
async function readPages(path: string): Promise<Tickets> {
  const [query, pages] = path.split('#')
  let read = await ask<Tickets>('GET', `/api/tickets?${query}`)
  for (let page = 1; page < Number(pages) && read.next !== undefined; page++) {
    const more = await ask<Tickets>('GET', `/api/tickets?${query}&cursor=${encodeURIComponent(read.next)}`)
    read = { ...more, tickets: [...read.tickets, ...more.tickets] }
  }
  return read
}

/** `narrowed`: what else the list is narrowed by, as it stands in the API's query. */
export function useTicketList(tab: Tab, narrowed: string): TicketList {
  const list = `${queryOf(tab)}${narrowed}`
  const [pages, setPages] = useState<Readonly<Record<string, number>>>({})
  const count = pages[list] ?? 1
  const { data, problem, loading, refresh } = useResource<Tickets>(`${list}#${count}`, readPages)
  // What was there stays in sight while more of it is read.
  const [kept, setKept] = useState<{ lists: Readonly<Record<string, Tickets>>; counts?: Tickets['counts'] }>({
    lists: {},
  })
  useEffect(() => {
    if (data) setKept(({ lists }) => ({ lists: { ...lists, [list]: data }, counts: data.counts }))
  }, [data, list])
  const shown = data ?? kept.lists[list]
  const counts = data?.counts ?? kept.counts
  const soon = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(soon.current), [])
  useLive((event) => {
    if (event !== 'connected' && !changesTicket(event)) return
    if (event !== 'connected' && event.type === 'ticket-opened') void announceTicket(event.ticket)
    clearTimeout(soon.current)
    soon.current = setTimeout(refresh, TOGETHER_MS)
  })
  return {
    ...(shown ? { tickets: shown.tickets } : {}),
    ...(counts ? { counts } : {}),
    ...(shown?.next === undefined ? {} : { more: () => setPages({ ...pages, [list]: count + 1 }) }),
    loading,
    ...(problem ? { problem } : {}),
    retry: refresh,
  }
}

async function announceTicket(id: string): Promise<void> {
  const path = `/api/tickets/${encodeURIComponent(id)}`
  const ticket = await ask<Ticket>('GET', path).catch(() => undefined)
  const wants = ticket && maskedWords(ticket.brief.wants, ticket.brief.private?.wants)
  announce(ticket ? `New ticket: ${ticket.customer.name} wants ${wants}` : 'A new ticket is waiting')
}
