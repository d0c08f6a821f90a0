// Keeps who is on duty: what people say, for as long as a page of theirs is open.
import type { Redis } from '#redis'
import { KEYS } from '#redis/keys'

/** `off-duty`: nobody said otherwise, or their last page is closed. */
export const PRESENCES = ['on-duty', 'break', 'off-duty'] as const
export type PresenceState = (typeof PRESENCES)[number]

export type Presence = {
  of(emails: readonly string[]): Promise<ReadonlyMap<string, PresenceState>>
  set(email: string, state: PresenceState): Promise<void>
  /** A page of theirs is open: what they said holds on. */
  renew(email: string): Promise<void>
}

/** Longer than a page takes to say again that it is there. */
const KEPT_MS = 90_000
const keyOf = KEYS.account.presence

export function openPresence(redis: Redis): Presence {
  return {
    async of(emails) {
      const said = emails.length > 0 ? await redis.mGet(emails.map((email) => keyOf(email))) : []
      return new Map(emails.map((email, at) => [email, PRESENCES.find((state) => state === said[at]) ?? 'off-duty']))
    },
    async set(email, state) {
      if (state === 'off-duty') await redis.del(keyOf(email))
      else await redis.set(keyOf(email), state, { expiration: { type: 'PX', value: KEPT_MS } })
    },
    async renew(email) {
      await redis.pExpire(keyOf(email), KEPT_MS)
    },
  }
}
