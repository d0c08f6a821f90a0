// What has to happen at a time: delayed jobs of one queue. They outlive every process, and each rings once.
import { DelayedError, Queue } from 'bullmq'
import type { Logger } from 'pino'
import type { Connections } from './connect.ts'
import { PREFIX, startWorker } from './worker.ts'

/** Called when a time has come. An alarm cannot be called back, so whoever is rung looks at what is true now. */
type Ring = (key: string) => Promise<void>

export type Clock = {
  /** Rings `what` for `key` (an id, never a text) at `at`, in milliseconds since 1970; the same said twice rings once. */
  set(what: string, key: string, at: number): Promise<void>
  /** Starts ringing; returns what ends it once the rings in hand are done. */
  work(rings: Readonly<Record<string, Ring>>): Promise<() => Promise<void>>
  close(): Promise<void>
}

/** An alarm that only a newer version of the code knows waits for it. */
const UNKNOWN_MS = 60_000

export async function openClock(connections: Connections, log: Logger, now: () => number): Promise<Clock> {
  const queue = new Queue<{ key: string }>('clock', {
    connection: await connections.forBullMQ(),
    prefix: PREFIX,
    defaultJobOptions: {
      attempts: 8,
      backoff: { type: 'exponential', delay: 500, jitter: 0.5 },
      removeOnComplete: true,
      removeOnFail: { count: 1000 },
    },
    streams: { events: { maxLen: 1000 } },
  })
  queue.on('error', (error) => {
    if (!connections.trouble()) log.warn({ queue: 'clock', reason: error.message }, 'the queue lost Redis')
  })
  return {
    async set(what, key, at) {
      const jobId = [what, encodeURIComponent(key), Math.round(at)].join('-')
      await queue.add(what, { key }, { jobId, delay: Math.max(0, Math.round(at - now())) })
    },
    work: (rings) =>
      startWorker<{ key: string }>(
        'clock',
        async (job, token) => {
          const ring = rings[job.name]
          if (ring) return ring(job.data.key)
          await job.moveToDelayed(Date.now() + UNKNOWN_MS, token)
          throw new DelayedError()
        },
        connections,
        log,
        { concurrency: 4 },
      ),
    close: () => queue.close(),
  }
}
