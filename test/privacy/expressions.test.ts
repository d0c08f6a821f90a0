import { Worker } from 'node:worker_threads'
import { expect, test } from '@jest/globals'
import type { Progress } from './expressions-worker.ts'

/** How the trial ends; `stuck` names the expression that went on for so many seconds. With `only`, that one is tried. */
async function tryAll(seconds: number, only?: string): Promise<Progress | { readonly stuck: string }> {
  const worker = new Worker(new URL('./expressions-worker.ts', import.meta.url), { workerData: only })
  let at = ''
  let timer: NodeJS.Timeout | undefined
  const end = await new Promise<Progress | { readonly stuck: string }>((resolve, reject) => {
    const wait = () => {
      clearTimeout(timer)
      if (at !== '') timer = setTimeout(() => resolve({ stuck: at }), seconds * 1000)
    }
    worker.once('error', reject)
    worker.on('message', (progress: Progress) => {
      if ('done' in progress) resolve(progress)
      else at = progress.at
      wait()
    })
  })
  clearTimeout(timer)
  await worker.terminate()
  return end
}

// An expression needs milliseconds; one that backtracks without end needs years, whatever the machine.
test('no expression of the private-data search or of the gate can be kept busy by what somebody writes', async () => {
  const end = await tryAll(30)
  expect(end).toMatchObject({ done: expect.any(Number), unread: [] })
  expect('done' in end && end.done).toBeGreaterThan(200)
})

test('an expression that can be kept busy is noticed', async () => {
  const evil = String.raw`(?:\w+\s?)+:$`
  expect(await tryAll(2, evil)).toEqual({ stuck: evil })
})
