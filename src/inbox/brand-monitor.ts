// The brand monitor: searches networks for posts about the brand, one search at a time over all processes.
import type { Logger } from 'pino'
import type { Channel, Deliver } from '#channels'
import type { ChannelName } from '#domain'
import type { Proactive } from '#policy'
import type { Redis } from '#redis'
import { KEYS } from '#redis/keys'
import type { JobHandler, Scheduler } from '#redis/queue'
import { rateLimitDelay, recordRateLimit } from '#redis/store'

/** While nobody is to look for posts, it is asked so often whether that has changed. */
const IDLE_MINUTES = 15
const SEARCH_MS = 30_000
/** Events that are made durable together. */
const AT_ONCE = 20

export type BrandMonitor = {
  readonly handlers: { readonly search: JobHandler }
  /** Sees to it that every network with a search is searched. */
  begin(): Promise<void>
}

export function openBrandMonitor(options: {
  redis: Redis
  channels: ReadonlyMap<ChannelName, Channel>
  clock: Pick<Scheduler, 'repeat'>
  /** What the brand looks for at the moment; undefined: nothing. */
  proactive: () => Proactive | undefined
  /** Resolves once the events are durable. */
  deliver: Deliver
  stopping: AbortSignal
  log: Logger
  now: () => number
}): BrandMonitor {
  const { redis, channels, clock, proactive, deliver, stopping, log, now } = options

  const everyMs = () => (proactive()?.every ?? IDLE_MINUTES) * 60_000

  /** All processes mean the same job. */
  const repeat = (name: string) => clock.repeat('search', name, everyMs())

  async function look(name: ChannelName, channel: Channel, { terms, not }: Proactive): Promise<void> {
    const caller = { channel: name, account: '', kind: 'search' } as const
    if (!channel.search || (await rateLimitDelay(redis, caller)) > 0) return
    const { newest, at } = await redis.hGetAll(KEYS.outreach.search(name))
    const asked = {
      ...{ terms, not, now: now() },
      // Whoever switches it on hears of what is said from now on.
      since: at === undefined ? now() - everyMs() : Number(at),
      ...(newest === undefined ? {} : { after: newest }),
    }
    const heard = await channel.search(asked, AbortSignal.any([AbortSignal.timeout(SEARCH_MS), stopping]))
    await recordRateLimit(redis, caller, heard.limit)
    if (heard.state === 'unknown') {
      log.warn({ channel: name, reason: heard.reason }, 'the search for brand mentions failed; searching again')
      return
    }
    for (let from = 0; from < heard.events.length; from += AT_ONCE) {
      await deliver(name, heard.events.slice(from, from + AT_ONCE))
    }
    // INVARIANT: what was read counts as read only once it is durable; what comes twice is dropped by its id.
    await redis.hSet(KEYS.outreach.search(name), {
      at: String(asked.now),
      ...(heard.newest ? { newest: heard.newest } : {}),
    })
    if (!heard.whole)
      log.warn({ channel: name }, 'more posts mention the brand than one search reads; older posts are left out')
  }

  return {
    handlers: {
      async search(key, isRepeated) {
        // Version 0.1.0 set each search anew; what it left is taken over by the repeated one.
        if (!isRepeated) return undefined
        const name = key as ChannelName
        const channel = channels.get(name)
        // Whoever has switched the network off looks no more.
        if (!channel?.search) return undefined
        // The owner may have changed the interval.
        await repeat(name)
        const wanted = proactive()
        const mine = await redis.set(KEYS.outreach.searching(name), '1', {
          condition: 'NX',
          expiration: { type: 'PX', value: Math.round(everyMs() / 2) },
        })
        if (wanted && mine) await look(name, channel, wanted)
        return undefined
      },
    },
    async begin() {
      for (const [name, channel] of channels) if (channel.search) await repeat(name)
    },
  }
}
