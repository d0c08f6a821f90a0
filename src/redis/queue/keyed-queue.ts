// A BullMQ queue that runs one job at a time for each customer, over any number of workers.
import { type Job, Queue } from 'bullmq'
import type { Logger } from 'pino'
import type { CustomerId } from '#domain'
import { stackFrames } from '#lib'
import type { Connections } from '../connect.ts'
import { runScript } from '../lua-script.ts'
import { BULLMQ_PREFIX, KEYS } from '../store/keys.ts'
import { NOTE_DUE, REMOVE_IF_SCORE } from '../store/scripts.ts'
import { startWorker } from './bullmq-worker.ts'

/** How often this job was tried before, and whether it is the last try. */
export type JobAttempt = { readonly before: number; readonly last: boolean }

/** Whose job goes before whose: whoever comes `later` gives way, until they have waited for long. */
type Rank = 'first' | 'later'

/** `waitedMs`: since when the one who waits longest has waited. `stuck`: customers whose work keeps failing. */
export type QueueBacklog = { readonly waiting: number; readonly waitedMs: number; readonly stuck: number }

type Take = (customer: CustomerId, attempt: JobAttempt) => Promise<number | undefined>

export type KeyedQueue = {
  /**
   * Notes that something will be due, before it is there: whoever then dies without calling `due` is made good by the
   * sweep. Resolves to when the customer began to wait, in milliseconds since 1970.
   */
  note(customer: CustomerId): Promise<number>
  /**
   * Makes a job due in `delayMs`, after `note`; a waiting one of the same customer is moved, and one in hand is run again
   * after. A waiting one is raised by `first` and never lowered.
   */
  due(customer: CustomerId, delayMs?: number, rank?: Rank): Promise<void>
  /**
   * Starts working; returns what ends it once the jobs in hand are done. `take` returns undefined when nothing is left
   * for this customer, or the milliseconds after which it wants to be called again, with all its tries. Whoever fails at
   * the last try is stuck: the sweep tries again, for ever.
   */
  work(take: Take, concurrency: number): Promise<() => Promise<void>>
  /** Customers who wait, those who wait longest first. */
  customers(most: number): Promise<CustomerId[]>
  backlog(): Promise<QueueBacklog>
  close(): Promise<void>
}

export type QueueTiming = {
  /** Tries of one job, and the pause before the second; each later pause is twice as long. */
  readonly attempts: number
  readonly backoffMs: number
  /** Longer than any ordinary wait; what is due since then has lost its job. */
  readonly sweepMs: number
  /** When work that failed at its last try is tried again. */
  readonly stuckMs: number
}

/** All tries of a job take about eight seconds. */
const TIMING: QueueTiming = { attempts: 6, backoffMs: 250, sweepMs: 20_000, stuckMs: 60_000 }
const SWEPT = 500
/** Nobody waits behind others for longer. */
const RAISE_MS = 60_000
/** After a clock was put back, what seemed soon is far away; no turn is ever due so much later. */
const FAR_MS = 5 * 60_000
const LATER = 1

