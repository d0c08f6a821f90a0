// The worker thread of the sandbox; it asks the process for sentence vectors.
import { parentPort, workerData } from 'node:worker_threads'
import { openPolicySandbox, type PolicySandbox } from '#releases'
import { openDiskCache, type SearchEngine, type SentenceVectors, searchEngineOver } from '#understanding/retrieval'
import { buildEngine, simulationContext } from '../engine.ts'

export type SandboxData = { readonly model: string; readonly cacheDir: string }
export type ToSandbox =
  | { readonly type: 'ask'; readonly id: number; readonly name: keyof PolicySandbox; readonly args: readonly unknown[] }
  | { readonly type: 'vectors'; readonly id: number; readonly vectors: readonly SentenceVectors[] | undefined }
export type FromSandbox =
  | { readonly type: 'ready' }
  | { readonly type: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly because: string }
  | {
      readonly type: 'embed'
      readonly id: number
      readonly of: 'lines' | 'question'
      readonly texts: readonly string[]
      readonly keptIn?: string | undefined
    }
  | { readonly type: 'warning'; readonly reason: string; readonly message: string }

const port = parentPort
if (port) {
  const { model, cacheDir } = workerData as SandboxData
  const send = (message: FromSandbox) => port.postMessage(message)
  const warn = (reason: string, message: string) => send({ type: 'warning', reason, message })

  const embedding = new Map<number, (vectors: readonly SentenceVectors[] | undefined) => void>()
  let count = 0
  let isFailing = false
  const embed =
    (of: 'lines' | 'question'): SearchEngine['lines'] =>
    async (texts, keptIn) => {
      const id = ++count
      send({ type: 'embed', id, of, texts, keptIn })
      const vectors = await new Promise<readonly SentenceVectors[] | undefined>((resolve) => embedding.set(id, resolve))
      isFailing = vectors === undefined
      return vectors
    }
  const finder = searchEngineOver({
    lines: embed('lines'),
    question: embed('question'),
    model,
    keep: openDiskCache(cacheDir, ({ message }) => warn(message, 'what was learnt could not be kept')),
    early: false,
    isFailing: () => isFailing,
    close: async () => {},
  })
  const log = { warn: (about: object, message: string) => warn(JSON.stringify(about), message) }
  const sandbox: PolicySandbox = openPolicySandbox({
    learn: async (content) => simulationContext(await buildEngine(content, finder, undefined, log)),
  })

  port.on('message', async (message: ToSandbox) => {
    const { id } = message
    if (message.type === 'vectors') {
      embedding.get(id)?.(message.vectors)
      embedding.delete(id)
      return
    }
    try {
      const ask = sandbox[message.name] as (...args: readonly unknown[]) => Promise<unknown>
      send({ type: 'answer', id, answer: await ask(...message.args) })
    } catch (error) {
      send({ type: 'failed', id, because: error instanceof Error ? error.message : String(error) })
    }
  })
  send({ type: 'ready' })
}
