// Leases: one process at a time does a piece of work.
import { randomUUID } from 'node:crypto'
import type { Redis } from '../clients.ts'
import { runScript } from '../lua-script.ts'
import { RELEASE_LEASE } from './scripts.ts'

/** Takes the lease for at most `ms`; undefined: somebody else has it. The answer ends it. */
export async function takeLease(redis: Redis, lease: string, ms: number): Promise<(() => Promise<void>) | undefined> {
  const token = randomUUID()
  const taken = await redis.set(lease, token, { condition: 'NX', expiration: { type: 'PX', value: ms } })
  return taken === null ? undefined : async () => void (await runScript(redis, RELEASE_LEASE, { lease }, { token }))
}
