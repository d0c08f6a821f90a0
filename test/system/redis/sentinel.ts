// A master, its replica and three Sentinels on this machine.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from 'redis'
import { findServer } from '../../../src/redis/embedded/find-server.ts'
import { freePort, isLinked, type OwnRedis, ownRedis } from '../../service/own-redis.ts'
import { until } from '../../setup/redis.ts'

export type OwnSentinels = {
  readonly url: string
  readonly first: OwnRedis
  readonly second: OwnRedis
  /** The port of the master, as the Sentinels see it. */
  master(): Promise<number>
  close(): Promise<void>
}

async function startSentinel(dir: string, port: number, master: number): Promise<ChildProcess> {
  const file = join(dir, `${port}.conf`)
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${dir}`,
    `sentinel monitor care 127.0.0.1 ${master} 2`,
    'sentinel down-after-milliseconds care 1000',
    'sentinel failover-timeout care 5000',
  ]
  await writeFile(file, `${lines.join('\n')}\n`)
  const server = await findServer(dir, process.env.PATH ?? '', () => {})
  return spawn(server.path, [file, '--sentinel'], { stdio: 'ignore', env: server.env })
}

export async function ownSentinels(): Promise<OwnSentinels> {
  const dir = await mkdtemp(join(tmpdir(), 'warmline-sentinel-'))
  const first = await ownRedis()
  const second = await ownRedis({ replicaof: `127.0.0.1 ${first.port}` })
  await first.start()
  await second.start()
  await until(() => isLinked(second))
  const ports = await Promise.all([freePort(), freePort(), freePort()])
  const children = await Promise.all(ports.map((port) => startSentinel(dir, port, first.port)))

  async function ask(port: number, ...args: string[]): Promise<unknown> {
    const client = createClient({ url: `redis://127.0.0.1:${port}`, socket: { reconnectStrategy: false }, RESP: 2 })
    client.on('error', () => {})
    await client.connect()
    try {
      return await client.sendCommand(args)
    } finally {
      client.destroy()
    }
  }
  // Each knows the other two, and the replica.
  for (const port of ports) {
    await until(async () => {
      const told = await ask(port, 'SENTINEL', 'MASTER', 'care').catch(() => [])
      const text = String(told)
      return /num-slaves,1,num-other-sentinels,2,/.test(text)
    }, 30_000)
  }
  return {
    url: `redis+sentinel://${ports.map((port) => `127.0.0.1:${port}`).join(',')}/care`,
    first,
    second,
    async master() {
      const [, port] = (await ask(ports[0] ?? 0, 'SENTINEL', 'GET-MASTER-ADDR-BY-NAME', 'care')) as string[]
      return Number(port)
    },
    async close() {
      for (const child of children) {
        if (child.exitCode !== null) continue
        const gone = once(child, 'exit')
        child.kill('SIGTERM')
        await gone
      }
      await Promise.all([first.close(), second.close()])
      await rm(dir, { recursive: true, force: true })
    },
  }
}
