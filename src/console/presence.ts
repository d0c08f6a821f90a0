// Keeps who is on duty: what people say, for as long as a page of theirs is open.
import type { Connections } from '#redis/connect'
import { KEYS } from '#redis/keys'

/** `off-duty`: nobody said otherwise, or their last page is closed. */
export const PRESENCES = ['on-duty', 'break', 'off-duty'] as const
export type PresenceState = (typeof PRESENCES)[number]

export type PresenceEvent = {
  readonly type: 'presence-changed'
  readonly email: string
  readonly presence: PresenceState
  readonly at: string
}

export type Presence = {
  of(emails: readonly string[]): Promise<ReadonlyMap<string, PresenceState>>
  set(email: string, state: PresenceState): Promise<void>
  /** A page of theirs is open: what they said holds on. */
  renew(email: string): Promise<void>
  /** Calls back when somebody says otherwise, in any process; not when their last page is closed. */
  listen(listener: (event: PresenceEvent) => void): () => void
}

/** Longer than a page takes to say again that it is there. */
const KEPT_MS = 90_000
const keyOf = KEYS.account.presence
const CHANGED = KEYS.account.presenceChanged()

export async function openPresence(
  connections: Pick<Connections, 'main' | 'another'>,
  now: () => number,
): Promise<Presence> {
  const redis = connections.main
  const listeners = new Set<(event: PresenceEvent) => void>()
  const subscriber = await connections.another()
  await subscriber.subscribe(CHANGED, (text) => {
    for (const listener of listeners) listener(JSON.parse(text))
  })

  return {
    async of(emails) {
      const said = emails.length > 0 ? await redis.mGet(emails.map((email) => keyOf(email))) : []
      return new Map(emails.map((email, at) => [email, PRESENCES.find((state) => state === said[at]) ?? 'off-duty']))
    },
    async set(email, state) {
      if (state === 'off-duty') await redis.del(keyOf(email))
      else await redis.set(keyOf(email), state, { expiration: { type: 'PX', value: KEPT_MS } })
      const event = { type: 'presence-changed', email, presence: state, at: new Date(now()).toISOString() } as const
      await redis.publish(CHANGED, JSON.stringify(event satisfies PresenceEvent))
    },
    async renew(email) {
      await redis.pExpire(keyOf(email), KEPT_MS)
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
