// Connects BullMQ by ioredis to Sentinel and Cluster, which its adapter for node-redis does not know.
import { connect as connectPlain } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { AbstractConnector, Redis as IORedis } from 'ioredis'
import { CONNECT_MS, name, reconnectStrategy } from './clients.ts'
import type { Node, Place } from './url.ts'

/** `owner` is the master of a Cluster that holds `BULLMQ_PREFIX` now. */
export function bullClient(place: Exclude<Place, { kind: 'server' }>, owner: () => Promise<Node>): IORedis {
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
    // Another is the master by now: it is connected to, and what was refused is sent again.
    reconnectOnError: (error: Error) => (/^(READONLY|MOVED)/.test(error.message) ? 2 : false) as 2 | false,
  }
  if (place.kind === 'cluster') return new IORedis({ ...options, Connector: leadingTo(owner, tls) })
  return new IORedis({
    ...options,
    sentinels: [...nodes],
    name: place.master,
    sentinelRetryStrategy: reconnectStrategy,
    ...(place.sentinelPassword ? { sentinelPassword: place.sentinelPassword } : {}),
    ...(tls ? { enableTLSForSentinelMode: true } : {}),
  })
}

/** What ioredis does for Sentinels, for a Cluster: each connection goes to whoever is the owner then. */
function leadingTo(owner: () => Promise<Node>, tls: boolean) {
  return class extends AbstractConnector {
    constructor(options: unknown) {
      super((options as { disconnectTimeout: number }).disconnectTimeout)
    }

    override async connect() {
      this.connecting = true
      let address: Node | undefined
      // A connector that fails ends its connection for good.
      while (!address) {
        address = await owner().catch(() => wait(250, undefined))
        if (!this.connecting) throw new Error('Connection is closed.')
      }
      this.stream = tls ? connectTls(address) : connectPlain(address)
      this.stream.once('error', (error) => {
        this.firstError = error
      })
      return this.stream
    }
  }
}
