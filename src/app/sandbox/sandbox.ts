// Runs content checks and trials in a worker thread with a deadline, so that nothing else waits for them.
import { Worker } from 'node:worker_threads'
import { type PolicySandbox, TookTooLong } from '#releases'
import type { SearchEngine } from '#understanding/retrieval'
import type { FromSandbox, SandboxData, ToSandbox } from './thread.ts'

export type Sandbox = { readonly policySandbox: PolicySandbox; close(): Promise<void> }

/** Milliseconds that each may take once the thread has started. */
export type Deadlines = Readonly<Record<keyof PolicySandbox, number>>

const DEADLINES: Deadlines = {
  read: 20_000,
  lint: 60_000,
  try: 60_000,
  certainty: 60_000,
  check: 300_000,
  replay: 300_000,
}
const STARTING_MS = 60_000
/** Asked at once; each keeps whole contents in memory. */
const MOST = 32
/** Whatever else is in hand when a thread ends is asked once more in the next one. */
const TRIES = 2
const LIMITS = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 768 }

type Job = Extract<ToSandbox, { type: 'ask' }> & {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
  tries: number
  timer?: NodeJS.Timeout
}

/** The thread starts when it is needed first, and stays. */
export function openSandbox(options: {
  /** Makes the sentence vectors: the model is in memory once. */
  finder: Pick<SearchEngine, 'lines' | 'question' | 'model'>
  cacheDir: string
  log: { warn(about: object, message: string): void }
  deadlines?: Deadlines
  source?: URL
}): Sandbox {
  const { finder, cacheDir, log, deadlines = DEADLINES } = options
  const source = options.source ?? new URL('./thread.ts', import.meta.url)
  const jobs = new Map<number, Job>()
  let count = 0
  let isClosed = false
  let present: { readonly worker: Worker; isReady: boolean } | undefined

  function start() {
    const workerData: SandboxData = { model: finder.model, cacheDir }
    const worker = new Worker(source, { execArgv: [], resourceLimits: LIMITS, workerData })
    const thread = { worker, isReady: false }
    worker.on('message', (message: FromSandbox) => hear(thread, message))
    worker.on('error', (error) => log.warn({ reason: String(error) }, 'the thread that tries content has stopped'))
    worker.on('exit', () => replace(thread))
    return thread
  }

  function send(job: Job): void {
    job.tries += 1
    present ??= start()
    watch(job)
    present.worker.ref()
    const { type, id, name, args } = job
    present.worker.postMessage({ type, id, name, args } satisfies ToSandbox)
  }

  function watch(job: Job): void {
    clearTimeout(job.timer)
    const most = present?.isReady ? deadlines[job.name] : STARTING_MS
    job.timer = setTimeout(() => {
      const seconds = Math.ceil(most / 1000)
      end(job)?.reject(
        new TookTooLong(
          `this took more than ${seconds} seconds and was ended; make what you changed smaller or simpler`,
        ),
      )
      if (present) replace(present)
    }, most)
  }

  /** Ends a thread, if it has not ended; what it had in hand goes to another one. */
  function replace(thread: NonNullable<typeof present>): void {
    if (present !== thread) return
    present = undefined
    void thread.worker.terminate()
    for (const job of [...jobs.values()]) {
      if (isClosed || job.tries >= TRIES)
        end(job)?.reject(new TookTooLong('this could not be finished; wait a moment and try again'))
      else send(job)
    }
  }

  function end(job: Job | undefined): Job | undefined {
    if (!job) return undefined
    clearTimeout(job.timer)
    jobs.delete(job.id)
    // An idle thread does not keep the process alive.
    if (jobs.size === 0) present?.worker.unref()
    return job
  }

  function hear(thread: NonNullable<typeof present>, message: FromSandbox): void {
    if (thread !== present) return
    if (message.type === 'ready') {
      thread.isReady = true
      for (const job of jobs.values()) watch(job)
    } else if (message.type === 'embed') void embed(thread, message)
    else if (message.type === 'warning') log.warn({ reason: message.reason }, message.message)
    else if (message.type === 'answer') end(jobs.get(message.id))?.resolve(message.answer)
    else end(jobs.get(message.id))?.reject(new Error(message.because))
  }

  async function embed(
    { worker }: NonNullable<typeof present>,
    { id, of, texts, keptIn }: Extract<FromSandbox, { type: 'embed' }>,
  ): Promise<void> {
    const vectors = await finder[of](texts, keptIn).catch(() => undefined)
    worker.postMessage({ type: 'vectors', id, vectors } satisfies ToSandbox)
  }

  const ask =
    (name: keyof PolicySandbox) =>
    async (...args: readonly unknown[]) => {
      if (isClosed || jobs.size >= MOST)
        throw new TookTooLong('too much is being tried at once; wait a moment and try again')
      return new Promise<unknown>((resolve, reject) => {
        const job: Job = { type: 'ask', id: ++count, name, args, resolve, reject, tries: 0 }
        jobs.set(job.id, job)
        send(job)
      })
    }
  const names = Object.keys(DEADLINES) as (keyof PolicySandbox)[]
  return {
    policySandbox: Object.fromEntries(names.map((name) => [name, ask(name)])) as unknown as PolicySandbox,
    async close() {
      isClosed = true
      const { worker } = present ?? {}
      if (present) replace(present)
      await worker?.terminate()
    },
  }
}
