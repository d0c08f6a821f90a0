// Agent action that reads: which open tickets look like the same person's. Only an agent decides whether they are.
import { mergedInto, type Refusal } from '#domain'
import { type Mark, marksOf } from '../alike.ts'
import { summaryOf } from '../handover-summary.ts'
import { knownTicket } from '../merged-tickets.ts'
import type { TicketSummary } from '../ticket-view.ts'
import { type DeskContext, NOT_FOUND } from './context.ts'

const OFFERED = 3
/** So many are looked at. */
const READ = 9

export type LikelyDuplicate = { readonly ticket: TicketSummary; readonly because: readonly string[] }

/** At most three, the likeliest first, of those that may be merged into this ticket. Read from an index. */
export async function likelyDuplicates(desk: DeskContext, id: string): Promise<readonly LikelyDuplicate[] | Refusal> {
  const open = await knownTicket(desk, id)
  if (!open) return NOT_FOUND
  if (open.ticket.state === 'resolved' || mergedInto(open.ticket)) return []
  const marks = marksOf(open.case, open.ticket)
  const found = await desk.queue.alike(marks.map(({ key }) => key))
  const shared = new Map<string, number>()
  for (const [nth, tickets] of found.entries())
    for (const ticket of tickets) shared.set(ticket, (shared.get(ticket) ?? 0) + (marks[nth]?.weight ?? 0))
  shared.delete(id)
  const likeliest = [...shared].toSorted((one, other) => other[1] - one[1]).slice(0, READ)
  const offered: LikelyDuplicate[] = []
  for (const [ticket] of likeliest) {
    const other = await knownTicket(desk, ticket)
    if (!other || other.customer === open.customer) continue
    const { state, parts = [] } = other.ticket
    if (state === 'resolved' || mergedInto(other.ticket) || parts.length > 0) continue
    // The index follows the cases a moment later.
    const keys = new Set(marksOf(other.case, other.ticket).map(({ key }) => key))
    const because = sameOf(marks, keys)
    if (because.length > 0) offered.push({ ticket: summaryOf(other.case, other.ticket), because })
    if (offered.length === OFFERED) break
  }
  return offered
}

const sameOf = (marks: readonly Mark[], keys: ReadonlySet<string>): readonly string[] => [
  ...new Set(marks.filter(({ key }) => keys.has(key)).map(({ because }) => because)),
]
