// Retention and erasure: purges deleted messages, erases quiet customers and those who ask to be forgotten.
import type { ChannelName, CustomerId } from '#domain'
import { bind } from '#lib'
import { EVERY_HISTORY, KEYS, keysOf } from '#redis/keys'
import type { JobHandler } from '#redis/queue'

import { compactAof } from './compact-aof.ts'
import { ALARMS, type RetentionContext, rewriteSoon } from './context.ts'
import { eraseCustomer } from './erase-customer.ts'
import { type ErasureReceipt, logErasure, readErasureLog } from './erasure-log.ts'
import { openPurge } from './purge.ts'
import { retireCustomer } from './retire-customer.ts'

export type Retention = {
  /** Sees to those whom we knew before anybody was forgotten; does nothing the second time. */
  begin(): Promise<void>
  /** Sees to it that what has to go will go. Called whenever something is due for a customer. */
  watch(customer: CustomerId): Promise<void>
  /** Removes all that is known of a customer; false if nothing was. */
  erase(customer: CustomerId, by: string): Promise<boolean>
  /** Newest first. */
  receipts(): Promise<readonly ErasureReceipt[]>
  readonly handlers: Readonly<Record<string, JobHandler>>
}

export function openRetention({
  forgetsFormer,
  ...context
}: RetentionContext & {
  /** Where a changed message is kept only as it now stands. */
  readonly forgetsFormer?: (channel: ChannelName) => boolean
}): Retention {
  const { redis, clock, events, now } = context
  const purge = openPurge({ redis, forgetsFormer, erased: events.erased, rewriteSoon: () => rewriteSoon(context), now })
  return {
    async begin() {
      if (!(await redis.exists(KEYS.retention.enrolled()))) await clock.set(ALARMS.enrol, 'everybody', now())
    },
    watch: bind(watchCustomer, context),
    erase: (customer, by) => eraseCustomer(context, customer, by),
    receipts: () => readErasureLog(redis),
    handlers: {
      [ALARMS.purge]: purge,
      [ALARMS.retire]: bind(retireCustomer, context),
      [ALARMS.rewrite]: () => rewriteDisk(context),
      [ALARMS.enrol]: () => enrolEverybody(context),
    },
  }
}

async function watchCustomer({ redis, clock, keepMs, now }: RetentionContext, customer: CustomerId): Promise<void> {
  const [due, retires] = await redis.hmGet(keysOf(customer).state, ['purge', 'retire'])
  if (due) await clock.set(ALARMS.purge, customer, Math.max(Number(due), now()))
  if (retires) return
  const at = now() + keepMs
  await clock.set(ALARMS.retire, customer, at)
  await redis.hSet(keysOf(customer).state, 'retire', at)
}

async function rewriteDisk({ redis, masters, now }: RetentionContext): Promise<undefined> {
  const failures = (await Promise.all((await masters()).map(compactAof))).filter((one) => one !== undefined)
  const [because] = failures
  await logErasure(
    redis,
    because === undefined ? { at: now(), what: 'disk-rewritten' } : { at: now(), what: 'disk-not-rewritten', because },
  )
}

/** Watches everybody, and purges what they deleted before anything was purged. */
async function enrolEverybody(context: RetentionContext): Promise<undefined> {
  const { redis, masters, now } = context
  for (const master of await masters()) {
    for (let cursor = '0'; ; ) {
      const found = await master.scan(cursor, { MATCH: EVERY_HISTORY, COUNT: 500 })
      for (const key of found.keys) {
        const customer = decodeURIComponent(key.slice(key.indexOf('{') + 1, key.indexOf('}')))
        await redis.hSetNX(keysOf(customer).state, 'purge', String(now()))
        await watchCustomer(context, customer)
      }
      cursor = found.cursor
      if (cursor === '0') break
    }
  }
  await redis.set(KEYS.retention.enrolled(), '1')
}
