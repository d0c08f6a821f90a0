import { expect, test } from '@jest/globals'
import { openEmbedder } from '../../src/understanding/embedder.ts'
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

/** What the model gave under TensorFlow.js, as far as it is written here. */
const REFERENCE = {
  'How do I return a vase?': [0.00505, 0.01635, -0.04239, -0.05936, 0.05889, -0.05949],
  'Where is my parcel? It should have been here on Monday, and nobody at your shop answers the phone. 😡': [
    0.02233, -0.06388, 0.00779, -0.0444, 0.04661, 0.01088,
  ],
}

test('a sentence has the vector that its model is published with, alone and beside longer and shorter ones', async () => {
  const embedder = await openEmbedder()
  try {
    const texts = Object.keys(REFERENCE)
    const together = await embedder.embed([...texts, '', 'a word '.repeat(200)], 'waiting')
    expect(together).toHaveLength(4)
    for (const [i, [text, first]] of Object.entries(REFERENCE).entries()) {
      const [alone] = await embedder.embed([text], 'now')
      for (const vector of [alone, together[i]]) {
        expect(vector).toHaveLength(embedder.dimensions)
        for (const [at, value] of first.entries()) expect(vector?.[at]).toBeCloseTo(value, 4)
      }
    }
    for (const vector of together) expect(Math.hypot(...vector)).toBeCloseTo(1, 5)
  } finally {
    await embedder.close()
  }
})
