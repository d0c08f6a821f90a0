// The erasure log: receipts with ids, times and counts, never a text. Customers are named by fingerprint.
import { createHash } from 'node:crypto'
import type { CustomerId } from '#domain'
import type { Redis } from '#redis'
import { KEYS } from '#redis/keys'

const KEPT = 10_000
const READ = 500

export type ErasureReceipt = {
  /** Milliseconds since 1970. */
  readonly at: number
} & (
  | {
      readonly what: 'message-purged'
      readonly message: string
      /** SHA-256 of the customer's id, in hexadecimal. */
      readonly customer: string
      readonly counts: Readonly<Record<string, number>>
    }
  /** `by`: `retention`, or the e-mail of whoever asked for it. */
  | {
      readonly what: 'customer-erased'
      readonly customer: string
      readonly by: string
      readonly counts: Readonly<Record<string, number>>
    }
  /** The append-only file no longer holds what was removed before; or it may, and why. */
  | { readonly what: 'disk-rewritten' }
  | { readonly what: 'disk-not-rewritten'; readonly because: string }
)

export const fingerprint = (customer: CustomerId) => createHash('sha256').update(customer).digest('hex')

export async function logErasure(redis: Redis, receipt: ErasureReceipt): Promise<void> {
  const TRIM = { strategy: 'MAXLEN', strategyModifier: '~', threshold: KEPT } as const
  await redis.xAdd(KEYS.retention.receipts(), '*', { receipt: JSON.stringify(receipt) }, { TRIM })
}

/** Newest first, each once: whoever is overtaken or dies while they write receipts writes them again. */
export async function readErasureLog(redis: Redis): Promise<ErasureReceipt[]> {
  const entries = await redis.xRevRange(KEYS.retention.receipts(), '+', '-', { COUNT: READ })
  const written = new Set((entries ?? []).flatMap(({ message }) => message.receipt ?? []))
  return [...written].map((receipt) => JSON.parse(receipt) as ErasureReceipt)
}
