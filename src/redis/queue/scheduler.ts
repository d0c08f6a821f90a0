// The scheduler: delayed jobs (timers) and repeated jobs, which outlive every process.
import { DelayedError, type Job, Queue } from 'bullmq'
import type { Logger } from 'pino'
import type { Connections } from '../connect.ts'
import { BULLMQ_PREFIX, QUEUES } from '../store/keys.ts'
import { startWorker } from './bullmq-worker.ts'

/**
 * Called when a time has come. An alarm cannot be called back, so whoever is rung looks at what is true now; where it is
 * not yet time, they say when it is. `isRepeated`: it was set by `repeat`.
 */
export type JobHandler = (key: string, isRepeated?: boolean) => Promise<number | undefined>

export type Scheduler = {
  /** Runs the handler of `what` for `key` (an id, never a text) at `at`, in milliseconds since 1970; set twice, it runs once. */
  set(what: string, key: string, at: number): Promise<void>
  /** Rings `what` for `key` at every multiple of `everyMs` since 1970, until another interval is set. */
  repeat(what: string, key: string, everyMs: number): Promise<void>
  /** Starts running jobs; returns what stops it once the jobs in hand are done. */
  work(rings: Readonly<Record<string, JobHandler>>): Promise<() => Promise<void>>
  close(): Promise<void>
}

const ATTEMPTS = 8
/** An alarm that only a newer version of the code knows waits for it, and so does one that keeps failing. */
const LATER_MS = 60_000
const SOONEST_MS = 1_000

/** Version 0.1.0 knew alarms of tickets only. */
const keyOf = ({ data }: Job<{ key?: string; ticket?: string }>) => data.key ?? data.ticket ?? ''

export async function openScheduler(connections: Connections, log: Logger, now: () => number): Promise<Scheduler> {
  const queue = new Queue<{ key: string }>(QUEUES.clock, {
    connection: await connections.forBullMQ(),
    prefix: BULLMQ_PREFIX,
    defaultJobOptions: {
      attempts: ATTEMPTS,
      backoff: { type: 'exponential', delay: 500, jitter: 0.5 },
      removeOnComplete: true,
      removeOnFail: { count: 1000 },
    },
    streams: { events: { maxLen: 1000 } },
  })
  queue.on('error', (error) => {
    if (!connections.trouble())
      log.warn({ queue: QUEUES.clock, reason: error.message }, 'the queue lost its connection to Redis')
  })

  async function attempt(job: Job<{ key: string }>, ring: JobHandler): Promise<number | undefined> {
    try {
      return await ring(keyOf(job), job.repeatJobKey !== undefined)
    } catch (error) {
      // A repeated job runs again at its next time.
      if (job.repeatJobKey !== undefined || job.attemptsMade + 1 < ATTEMPTS) throw error
      log.error({ alarm: job.name, key: keyOf(job) }, 'a timer keeps failing; trying again every minute')
      return now() + LATER_MS
    }
  }

  return {
    async set(what, key, at) {
      const jobId = [what, encodeURIComponent(key), Math.round(at)].join('-')
      await queue.add(what, { key }, { jobId, delay: Math.max(0, Math.round(at - now())) })
    },
    async repeat(what, key, everyMs) {
      const every = Math.round(everyMs)
      const startDate = (Math.floor(now() / every) + 1) * every
      await queue.upsertJobScheduler(
        `${what}-${encodeURIComponent(key)}`,
        { every, startDate },
        { name: what, data: { key } },
      )
    },
    work: (rings) =>
      startWorker<{ key: string }>(
        QUEUES.clock,
        async (job, token) => {
          const ring = rings[job.name]
          const again = ring ? await attempt(job, ring) : now() + LATER_MS
          if (again === undefined) return
          await job.moveToDelayed(Date.now() + Math.max(SOONEST_MS, Math.round(again - now())), token)
          throw new DelayedError()
        },
        connections,
        log,
        { concurrency: 4 },
      ),
    close: () => queue.close(),
  }
}
