// Sentence vectors from another server, over HTTP as OpenAI speaks it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { openSearchEngine } from '#understanding/retrieval'
import { openRemoteEmbedder } from '../../src/understanding/retrieval/embedding/remote-embedder.ts'
import { type Embeddings, embeddingsOf, startEmbeddings } from '../stand-ins/embeddings.ts'
import type { Misbehaviour } from '../stand-ins/network.ts'

const units = [
  { id: 'delivery', title: 'Delivery', phrases: ['how long does delivery take', 'when will my parcel arrive'] },
  { id: 'returns', title: 'Returns', phrases: ['can I send an item back', 'how do I return something'] },
]

let server: Embeddings
let cacheDir: string
let now = 0
beforeEach(async () => {
  server = await startEmbeddings()
  cacheDir = await mkdtemp(join(tmpdir(), 'remote-'))
  now = 0
})
afterEach(async () => {
  await server.close()
  await rm(cacheDir, { recursive: true })
})

const settings = () => ({
  apiKey: 'sk-secret-key-1',
  baseUrl: server.baseUrl,
  model: 'embed-1',
  timeoutMs: 400,
  now: () => now,
})

test('articles are found by its vectors, which are kept for the next start', async () => {
  const open = () => openSearchEngine({ cacheDir, embeddings: settings() })
  const finder = await open()
  const index = await finder.index(units)
  expect((await index.search('when will the parcel arrive?')).ranking[0]?.id).toBe('delivery')
  expect(finder.engine()).toBe('hybrid')
  await finder.close()

  const before = server.texts()
  const again = await open()
  await again.index(units)
  expect(server.texts().slice(before.length)).toEqual(['Hello'])
  await again.close()
})

test('private values of a question do not leave the house', async () => {
  const finder = await openSearchEngine({ cacheDir, embeddings: settings() })
  const index = await finder.index(units)
  await index.search('My parcel HL-20419 for ana@example.com, when will it arrive?')
  expect(server.texts().at(-1)).toContain('parcel')
  expect(server.texts().join('\n')).not.toMatch(/ana@|20419/)
  await finder.close()
})

describe('a server in trouble', () => {
  const bad = (shape: (vector: number[]) => number[]): Misbehaviour => ({
    type: 'answer',
    status: 200,
    body: embeddingsOf({ input: ['one', 'two'], model: 'embed-1' }, shape),
  })
  test.each<[string, Misbehaviour, number]>([
    ['never answers', { type: 'hang' }, 9],
    ['breaks', { type: 'answer', status: 500, body: { error: { message: 'the text was: ana@example.com' } } }, 9],
    [
      'refuses the key',
      { type: 'answer', status: 401, body: { error: { message: 'no such key: sk-secret-key-1' } } },
      1,
    ],
    ['cuts the connection', { type: 'cut' }, 9],
    ['sends vectors of another length', bad((vector) => vector.slice(1)), 1],
    ['sends empty vectors', bad(() => []), 1],
  ])(
    'that %s leaves finding by words, and the log without a word of the customer',
    async (_what, misbehaviour, times) => {
      const warnings: string[] = []
      const log = { warn: (about: object, message: string) => void warnings.push(JSON.stringify({ about, message })) }
      const finder = await openSearchEngine({ cacheDir, embeddings: settings(), log })
      const index = await finder.index(units)
      server.misbehave(misbehaviour, times)
      const found = await index.search('ana@example.com asks: can I return something?')
      expect([finder.engine(), found.ranking[0]?.id]).toEqual(['lexical', 'returns'])
      expect(warnings).toHaveLength(1)
      expect(warnings.join()).not.toMatch(/ana@|sk-secret/)
      await finder.close()
    },
  )

  test('is left alone after three failures, and asked again later', async () => {
    const embedder = await openRemoteEmbedder(settings())
    const refusal = { type: 'answer', status: 401, body: {} } as const
    server.misbehave(refusal, 3)
    for (let n = 0; n < 3; n++) await expect(embedder.embed([`${n}`], 'now')).rejects.toThrow('HTTP 401')
    const asked = server.requests.length
    await expect(embedder.embed(['x'], 'now')).rejects.toThrow('rests')
    expect(server.requests).toHaveLength(asked)
    now = 60_000
    expect(await embedder.embed(['x'], 'now')).toHaveLength(1)
    await embedder.close()
  })

  test('at the start, the embedded model takes over', async () => {
    const warnings: string[] = []
    server.misbehave({ type: 'answer', status: 401, body: {} })
    const finder = await openSearchEngine({
      cacheDir,
      embeddings: settings(),
      log: { warn: (_, message) => void warnings.push(message) },
    })
    const index = await finder.index(units)
    expect((await index.search('I would like to give this back to you')).ranking[0]?.id).toBe('returns')
    expect([finder.engine(), warnings.length, server.requests.length]).toEqual(['hybrid', 1, 1])
    await finder.close()
  })
})
