// The time as the service has it: the clock of a computer may be an hour wrong.

/** Answers take a moment, and `Date` has whole seconds. */
const TOLERATED_MS = 5000
let offset = 0

/** In milliseconds since 1970. */
export const present = (): number => Date.now() + offset

/** Sets the clock by the `Date` of an answer. */
export function setClock(date: string | null): void {
  const ahead = Date.parse(date ?? '') - Date.now()
  if (!Number.isNaN(ahead)) offset = Math.abs(ahead) > TOLERATED_MS ? ahead : 0
}
