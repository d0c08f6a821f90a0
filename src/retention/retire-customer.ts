// Forgets customers who have been quiet for long, and drops the oldest of what the others keep.
import type { CustomerId } from '#domain'
import { REMEMBER_MS } from '#inbox'
import { runScript } from '#redis'
import { keysOf } from '#redis/keys'
import { caseOf, ERASE, eventOf, TIDY } from '#redis/store'
import type { RetentionContext } from './context.ts'
import { eraseCustomer } from './erase-customer.ts'

/** How long an open ticket or a message in hand puts off that a customer is forgotten. */
const BUSY_MS = 86_400_000
/** More finished effects or changed messages than this are looked through for old ones. */
const MOST_FIELDS = 1_000

/** Resolves to when to look again at whoever has not been quiet for long enough. */
export async function retireCustomer(context: RetentionContext, customer: CustomerId): Promise<number | undefined> {
  const { redis, keepMs, now } = context
  const keys = keysOf(customer)
  // The length before the last event: whatever comes in between is noticed.
  const [state, length, [last], inHand, waiting] = await Promise.all([
    redis.hGetAll(keys.state),
    redis.lLen(keys.history),
    redis.lRange(keys.history, -1, -1),
    redis.lLen(keys.outbox),
    redis.lLen(keys.mailbox),
  ])
  if (state.erased) {
    // What was in hand at that time may have left a trace.
    const { erased, version = '0' } = state
    await runScript(redis, ERASE, keys, { now: erased, keepMs: REMEMBER_MS, version, erased })
    return undefined
  }
  if (!last && !state.case) return undefined
  // Noted before the alarm was put off, by whoever then died.
  const retires = Number(state.retire ?? 0)
  if (retires > now()) return retires
  const current = state.case ? caseOf(state.case) : undefined
  const active = Math.max(last ? eventOf(last).at : 0, current?.lastTurnAt ?? 0)
  const isBusy = inHand > 0 || waiting > 0 || (current?.ticket && current.ticket.state !== 'resolved')
  if (!isBusy && active + keepMs <= now()) {
    const seen = { version: state.version ?? '0', length }
    if (await eraseCustomer(context, customer, 'retention', seen)) return undefined
  }
  await trimRecords(context, customer)
  const at = Math.max(active + keepMs, now() + BUSY_MS)
  await redis.hSet(keys.state, 'retire', at)
  return at
}

/** Drops the oldest of what grows with every message. */
async function trimRecords({ redis, keepMs, now }: RetentionContext, customer: CustomerId): Promise<void> {
  const keys = keysOf(customer)
  const [version, history] = await Promise.all([redis.hGet(keys.state, 'version'), redis.lRange(keys.history, 0, -1)])
  const first = history.findIndex((raw) => eventOf(raw).at >= now() - keepMs)
  await runScript(redis, TIDY, keys, {
    version: version ?? '0',
    old: Math.max(0, first),
    forgetBefore: now() - REMEMBER_MS,
    most: MOST_FIELDS,
  })
}
