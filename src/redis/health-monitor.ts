// Monitors every master: takes writes, keeps what it took.

import type { Redis } from './clients.ts'
import { checkServer, explainFailure, Unavailable, UnsafeRedis, withinDeadline } from './health.ts'

const EVERY_MS = 1000
/** Below the deadline of a webhook, so that a frozen Redis is known before many deliveries wait for it. */
const ANSWERS_WITHIN_MS = 2000

export type Seen = {
  readonly trouble?: string
  /** The settings would lose what is acknowledged. */
  readonly unsafe?: UnsafeRedis
  /** A master does not show its settings. */
  readonly hidden?: boolean
  /** A master takes writes that no replica has. */
  readonly noReplicas?: boolean
}

export type Watch = {
  /** Looks at once, not only when it is time. */
  look(): void
  close(): void
}

/** Calls `saw` after each look; the first one is when `look` is called, or soon after. */
export function monitorHealth(masters: () => Promise<readonly Redis[]>, saw: (seen: Seen) => void): Watch {
  let timer: NodeJS.Timeout | undefined
  let looking = false
  let again = false
  let closed = false

  async function lookOnce(): Promise<Seen> {
    try {
      const all = await withinDeadline(
        masters().then((list) => Promise.all(list.map(checkServer))),
        ANSWERS_WITHIN_MS,
      )
      if (!all.length) throw new Unavailable('no master of the Redis Cluster is known')
      return {
        hidden: all.some((settings) => !settings),
        noReplicas: all.some((settings) => settings?.minReplicas === 0),
      }
    } catch (error) {
      if (error instanceof UnsafeRedis) return { trouble: error.message, unsafe: error }
      return { trouble: explainFailure(error) }
    }
  }

  async function look(): Promise<void> {
    again = looking
    if (looking || closed) return
    looking = true
    clearTimeout(timer)
    const seen = await lookOnce()
    looking = false
    if (closed) return
    saw(seen)
    if (again) void look()
    else timer = setTimeout(look, EVERY_MS)
  }

  // Who has just begun to connect has nothing to tell yet.
  timer = setTimeout(look, EVERY_MS)
  return {
    look: () => void look(),
    close() {
      closed = true
      clearTimeout(timer)
    },
  }
}
