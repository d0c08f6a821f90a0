// An append-only file that cannot be read: the operator is told which it is and how to mend it, and the service waits.
import { execSync } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { readConfig } from '#app'
import { connectRedis } from '#redis/connect'
import { type EmbeddedRedis, startEmbeddedRedis } from '#redis/embedded'
import { startService } from '../../../src/app/service.ts'
import { CACHE } from '../../setup/cache.ts'
import { silent, until } from '../../setup/redis.ts'

let dir: string
const closings: (() => Promise<unknown>)[] = []
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'warmline damaged-'))
})
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close()
  await rm(dir, { recursive: true, force: true })
})

const incrementFile = () => join(dir, 'redis/appendonlydir/appendonly.aof.1.incr.aof')

async function start(failed: (line: string) => void = () => {}): Promise<EmbeddedRedis> {
  const redis = await startEmbeddedRedis({ dir, searchPath: process.env.PATH ?? '', fsync: 'everysec', failed })
  closings.push(redis.close)
  return redis
}

/** So many keys of a kilobyte each, and the server stopped again. */
async function fill(keys: number): Promise<void> {
  const redis = await start()
  const connections = connectRedis(redis.address, silent)
  await connections.ready
  const value = 'v'.repeat(1000)
  for (let from = 0; from < keys; from += 1000) {
    const some = Array.from({ length: Math.min(1000, keys - from) }, (_, at) => [`key-${from + at}`, value] as const)
    await Promise.all(some.map(([key, text]) => connections.main.set(key, text)))
  }
  await connections.close()
  await redis.close()
  closings.pop()
}

/** Writes other bytes over a part of the file, at this share of its length. */
async function damage(share: number): Promise<void> {
  const bytes = await readFile(incrementFile())
  const at = Math.floor(bytes.length * share)
  await writeFile(incrementFile(), Buffer.concat([bytes.subarray(0, at), Buffer.alloc(200, 0xe9), bytes.subarray(at)]))
}

/** When the server was started, by its own log, in milliseconds. */
async function starts(): Promise<number[]> {
  const log = await readFile(join(dir, 'redis.log'), 'utf8')
  return [...log.matchAll(/^\d+:C (.+?) # Redis version=.*just started/gm)].map((match) =>
    Date.parse(`${match[1]} UTC`),
  )
}

test('the reason names the file and the command that mends it; after that command the service goes on by itself', async () => {
  await fill(100)
  await damage(0.5)
  const told: string[] = []
  const redis = await start((line) => told.push(line))
  const trouble = await until(() => redis.trouble())
  expect(trouble).toContain(`\`${incrementFile()}\` is damaged`)
  expect(told[0]).toContain(trouble)
  const command = /run `(.+?)`/.exec(trouble)?.[1] ?? ''
  expect(command).toMatch(/redis-check-aof'? --fix /)
  const connections = connectRedis(redis.address, silent)
  closings.push(connections.close)
  await cp(join(dir, 'redis/appendonlydir'), join(dir, 'copy'), { recursive: true })
  execSync(command, { input: 'y\n', stdio: ['pipe', 'ignore', 'ignore'] })
  await connections.ready
  const kept = await connections.main.dbSize()
  expect(kept).toBeGreaterThan(30)
  expect(kept).toBeLessThan(70)
  await until(() => redis.trouble() === undefined && redis.pid)
})

test('it is tried again ever more rarely, also when it answers before it ends', async () => {
  // So long that it answers while it reads the file.
  await fill(40_000)
  await damage(0.98)
  const redis = await start()
  await until(() => redis.trouble()?.includes('is damaged'))
  const times = await until(async () => {
    const all = await starts()
    return all.length > 5 && all.slice(-6)
  })
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0))
  // At once, then after 1, 2 and 4 seconds; the first is the start that filled the file.
  expect(gaps.slice(2).map((gap) => gap >= 1000)).toEqual([true, true, true])
  expect(gaps[3]).toBeGreaterThanOrEqual(2000)
  expect(gaps[4]).toBeGreaterThanOrEqual(4000)
})

test('the base of the append-only file cannot be mended: a backup is asked for', async () => {
  await fill(10)
  const base = join(dir, 'redis/appendonlydir/appendonly.aof.1.base.rdb')
  const bytes = await readFile(base)
  await writeFile(base, Buffer.concat([Buffer.from('XX'), bytes.subarray(2)]))
  const redis = await start()
  expect(await until(() => redis.trouble())).toMatch(/1\.base\.rdb` is damaged.*: restore .* from a backup/)
})

test('/health/ready says so while the service waits', async () => {
  await fill(10)
  await damage(0.5)
  const giveUp = new AbortController()
  const port = 20_000 + Math.floor(Math.random() * 10_000)
  const variables = { PATH: process.env.PATH, PORT: String(port), WARMLINE_DATA_DIR: dir, WARMLINE_CACHE_DIR: CACHE }
  const opening = startService(readConfig(variables), silent, { signal: giveUp.signal })
  opening.catch(() => {})
  closings.push(async () => {
    giveUp.abort()
    await opening.catch(() => {})
  })
  const redis = await until(async () => {
    const response = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined)
    if (!response) return undefined
    const { parts } = (await response.json()) as { parts: { part: string; ok: boolean; because?: string }[] }
    const part = parts.find((one) => one.part === 'redis')
    return response.status === 503 && part?.because?.includes('is damaged') && part
  })
  expect(redis.ok).toBe(false)
  expect(redis.because).toContain(`--fix '${incrementFile()}'`)
})
