// Clients for each way Redis may be run: one server, a master that Sentinels watch over, a Cluster.
import { Cluster, Redis as IORedis } from 'ioredis'
import { createClient, createCluster, createSentinel } from 'redis'
import type { Access, Place } from './address.ts'

export type Server = ReturnType<typeof serverClient>
type Common = keyof Server & keyof ReturnType<typeof clusterClient> & keyof ReturnType<typeof sentinelClient>
/** What one server, the master behind Sentinels and a Cluster all understand, and in the same words. */
export type Redis = Pick<Server, Exclude<Common, 'sendCommand' | 'duplicate'>>

const CONNECT_MS = 3000
const name = `warmline-${process.pid}`
const reconnectStrategy = (tries: number) => Math.min(50 * 2 ** Math.min(tries, 6), 2000)

/** For one server. Without `offlineQueue` it fails at once while Redis is away; otherwise it waits. */
export function serverClient(place: Place & { kind: 'server' }, offlineQueue: boolean) {
  return createClient({
    ...(place.url ? { url: place.url } : {}),
    socket: { ...(place.path ? { path: place.path } : {}), reconnectStrategy, connectTimeout: CONNECT_MS },
    disableOfflineQueue: !offlineQueue,
    name,
  })
}

function nodeOptions({ username, password, tls }: Access, offlineQueue: boolean) {
  return {
    ...(username ? { username } : {}),
    ...(password ? { password } : {}),
    socket: { ...(tls ? { tls } : {}), reconnectStrategy, connectTimeout: CONNECT_MS },
    disableOfflineQueue: !offlineQueue,
    name,
  }
}

function clusterClient(place: Place & { kind: 'cluster' }, offlineQueue: boolean) {
  const defaults = nodeOptions(place, offlineQueue)
  return createCluster({
    rootNodes: place.nodes.map((node) => ({ socket: { ...node, reconnectStrategy: false } })),
    defaults,
    topologyRefreshOnReconnectionAttemptStrategy: 500,
  })
}

function sentinelClient(place: Place & { kind: 'sentinel' }, offlineQueue: boolean) {
  const { sentinelPassword, tls } = place
  return createSentinel({
    name: place.master,
    sentinelRootNodes: [...place.nodes],
    nodeClientOptions: nodeOptions(place, offlineQueue),
    sentinelClientOptions: {
      ...(sentinelPassword ? { password: sentinelPassword } : {}),
      socket: { ...(tls ? { tls } : {}), connectTimeout: CONNECT_MS },
    },
    // One connection to the master for all commands, so that they arrive in the order they were given.
    reserveClient: true,
    scanInterval: 5000,
  })
}

/** The same for any place; `masters` are those that take writes now, and rejects while a Cluster is not whole. */
export function openClient(place: Place, offlineQueue: boolean): { redis: Redis; masters: () => Promise<Redis[]> } {
  if (place.kind === 'cluster') {
    const cluster = clusterClient(place, offlineQueue)
    const masters = () =>
      Promise.all(
        cluster.masters.map(async (one) => {
          const master = (await cluster.nodeClient(one)) as Redis
          if (!/cluster_state:ok/.test(await master.clusterInfo())) throw new Error('CLUSTERDOWN')
          return master
        }),
      )
    return { redis: cluster as unknown as Redis, masters }
  }
  const redis =
    place.kind === 'server'
      ? serverClient(place, offlineQueue)
      : (sentinelClient(place, offlineQueue) as unknown as Redis)
  return { redis, masters: async () => [redis] }
}

/**
 * An ioredis connection, which BullMQ needs where there is more than one server: its adapter for node-redis knows
 * neither Sentinel nor Cluster.
 */
export function bullClient(place: Exclude<Place, { kind: 'server' }>): Cluster | IORedis {
  const { nodes, username, password, tls } = place
  const options = {
    ...(username ? { username } : {}),
    ...(password ? { password } : {}),
    ...(tls ? { tls: {} } : {}),
    connectionName: name,
    connectTimeout: CONNECT_MS,
    retryStrategy: reconnectStrategy,
    // BullMQ asks for it: a command waits for Redis to come back.
    maxRetriesPerRequest: null,
  }
  if (place.kind === 'cluster') {
    return ending(
      new Cluster([...nodes], {
        redisOptions: options,
        clusterRetryStrategy: reconnectStrategy,
        // With it, `connect()` on a Cluster that is not whole yet never settles, and BullMQ's worker waits for it for ever.
        enableReadyCheck: false,
      }),
    )
  }
  return new IORedis({
    ...options,
    sentinels: [...nodes],
    name: place.master,
    sentinelRetryStrategy: reconnectStrategy,
    ...(place.sentinelPassword ? { sentinelPassword: place.sentinelPassword } : {}),
    ...(tls ? { enableTLSForSentinelMode: true } : {}),
    // A demoted master is left, and what it refused is sent to the new one.
    reconnectOnError: (error) => (error.message.startsWith('READONLY') ? 2 : false),
  })
}

/**
 * After BullMQ has once disconnected and connected it again, ioredis 6.0.0 leaves a Cluster at `close` and never says
 * that it has ended, which BullMQ waits for. This one ends, and so do those that BullMQ copies from it.
 */
function ending(cluster: Cluster): Cluster {
  const duplicate = cluster.duplicate.bind(cluster)
  cluster.duplicate = (...given) => ending(duplicate(...given))
  cluster.on('close', () => {
    setImmediate(() => {
      if (cluster.status !== 'close') return
      cluster.status = 'end'
      cluster.emit('end')
    })
  })
  return cluster
}
