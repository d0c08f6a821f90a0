// Suggests one of the brand's contact reasons for a ticket, from what its turns were about. Pure.
import type { Case, CaseTicket, HistoryEvent } from '#domain'
import type { Brand } from '#policy'

/**
 * The id of the reason that lists the dialog, else the topic, of the newest turn of this ticket's matter for which there is one.
 * What a customer wrote before their last ticket ended was another matter.
 */
export function suggestedReason(
  { past }: Pick<Case, 'past'>,
  { id, closedAt = Number.POSITIVE_INFINITY, contactReason }: CaseTicket,
  history: readonly HistoryEvent[],
  reasons: Brand['contact-reasons'],
): string | undefined {
  if (contactReason !== undefined || !reasons.some(({ about }) => about?.length)) return undefined
  const before = past.findLast((one) => one.id !== id && (one.closedAt ?? 0) < closedAt)?.closedAt ?? 0
  for (const event of history.toReversed()) {
    if (event.type !== 'turn-taken' || event.at > closedAt || event.at <= before) continue
    const { intent, topic } = event.facts ?? {}
    const fits = [intent, topic].flatMap(
      (what) => reasons.find(({ about }) => about?.some((one) => one === what)) ?? [],
    )
    if (fits[0]) return fits[0].id
  }
  return undefined
}
