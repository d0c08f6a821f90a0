// Sentence vectors from the embedded model (Universal Sentence Encoder lite, English only), run in a thread of its own.
import { Worker } from 'node:worker_threads'
import type { FromThread, ToThread } from './embedder-thread.ts'

export type Embedder = {
  /** Names the weights; vectors of different models must never meet. */
  readonly model: string
  readonly dimensions: number
  /** One vector of length 1 for each text, in order. `waiting` work goes behind what customers wait for. */
  embed(texts: readonly string[], when: 'now' | 'waiting'): Promise<readonly Float32Array[]>
  close(): Promise<void>
}

const DIMENSIONS = 512
const OPENING_MS = 60_000
/** How long a thread has to have lived for another to follow it. */
const REST_MS = 5_000
/** Texts and characters in one call of the model: more is faster, but who comes next waits for the call in hand. */
const BATCH = { texts: 16, characters: 600 }
/** Characters of a text that the model reads: time grows with length, and more does not find better. */
const READS = 300

/** Its garbage is short-lived; without a limit the thread lets hundreds of megabytes of it gather. */
const LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 256 }

type Job = {
  readonly text: string
  readonly resolve: (vector: Float32Array) => void
  readonly reject: (error: Error) => void
}

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
    model: 'use-lite-0.2.0',
    dimensions: DIMENSIONS,
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
  let inHand: Job[] = []
  let broken: Error | undefined
  let count = 0

  const advance = () => {
    if (inHand.length > 0) return
    inHand = takeBatch(queues.now.length > 0 ? queues.now : queues.waiting)
    // An idle thread does not keep the process alive.
    if (inHand.length === 0) return thread.unref()
    thread.ref()
    thread.postMessage({ id: ++count, texts: inHand.map(({ text }) => text) } satisfies ToThread)
  }
  const finish = (message: FromThread) => {
    if ('ready' in message || message.id !== count) return
    const jobs = inHand
    inHand = []
    jobs.forEach((job, row) => {
      if ('error' in message) job.reject(new Error(message.error))
      else job.resolve(toUnit(message.vectors, row))
    })
    advance()
  }
  const fail = (error: Error) => {
    broken ??= error
    for (const job of [...inHand, ...queues.now.splice(0), ...queues.waiting.splice(0)]) job.reject(broken)
    inHand = []
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
          new Promise<Float32Array>((resolve, reject) => {
            // An empty text makes the model throw.
            queues[when].push({ text: text.slice(0, READS).trim() || '.', resolve, reject })
          }),
      )
      advance()
      return Promise.all(vectors)
    },
    async close() {
      await thread.terminate()
    },
  }
}

/** Takes from the front of the queue what one call of the model can hold; at least one. */
function takeBatch(queue: Job[]): Job[] {
  let characters = 0
  const end = queue.findIndex(({ text }, i) => {
    characters += text.length
    return i > 0 && (i >= BATCH.texts || characters > BATCH.characters)
  })
  return queue.splice(0, end < 0 ? queue.length : end)
}

function toUnit(flat: Float32Array, row: number): Float32Array {
  const vector = flat.slice(row * DIMENSIONS, (row + 1) * DIMENSIONS)
  const length = Math.hypot(...vector) || 1
  return vector.map((value) => value / length)
}
