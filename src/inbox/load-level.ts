// Computes the load by how long customers wait.
import type { QueueBacklog } from '#redis/queue'

const REMEMBER_MS = 1_000

/**
 * High while more customers wait than one worker takes at once, and one of them has waited for more than `limitMs`: a
 * customer whose turn fails is no load. What cannot be read is normal.
 */
export function openLoadLevel(
  backlog: () => Promise<QueueBacklog>,
  { concurrency, limitMs }: { concurrency: number; limitMs: number },
): () => Promise<LoadLevel> {
  let known: Promise<LoadLevel> | undefined
  let at = 0
  async function read(): Promise<LoadLevel> {
    const { waiting, waitedMs } = await backlog().catch(() => ({ waiting: 0, waitedMs: 0 }))
    return waiting > concurrency && waitedMs > limitMs ? 'high' : 'normal'
  }
  return () => {
    if (!known || performance.now() - at > REMEMBER_MS) {
      at = performance.now()
      known = read()
    }
    return known
  }
}

/** `high` while customers wait too long. */
export type LoadLevel = 'normal' | 'high'
