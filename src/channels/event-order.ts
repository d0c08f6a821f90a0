// Puts the events of one webhook delivery in order of time; makes the `ignored` event.

import type { ChannelEvent, ChannelName } from '#domain'

/** An event and when it happened, in milliseconds since 1970. */
export type TimedEvent = { readonly at: number; readonly event: ChannelEvent }

/** The events of one delivery, oldest first; what happened at once keeps its order. */
export function sortByTime(dated: readonly TimedEvent[]): ChannelEvent[] {
  return dated.toSorted((one, other) => one.at - other.at).map(({ event }) => event)
}

/** Its id never equals a message's id: a post that one delivery ignores may be answered when another brings it. */
export function ignored(channel: ChannelName, key: string, reason: string, own = false): ChannelEvent {
  return { kind: 'ignored', id: `${channel}:ignored:${key}`, own, reason }
}

/** The network's own id in one of our message ids. */
export function platformId(channel: ChannelName, id: string): string {
  return id.startsWith(`${channel}:`) ? id.slice(channel.length + 1) : id
}
