// Computes embeddings (sentence vectors) with the bundled model all-MiniLM-L6-v2, in a worker thread. English only.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { FromThread, ToThread } from './embedder-thread.ts'

/** The vectors of one text, each of length 1. */
export type SentenceVectors = {
  /** What the text is about. */
  readonly last: Float32Array
  /** How it is said; only the embedded model lets us look into its layers. */
  readonly fourth?: Float32Array
}

export type Embedder = {
  /** Names the weights; vectors of different models must never meet. */
  readonly model: string
  readonly dimensions: number
  /** Whether it gives the fourth layer too. */
  readonly hasFourth: boolean
  /** For each text its vectors, in order. `waiting` work goes behind what customers wait for. */
  embed(texts: readonly string[], when: 'now' | 'waiting'): Promise<readonly SentenceVectors[]>
  close(): Promise<void>
}

/** The sentence model that is part of Warmline. */
const MODEL = 'minilm-l6-v2'
const DIMENSIONS = 384
const OPENING_MS = 60_000
/** How long a thread has to have lived for another to follow it. */
const REST_MS = 5_000
/** Characters of a text that the model reads: time grows with length, and more does not find better. */
const READS = 300

/** Its garbage is short-lived; without a limit the thread lets hundreds of megabytes of it gather. */
const LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 256 }

type Job = {
  readonly text: string
  readonly resolve: (vectors: SentenceVectors) => void
  readonly reject: (error: Error) => void
}

// ONNX Runtime 1.30 sends usage data to Microsoft unless its environment forbids it, which a library reads from the process
// and not from a thread's copy. Nothing leaves this machine for a sentence.
// biome-ignore lint/style/noProcessEnv: it is written, never read
process.env.ORT_DISABLE_TELEMETRY = '1'

type Thread = Pick<Embedder, 'embed' | 'close'> & { hasDied(): boolean }

/** Rejects when the model cannot be loaded here. A thread that dies later is replaced when somebody asks again. */
export async function openEmbedder(source = new URL('./embedder-thread.ts', import.meta.url)): Promise<Embedder> {
  let present = await openThread(source)
  let opening: Promise<Thread> | undefined
  let openedAt = performance.now()
  let closed = false

  async function thread(): Promise<Thread> {
    if (closed || !present.hasDied()) return present
    // Where the model cannot live it is not tried for each question.
    if (!opening && performance.now() - openedAt < REST_MS) return present
    opening ??= openThread(source).finally(() => {
      opening = undefined
      openedAt = performance.now()
    })
    present = await opening
    return present
  }

  return {
    model: MODEL,
    dimensions: DIMENSIONS,
    hasFourth: true,
    embed: async (texts, when) => (await thread()).embed(texts, when),
    close: async () => {
      closed = true
      await opening?.then(
        (one) => one.close(),
        () => {},
      )
      await present.close()
    },
  }
}

async function openThread(source: URL): Promise<Thread> {
  const thread = new Worker(source, { execArgv: [], resourceLimits: LIMITS })
  const queues: Record<'now' | 'waiting', Job[]> = { now: [], waiting: [] }
  let inHand: Job | undefined
  let broken: Error | undefined
  let count = 0

  const advance = () => {
    if (inHand) return
    inHand = queues.now.shift() ?? queues.waiting.shift()
    // An idle thread does not keep the process alive.
    if (!inHand) return thread.unref()
    thread.ref()
    thread.postMessage({ id: ++count, text: inHand.text } satisfies ToThread)
  }
  const finish = (message: FromThread) => {
    if ('ready' in message || message.id !== count) return
    const job = inHand
    inHand = undefined
    if ('error' in message) job?.reject(new Error(message.error))
    else job?.resolve({ last: toUnit(message.layers.last), fourth: toUnit(message.layers.fourth) })
    advance()
  }
  const fail = (error: Error) => {
    broken ??= error
    const waiting = [...queues.now.splice(0), ...queues.waiting.splice(0)]
    for (const job of inHand ? [inHand, ...waiting] : waiting) job.reject(broken)
    inHand = undefined
  }

  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the sentence model did not load in time')), OPENING_MS)
    const stop = (error: Error) => {
      fail(error)
      reject(error)
    }
    thread.on('error', (error) => stop(error instanceof Error ? error : new Error(String(error))))
    thread.on('exit', () => stop(new Error('the sentence model has stopped')))
    thread.on('message', finish)
    thread.once('message', () => {
      clearTimeout(timer)
      resolve()
    })
  }).catch(async (error) => {
    await thread.terminate()
    throw error
  })
  thread.unref()

  return {
    hasDied: () => broken !== undefined,
    async embed(texts, when) {
      if (broken) throw broken
      const vectors = texts.map(
        (text) =>
          new Promise<SentenceVectors>((resolve, reject) => {
            queues[when].push({ text: text.slice(0, READS), resolve, reject })
          }),
      )
      advance()
      return Promise.all(vectors)
    },
    async close() {
      const last = inHand
      broken ??= new Error('the sentence model has stopped')
      for (const job of [...queues.now.splice(0), ...queues.waiting.splice(0)]) job.reject(broken)
      // INVARIANT: ONNX Runtime aborts the whole process when its thread is ended in the middle of a computation.
      if (last) await Promise.race([once(thread, 'message'), once(thread, 'exit')]).catch(() => {})
      await thread.terminate()
    },
  }
}

function toUnit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector) || 1
  return vector.map((value) => value / length)
}