/** Opens the queue called `name`. Ranks count if it is `ranked`. */
export async function openKeyedQueue(
  name: string,
  connections: Connections,
  log: Logger,
  now: () => number,
  { ranked = false, timing }: { ranked?: boolean; timing?: Partial<QueueTiming> | undefined } = {},
): Promise<KeyedQueue> {
  const { attempts, backoffMs, sweepMs, stuckMs } = { ...TIMING, ...timing }
  /** Sorted sets of customers: by when their work is or was due, and by when to try again what keeps failing. */
  const [since, stuck] = [KEYS.queue.due(name), KEYS.queue.stuck(name)]
  /** Set of the customers who come first. */
  const first = KEYS.queue.first(name)
  /** Set of the customers who were wanted at once since they last had a longer wait. */
  const wanted = KEYS.queue.wanted(name)
  const connection = await connections.forBullMQ()
  const queue = new Queue<{ customer: CustomerId }>(name, {
    connection,
    prefix: BULLMQ_PREFIX,
    defaultJobOptions: {
      attempts,
      backoff: { type: 'exponential', delay: backoffMs, jitter: 0.5 },
      removeOnComplete: true,
      removeOnFail: { count: 1000 },
    },
    streams: { events: { maxLen: 1000 } },
  })
  queue.on('error', (error) => {
    if (!connections.trouble())
      log.warn({ queue: name, reason: error.message }, 'the queue lost its connection to Redis')
  })

  const note = async (customer: CustomerId): Promise<number> =>
    Number(await runScript(connections.ingest, NOTE_DUE, { due: since }, { customer, now: now() }))

  async function add(customer: CustomerId, delayMs: number, rank: Rank): Promise<void> {
    const delay = Math.max(0, Math.round(delayMs))
    const deduplication = { id: customer, keepLastIfActive: true, reschedule: true }
    const raised = !ranked || (await connections.main.sIsMember(first, customer)) === 1
    const priority = rank === 'later' && !raised ? LATER : 0
    const job = await queue.add('due', { customer }, { delay, deduplication, ...(priority ? { priority } : {}) })
    if (rank === 'later' || raised) return
    // Of a job that was there before; one that has just ended needs it no more.
    await job.changePriority({ priority: 0 }).catch(() => {})
    await connections.main.sAdd(first, customer)
  }

  async function sweep(): Promise<void> {
    const at = now()
    const range = (key: string, from: number | '-inf', to: number | '+inf') =>
      connections.main.zRangeWithScores(key, from, to, { BY: 'SCORE', LIMIT: { offset: 0, count: SWEPT } })
    const [lost, far, failing] = await Promise.all([
      range(since, '-inf', at - sweepMs),
      ranked ? range(since, at + FAR_MS, '+inf') : [],
      range(stuck, '-inf', at),
    ])
    for (const { value, score } of lost) await add(value, 0, at - score > RAISE_MS ? 'first' : 'later')
    for (const { value } of [...far, ...failing]) await add(value, 0, 'later')
  }

  /**
   * Nothing was left to do for this customer. INVARIANT: whoever noted them since `noted` was read keeps the note: what
   * they are about to make due is not there yet, and they may die before they call `due`.
   */
  async function settle(customer: CustomerId, noted: number | null): Promise<void> {
    const { main } = connections
    await Promise.all([
      noted === null ? undefined : runScript(main, REMOVE_IF_SCORE, { set: since }, { member: customer, score: noted }),
      main.zRem(stuck, customer),
      main.sRem(first, customer),
      main.sRem(wanted, customer),
    ])
  }

  async function carryOut(job: Job<{ customer: CustomerId }>, take: Take): Promise<void> {
    const { customer } = job.data
    const attempt = { before: job.attemptsMade, last: job.attemptsMade + 1 >= attempts }
    const { main } = connections
    try {
      const noted = await main.zScore(since, customer)
      const again = await take(customer, attempt)
      if (again === undefined) return await settle(customer, noted)
      await Promise.all([
        main.zAdd(since, { value: customer, score: now() + again }, { condition: 'XX' }),
        main.zRem(stuck, customer),
      ])
      const rank = job.priority ? 'later' : 'first'
      await add(customer, again, rank)
      // BullMQ keeps one next job, the last that was asked for: ours may have taken the place of one that was due at once.
      if (again > 0 && (await main.sRem(wanted, customer)) === 1) await add(customer, 0, rank)
    } catch (error) {
      if (attempt.last) {
        log.error(
          { queue: name, at: stackFrames(error).slice(0, 8) },
          'the work of a customer keeps failing; trying again every minute',
        )
        await main.zAdd(stuck, { value: customer, score: now() + stuckMs })
        await main.zRem(since, customer)
      }
      throw error
    }
  }

  /** BullMQ keeps what a job threw in Redis and hands it to the log: only its kind and its place go there. */
  async function bare<T>(work: Promise<T>): Promise<T> {
    try {
      return await work
    } catch (error) {
      const told = new Error(error instanceof Error ? error.name : 'unknown error')
      told.stack = [told.message, ...stackFrames(error)].join('\n')
      throw told
    }
  }

  return {
    note,
    async due(customer, delayMs = 0, rank = 'first') {
      if (delayMs <= 0) await connections.main.sAdd(wanted, customer)
      await add(customer, delayMs, rank)
    },
    async work(take, concurrency) {
      const stop = await startWorker<{ customer: CustomerId }>(
        name,
        (job) => bare(carryOut(job, take)),
        connections,
        log,
        { concurrency },
      )
      const timer = setInterval(
        () => sweep().catch((error) => log.warn({ queue: name, reason: error.message }, 'the sweep failed')),
        sweepMs,
      )
      return async () => {
        clearInterval(timer)
        await stop()
      }
    },
    customers: (most) => connections.main.zRange(since, 0, most - 1),
    async backlog() {
      const { main } = connections
      const [waiting, [oldest], failing] = await Promise.all([
        main.zCard(since),
        main.zRangeWithScores(since, 0, 0),
        main.zCard(stuck),
      ])
      return { waiting, waitedMs: oldest ? Math.max(0, now() - oldest.score) : 0, stuck: failing }
    },
    close: () => queue.close(),
  }
}
