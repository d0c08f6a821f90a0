// A Redis Cluster of three masters on this machine, put together by its own commands.

import { freePort, type OwnRedis, ownRedis } from '../service/own-redis.ts'
import { until } from '../setup/redis.ts'

const SLOTS = 16_384

export type OwnCluster = { readonly url: string; readonly masters: readonly OwnRedis[]; close(): Promise<void> }

export async function ownCluster(settings: Readonly<Record<string, string>> = {}): Promise<OwnCluster> {
  const buses = await Promise.all([freePort(), freePort(), freePort()])
  const masters = await Promise.all(
    buses.map((bus) =>
      ownRedis({
        'cluster-enabled': 'yes',
        'cluster-config-file': 'nodes.conf',
        'cluster-port': String(bus),
        'cluster-node-timeout': '2000',
        ...settings,
      }),
    ),
  )
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
    close: async () => void (await Promise.all(masters.map((one) => one.close()))),
  }
}
