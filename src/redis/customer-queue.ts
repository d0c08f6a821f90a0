// "Something is due for customer C": a BullMQ queue that runs one job at a time per customer, over any number of workers.
import { DelayedError, type Job, Queue, Worker } from 'bullmq'
import type { Logger } from 'pino'
import type { CustomerId } from '#conversation'
import type { Connections } from './connect.ts'

/** How often this job was tried before, and whether it is the last try. */
export type Try = { readonly before: number; readonly last: boolean }

export type CustomerQueue = {
  /**
   * Notes that something will be due, before it is there: whoever then dies without calling `due` is made good by the
   * sweep. Resolves to when the customer began to wait, in milliseconds since 1970.
   */
  note(customer: CustomerId): Promise<number>
  /** Makes a job due in `delayMs`, after `note`; a waiting one of the same customer is moved, and one in hand is run again after. */
  due(customer: CustomerId, delayMs?: number): Promise<void>
  /**
   * Starts working; returns what ends it once the jobs in hand are done. `take` returns undefined when nothing is left
   * for this customer, or the milliseconds after which it wants to be called again.
   */
  work(
    take: (customer: CustomerId, attempt: Try) => Promise<number | undefined>,
    concurrency: number,
  ): Promise<() => Promise<void>>
  /** Customers who wait, those who wait longest first. */
  customers(most: number): Promise<CustomerId[]>
  /** How many customers wait. */
  waiting(): Promise<number>
  close(): Promise<void>
}

const ATTEMPTS = 8
/** Longer than any ordinary wait; what is due since then has lost its job. */
const SWEEP_MS = 20_000
export const PREFIX = '{warmline}'

/** Where an error happened, without its message: that may quote what a customer wrote. */
export function framesOf(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  return stack.split('\n').filter((line) => /^\s+at /.test(line))
}

/**
 * Opens the queue called `name`. BullMQ's locks are leases and not fences, and its default of one allowed stall loses
 * work, so many stalls are allowed and whatever a job does is guarded by its own commit.
 */
export async function openCustomerQueue(
  name: string,
  connections: Connections,
  log: Logger,
  now: () => number,
): Promise<CustomerQueue> {
  const since = `warmline:due:${name}`
  const connection = await connections.another()
  const queue = new Queue<{ customer: CustomerId }>(name, {
    connection,
    prefix: PREFIX,
    defaultJobOptions: {
      attempts: ATTEMPTS,
      backoff: { type: 'exponential', delay: 250, jitter: 0.5 },
      removeOnComplete: true,
      removeOnFail: { count: 1000 },
    },
    streams: { events: { maxLen: 1000 } },
  })
  queue.on('error', (error) => log.warn({ queue: name, reason: error.message }, 'the queue lost Redis'))

  async function note(customer: CustomerId): Promise<number> {
    const at = now()
    const [, first] = await Promise.all([
      connections.ingest.zAdd(since, { value: customer, score: at }, { condition: 'NX' }),
      connections.ingest.zScore(since, customer),
    ])
    return first ?? at
  }

  async function add(customer: CustomerId, delayMs: number): Promise<void> {
    const delay = Math.max(0, Math.round(delayMs))
    const deduplication = { id: customer, keepLastIfActive: true, reschedule: true }
    await queue.add('due', { customer }, { delay, deduplication })
  }

  async function sweep(): Promise<void> {
    const lost = await connections.main.zRange(since, '-inf', now() - SWEEP_MS, {
      BY: 'SCORE',
      LIMIT: { offset: 0, count: 500 },
    })
    for (const customer of lost) await add(customer, 0)
  }

  /** BullMQ keeps what a job threw in Redis and hands it to the log: only its kind and its place go there. */
  async function bare<T>(work: Promise<T>): Promise<T> {
    try {
      return await work
    } catch (error) {
      const told = new Error(error instanceof Error ? error.name : 'unknown error')
      told.stack = [told.message, ...framesOf(error)].join('\n')
      throw told
    }
  }

  return {
    note,
    due: (customer, delayMs = 0) => add(customer, delayMs),
    async work(take, concurrency) {
      const worker = new Worker<{ customer: CustomerId }>(
        name,
        async (job: Job<{ customer: CustomerId }>, token) => {
          const { customer } = job.data
          const last = job.attemptsMade + 1 >= ATTEMPTS
          const again = await bare(take(customer, { before: job.attemptsMade, last }))
          if (again === undefined) {
            await connections.main.zRem(since, customer)
            return
          }
          await job.moveToDelayed(Date.now() + Math.round(again), token)
          throw new DelayedError()
        },
        {
          connection: await connections.another(),
          prefix: PREFIX,
          concurrency,
          lockDuration: 5_000,
          stalledInterval: 2_500,
          maxStalledCount: 1_000,
        },
      )
      worker.on('error', (error) => log.warn({ queue: name, reason: error.message }, 'the worker lost Redis'))
      worker.on('failed', (job, error) =>
        log.warn({ queue: name, attempt: job?.attemptsMade, reason: error.message }, 'a job failed'),
      )
      await worker.waitUntilReady()
      const timer = setInterval(
        () => sweep().catch((error) => log.warn({ queue: name, reason: error.message }, 'the sweep failed')),
        SWEEP_MS,
      )
      return async () => {
        clearInterval(timer)
        await worker.close()
      }
    },
    customers: (most) => connections.main.zRange(since, 0, most - 1),
    waiting: () => connections.main.zCard(since),
    close: () => queue.close(),
  }
}
