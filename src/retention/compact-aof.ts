// Compacts the append-only file, so that removed data is gone from disk.
import { setTimeout as wait } from 'node:timers/promises'
import type { Redis } from '#redis'

const PATIENCE_MS = 60_000

/** Rewrites one server's append-only file; undefined once it is done, or why it was not. */
export async function compactAof(master: Redis): Promise<string | undefined> {
  const end = Date.now() + PATIENCE_MS
  try {
    // One that began before may have read what was removed since.
    while (!(await isAtRest(master))) if (!(await anotherTry(end))) return 'another rewrite took too long'
    // Another process may have begun one in this very moment, with everything gone that we want gone.
    await master.bgRewriteAof().catch((error: Error) => {
      if (!/already in progress/.test(error.message)) throw error
    })
    while (!(await isAtRest(master))) if (!(await anotherTry(end))) return 'it took too long'
    return /^aof_last_bgrewrite_status:ok/m.test(await master.info('persistence'))
      ? undefined
      : 'Redis says that it failed'
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown error'
  }
}

async function isAtRest(master: Redis): Promise<boolean> {
  return !/^aof_rewrite_(?:in_progress|scheduled):1/m.test(await master.info('persistence'))
}

async function anotherTry(end: number): Promise<boolean> {
  await wait(50)
  return Date.now() < end
}
