// What has to go: deleted messages, customers who have been quiet for long, and whoever asks to be forgotten.
import { type ChannelName, type CustomerId, customerFromId, endedTickets } from '#domain'
import { forgetAuthor, REMEMBER_MS } from '#inbox'
import { type Redis, runScript } from '#redis'
import { EVERY_HISTORY, KEYS, keysOf } from '#redis/keys'
import type { JobHandler, Scheduler } from '#redis/queue'
import { caseOf, ERASE, eventOf, TIDY } from '#redis/store'
import { compactAof } from './compact-aof.ts'
import { type ErasureReceipt, fingerprint, logErasure, readErasureLog } from './erasure-log.ts'
import { type ExternalErasure, loadRecords, openPurge } from './purge.ts'

/** Alarms: each of a customer, and two for everybody. */
const PURGE_DUE = 'purge'
const RETIRE_DUE = 'retire'
const REWRITE_DUE = 'rewrite-disk'
const ENROL_DUE = 'enrol'
/** Purges of so many milliseconds share one rewriting of the disk. */
const REWRITE_EVERY_MS = 10_000
/** How long an open ticket or a message in hand puts off that a customer is forgotten. */
const BUSY_MS = 86_400_000
/** A send in hand when a customer is erased has ended by then, and so has what it wrote. */
const SETTLED_MS = 600_000
/** More finished effects or changed messages than this are looked through for old ones. */
const MOST_FIELDS = 1_000

export type RetentionEvents = {
  /** These messages go, or a whole customer: what is kept of them elsewhere has to go first. */
  erased(what: ExternalErasure): Promise<void>
}

export type Retention = {
  /** Sees to those whom we knew before anybody was forgotten; does nothing the second time. */
  begin(): Promise<void>
  /** Sees to it that what has to go will go. Called whenever something is due for a customer. */
  watch(customer: CustomerId): Promise<void>
  /** Removes all that is known of a customer; false if nothing was. */
  erase(customer: CustomerId, by: string): Promise<boolean>
  /** Newest first. */
  receipts(): Promise<readonly ErasureReceipt[]>
  readonly rings: Readonly<Record<string, JobHandler>>
}

