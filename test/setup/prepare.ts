import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { ensureWebBuilt } from '#console'
import { loadContent, OWN_CONTENT } from '#content/load'
import { startEmbeddedRedis } from '#redis/embedded'
import { openSearchEngine } from '#understanding/retrieval'
import { buildEngine } from '../../src/app/engine.ts'
import { CACHE } from './cache.ts'

/** A Redis to start, the built pages, and the sample brand's sentences learnt. */
export async function prepare(): Promise<void> {
  const log = pino({ level: 'silent' })
  const dir = await mkdtemp(join(tmpdir(), 'warmline-prepare-'))
  const redis = await startEmbeddedRedis({ dir, searchPath: process.env.PATH ?? '' })
  await redis.close()
  await rm(dir, { recursive: true, force: true })
  await ensureWebBuilt({ log })
  const loaded = await loadContent(OWN_CONTENT)
  if ('problems' in loaded) return // the content's own tests say what is wrong
  const finder = await openSearchEngine({ cacheDir: CACHE, log })
  await buildEngine(loaded.content, finder, undefined, log)
  await finder.close()
}
