// Whether a customer told of danger in which somebody may need help at once.
import type { Case } from './case.ts'
import type { HistoryEvent } from './history.ts'

/** Signals of danger in which they, or somebody with them, may need help at once. */
export const NEEDS_HELP: ReadonlySet<string> = new Set(['safety', 'self-harm', 'medical'])

/** Whether they told of it since this ticket was opened, while it is open. */
export function isInDanger({ ticket }: Pick<Case, 'ticket'>, history: readonly HistoryEvent[]): boolean {
  if (!ticket || ticket.state === 'resolved') return false
  return history.some(
    (event) =>
      event.type === 'turn-taken' &&
      event.at >= ticket.openedAt &&
      event.understanding?.signals.some((signal) => NEEDS_HELP.has(signal)),
  )
}
