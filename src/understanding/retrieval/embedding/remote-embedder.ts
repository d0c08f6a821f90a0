// Gets embeddings from a server of the OpenAI protocol. Questions are sent without private values.
import { createHash } from 'node:crypto'
import { redact } from '#privacy'
import { openCircuitBreaker } from '../../models/circuit-breaker.ts'
import { reasonOf } from '../../models/error-kind.ts'
import { FREE, type TokenBudget } from '../../models/llm.ts'
import { countingFetch, failedAttempt } from '../../models/llm-fetch.ts'
import type { Embedder } from './embedder.ts'

export type EmbeddingSettings = {
  readonly apiKey: string
  readonly baseUrl?: string
  readonly model: string
  /** How long a customer's question may wait for its vectors, retry included. */
  readonly timeoutMs?: number
  readonly now?: () => number
  /** Counts its tokens; what is found without vectors is found worse, so no limit stops them. */
  readonly account?: Pick<TokenBudget, 'used'>
}

const TIMEOUT_MS = 2500
const LEARNING_MS = 60_000
const FAILURES = 3
const REST_MS = 30_000

/** Rejects when the server does not answer: only it knows how long its vectors are. */
export async function openRemoteEmbedder(settings: EmbeddingSettings): Promise<Embedder> {
  const { apiKey, baseUrl, model, timeoutMs = TIMEOUT_MS, now = Date.now, account = FREE } = settings
  const { OpenAIEmbeddings } = await import('@langchain/openai')
  const client = (timeout: number, maxRetries: number) =>
    new OpenAIEmbeddings({
      apiKey,
      model,
      timeout,
      maxRetries,
      encodingFormat: 'float',
      onFailedAttempt: failedAttempt,
      configuration: { fetch: countingFetch(account.used), ...(baseUrl ? { baseURL: baseUrl } : {}) },
    })
  const clients = { now: client(timeoutMs, 1), waiting: client(LEARNING_MS, 4) }
  const breaker = openCircuitBreaker(FAILURES, REST_MS, now)
  const end = new AbortController()
  let dimensions = 0

  const embed: Embedder['embed'] = async (texts, when) => {
    if (when === 'now' && !breaker.allows()) throw new Error('the embedding server rests after failures')
    const plain = texts.map((text) => (when === 'now' ? redact(text).text : text).trim() || '.')
    try {
      // The client's own timeout is per attempt; this one bounds them together.
      const limit = AbortSignal.timeout(when === 'now' ? timeoutMs : 2 * LEARNING_MS)
      const made = await unlessAborted(clients[when].embedDocuments(plain), AbortSignal.any([limit, end.signal]))
      const vectors = made.map((vector) => ({ last: toUnit(vector) }))
      dimensions ||= vectors[0]?.last.length ?? 0
      if (
        vectors.length !== texts.length ||
        vectors.some(({ last }) => last.length !== dimensions || last.length === 0)
      )
        throw new RangeError('vectors of another number or length than asked for')
      breaker.succeeded()
      return vectors
    } catch (error) {
      breaker.failed()
      throw new Error(`the embedding server gave no vectors: ${reasonOf(error)}`)
    }
  }

  await embed(['Hello'], 'waiting')
  const server = createHash('sha256').update(`${baseUrl} ${model}`).digest('hex').slice(0, 12)
  return {
    model: `openai-${server}`,
    dimensions,
    hasFourth: false,
    embed,
    close: async () => end.abort(),
  }
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  return Promise.race([work, aborted])
}

function toUnit(vector: readonly number[]): Float32Array {
  const length = Math.hypot(...vector) || 1
  return Float32Array.from(vector, (value) => value / length)
}