export function openRetention(options: {
  redis: Redis
  /** The servers that take writes. */
  masters: () => Promise<readonly Redis[]>
  clock: Scheduler
  keepMs: number
  /** Where a changed message is kept only as it now stands. */
  forgetsFormer?: (channel: ChannelName) => boolean
  events: RetentionEvents
  now: () => number
}): Retention {
  const { redis, clock, keepMs, now } = options

  const rewriteSoon = () => clock.set(REWRITE_DUE, 'disk', Math.ceil((now() + 1) / REWRITE_EVERY_MS) * REWRITE_EVERY_MS)
  const {
    forgetsFormer,
    events: { erased },
  } = options
  const purge = openPurge({ redis, forgetsFormer, erased, rewriteSoon, now })

  /** `seen`: erases only what has not changed since. */
  async function erase(customer: CustomerId, by: string, seen?: { version: string; length: number }): Promise<boolean> {
    const { keys, state, history, effects } = await loadRecords(redis, customer)
    if (!history.length && !state.case) return false
    const events = history.map(eventOf)
    const given = state.case ? caseOf(state.case) : undefined
    const messages = events.flatMap((event) => (event.type === 'message-received' ? [event.message] : []))
    const person = given?.customer ?? customerFromId(customer)
    const tickets = given ? [...endedTickets(given), ...(given.ticket ? [given.ticket] : [])].map((one) => one.id) : []
    const opened = events.flatMap((event) => (event.type === 'ticket-opened' ? [event.ticket] : []))
    const sends = [...new Set(Object.keys(effects).map((field) => field.split('/')[0] ?? field))]
    // What leads here goes first, so that whoever dies in between can begin again.
    const { account } = person
    await erased({
      customer: person,
      messages: messages.map((one) => one.id),
      conversations: [...new Set(messages.filter(isPrivate).map((one) => one.conversation.id))],
      tickets: [...new Set([...tickets, ...opened])],
      effects: sends,
      left: { history: [] },
    })
    await Promise.all(sends.map((effect) => redis.del(KEYS.effect.customer(effect))))
    const users = new Set(messages.map((one) => `${person.channel}:${account}:${one.author}`))
    for (const alias of users)
      if ((await redis.get(KEYS.identity.alias(alias))) === customer) await redis.del(KEYS.identity.alias(alias))
    const echoes = events.flatMap((event) => (event.type === 'message-echoed' ? [event.message] : []))
    for (const { id } of [...messages, ...echoes])
      await Promise.all([redis.del(KEYS.message.claim(account, id)), redis.del(KEYS.message.revision(account, id))])
    for (const id of new Set(messages.filter((one) => !isPrivate(one)).map((one) => one.conversation.id)))
      await Promise.all([redis.sRem(KEYS.message.repliers(id), customer), forgetAuthor(redis, id, users)])
    const done = await runScript(redis, ERASE, keys, { now: now(), keepMs: REMEMBER_MS, ...seen })
    if (done !== 1) return false
    const counts = { messages: messages.length, events: events.length, tickets: tickets.length }
    await logErasure(redis, { at: now(), what: 'customer-erased', customer: fingerprint(customer), by, counts })
    await Promise.all([rewriteSoon(), clock.set(RETIRE_DUE, customer, now() + SETTLED_MS)])
    return true
  }

  /** Forgets a customer who has been quiet for long, and looks again later at whoever has not. */
  async function retire(customer: CustomerId): Promise<number | undefined> {
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
    const given = state.case ? caseOf(state.case) : undefined
    const active = Math.max(last ? eventOf(last).at : 0, given?.lastTurnAt ?? 0)
    const isBusy = inHand > 0 || waiting > 0 || (given?.ticket && given.ticket.state !== 'resolved')
    if (!isBusy && active + keepMs <= now()) {
      if (await erase(customer, 'retention', { version: state.version ?? '0', length })) return undefined
    }
    await tidy(customer)
    const at = Math.max(active + keepMs, now() + BUSY_MS)
    await redis.hSet(keys.state, 'retire', at)
    return at
  }

  /** Drops the oldest of what grows with every message. */
  async function tidy(customer: CustomerId): Promise<void> {
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

  async function rewrite(): Promise<undefined> {
    const failures = (await Promise.all((await options.masters()).map(compactAof))).filter((one) => one !== undefined)
    const [because] = failures
    await logErasure(
      redis,
      because === undefined
        ? { at: now(), what: 'disk-rewritten' }
        : { at: now(), what: 'disk-not-rewritten', because },
    )
  }

  async function watch(customer: CustomerId): Promise<void> {
    const [due, retires] = await redis.hmGet(keysOf(customer).state, ['purge', 'retire'])
    if (due) await clock.set(PURGE_DUE, customer, Math.max(Number(due), now()))
    if (retires) return
    const at = now() + keepMs
    await clock.set(RETIRE_DUE, customer, at)
    await redis.hSet(keysOf(customer).state, 'retire', at)
  }

  /** Watches everybody, and purges what they deleted before anything was purged. */
  async function enrol(): Promise<undefined> {
    for (const master of await options.masters()) {
      for (let cursor = '0'; ; ) {
        const found = await master.scan(cursor, { MATCH: EVERY_HISTORY, COUNT: 500 })
        for (const key of found.keys) {
          const customer = decodeURIComponent(key.slice(key.indexOf('{') + 1, key.indexOf('}')))
          await redis.hSetNX(keysOf(customer).state, 'purge', String(now()))
          await watch(customer)
        }
        cursor = found.cursor
        if (cursor === '0') break
      }
    }
    await redis.set(KEYS.retention.enrolled(), '1')
    return undefined
  }

  return {
    async begin() {
      if (!(await redis.exists(KEYS.retention.enrolled()))) await clock.set(ENROL_DUE, 'everybody', now())
    },
    watch,
    erase,
    receipts: () => readErasureLog(redis),
    rings: { [PURGE_DUE]: purge, [RETIRE_DUE]: retire, [REWRITE_DUE]: rewrite, [ENROL_DUE]: enrol },
  }
}

const isPrivate = (message: { conversation: { audience: string } }) => message.conversation.audience === 'private'
