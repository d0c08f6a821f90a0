// A BullMQ worker with our settings: stalled jobs are taken up soon, errors of Redis are waited out.
import { type Processor, Worker, type WorkerOptions } from 'bullmq'
import type { Logger } from 'pino'
import type { Connections } from '../connect.ts'
import { BULLMQ_PREFIX, KEYS } from '../store/keys.ts'

/**
 * Starts working; returns what ends it once the jobs in hand are done. BullMQ's locks are leases and not fences, and
 * its default of one allowed stall loses work, so many stalls are allowed and whatever a job does is guarded by its own
 * commit.
 */
export async function startWorker<T>(
  name: string,
  process: Processor<T>,
  connections: Connections,
  log: Logger,
  options: Pick<WorkerOptions, 'concurrency'>,
): Promise<() => Promise<void>> {
  const worker = new Worker<T>(name, process, {
    connection: await connections.forBullMQ(),
    prefix: BULLMQ_PREFIX,
    lockDuration: 5_000,
    stalledInterval: 2_500,
    maxStalledCount: 1_000,
    // Its default of 15 s is how long a worker would sleep after Redis is back.
    runRetryDelay: 250,
    ...options,
  })
  worker.on('error', (error) => {
    if (!connections.trouble())
      log.warn({ queue: name, reason: error.message }, 'the worker lost its connection to Redis')
  })
  worker.on('failed', (job, error) =>
    log.warn({ queue: name, job: job?.name, attempt: job?.attemptsMade, reason: error.message }, 'a job failed'),
  )
  const deaf = connections.onTrouble((trouble) => {
    if (trouble) return void worker.pause(true)
    void worker.resume()
    // What wakes a worker may be lost with the answer that brought it, and it would wait for up to ten seconds.
    connections.main.zAdd(KEYS.queue.marker(name), { value: '0', score: 0 }).catch(() => {})
  })
  await worker.waitUntilReady()
  return async () => {
    deaf()
    await worker.close()
  }
}
