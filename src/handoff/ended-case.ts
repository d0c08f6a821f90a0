// What becomes of a case when its ticket ends. Pure.
import type { Case, CaseTicket } from '#domain'

/** What the customer wanted and how they felt when the ticket ended; what they write later is another matter. */
export const endedAs = ({ wants = '', moods }: Case): NonNullable<CaseTicket['ended']> => ({ wants, moods })

/** What the bot counted, asked for or did before a person helped is over. */
export function withoutAttempts({ form: _, deed: __, ...current }: Case): Case {
  return { ...current, failures: 0, strikes: 0 }
}

/** The case with this ticket as it now is, its present one or one that is over. */
export const withTicket = (current: Case, ticket: CaseTicket): Case =>
  current.ticket?.id === ticket.id
    ? { ...current, ticket }
    : { ...current, past: current.past.map((one) => (one.id === ticket.id ? ticket : one)) }
