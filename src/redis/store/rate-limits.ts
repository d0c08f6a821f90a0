// Rate limits of the networks: one record for each account and kind of call, which all workers heed.
import type { ChannelName, Outgoing, RateLimit } from '#domain'
import type { Redis } from '../clients.ts'
import { runScript } from '../lua-script.ts'
import { KEYS } from './keys.ts'
import { LIMIT } from './scripts.ts'

/** Kinds of call that networks count apart. */
type CallKind = 'public' | 'private' | 'hide' | 'look' | 'search'

/** Where a limit applies: our account on a channel, and what we want there. */
export type RateLimitScope = { readonly channel: ChannelName; readonly account: string; readonly kind: CallKind }

/** No limit holds for longer than this, whatever a network names. */
export const LONGEST_MS = 86_400_000
/** Whoever waited for the same limit comes back within this, not all at once. */
const SPREAD_MS = 10_000

const keyOf = ({ channel, account }: RateLimitScope, kind?: CallKind) =>
  kind ? KEYS.limit.kind(channel, account, kind) : KEYS.limit.account(channel, account)

/** Whose limits a send meets. */
export function scopeOf({ customer: { channel, account }, type }: Outgoing): RateLimitScope {
  const kind = type === 'public-reply' ? 'public' : type === 'hide' ? 'hide' : 'private'
  return { channel, account, kind }
}

/** Milliseconds until the network takes this call again; 0: now. */
export async function rateLimitDelay(redis: Redis, caller: RateLimitScope): Promise<number> {
  const keys = [keyOf(caller), keyOf(caller, caller.kind)]
  const left = Math.max(...(await Promise.all(keys.map((key) => redis.pTTL(key)))))
  return left > 0 ? left + Math.random() * Math.min(left / 4 + 250, SPREAD_MS) : 0
}

/** Tells all workers of a limit; one of a single conversation is nobody else's. */
export async function recordRateLimit(
  redis: Redis,
  caller: RateLimitScope,
  limit: RateLimit | undefined,
): Promise<void> {
  if (!limit || limit.of === 'conversation' || limit.forMs <= 0) return
  const key = keyOf(caller, limit.of === 'kind' ? caller.kind : undefined)
  await runScript(redis, LIMIT, { limit: key }, { forMs: Math.ceil(Math.min(limit.forMs, LONGEST_MS)) })
}
