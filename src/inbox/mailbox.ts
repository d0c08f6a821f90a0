// Durable, once, in order: what one customer wrote, and the one way to change a case.
import { BOT, type Case } from '#case'
import type { ChannelEvent, ChannelName, Customer, CustomerId, Message } from '#conversation'
import type { Effect } from '#outbox'
import { type Redis, runScript } from '#redis'
import type { HistoryEvent } from './history.ts'
import { aliasKey, claimKey, IGNORED, keysOf } from './keys.ts'
import { COMMIT, RECEIVE } from './scripts.ts'

/** A message that no turn has taken yet. */
export type Waiting = {
  readonly message: Message
  readonly customer: Customer
  readonly receivedAt: number
  readonly directed: boolean
  /** Message id of our public post whose prompt led here. */
  readonly from?: string
}

/** Everything about a customer that a decision may need, and the guard for committing it. */
export type Open = {
  readonly customer: CustomerId
  readonly version: string
  readonly epoch: number
  readonly owner: string
  readonly case?: Case
  readonly waiting: readonly Waiting[]
  readonly history: readonly HistoryEvent[]
}

/** A change of a case; nothing of it happens unless all of it does. */
export type Change = {
  readonly case: Case
  readonly taken?: number
  readonly owner?: string
  readonly events?: readonly HistoryEvent[]
  readonly effects?: readonly Effect[]
}

/** Platforms redeliver for up to seven days (WhatsApp); ids are remembered for eight. */
const REMEMBER_MS = 8 * 86_400_000
/** Meta delivers again for up to 36 hours; the two tellings of one message are seconds apart. */
const CLAIM_MS = 2 * 86_400_000
const HISTORY_READ = 400

/** Follows an alias: the customer whose partition a network identity belongs to. */
async function resolveCustomer(redis: Redis, customer: CustomerId): Promise<CustomerId> {
  return (await redis.get(aliasKey(customer))) ?? customer
}

/** Says that a private identity is the same person as `customer`. The first statement stays. */
export async function linkIdentity(redis: Redis, alias: CustomerId, customer: CustomerId): Promise<void> {
  if (alias !== customer) await redis.set(aliasKey(alias), customer, { condition: 'NX' })
}

type Received =
  | { readonly by: 'customer'; readonly customer: CustomerId; readonly since: number }
  | { readonly by: 'person'; readonly customer: CustomerId }

/**
 * Takes one event in; `note` says that a customer waits and since when. Returns whose case it changes, and whether the customer wrote or a person of ours, in the
 * network's own inbox; undefined when it changes nobody's.
 */
export async function receive(
  redis: Redis,
  channel: ChannelName,
  event: ChannelEvent,
  note: (customer: CustomerId) => Promise<number>,
  now: number,
): Promise<Received | undefined> {
  if (
    event.kind === 'ignored' ||
    !('customer' in event) ||
    !event.customer ||
    !('audience' in event || 'message' in event)
  ) {
    const reason = event.kind === 'ignored' ? event.reason : 'what' in event ? event.what : 'no customer is known'
    return ignore(redis, channel, event, reason, now)
  }
  const { author, customer } = await findHolder(redis, event, event.customer)
  if (event.kind === 'message' && customer !== author) {
    return ignore(redis, channel, event, 'the same message came before, under another id of its author', now)
  }
  const keys = keysOf(customer)
  const waiting = event.kind === 'message' ? [] : await readWaiting(redis, customer)
  const args = [
    event.id,
    now,
    now - REMEMBER_MS,
    ...entryOf(event, waiting, now),
    JSON.stringify(historyOf(event, now)),
  ]
  const write = () => runScript(redis, RECEIVE, [keys.state, keys.mailbox, keys.seen, keys.history], args)
  if (event.kind === 'message' && event.own) {
    await write()
    // An echo of our own words changes nothing; a person's words silence the bot.
    return event.by === 'person' ? { customer, by: 'person' } : undefined
  }
  // That somebody waits is noted first, and in the same breath: whoever dies after this line is made good.
  const [since] = await Promise.all([note(customer), write()])
  return { customer, by: 'customer', since }
}

async function ignore(redis: Redis, channel: ChannelName, event: ChannelEvent, reason: string, now: number) {
  await redis.xAdd(
    IGNORED,
    '*',
    { channel, kind: event.kind, id: event.id, reason, at: String(now) },
    { TRIM: { strategy: 'MAXLEN', strategyModifier: '~', threshold: 10_000 } },
  )
  return undefined
}

type Incoming = Exclude<ChannelEvent, { kind: 'ignored' | 'reaction' | 'read' | 'delivery' | 'status' | 'control' }>

/**
 * Whose message it is: the author as we know them, and whoever has the message in their mailbox or history. A network may
 * tell of one message twice and name its author in one of them only; an edit goes where its message is.
 */
