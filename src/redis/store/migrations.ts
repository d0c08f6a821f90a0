// Reads stored records: older ones are migrated, newer ones are left to newer code.
import type { Logger } from 'pino'
import type { Case, CaseTicket, CustomerId, Effect, HistoryEvent, PendingMessage } from '#domain'

/** A newer version of the code wrote this: whoever reads it tries again later, and a newer worker takes it. */
export class RecordFromNewerVersion extends Error {
  override name = 'NewerRecord'
}

/** How long what a newer version wrote is left for a newer worker. */
const LEAVE_MS = 2_000

/** Leaves a customer with newer records to a newer worker, and looks again until one has come. */
export function deferToNewerWorker<A>(
  take: (customer: CustomerId, attempt: A) => Promise<number | undefined>,
  log: Logger,
) {
  return async (customer: CustomerId, attempt: A): Promise<number | undefined> => {
    try {
      return await take(customer, attempt)
    } catch (error) {
      if (!(error instanceof RecordFromNewerVersion)) throw error
      log.warn(
        { customer, reason: error.message },
        'a newer version of Warmline wrote this record; leaving it to a newer worker',
      )
      return LEAVE_MS
    }
  }
}

type Kept = { readonly schema?: number }
type Step = (record: Kept) => Kept

/** What brings a record of schema n to n + 1 is at n - 1; a record without a schema is of the first. */
const STEPS = { case: [], ticket: [], message: [], event: [], effect: [] } as const satisfies Record<string, Step[]>

function upToDate(what: keyof typeof STEPS, record: Kept): Kept {
  const steps: readonly Step[] = STEPS[what]
  const schema = record.schema ?? 1
  if (schema > steps.length + 1) {
    throw new RecordFromNewerVersion(
      `a stored ${what} has schema ${schema}, and this version reads up to ${steps.length + 1}`,
    )
  }
  return steps.slice(schema - 1).reduce((given, step) => step(given), record)
}

const ticketOf = (ticket: CaseTicket) => upToDate('ticket', ticket) as CaseTicket

export function caseOf(raw: string): Case {
  const current = upToDate('case', JSON.parse(raw)) as Case
  const { ticket, past } = current
  return { ...current, past: past.map(ticketOf), ...(ticket ? { ticket: ticketOf(ticket) } : {}) }
}

export const pendingMessageOf = (raw: string) => upToDate('message', JSON.parse(raw)) as PendingMessage
export const eventOf = (raw: string) => upToDate('event', JSON.parse(raw)) as HistoryEvent
export const effectOf = (raw: string) => upToDate('effect', JSON.parse(raw)) as Effect
