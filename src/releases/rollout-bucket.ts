// Chooses a customer's version by a rollout bucket. Pure, and the same in every process.
import type { ChannelName, CustomerId } from '#domain'
import type { Rollout, State } from './release-state.ts'

/**
 * Where a customer stands in a rollout, from 0 to 100; raising the percentage keeps whoever is in it. Each rollout
 * throws anew, so that it is not always the same people who try things.
 */
export function bucketOf(rollout: string, customer: CustomerId): number {
  // FNV-1a over UTF-16 code units, then the finalizer of MurmurHash3, which spreads what differs in the last letters.
  let hash = 0x811c9dc5
  for (const text of [rollout, '\n', customer]) {
    for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32) * 100
}

/** Whether a rollout is about a channel at all. */
export const isAbout = ({ channels }: Pick<Rollout, 'channels'>, channel: ChannelName): boolean =>
  channels === undefined || channels.includes(channel)

/** The version that serves a customer. */
export function versionFor({ live, rollout }: State, customer: CustomerId): string {
  if (!rollout || rollout.stopped || rollout.shadow) return live
  const channel = customer.slice(0, customer.indexOf(':')) as ChannelName
  return isAbout(rollout, channel) && bucketOf(rollout.id, customer) < rollout.percent ? rollout.version : live
}
