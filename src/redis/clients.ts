// Makes clients for each setup of Redis: one server, Sentinel, Cluster.
import { createClient, createCluster, createSentinel } from 'redis'
import type { Access, Node, Place } from './url.ts'

export type Server = ReturnType<typeof serverClient>
type Common = keyof Server & keyof ReturnType<typeof clusterClient> & keyof ReturnType<typeof sentinelClient>
/** What one server, the master behind Sentinels and a Cluster all understand, and in the same words. */
export type Redis = Pick<Server, Exclude<Common, 'sendCommand' | 'duplicate'>>

export const CONNECT_MS = 3000
export const name = `warmline-${process.pid}`
export const reconnectStrategy = (tries: number) => Math.min(50 * 2 ** Math.min(tries, 6), 2000)

/** For one server. Without `offlineQueue` it fails at once while Redis is away; otherwise it waits. */
export function serverClient(place: Place & { kind: 'server' }, offlineQueue: boolean) {
  return createClient({
    ...(place.url ? { url: place.url } : {}),
    ...(place.password ? { password: place.password } : {}),
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

/**
 * The same for any place. `masters` are those that take writes now; it rejects while a Cluster is not whole. `owner` is
 * the one of a Cluster that holds a key.
 */
export function openClient(
  place: Place,
  offlineQueue: boolean,
): { redis: Redis; masters: () => Promise<Redis[]>; owner?: (key: string) => Promise<Node> } {
  if (place.kind === 'cluster') return openCluster(place, offlineQueue)
  const redis =
    place.kind === 'server'
      ? serverClient(place, offlineQueue)
      : (sentinelClient(place, offlineQueue) as unknown as Redis)
  return { redis, masters: async () => [redis] }
}

function openCluster(place: Place & { kind: 'cluster' }, offlineQueue: boolean) {
  const cluster = clusterClient(place, offlineQueue)
  return {
    redis: cluster as unknown as Redis,
    masters: () =>
      Promise.all(
        cluster.masters.map(async (one) => {
          const master = (await cluster.nodeClient(one)) as Redis
          if (!/cluster_state:ok/.test(await master.clusterInfo())) throw new Error('CLUSTERDOWN')
          return master
        }),
      ),
    async owner(key: string) {
      // A master that holds it no more says who does.
      await cluster.exists(key)
      const master = cluster.slots[await cluster.clusterKeySlot(key)]?.master
      if (!master) throw new Error(`no master holds ${key}`)
      return { host: master.host, port: master.port }
    },
  }
}
