// Throttles sign-in: a rate limit for each account and each address, per quarter of an hour.
import type { Redis } from '#redis'
import { KEYS } from '#redis/keys'

const WINDOW = 15 * 60_000
const PER_ACCOUNT = 10
const PER_ADDRESS = 60

export type LoginThrottle = {
  /** Counts a try; returns how many milliseconds to wait, 0 when the try may go on. */
  take(email: string, address: string): Promise<number>
  /** A right password wipes the account's count. */
  clear(email: string): Promise<void>
}

const { loginsOfAccount, loginsOfAddress } = KEYS.account

export function openLoginThrottle(redis: Redis): LoginThrottle {
  async function count(key: string, most: number): Promise<number> {
    const [tries] = await redis.multi().incr(key).pExpire(key, WINDOW, 'NX').exec()
    if (Number(tries) <= most) return 0
    return Math.max(1000, await redis.pTTL(key))
  }
  return {
    async take(email, address) {
      const waits = await Promise.all([
        count(loginsOfAccount(email), PER_ACCOUNT),
        count(loginsOfAddress(address), PER_ADDRESS),
      ])
      return Math.max(...waits)
    },
    async clear(email) {
      await redis.del(loginsOfAccount(email))
    },
  }
}
