// Keeps where people have paused the bot: for one customer, on a channel, everywhere. It says nothing there.
import type { ChannelName, Customer, CustomerId } from '#domain'
import type { Connections } from '#redis/connect'
import { KEYS } from '#redis/keys'

/** `everywhere`, `channel:x` or `customer:x:account:user`. */
export type PauseScope = 'everywhere' | `channel:${ChannelName}` | `customer:${CustomerId}`

export type BotPause = {
  readonly scope: PauseScope
  /** Name of whoever paused it. */
  readonly by: string
  /** Why, in their words; colleagues read it. */
  readonly because: string
  /** Milliseconds since 1970. */
  readonly at: number
}

export type BotPauses = {
  /** The pause that holds for a customer; the widest one. No question to Redis: it is known here. */
  of(customer: Pick<Customer, 'id' | 'channel'>): BotPause | undefined
  list(): readonly BotPause[]
  pause(pause: Omit<BotPause, 'at'>): Promise<void>
  resume(scope: PauseScope): Promise<void>
  /** Calls back when something changed, in any process. */
  listen(listener: () => void): () => void
  close(): Promise<void>
}

const PAUSES = KEYS.bot.pauses()
const CHANGED = KEYS.bot.pausesChanged()
/** A change that was not heard, since the connection was away, is known after this at the latest. */
const READ_AGAIN_MS = 5000

export async function openBotPauses(
  connections: Pick<Connections, 'main' | 'another'>,
  now: () => number,
): Promise<BotPauses> {
  const redis = connections.main
  const listeners = new Set<() => void>()
  let known = new Map<string, BotPause>()

  async function read(): Promise<void> {
    const stored = await redis.hGetAll(PAUSES)
    known = new Map(Object.entries(stored).map(([scope, text]): [string, BotPause] => [scope, JSON.parse(text)]))
  }
  async function changed(): Promise<void> {
    await read()
    await redis.publish(CHANGED, '')
  }
  const subscriber = await connections.another()
  await subscriber.subscribe(CHANGED, () => {
    read().then(
      () => {
        for (const listener of listeners) listener()
      },
      () => {},
    )
  })
  await read()
  // A Redis that is away is tried again; what was known holds until then.
  const again = setInterval(() => void read().catch(() => {}), READ_AGAIN_MS)
  again.unref()

  return {
    of: ({ id, channel }) => known.get('everywhere') ?? known.get(`channel:${channel}`) ?? known.get(`customer:${id}`),
    list: () => [...known.values()].sort((one, other) => one.at - other.at),
    async pause(pause) {
      await redis.hSet(PAUSES, pause.scope, JSON.stringify({ ...pause, at: now() } satisfies BotPause))
      await changed()
    },
    async resume(scope) {
      if ((await redis.hDel(PAUSES, scope)) > 0) await changed()
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      clearInterval(again)
    },
  }
}
