// Waits until no message of the bot to a customer is being sent.
import { setTimeout as pause } from 'node:timers/promises'
import type { CustomerId } from '#domain'
import type { Redis } from '#redis'
import { keysOf } from '#redis/keys'
import type { Timing } from './retry-policy.ts'

const LOOK_EVERY_MS = 25
/** A request that was cut short may still be arriving. */
const MARGIN_MS = 500

/**
 * Resolves once none of this customer's sends is under way: each has ended, or its leave has certainly passed. Call it
 * after the commit that moves the epoch: no bot message begins after that. After `mostMs` one may still be arriving.
 */
export async function awaitIdle(
  redis: Redis,
  customer: CustomerId,
  timing: Timing,
  mostMs = timing.end + MARGIN_MS,
): Promise<void> {
  const { effects, outbox } = keysOf(customer)
  const enough = performance.now() + mostMs
  for (;;) {
    const ids = await redis.lRange(outbox, 0, -1)
    const names = ids.flatMap((id) => [`${id}/state`, `${id}/ended`])
    const fields = names.length > 0 ? await redis.hmGet(effects, names) : []
    const speaking = ids.some((_, at) => fields[2 * at] === 'started' && !fields[2 * at + 1])
    if (!speaking || performance.now() > enough) return
    await pause(LOOK_EVERY_MS)
  }
}
