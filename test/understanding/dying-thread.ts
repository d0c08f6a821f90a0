// A sentence model whose thread dies of one text.
import { parentPort } from 'node:worker_threads'

parentPort?.on('message', ({ id, text }: { id: number; text: string }) => {
  if (text === 'die') process.exit(1)
  parentPort?.postMessage({
    id,
    layers: { last: new Float32Array(384).fill(1), fourth: new Float32Array(384).fill(1) },
  })
})
parentPort?.postMessage({ ready: true })
