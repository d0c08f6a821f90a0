// Problems of Redis, in words that an operator can act on.
import type { Redis } from './clients.ts'
import { withDeadline } from './deadline.ts'

/** Redis is away, takes no writes, or is too slow for a webhook; the network is asked to deliver again. */
export class Unavailable extends Error {
  override name = 'Unavailable'
}

/** Redis would lose what it acknowledged. */
export class UnsafeRedis extends Error {
  override name = 'UnsafeRedis'
}

const AWAY = 'Redis is away'
/** Error codes of redis-server. */
const WORDS: Readonly<Record<string, string>> = {
  OOM: 'Redis is full: give it more memory (`maxmemory`)',
  READONLY: 'Redis is read-only: this is a replica, and no master is reached',
  MISCONF: 'Redis cannot write to its disk: see its log',
  NOREPLICAS: 'Redis has fewer replicas than `min-replicas-to-write` asks for',
  LOADING: 'Redis is reading its data back from disk',
  CLUSTERDOWN: 'a part of the Redis Cluster is down',
  MASTERDOWN: 'Redis is a replica that has lost its master',
  BUSY: 'Redis is busy with a script',
  NOAUTH: 'Redis asks for a password',
  WRONGPASS: 'Redis refuses our password',
  NOPERM: 'Redis does not let our user write',
}
const CODE = new RegExp(`\\b(${Object.keys(WORDS).join('|')})\\b`)

/** What an error of a Redis command says about Redis. */
export function explainFailure(error: unknown): string {
  if (error instanceof Unavailable || error instanceof UnsafeRedis) return error.message
  const code = CODE.exec(error instanceof Error ? error.message : '')?.[1]
  return (code && WORDS[code]) || AWAY
}

export const isReadOnly = (trouble: string | undefined) => trouble === WORDS.READONLY

/** Rejects with `Unavailable` when `work` fails or takes longer than `ms`: a frozen Redis answers nothing at all. */
export async function withinDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  try {
    return await withDeadline(work, ms, () => new Unavailable(`Redis did not answer within ${ms} ms`))
  } catch (cause) {
    throw cause instanceof Unavailable || cause instanceof UnsafeRedis
      ? cause
      : new Unavailable(explainFailure(cause), { cause })
  }
}

/** Refused wherever a write would be, for the same reasons, though it writes nothing and belongs to no slot. */
const MAY_WRITE = '#!lua\nreturn 1'

/**
 * Rejects when a master takes no writes, and with `UnsafeRedis` when it would lose them. Resolves to what it says of
 * its replicas, or undefined when it does not show its settings.
 */
export async function checkServer(master: Redis): Promise<{ minReplicas: number } | undefined> {
  await master.eval(MAY_WRITE)
  const settings = await master
    .configGet(['appendonly', 'maxmemory-policy', 'min-replicas-to-write'])
    .catch((error: Error) => {
      if (/^(ERR|NOPERM)/.test(error.message)) return undefined
      throw error
    })
  if (!settings?.appendonly) return undefined
  if (settings.appendonly !== 'yes') {
    throw new UnsafeRedis(
      'Redis has `appendonly no`, so a crash would lose customers’ messages: set `appendonly yes` in redis.conf',
    )
  }
  if (settings['maxmemory-policy'] !== 'noeviction') {
    throw new UnsafeRedis(
      `Redis has \`maxmemory-policy ${settings['maxmemory-policy']}\`, so it would drop customers’ messages when full: set \`maxmemory-policy noeviction\``,
    )
  }
  return { minReplicas: Number(settings['min-replicas-to-write']) }
}
