import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { connectRedis } from '#redis/connect'
import { type EmbeddedRedis, startEmbeddedRedis } from '#redis/embedded'
import { silent, until } from '../setup/redis.ts'

/** Never the process 0: that would be the whole group. */
function pidOf(redis: EmbeddedRedis): number {
  if (!redis.pid) throw new Error('no server runs')
  return redis.pid
}

describe('the embedded Redis', () => {
  let dir: string
  const started: EmbeddedRedis[] = []
  const start = async () => {
    const redis = await startEmbeddedRedis({ dir, searchPath: process.env.PATH ?? '' })
    started.push(redis)
    return redis
  }
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'warmline-redis-'))
  })
  afterEach(async () => {
    for (const redis of started.splice(0)) await redis.close()
    await rm(dir, { recursive: true, force: true })
  })

  async function write(redis: EmbeddedRedis, times: number): Promise<number> {
    const connections = connectRedis(redis.address, silent)
    await connections.ready
    let value = 0
    for (let n = 0; n < times; n++) value = await connections.main.incr('counted')
    await connections.close()
    return value
  }

  test('keeps its data from one start to the next, and keeps its word on disk', async () => {
    const first = await start()
    expect(await write(first, 3)).toBe(3)
    await first.close()
    const second = await start()
    expect(await write(second, 1)).toBe(4)
  })

  test('keeps what it acknowledged when it is killed', async () => {
    const first = await start()
    await write(first, 5)
    process.kill(pidOf(first), 'SIGKILL')
    await first.close()
    expect(await write(await start(), 1)).toBe(6)
  })

  test('is started again with its data when it is killed under us', async () => {
    const redis = await start()
    const pid = pidOf(redis)
    const connections = connectRedis(redis.address, silent)
    await connections.ready
    expect(await connections.main.incr('counted')).toBe(1)
    process.kill(pid, 'SIGKILL')
    await until(() => redis.pid !== pid && connections.isReady())
    expect(await connections.main.incr('counted')).toBe(2)
    await connections.close()
  })

  test('is not started twice over one folder: the second is told who was first', async () => {
    await start()
    await expect(start()).rejects.toThrow(`process ${process.pid}`)
  })

  test('listens on a socket of this user and on no port', async () => {
    const redis = await start()
    const connections = connectRedis(redis.address, silent)
    await connections.ready
    const settings = await connections.main.configGet(['port', 'appendonly', 'maxmemory-policy', 'unixsocketperm'])
    await connections.close()
    expect(settings).toMatchObject({
      port: '0',
      appendonly: 'yes',
      'maxmemory-policy': 'noeviction',
      unixsocketperm: '700',
    })
  })
})
