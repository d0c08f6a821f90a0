// The worker thread in which the sentence model runs.
import { parentPort } from 'node:worker_threads'
import { type Layers, openSentenceEncoder } from './minilm.ts'

export type ToThread = { readonly id: number; readonly text: string }
export type FromThread =
  | { readonly ready: true }
  | { readonly id: number; readonly layers: Layers }
  | { readonly id: number; readonly error: string }

const port = parentPort
if (port) {
  const { encode } = await openSentenceEncoder()
  port.on('message', async ({ id, text }: ToThread) => {
    try {
      const { last, fourth } = await encode(text)
      const layers = { last: Float32Array.from(last), fourth: Float32Array.from(fourth) }
      port.postMessage({ id, layers } satisfies FromThread, [layers.last.buffer, layers.fourth.buffer])
    } catch (error) {
      port.postMessage({ id, error: String(error) } satisfies FromThread)
    }
  })
  port.postMessage({ ready: true } satisfies FromThread)
}
