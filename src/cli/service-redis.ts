// Opens the Redis of the running service for commands that read it.
import { pino } from 'pino'
import { Unavailable, withinDeadline } from '#redis'
import { type Connections, connectRedis } from '#redis/connect'
import { embeddedAddress } from '#redis/embedded'
import type { Command } from './command.ts'

/** No service is there that could be looked into. */
export class NotRunning extends Error {
  override name = 'NotRunning'
}

const notOurs = ({ message }: Error) => {
  throw new NotRunning(message)
}

const CONNECT_MS = 4_000

type Config = Parameters<Command['run']>[1]['config']

export async function withServiceRedis<T>(
  { redisUrl, dataDir }: Config,
  work: (connections: Connections) => Promise<T>,
): Promise<T> {
  const address = redisUrl ? { url: redisUrl } : await embeddedAddress(dataDir).catch(notOurs)
  const nobody = new NotRunning(
    `no Warmline keeps its data in \`${dataDir}\` now: start it, or set WARMLINE_DATA_DIR or REDIS_URL as it has them`,
  )
  if (!address) throw nobody
  const connections = connectRedis(address, pino({ level: 'silent' }))
  try {
    await withinDeadline(connections.ready, CONNECT_MS).catch((error: Error) => {
      if (!(error instanceof Unavailable)) throw error
      throw redisUrl ? new NotRunning('the Redis of REDIS_URL does not answer') : nobody
    })
    return await work(connections)
  } finally {
    await connections.close()
  }
}
