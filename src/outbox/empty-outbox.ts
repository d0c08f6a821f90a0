// Empties a customer's outbox, in the order in which the effects were decided.
import type { CustomerId } from '#domain'
import type { Runtime } from '#redis'
import { keysOf } from '#redis/keys'
import { tryRead } from '#redis/store'
import { type CarryContext, carryEffect } from './carry-effect.ts'

/** Who waits longer for a network looks in between. */
const LONGEST_MS = 4 * 60_000

/** `wait`: milliseconds until what broke may be tried again. */
type QueuedEffect = { readonly id: string; readonly json: string; readonly wait: number }

/**
 * Announcements first: no network has a say in them, so no waiting message holds them back. Then the message that
 * is next; the others wait for it. Resolves to undefined when the outbox is empty, or to the milliseconds to wait.
 */
export async function emptyOutbox(context: CarryContext, customer: CustomerId): Promise<number | undefined> {
  for (;;) {
    const queued = await listQueued(context, customer)
    if (queued.length === 0) return undefined
    const [announcements = [], messages = []] = [true, false].map((is) =>
      queued.filter(({ json }) => (tryRead(json)?.do === 'announce') === is),
    )
    const waits: number[] = []
    for (const { id, json, wait } of [...announcements, ...messages.slice(0, 1)]) {
      waits.push(wait > 0 ? wait : ((await carryEffect(context, customer, id, json)) ?? 0))
    }
    const longer = waits.filter((wait) => wait > 0)
    if (longer.length > 0) return Math.min(...longer, LONGEST_MS)
  }
}

/** What is in a customer's outbox, in order; an id without an effect is taken out. */
async function listQueued(
  { redis, now }: Pick<Runtime, 'redis' | 'now'>,
  customer: CustomerId,
): Promise<QueuedEffect[]> {
  const { outbox, effects } = keysOf(customer)
  const ids = await redis.lRange(outbox, 0, -1)
  const names = ids.flatMap((id) => [id, `${id}/failures`, `${id}/not-before`])
  const stored = names.length > 0 ? await redis.hmGet(effects, names) : []
  const listed = ids.map((id, index) => {
    const [json, failures, notBefore] = stored.slice(3 * index)
    return { id, json, wait: failures ? Number(notBefore ?? 0) - now() : 0 }
  })
  for (const { id, json } of listed) if (!json) await redis.lRem(outbox, 1, id)
  return listed.flatMap(({ json, ...rest }) => (json ? [{ json, ...rest }] : []))
}
