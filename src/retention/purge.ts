// Purges deleted messages, and former texts where a network wants that, from a customer's records.
import { type Case, type ChannelName, type Customer, type CustomerId, customerFromId, type HistoryEvent } from '#domain'
import { revisionOf } from '#inbox'
import { type Redis, runScript } from '#redis'
import { KEYS, keysOf } from '#redis/keys'
import { caseOf, effectOf, eventOf, PURGE, PURGED } from '#redis/store'
import { fingerprint, logErasure } from './erasure-log.ts'
import { editedMessagesIn, redactMessages } from './redact-records.ts'

/** What is kept of a customer outside their own keys. */
export type ExternalErasure = {
  readonly customer: Customer
  readonly messages: readonly string[]
  readonly conversations: readonly string[]
  readonly tickets: readonly string[]
  /** Ids of effects, of a customer of whom nothing stays. */
  readonly effects: readonly string[]
  /** The records that stay. */
  readonly left: { readonly case?: Case; readonly history: readonly HistoryEvent[] }
}

/** All records of a customer but the mailbox, as they are stored. */
export async function loadRecords(redis: Redis, customer: CustomerId) {
  const keys = keysOf(customer)
  const [state, history, effects, changes] = await Promise.all([
    redis.hGetAll(keys.state),
    redis.lRange(keys.history, 0, -1),
    redis.hGetAll(keys.effects),
    redis.hGetAll(keys.changes),
  ])
  return { keys, state, history, effects, changes }
}

/** What removes a customer's deleted messages; it returns when it is to be called again, if that is known. */
export function openPurge(options: {
  redis: Redis
  forgetsFormer?: ((channel: ChannelName) => boolean) | undefined
  erased: (what: ExternalErasure) => Promise<void>
  /** Has the disk rewritten. */
  rewriteSoon: () => Promise<void>
  now: () => number
}): (customer: CustomerId) => Promise<number | undefined> {
  const { redis, forgetsFormer, erased, rewriteSoon, now } = options

  /** Removes what a customer deleted, if it is time. */
  async function purge(customer: CustomerId): Promise<number | undefined> {
    for (;;) {
      const { keys, state, history, effects, changes } = await loadRecords(redis, customer)
      const due = Number(state.purge ?? Number.NaN)
      if (Number.isNaN(due)) return undefined
      if (due > now()) return due
      const events = history.map(eventOf)
      const current = state.case ? caseOf(state.case) : undefined
      const done = new Set(events.flatMap((event) => (event.type === 'message-purged' ? [event.message] : [])))
      const deleted = events.flatMap((event) => (event.type === 'message-deleted' ? [event.message] : []))
      const told = Object.keys(changes).filter((id) => revisionOf(changes[id])?.deleted)
      const gone = new Set([...deleted, ...told].filter((id) => !done.has(id)))
      const { channel } = current?.customer ?? customerFromId(customer)
      const former = new Set(forgetsFormer?.(channel) ? editedMessagesIn(events).filter((id) => !gone.has(id)) : [])
      if (gone.size + former.size === 0) {
        // Their receipts may be missing, if whoever removed them died then.
        await confirm(customer, events, due, [...deleted, ...told], current)
        const seen = { version: state.version ?? '0', length: history.length }
        if ((await runScript(redis, PURGED, keys, seen)) === 1) return undefined
        continue
      }
      const raws = Object.entries(effects).filter(([id, raw]) => !id.includes('/') && isReadable(raw))
      const before = {
        history: events,
        effects: raws.map(([, raw]) => effectOf(raw)),
        ...(current && { case: current }),
      }
      const after = redactMessages(before, gone, former)
      const rewritten = after.history
        .flatMap((event, at) => (event === events[at] ? [] : [[at, event] as const]))
        .flatMap(([index, event]) => differs(JSON.stringify(event), history[index]).map((json) => ({ index, json })))
      const resent = after.effects.flatMap((effect, at) =>
        differs(JSON.stringify(effect), raws[at]?.[1]).map((json) => ({ id: effect.id, json })),
      )
      const counts = {
        events: rewritten.length,
        effects: resent.length,
        facts: (current?.facts.length ?? 0) - (after.case?.facts.length ?? 0),
      }
      const at = now()
      await runScript(redis, PURGE, keys, {
        version: state.version ?? '0',
        length: history.length,
        case: after.case && JSON.stringify(after.case),
        events: rewritten,
        effects: resent,
        messages: [...gone].map((message) => ({
          id: message,
          change: JSON.stringify({ deleted: true, at }),
          event: JSON.stringify({ schema: 1, at, type: 'message-purged', message, counts } satisfies HistoryEvent),
        })),
      })
      await rewriteSoon()
    }
  }

  /** Receipts for what was purged since `due`, and the other parts and the disk told of it. */
  async function confirm(
    customer: CustomerId,
    events: readonly HistoryEvent[],
    due: number,
    messages: readonly string[],
    current: Case | undefined,
  ): Promise<void> {
    const person = current?.customer ?? customerFromId(customer)
    await Promise.all(messages.map((message) => redis.del(KEYS.message.claim(person.account, message))))
    await erased({
      customer: person,
      messages,
      conversations: [],
      tickets: [],
      effects: [],
      left: { history: events, ...(current && { case: current }) },
    })
    for (const event of events) {
      if (event.type !== 'message-purged' || event.at < due) continue
      const { at, message, counts } = event
      await logErasure(redis, { at, what: 'message-purged', message, customer: fingerprint(customer), counts })
    }
    if (events.some((event) => event.type === 'message-purged' && event.at >= due)) await rewriteSoon()
  }

  return purge
}

const differs = (json: string, before: string | undefined) => (json === before ? [] : [json])
/** What nobody can read is set aside by the outbox. */
function isReadable(raw: string): boolean {
  try {
    return effectOf(raw) !== undefined
  } catch {
    return false
  }
}
