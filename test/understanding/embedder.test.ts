import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { brandFile } from '../../src/policy/brand.ts'
import { type Embedder, openEmbedder } from '../../src/understanding/retrieval/embedding/embedder.ts'
import { until } from '../setup/redis.ts'

test('a sentence model that dies is opened again, and only who asked then goes without', async () => {
  const embedder = await openEmbedder(new URL('./dying-thread.ts', import.meta.url))
  try {
    await expect(embedder.embed(['hello'], 'now')).resolves.toHaveLength(1)
    await expect(embedder.embed(['die'], 'now')).rejects.toThrow('has stopped')
    const again = await until(
      () =>
        embedder.embed(['hello', 'again'], 'now').then(
          (vectors) => vectors.length,
          () => 0,
        ),
      20_000,
    )
    expect(again).toBe(2)
  } finally {
    await embedder.close()
  }
})

const TEXTS = [
  'How do I return a vase?',
  'Can I send the vase back?',
  'Where is my parcel? It should have been here on Monday, and nobody at your shop answers the phone. 😡',
  'The café’s façade — naïve, isn’t it?',
]
/** How near each is to those before it, as another program computes it from the same weights (candle, in floats of 32 bits). */
const NEAR = [[], [0.8604], [0.2618, 0.3128], [0.0311, 0.0534, 0.1183]]
/** What rounding to 8 bits may cost. */
const ROUNDING = 0.04

describe('the sentence model', () => {
  let embedder: Embedder
  beforeAll(async () => {
    embedder = await openEmbedder()
  })
  afterAll(() => embedder?.close())

  test('finds sentences as near to each other as it is published with', async () => {
    const vectors = await embedder.embed(TEXTS, 'now')
    for (const [i, others] of NEAR.entries())
      for (const [j, near] of others.entries())
        expect(Math.abs(cosine(vectors[i]?.last, vectors[j]?.last) - near)).toBeLessThan(ROUNDING)
    // What customers write is as long as they like, and may be nothing.
    const odd = await embedder.embed(['', 'a word '.repeat(200), '🤷 '.repeat(150)], 'now')
    for (const { last, fourth } of [...vectors, ...odd])
      for (const layer of [last, fourth]) expect(cosine(layer, layer)).toBeCloseTo(1, 5)
  })

  test('makes the same of a sentence, whatever else is asked', async () => {
    const [alone] = await embedder.embed(TEXTS.slice(0, 1), 'now')
    const among = await embedder.embed([...TEXTS.slice(1), ...TEXTS], 'waiting')
    expect(among.at(-TEXTS.length)).toEqual(alone)
    expect([alone?.last.length, alone?.fourth?.length]).toEqual([embedder.dimensions, embedder.dimensions])
  })

  test('tells in its fourth layer how something is said, where the last one tells what it is about', async () => {
    const [praise, complaint, other] = await embedder.embed(
      ['what a lovely sofa, thank you', 'what an awful sofa, shame on you', 'what a lovely driver, thank you'],
      'now',
    )
    const near = (layer: 'last' | 'fourth') => ({
      subject: cosine(praise?.[layer], complaint?.[layer]),
      manner: cosine(praise?.[layer], other?.[layer]),
    })
    expect(near('last').subject).toBeGreaterThan(near('last').manner)
    expect(near('fourth').manner).toBeGreaterThan(near('fourth').subject)
  })

  test('is the one that bars are for which name none', () => {
    expect(brandFile.shape.confidence.parse(undefined).model).toBe(embedder.model)
  })
})

function cosine(one: Float32Array = new Float32Array(), other: Float32Array = new Float32Array()): number {
  return one.reduce((sum, value, i) => sum + value * (other[i] ?? 0), 0)
}

test('the runtime of the model makes no identifier for usage data, and sends none', async () => {
  // The runtime would keep the identifier below the home folder.
  const home = await mkdtemp(join(tmpdir(), 'warmline-home-'))
  const program = `
    const { openEmbedder } = await import(${JSON.stringify(new URL('../../src/understanding/retrieval/embedding/embedder.ts', import.meta.url).href)})
    const embedder = await openEmbedder()
    await embedder.embed(['hello'], 'now')
    await embedder.close()
  `
  const { ORT_DISABLE_TELEMETRY: _, ...env } = process.env
  const ran = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    env: { ...env, HOME: home, XDG_CACHE_HOME: home, XDG_DATA_HOME: home },
  })
  expect(ran).toEqual({ stdout: '', stderr: '' })
  expect(await readdir(home)).toEqual([])
  await rm(home, { recursive: true })
})
