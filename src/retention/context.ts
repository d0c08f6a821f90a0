// What forgetting works with, and the alarms that it sets.
import type { Redis, Runtime } from '#redis'
import type { Scheduler } from '#redis/queue'
import type { ExternalErasure } from './purge.ts'

export type RetentionEvents = {
  /** These messages go, or a whole customer: what is kept of them elsewhere has to go first. */
  erased(what: ExternalErasure): Promise<void>
}

export type RetentionContext = Pick<Runtime, 'redis' | 'now'> & {
  /** The servers that take writes. */
  readonly masters: () => Promise<readonly Redis[]>
  readonly clock: Scheduler
  readonly keepMs: number
  readonly events: RetentionEvents
}

/** Each of a customer, and two for everybody. */
export const ALARMS = { purge: 'purge', retire: 'retire', rewrite: 'rewrite-disk', enrol: 'enrol' } as const

/** Purges of so many milliseconds share one rewriting of the disk. */
const REWRITE_EVERY_MS = 10_000

/** What was removed goes from the disk as well. */
export const rewriteSoon = ({ clock, now }: RetentionContext): Promise<void> =>
  clock.set(ALARMS.rewrite, 'disk', Math.ceil((now() + 1) / REWRITE_EVERY_MS) * REWRITE_EVERY_MS)
