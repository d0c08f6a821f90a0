// Loads a customer's case, mailbox and history, and commits changes guarded by version and epoch.
import { BOT, type Case, type CustomerChange, type CustomerId, type CustomerSnapshot } from '#domain'
import type { Redis } from '../clients.ts'
import { runScript } from '../lua-script.ts'
import { KEYS, keysOf } from './keys.ts'
import { caseOf, eventOf, pendingMessageOf } from './migrations.ts'
import { COMMIT } from './scripts.ts'

const HISTORY_READ = 400

/** Follows an alias: the customer whose partition a network identity belongs to. */
export async function resolveCustomer(redis: Redis, customer: CustomerId): Promise<CustomerId> {
  return (await redis.get(KEYS.identity.alias(customer))) ?? customer
}

/** Says that a private identity is the same person as `customer`. The first statement stays. */
export async function linkIdentity(redis: Redis, alias: CustomerId, customer: CustomerId): Promise<void> {
  if (alias !== customer) await redis.set(KEYS.identity.alias(alias), customer, { condition: 'NX' })
}

/** Reads a customer's case, mailbox and history: what a decision needs of it, or all of it. */
export async function loadCustomer(
  redis: Redis,
  customer: CustomerId,
  { history: part = 'recent' }: { readonly history?: 'recent' | 'whole' } = {},
): Promise<CustomerSnapshot> {
  const keys = keysOf(customer)
  const [state, waiting, history] = await Promise.all([
    redis.hGetAll(keys.state),
    redis.lRange(keys.mailbox, 0, -1),
    redis.lRange(keys.history, part === 'whole' ? 0 : -HISTORY_READ, -1),
  ])
  return {
    customer,
    version: state.version ?? '0',
    epoch: Number(state.epoch ?? 0),
    owner: state.owner ?? BOT,
    ...(state.case ? { case: caseOf(state.case) } : {}),
    waiting: waiting.map(pendingMessageOf),
    history: history.map(eventOf),
  }
}

/** A customer's case alone, for whoever needs no history. */
export async function readCase(redis: Redis, customer: CustomerId): Promise<Case | undefined> {
  const raw = await redis.hGet(keysOf(customer).state, 'case')
  return raw ? caseOf(raw) : undefined
}

/** A customer's case with its version, which moves with every change. */
export async function readCaseVersion(
  redis: Redis,
  customer: CustomerId,
): Promise<{ readonly case: Case; readonly version: string } | undefined> {
  const [raw, version] = await redis.hmGet(keysOf(customer).state, ['case', 'version'])
  return raw ? { case: caseOf(raw), version: version ?? '0' } : undefined
}

/** Commits a change if nothing moved since `open` was read; false: nothing happened, read again. */
export async function commitChange(redis: Redis, open: CustomerSnapshot, change: CustomerChange): Promise<boolean> {
  const owner = change.owner ?? open.owner
  const epoch = owner === open.owner ? open.epoch : open.epoch + 1
  const events = (change.events ?? []).map((event) => JSON.stringify({ schema: 1, caseId: change.case.id, ...event }))
  const answers = change.events?.flatMap((event) => ('messages' in event ? event.messages : []))
  const effects = (change.effects ?? []).map((effect) => ({
    id: effect.id,
    json: JSON.stringify({ ...effect, epoch, ...(effect.by === BOT && answers?.length ? { answers } : {}) }),
  }))
  const done = await runScript(redis, COMMIT, keysOf(open.customer), {
    version: open.version,
    epoch: open.epoch,
    taken: change.taken ?? 0,
    nextEpoch: epoch,
    owner,
    case: JSON.stringify(change.case),
    events,
    effects,
  })
  return done === 1
}

/**
 * Reads, changes and commits until it holds. `decide` returns the change, or anything else to leave the case alone
 * and hand that back.
 */
export async function updateCase<T>(
  redis: Redis,
  customer: CustomerId,
  decide: (
    open: CustomerSnapshot & { readonly case: Case },
  ) => { change: CustomerChange } | { instead: T } | Promise<{ change: CustomerChange } | { instead: T }>,
): Promise<{ change: CustomerChange } | { instead: T } | undefined> {
  for (;;) {
    const open = await loadCustomer(redis, customer)
    if (!open.case) return undefined
    const decided = await decide({ ...open, case: open.case })
    if ('instead' in decided || (await commitChange(redis, open, decided.change))) return decided
  }
}
