// What nearly every part that acts is given: the store, the log, the clock and new ids.
import type { Logger } from 'pino'
import type { Redis } from './clients.ts'

export type Runtime = {
  readonly redis: Redis
  readonly log: Logger
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly newId: () => string
}
