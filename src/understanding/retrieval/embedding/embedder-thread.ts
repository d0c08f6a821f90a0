// The worker thread in which the sentence model runs.
import { parentPort } from 'node:worker_threads'
import { openSentenceEncoder } from './minilm.ts'

export type ToThread = { readonly id: number; readonly text: string }
export type FromThread =
  | { readonly ready: true }
  | { readonly id: number; readonly vector: Float32Array }
  | { readonly id: number; readonly error: string }

const port = parentPort
if (port) {
  const { encode } = await openSentenceEncoder()
  port.on('message', async ({ id, text }: ToThread) => {
    try {
      const vector = Float32Array.from(await encode(text))
      port.postMessage({ id, vector } satisfies FromThread, [vector.buffer])
    } catch (error) {
      port.postMessage({ id, error: String(error) } satisfies FromThread)
    }
  })
  port.postMessage({ ready: true } satisfies FromThread)
}
