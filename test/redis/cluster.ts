// A Redis Cluster of three masters on this machine, put together by its own commands.

import { freePort, type OwnRedis, ownRedis } from '../service/own-redis.ts'
import { until } from '../setup/redis.ts'

const SLOTS = 16_384

export type OwnCluster = {
  readonly url: string
  readonly masters: readonly OwnRedis[]
  /** The master that holds this key's slot, as it was at the start. */
  holder(key: string): Promise<OwnRedis>
  /** Starts a replica of this master; resolves once it has everything. */
  replicate(master: OwnRedis): Promise<OwnRedis>
  close(): Promise<void>
}

const node = (bus: number) =>
  ownRedis({
    'cluster-enabled': 'yes',
    'cluster-config-file': 'nodes.conf',
    'cluster-port': String(bus),
    'cluster-node-timeout': '2000',
  })

/** Whether this replica has all that its master has. */
export const isLinked = (replica: OwnRedis): Promise<boolean> =>
  replica.ask(async (client) => /master_link_status:up/.test(await client.info('replication')))

export async function ownCluster(): Promise<OwnCluster> {
  const buses = await Promise.all([freePort(), freePort(), freePort()])
  const masters = await Promise.all(buses.map(node))
  const replicas: OwnRedis[] = []
  await Promise.all(masters.map((one) => one.start()))
  const [first] = masters
  for (const [at, one] of masters.entries()) {
    const from = Math.floor((at * SLOTS) / masters.length)
    const to = Math.floor(((at + 1) * SLOTS) / masters.length) - 1
    await one.ask(async (client) => {
      await client.sendCommand(['CLUSTER', 'ADDSLOTSRANGE', String(from), String(to)])
      await client.sendCommand(['CLUSTER', 'MEET', '127.0.0.1', String(first?.port), String(buses[0])])
    })
  }
  const isWhole = (one: OwnRedis) =>
    one.ask(async (client) => {
      const info = String(await client.sendCommand(['CLUSTER', 'INFO']))
      return /cluster_state:ok/.test(info) && /cluster_known_nodes:3/.test(info) && /cluster_size:3/.test(info)
    })
  for (const one of masters) await until(() => isWhole(one), 30_000)
  return {
    url: `redis+cluster://${masters.map((one) => `127.0.0.1:${one.port}`).join(',')}`,
    masters,
    async holder(key) {
      const slot = await masters[0]?.ask((client) => client.clusterKeySlot(key))
      return masters[Math.floor(((slot ?? 0) * masters.length) / SLOTS)] as OwnRedis
    },
    async replicate(master) {
      const replica = await node(await freePort())
      replicas.push(replica)
      await replica.start()
      const id = await master.ask((client) => client.clusterMyId())
      const bus = String(buses[masters.indexOf(master)])
      const follow = () =>
        replica.ask(async (client) => {
          await client.sendCommand(['CLUSTER', 'MEET', '127.0.0.1', String(master.port), bus])
          return client.sendCommand(['CLUSTER', 'REPLICATE', id])
        })
      // Once they have met.
      await until(() => follow().catch(() => false as const))
      await until(() => isLinked(replica))
      return replica
    },
    close: async () => void (await Promise.all([...masters, ...replicas].map((one) => one.close()))),
  }
}
