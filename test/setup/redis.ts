import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { type Connections, connectRedis } from '#redis/connect'
import { type EmbeddedRedis, startEmbeddedRedis } from '#redis/embedded'
import { expectNone, unknownKeys } from './stored-keys.ts'

export const silent = pino({ level: 'silent' })

export type TestRedis = { readonly server: EmbeddedRedis; readonly connections: Connections; close(): Promise<void> }

/**
 * A real Redis of this test's own: its own folder, its own socket, gone at the end. Closing it fails if anything is stored
 * under a key that the table of keys does not know.
 */
export async function startTestRedis(): Promise<TestRedis> {
  const dir = await mkdtemp(join(tmpdir(), 'warmline-test-'))
  const server = await startEmbeddedRedis({ dir, searchPath: process.env.PATH ?? '', fsync: 'everysec' })
  const connections = connectRedis(server.address, silent)
  await connections.ready
  return {
    server,
    connections,
    async close() {
      const unknown = await unknownKeys(connections.main).catch(() => [])
      await connections.close()
      await server.close()
      await rm(dir, { recursive: true, force: true })
      expectNone(unknown)
    },
  }
}

/** Milliseconds between two times that something is asked for. */
const ASK_AGAIN_MS = 15

/**
 * Waits until `holds` returns something true, asking again at short intervals; fails loudly after `ms`. Time in which this
 * process was too busy to ask does not count.
 */
export async function until<T>(
  holds: () => Promise<T | undefined | false> | T | undefined | false,
  ms = 30_000,
): Promise<T> {
  for (let left = ms; left > 0; left -= ASK_AGAIN_MS) {
    const value = await holds()
    if (value) return value
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS))
  }
  throw new Error(`still not so after ${ms} ms: ${holds}`)
}
