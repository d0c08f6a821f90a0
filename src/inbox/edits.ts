// Applies an edit or a deletion to a waiting message, or reports it to whoever has the case.
import { createHash } from 'node:crypto'
import {
  type AnnotatedText,
  annotatedTextOf,
  type Case,
  type ChannelEvent,
  type Customer,
  type CustomerId,
  type Effect,
  type HistoryEvent,
  type PendingMessage,
  timelineOf,
  withActivity,
  withoutMessage,
  withText,
} from '#domain'
import { type Redis, runScript } from '#redis'
import { KEYS, keysOf } from '#redis/keys'
import { CHANGE, caseOf, effectOf, eventOf, NOTE_REVISION, pendingMessageOf, resolveCustomer } from '#redis/store'
import { type MessageRevision, newer, revisionOf } from './message-revision.ts'

/** Platforms redeliver for up to seven days (WhatsApp); ids, and edits of messages not yet told, are remembered for eight. */
export const REMEMBER_MS = 8 * 86_400_000
/**
 * What is older than this was told before, or is told by nobody who still expects an answer: it is ignored. INVARIANT:
 * less than `REMEMBER_MS`, so that whatever is taken is known when it comes again, though the clocks differ by hours.
 */
export const OLDEST_MS = 7.5 * 86_400_000

/** What taking an event in needs to know beside it. */
export type EditContext = {
  readonly now: number
  /** Notes that a customer waits; resolves to since when. */
  readonly note: (customer: CustomerId) => Promise<number>
  /** How long a customer's words are kept. */
  readonly keepMs: number
  /** How long a deleted message is kept. */
  readonly purgeMs: number
  /** Whether a changed message is kept only as it now stands. */
  readonly forgetsFormer?: boolean
  /** Told of each event that is ignored because it is too old. */
  readonly late?: (event: ChannelEvent) => void
}

type Change = ChannelEvent & { readonly kind: 'edit' | 'delete'; readonly customer?: Customer }
type Told = Change & { readonly customer: Customer }

/** Returns the customers whose records it changes, and since when each of them waits. */
export async function applyEdit(
  redis: Redis,
  event: Told,
  keeping: EditContext,
): Promise<readonly { customer: CustomerId; since: number }[]> {
  const { id, account } = event.customer
  const changed = changedBy(event, keeping.now)
  const [author, first] = await Promise.all([
    resolveCustomer(redis, id),
    runScript(
      redis,
      NOTE_REVISION,
      { claim: KEYS.message.claim(account, event.of), revision: KEYS.message.revision(account, event.of) },
      {
        revision: JSON.stringify(changed),
        order: changed.deleted ? undefined : changed.order,
        keepMs: REMEMBER_MS,
      },
    ) as Promise<string>,
  ])
  const holder = first ? await resolveCustomer(redis, first) : undefined
  const done = []
  // Whoever was linked to another customer may have the message, and the other one what it said.
  for (const customer of new Set([...(first ? [first] : []), ...(holder ? [holder] : []), id, author])) {
    const since = await changeAt(redis, customer, event, changed, customer === holder, keeping)
    if (since !== undefined) done.push({ customer, since })
  }
  return done
}

const changedBy = (event: Change, at: number): MessageRevision =>
  event.kind === 'delete' ? { deleted: true, at } : { order: event.order, ...annotatedTextOf(event), at }