async function findHolder(redis: Redis, event: Incoming, { id, account }: Customer) {
  const key = claimKey(account, 'of' in event ? event.of : event.id)
  const claims = event.kind === 'message' && !event.own
  const claim = { condition: 'NX', expiration: { type: 'PX', value: CLAIM_MS } } as const
  const [linked, , first] = await Promise.all([
    redis.get(aliasKey(id)),
    claims ? redis.set(key, id, claim) : undefined,
    redis.get(key),
  ])
  const author = linked ?? id
  const customer = first === null || first === id ? author : await resolveCustomer(redis, first)
  return { author, customer }
}

function entryOf(
  event: ChannelEvent,
  waiting: readonly (Waiting & { raw: string })[],
  now: number,
): [string, string, string] {
  if (event.kind === 'message') {
    if (event.own) return ['', '', '']
    const { message, customer, directed, from } = event
    return [JSON.stringify({ message, customer, receivedAt: now, directed, from } satisfies Waiting), '', '']
  }
  const found = 'of' in event ? waiting.find((one) => one.message.id === event.of) : undefined
  if (!found) return ['', '', '']
  const { raw, ...entry } = found
  if (event.kind !== 'edit') return ['', raw, '']
  return ['', raw, JSON.stringify({ ...entry, message: { ...entry.message, text: event.text } })]
}

function historyOf(event: ChannelEvent, now: number): HistoryEvent {
  const incoming = event as Incoming
  if (incoming.kind === 'edit') return { at: now, type: 'message-edited', message: incoming.of, text: incoming.text }
  if (incoming.kind === 'delete') return { at: now, type: 'message-deleted', message: incoming.of }
  if (!incoming.own) return { at: now, type: 'message-received', message: incoming.message }
  return { at: now, type: 'message-echoed', message: incoming.message, effect: incoming.effect, by: incoming.by }
}

async function readWaiting(redis: Redis, customer: CustomerId): Promise<(Waiting & { raw: string })[]> {
  const raws = await redis.lRange(keysOf(customer).mailbox, 0, -1)
  return raws.map((raw) => ({ ...(JSON.parse(raw) as Waiting), raw }))
}

/** Reads a customer's case, mailbox and recent history. */
export async function openCustomer(redis: Redis, customer: CustomerId): Promise<Open> {
  const keys = keysOf(customer)
  const [state, waiting, history] = await Promise.all([
    redis.hGetAll(keys.state),
    redis.lRange(keys.mailbox, 0, -1),
    redis.lRange(keys.history, -HISTORY_READ, -1),
  ])
  return {
    customer,
    version: state.version ?? '0',
    epoch: Number(state.epoch ?? 0),
    owner: state.owner ?? BOT,
    ...(state.case ? { case: JSON.parse(state.case) as Case } : {}),
    waiting: waiting.map((raw) => JSON.parse(raw) as Waiting),
    history: history.map((raw) => JSON.parse(raw) as HistoryEvent),
  }
}

/** A customer's case alone, for whoever needs no history. */
export async function readCase(redis: Redis, customer: CustomerId): Promise<Case | undefined> {
  const raw = await redis.hGet(keysOf(customer).state, 'case')
  return raw ? (JSON.parse(raw) as Case) : undefined
}

/** Commits a change if nothing moved since `open` was read; false: nothing happened, read again. */
export async function commit(redis: Redis, open: Open, change: Change): Promise<boolean> {
  const keys = keysOf(open.customer)
  const owner = change.owner ?? open.owner
  const epoch = owner === open.owner ? open.epoch : open.epoch + 1
  const events = (change.events ?? []).map((event) => JSON.stringify({ caseId: change.case.id, ...event }))
  const effects = (change.effects ?? []).flatMap((effect) => [effect.id, JSON.stringify({ ...effect, epoch })])
  const done = await runScript(
    redis,
    COMMIT,
    [keys.state, keys.mailbox, keys.history, keys.effects, keys.outbox],
    [
      open.version,
      open.epoch,
      change.taken ?? 0,
      epoch,
      owner,
      JSON.stringify(change.case),
      events.length,
      ...events,
      ...effects,
    ],
  )
  return done === 1
}

/**
 * Reads, changes and commits until it holds. `decide` returns the change, or anything else to leave the case alone
 * and hand that back.
 */
export async function changeCase<T>(
  redis: Redis,
  customer: CustomerId,
  decide: (open: Open & { readonly case: Case }) => { change: Change } | { instead: T },
): Promise<{ change: Change } | { instead: T } | undefined> {
  for (;;) {
    const open = await openCustomer(redis, customer)
    if (!open.case) return undefined
    const decided = decide({ ...open, case: open.case })
    if ('instead' in decided || (await commit(redis, open, decided.change))) return decided
  }
}
