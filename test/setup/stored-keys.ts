// What a Redis holds, against the table of keys.
import type { Redis } from '#redis'
import { KEYS, QUEUES } from '#redis/keys'

/** Types as Redis names them. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'string',
  counter: 'string',
  hash: 'hash',
  list: 'list',
  set: 'set',
  'sorted set': 'zset',
  stream: 'stream',
}

const ofBullMQ = new RegExp(`^\\{warmline\\}:(?:${Object.values(QUEUES).join('|')}):`)

/** A key of the table: words in capitals stand for anything that has no colon, unless they are last. */
const shapes = Object.values(KEYS)
  .flatMap((group) => Object.values(group))
  .flatMap(({ pattern, type }) => {
    const written = pattern.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const shape = written.replaceAll(/[A-Z][A-Z0-9-]+/g, (_, at: number, all: string) =>
      /^[A-Z0-9-]+$/.test(all.slice(at)) ? '.+' : '[^:]+',
    )
    return TYPES[type] ? [{ shape: new RegExp(`^${shape}$`), type: TYPES[type] }] : []
  })

/** Whether the table has such a key, of this type. */
export const isInTable = (key: string, type: string): boolean =>
  ofBullMQ.test(key) || shapes.some((one) => one.type === type && one.shape.test(key))

/** The keys of a Redis that the table does not know, with their types. */
export async function unknownKeys(redis: Pick<Redis, 'keys' | 'type'>): Promise<string[]> {
  const found = await redis.keys('*')
  const typed = await Promise.all(found.map(async (key) => ({ key, type: await redis.type(key) })))
  // What expired in between has no type.
  return typed.flatMap(({ key, type }) => (type === 'none' || isInTable(key, type) ? [] : [`${key} (${type})`]))
}

/** Throws if there are any. */
export function expectNone(unknown: readonly string[]): void {
  if (unknown.length > 0)
    throw new Error(`src/redis/store/keys.ts does not know what was stored: ${unknown.join(', ')}`)
}
