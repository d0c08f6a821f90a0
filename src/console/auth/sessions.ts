// Stores sessions. The browser alone has the cookie's token; Redis has its hash.
import { createHash, randomBytes } from 'node:crypto'
import type { Redis } from '#redis'
import { KEYS } from '#redis/keys'

const HOUR = 3_600_000
const IDLE = 8 * HOUR
const LONGEST = 24 * HOUR

export type Sessions = {
  /** Returns the token for the cookie. */
  start(email: string): Promise<string>
  /** Whose session it is and since when (ms). `quietly` looks without counting as use. */
  find(token: string, how?: 'quietly'): Promise<{ email: string; started: number } | undefined>
  end(token: string): Promise<void>
}

const keyOf = (token: string) => KEYS.account.session(createHash('sha256').update(token).digest('base64url'))

/** Sessions end after 8 hours without use, and after 24 hours in any case. */
export function openSessions(redis: Redis, now: () => number): Sessions {
  return {
    async start(email) {
      const token = randomBytes(32).toString('base64url')
      const key = keyOf(token)
      await redis.multi().hSet(key, { email, started: now() }).pExpire(key, IDLE).exec()
      return token
    },
    async find(token, how) {
      const key = keyOf(token)
      const { email, started: since } = await redis.hGetAll(key)
      if (!email) return undefined
      const started = Number(since)
      const left = started + LONGEST - now()
      if (left <= 0) {
        await redis.del(key)
        return undefined
      }
      if (how !== 'quietly') await redis.pExpire(key, Math.min(IDLE, left))
      return { email, started }
    },
    async end(token) {
      await redis.del(keyOf(token))
    },
  }
}
