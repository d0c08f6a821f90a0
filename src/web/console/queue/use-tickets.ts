// The list of the queue that is open, a page at a time, renewed by what happens; and how many tickets each list has.
import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { announce } from '../../ui/live-region.tsx'
import { ask, asProblem, type Problem, type Ticket, type TicketSummary, type Tickets } from '../api-client.ts'
import { changesTicket, useLive } from '../event-stream.tsx'
import { maskedWords } from '../tickets/masked-text.tsx'

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

const TOGETHER_MS = 250
const KEPT_MS = 5 * 60_000

const queryOf = (tab: Tab): string => (tab === 'mine' ? 'mine=true' : `state=${tab}`)

/** `narrowed`: what else the list is narrowed by, as it stands in the API's query. */
export function useTicketList(tab: Tab, narrowed: string): TicketList {
  const list = `${queryOf(tab)}${narrowed}`
  const { data, error, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: ['/api/tickets', list],
    queryFn: ({ pageParam }) =>
      ask<Tickets>('GET', `/api/tickets?${list}${pageParam && `&cursor=${encodeURIComponent(pageParam)}`}`),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    // A list that was open a moment ago is in sight at once, and read anew.
    gcTime: KEPT_MS,
  })
  const pages = data?.pages
  const latest = pages?.at(-1)?.counts
  // The counts are those of all lists: they stay in sight while another list is read for the first time.
  const [known, setKnown] = useState(latest)
  useEffect(() => {
    if (latest) setKnown(latest)
  }, [latest])
  const counts = latest ?? known
  const renew = useTogether(refetch)
  useLive((event) => {
    if (event !== 'connected' && !changesTicket(event)) return
    if (event !== 'connected' && event.type === 'ticket-opened') void announceTicket(event.ticket)
    renew()
  })
  return {
    ...(pages ? { tickets: withoutDoubles(pages.flatMap(({ tickets }) => tickets)) } : {}),
    ...(counts ? { counts } : {}),
    ...(hasNextPage ? { more: () => void fetchNextPage({ cancelRefetch: false }) } : {}),
    loading: isFetchingNextPage,
    ...(error ? { problem: asProblem(error) } : {}),
    retry: () => void refetch(),
  }
}

/** A ticket that moved while the list was read page by page stands where it was seen first. */
const withoutDoubles = (tickets: readonly TicketSummary[]): readonly TicketSummary[] => [
  ...new Map(tickets.map((ticket) => [ticket.id, ticket])).values(),
]

/** Many calls at once become one. A call while `work` is under way has it done again afterwards: none is cut short. */
function useTogether(work: () => Promise<unknown>): () => void {
  const latest = useRef(work)
  useEffect(() => {
    latest.current = work
  })
  const wanted = useRef(false)
  const busy = useRef(false)
  return useCallback(async () => {
    wanted.current = true
    if (busy.current) return
    busy.current = true
    while (wanted.current) {
      await new Promise((done) => setTimeout(done, TOGETHER_MS))
      wanted.current = false
      await latest.current()
    }
    busy.current = false
  }, [])
}

async function announceTicket(id: string): Promise<void> {
  const path = `/api/tickets/${encodeURIComponent(id)}`
  const ticket = await ask<Ticket>('GET', path).catch(() => undefined)
  const wants = ticket && maskedWords(ticket.brief.wants, ticket.brief.private?.wants)
  announce(ticket ? `New ticket: ${ticket.customer.name} wants ${wants}` : 'A new ticket is waiting')
}
