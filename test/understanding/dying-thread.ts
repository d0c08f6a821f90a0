// A sentence model whose thread dies of one text.
import { parentPort } from 'node:worker_threads'

parentPort?.on('message', ({ id, texts }: { id: number; texts: readonly string[] }) => {
  if (texts.includes('die')) process.exit(1)
  parentPort?.postMessage({ id, vectors: new Float32Array(512 * texts.length).fill(1) })
})
parentPort?.postMessage({ ready: true })
