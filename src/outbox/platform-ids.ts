// Claims a network's id of a sent message for one effect, so that equal texts never end somebody else's.
import type { ChannelName } from '#domain'
import type { Redis } from '#redis'
import { KEYS } from '#redis/keys'

/** Nothing older is looked for, and no echo comes later. */
const KEPT_MS = 7 * 86_400_000

/** The effect that the network's id belongs to, if it is known. */
export async function effectOfPlatformId(
  redis: Redis,
  channel: ChannelName,
  platformId: string,
): Promise<string | undefined> {
  return (await redis.get(KEYS.effect.platformId(channel, platformId))) ?? undefined
}

/** Says that an effect made this; false when it is another effect's. */
export async function claimPlatformId(
  redis: Redis,
  channel: ChannelName,
  platformId: string,
  effect: string,
): Promise<boolean> {
  const expiration = { type: 'PX', value: KEPT_MS } as const
  if (await redis.set(KEYS.effect.platformId(channel, platformId), effect, { condition: 'NX', expiration })) return true
  return (await effectOfPlatformId(redis, channel, platformId)) === effect
}
