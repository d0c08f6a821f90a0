// Puts a dump of records into a Redis, as if it had been taken a while ago.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { OwnRedis } from '../../service/own-redis.ts'

type Value =
  | { readonly type: 'hash'; readonly value: Record<string, string> }
  | { readonly type: 'list' | 'set'; readonly value: string[] }
  | { readonly type: 'zset'; readonly value: { value: string; score: number }[] }
  | { readonly type: 'stream'; readonly value: { id: string; message: Record<string, string> }[] }
  | { readonly type: 'string'; readonly value: string }
type Dump = { readonly at: number; readonly keys: Record<string, Value & { readonly ttl?: number }> }

/** BullMQ scores delayed jobs by their time in milliseconds, times this, plus a counter. */
const BULL = 4096

/** Loads `records/<version>.json`, taken `ago` milliseconds ago. */
export async function loadRecords(redis: OwnRedis, version: string, ago: number): Promise<void> {
  const text = await readFile(join(import.meta.dirname, `${version}.json`), 'utf8')
  const later = Date.now() - ago - (JSON.parse(text) as Dump).at
  // Every time in a record has thirteen digits.
  const moved = text.replaceAll(/(?<!\d)1[78]\d{11}(?!\d)/g, (time) => String(Number(time) + later))
  const { keys } = JSON.parse(moved) as Dump
  await redis.ask(async (client) => {
    for (const [key, { ttl, ...kept }] of Object.entries(keys)) {
      switch (kept.type) {
        case 'hash':
          await client.hSet(key, kept.value)
          break
        case 'list':
          await client.rPush(key, kept.value)
          break
        case 'set':
          await client.sAdd(key, kept.value)
          break
        case 'zset': {
          const more = key.endsWith(':delayed') ? later * BULL : 0
          await client.zAdd(
            key,
            kept.value.map(({ value, score }) => ({ value, score: score + more })),
          )
          break
        }
        case 'stream':
          for (const { id, message } of kept.value) await client.xAdd(key, id, message)
          break
        case 'string':
          await client.set(key, kept.value)
      }
      if (ttl) await client.pExpire(key, ttl)
    }
  })
}
