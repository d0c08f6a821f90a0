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
