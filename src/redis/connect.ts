// Opens all connections to Redis.
import { setTimeout as wait } from 'node:timers/promises'
import type { ConnectionOptions } from 'bullmq'
import type { Logger } from 'pino'
import { bullClient } from './bullmq-connection.ts'
import { openClient, type Redis, type Server, serverClient } from './clients.ts'
import { checkServer, isReadOnly, Unavailable, withinDeadline } from './health.ts'
import { monitorHealth, type Seen } from './health-monitor.ts'
import { BULLMQ_PREFIX } from './store/keys.ts'
import { type RedisAddress, readAddress } from './url.ts'

export type Connections = {
  /** For webhooks: fails at once when Redis is away. */
  readonly ingest: Redis
  /** For everything else: waits a while for Redis to come back. */
  readonly main: Redis
  /** The servers that take writes now. */
  masters(): Promise<readonly Redis[]>
  /** A connection of its own, for subscriptions. */
  another(): Promise<Redis>
  /** A connection of its own for a BullMQ queue or worker. */
  forBullMQ(): Promise<ConnectionOptions>
  /** Resolves when Redis first takes writes and its settings keep our word; rejects with `UnsafeRedis`. */
  readonly ready: Promise<void>
  isReady(): boolean
  /** What is wrong with Redis now, in words; undefined when it takes writes and keeps them. */
  trouble(): string | undefined
  /** Calls back with `trouble()` whenever it changes; returns what ends that. */
  onTrouble(listener: (trouble: string | undefined) => void): () => void
  close(): Promise<void>
}

const LOOK_MS = 1000

/** Opens the connections; returns at once, and keeps trying while Redis is away, saying so. */
export function connectRedis(address: RedisAddress, log: Logger): Connections {
  const place = 'path' in address ? ({ kind: 'server', ...address } as const) : readAddress(address.url)
  if (!place) throw new Error('REDIS_URL is none that we know')
  const where = 'url' in address ? address.url.replace(/\/\/[^@]*@/, '//').replace(/\?.*/, '') : address.path
  const closings: (() => Promise<unknown>)[] = []
  const servers = new Set<Server>()
  const listeners = new Set<(trouble: string | undefined) => void>()
  let trouble: string | undefined = 'Redis has not answered yet'
  let closed = false

  const [ingest, main] = [openClient(place, false), openClient(place, true)]
  const isConnected = () => ingest.redis.isReady && main.redis.isReady

  let isFirst = true
  const { promise: well, resolve, reject } = Promise.withResolvers<void>()
  function saw(seen: Seen): void {
    if (isFirst && seen.unsafe) reject(seen.unsafe)
    if (seen.trouble !== trouble) {
      if (seen.trouble) log.error({ redis: where, reason: seen.trouble }, 'Redis cannot be used; looking again')
      else if (!isFirst) log.info({ redis: where }, 'Redis is back')
      trouble = seen.trouble
      for (const listener of listeners) listener(trouble)
    }
    if (isReadOnly(trouble)) void leaveReplica()
    if (trouble || !isFirst) return
    isFirst = false
    if (seen.hidden) {
      log.warn(
        'this Redis does not show its settings: make sure that `appendonly` is `yes` and `maxmemory-policy` is `noeviction`',
      )
    }
    if (place?.kind === 'sentinel' && seen.noReplicas) {
      log.warn(
        'a failover may lose what the replica had not got yet: set `min-replicas-to-write 1`, see docs/decisions/0006-durability.md',
      )
    }
    resolve()
  }
  const watch = monitorHealth(ingest.masters, saw)

  /** Behind one name there may be another server by now: connections to the one that was demoted are left then. */
  async function leaveReplica(): Promise<void> {
    if (place?.kind !== 'server') return
    const scout = serverClient(place, false)
    scout.on('error', () => scout.destroy())
    const isBetter = await scout
      .connect()
      .then(() => withinDeadline(checkServer(scout), LOOK_MS))
      .then(
        () => true,
        () => false,
      )
    if (scout.isOpen) scout.destroy()
    if (isBetter) for (const server of servers) server.sendCommand(['QUIT']).catch(() => {})
  }

  /** Keeps a server's client and those that BullMQ copies from it within reach. */
  function keep(client: Server): Server {
    servers.add(client)
    client.once('end', () => servers.delete(client))
    const duplicate = client.duplicate.bind(client)
    client.duplicate = ((options: object) => keep(duplicate(options) as unknown as Server)) as never
    return client
  }

  function staysOpen(): void {
    if (closed) throw new Unavailable('the connections are closed')
  }

  async function open(client: Redis): Promise<Redis> {
    staysOpen()
    if (place?.kind === 'server') keep(client as Server)
    client.on('error', watch.look)
    client.on('ready', watch.look)
    closings.push(async () => (client.isReady ? client.close() : client.destroy()))
    // Sentinels and a Cluster that are away are not asked again by themselves.
    for (;;) {
      try {
        await client.connect()
        return client
      } catch (error) {
        if (closed) throw error
        await wait(1000)
      }
    }
  }

  const opened = Promise.all([open(ingest.redis), open(main.redis)])
  const ready = Promise.all([well, opened]).then(() => {})
  ready.catch(() => {})
  return {
    ingest: ingest.redis,
    main: main.redis,
    masters: main.masters,
    ready,
    isReady: () => !isFirst && !trouble && isConnected(),
    trouble: () => trouble ?? (isConnected() ? undefined : 'Redis is away'),
    onTrouble(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    another: () => open(openClient(place, true).redis),
    async forBullMQ() {
      if (place.kind === 'server') return (await open(serverClient(place, true))) as Server
      staysOpen()
      const client = bullClient(place, () => ingest.owner?.(BULLMQ_PREFIX) ?? Promise.reject(new Error('no Cluster')))
      client.on('error', watch.look)
      closings.push(async () => client.disconnect())
      return client
    },
    async close() {
      closed = true
      watch.close()
      // Whoever waits for a Redis that never came is let go.
      reject(new Unavailable('the connections are closed'))
      await Promise.all(closings.map((close) => close()))
    },
  }
}