/** Changes one customer's records, unless the message is none of theirs. `expected`: it is theirs, and may be on its way. */
async function changeAt(
  redis: Redis,
  customer: CustomerId,
  event: Told,
  told: MessageRevision,
  expected: boolean,
  { now, note, purgeMs, forgetsFormer }: EditContext,
): Promise<number | undefined> {
  const keys = keysOf(customer)
  for (;;) {
    const [state, mailbox, past, changes] = await Promise.all([
      redis.hGetAll(keys.state),
      redis.lRange(keys.mailbox, 0, -1),
      redis.lRange(keys.history, 0, -1),
      redis.hGetAll(keys.changes),
    ])
    const raw = mailbox.find((one) => pendingMessageOf(one).message.id === event.of)
    const history = past.filter((one) => one.includes(JSON.stringify(event.of))).map(eventOf)
    const isKnown = raw !== undefined || history.some((one) => 'message' in one && idOf(one) === event.of)
    if (!isKnown && !expected && !(event.of in changes)) return undefined

    const known = changes[event.of] ?? ''
    const before = revisionOf(known)
    const after = newer(before, told) as MessageRevision
    const isNews = after !== before
    const events: HistoryEvent[] = isKnown && isNews ? [historyOf(event, now)] : []
    const current = state.case ? caseOf(state.case) : undefined
    const seen = current && isNews && isKnown && raw === undefined ? changedCase(current, event, past) : undefined
    const telling = seen?.ticket && seen.ticket !== current?.ticket ? announcement(seen, event, now) : undefined
    const deleted = new Set([...Object.keys(changes).filter((id) => revisionOf(changes[id])?.deleted), event.of])
    const moot = after.deleted ? await answersOnly(redis, customer, deleted) : []
    const [since, done] = await Promise.all([
      note(customer),
      runScript(redis, CHANGE, keys, {
        id: event.id,
        now,
        forgetBefore: now - REMEMBER_MS,
        message: event.of,
        version: state.version ?? '0',
        length: past.length,
        known,
        change: JSON.stringify(after),
        pending: raw,
        pendingAfter: raw === undefined || after.deleted ? undefined : replacement(raw, after),
        case: seen && seen !== current ? JSON.stringify(seen) : undefined,
        purgeAt: after.deleted || (forgetsFormer && events.length > 0) ? now + purgeMs : undefined,
        events: events.map((one) => JSON.stringify(one)),
        effects: telling ? [{ id: telling.id, json: JSON.stringify(telling) }] : [],
        moot: moot.map((effect) => ({ id: effect.id, event: JSON.stringify(suppressed(effect, now)) })),
      }),
    ])
    if (done !== -1) return since
  }
}

const idOf = (event: HistoryEvent) =>
  event.type === 'message-received' || event.type === 'message-echoed' ? event.message.id : undefined

function replacement(raw: string, written: AnnotatedText): string {
  const entry: PendingMessage = pendingMessageOf(raw)
  return JSON.stringify({ ...entry, message: withText(entry.message, written) })
}

function historyOf(event: Told, now: number): HistoryEvent {
  const at = { schema: 1, at: now, message: event.of } as const
  return event.kind === 'edit'
    ? { ...at, type: 'message-edited', ...annotatedTextOf(event) }
    : { ...at, type: 'message-deleted' }
}

/** A turn has answered the message: whoever has the case is told, and what is gone is no longer answered. */
function changedCase(current: Case, event: Told, past: readonly string[]): Case {
  const seen = event.own ? current : withActivity(current)
  if (event.kind === 'edit' || !seen.conversations.some((one) => one.lastInbound === event.of)) return seen
  const standing = timelineOf(past.map(eventOf)).filter((one) => one.authorKind === 'customer' && !one.deleted)
  return withoutMessage(
    seen,
    event.of,
    standing.filter((one) => one.id !== event.of),
  )
}

function announcement({ id: caseId, customer, ticket }: Case, event: Told, madeAt: number): Effect {
  // The same event, told again, announces the same.
  const id = createHash('sha256').update(event.id).digest('hex').slice(0, 20)
  const made = { schema: 1, id, caseId, epoch: 0, by: 'bot', madeAt } as const
  return { ...made, do: 'announce', ticket: ticket?.id ?? '', customer, event: 'message-received' }
}

const suppressed = (effect: Effect, at: number): HistoryEvent => ({
  schema: 1,
  at,
  caseId: effect.caseId,
  type: 'effect-suppressed',
  effect: effect.id,
  detail: 'the customer deleted what it answers',
})

/** What the bot has yet to send and what answers nothing but deleted messages. */
async function answersOnly(redis: Redis, customer: CustomerId, deleted: ReadonlySet<string>): Promise<Effect[]> {
  const keys = keysOf(customer)
  const ids = await redis.lRange(keys.outbox, 0, -1)
  const raws = ids.length ? await redis.hmGet(keys.effects, ids) : []
  return raws.flatMap((raw) => {
    const effect = raw ? effectOf(raw) : undefined
    if (effect?.do !== 'send' || effect.by !== 'bot') return []
    const { outgoing } = effect
    const answered = effect.answers ?? ('inReplyTo' in outgoing ? [outgoing.inReplyTo] : [])
    return answered.length > 0 && answered.every((id) => deleted.has(id)) ? [effect] : []
  })
}
