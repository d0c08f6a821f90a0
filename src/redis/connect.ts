// The one place that opens connections to Redis.

import type { Logger } from 'pino'
import { createClient } from 'redis'

/** A URL (`redis://`, `rediss://`) or the path of a local socket. */
export type RedisAddress = { readonly url: string } | { readonly path: string }

export type Redis = ReturnType<typeof create>

/** Redis is away or too slow for a webhook; the network is asked to deliver again. */
export class Unavailable extends Error {
  override name = 'Unavailable'
}

function create(address: RedisAddress, offlineQueue: boolean) {
  const reconnectStrategy = (tries: number) => Math.min(50 * 2 ** Math.min(tries, 6), 2000)
  return createClient({
    ...('url' in address ? { url: address.url } : {}),
    socket: { ...('path' in address ? { path: address.path } : {}), reconnectStrategy, connectTimeout: 3000 },
    disableOfflineQueue: !offlineQueue,
    name: `warmline-${process.pid}`,
  })
}

export type Connections = {
  /** For webhooks: fails at once when Redis is away. */
  readonly ingest: Redis
  /** For everything else: waits for Redis to come back. */
  readonly main: Redis
  /** A connection of its own for BullMQ or subscriptions. */
  another(): Promise<Redis>
  /** Resolves when Redis first answers and its settings keep our word; rejects with `UnsafeRedis`. */
  readonly ready: Promise<void>
  isReady(): boolean
  close(): Promise<void>
}

/** Redis would lose what it acknowledged. */
export class UnsafeRedis extends Error {
  override name = 'UnsafeRedis'
}

async function checkSettings(redis: Redis, log: Logger): Promise<void> {
  const settings = await redis.configGet(['appendonly', 'maxmemory-policy']).catch(() => undefined)
  if (!settings?.appendonly) {
    log.warn(
      'this Redis does not show its settings: make sure that `appendonly` is `yes` and `maxmemory-policy` is `noeviction`',
    )
    return
  }
  if (settings.appendonly !== 'yes') {
    throw new UnsafeRedis(
      'Redis has `appendonly no`, so a crash would lose customers’ messages: set `appendonly yes` in redis.conf',
    )
  }
  if (settings['maxmemory-policy'] !== 'noeviction') {
    throw new UnsafeRedis(
      `Redis has \`maxmemory-policy ${settings['maxmemory-policy']}\`, so it would drop customers’ messages when full: set \`maxmemory-policy noeviction\``,
    )
  }
}

/** Opens the connections; returns at once, and keeps trying while Redis is away, saying so. */
export function connectRedis(address: RedisAddress, log: Logger): Connections {
  const clients: Redis[] = []
  let away = false
  const where = 'url' in address ? address.url.replace(/\/\/[^@]*@/, '//') : address.path
  const open = (offlineQueue: boolean): [Redis, Promise<unknown>] => {
    const client = create(address, offlineQueue)
    clients.push(client)
    client.on('error', (error: Error) => {
      if (!away) log.error({ redis: where, reason: error.message }, 'Redis is away; trying again until it answers')
      away = true
    })
    client.on('ready', () => {
      if (away) log.info({ redis: where }, 'Redis is back')
      away = false
    })
    return [client, client.connect()]
  }
  const [ingest, ingestOpen] = open(false)
  const [main, mainOpen] = open(true)
  let ready = false
  return {
    ingest,
    main,
    ready: Promise.all([ingestOpen, mainOpen]).then(async () => {
      await checkSettings(main, log)
      ready = true
    }),
    isReady: () => ready && ingest.isReady && main.isReady,
    another: async () => {
      const [client, opened] = open(true)
      await opened
      return client
    },
    close: async () => {
      await Promise.all(clients.map((client) => (client.isReady ? client.close() : client.destroy())))
    },
  }
}

/** Rejects with `Unavailable` when `work` fails or takes longer than `ms`: a frozen Redis answers nothing at all. */
export async function withinDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Unavailable(`Redis did not answer within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } catch (cause) {
    throw cause instanceof Unavailable ? cause : new Unavailable('Redis is away', { cause })
  } finally {
    clearTimeout(timer)
  }
}
