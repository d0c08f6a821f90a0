// The runtime that most parts are given: Redis, log, clock, ids.
import type { Logger } from 'pino'
import type { Redis } from './clients.ts'

export type Runtime = {
  readonly redis: Redis
  readonly log: Logger
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly newId: () => string
}
