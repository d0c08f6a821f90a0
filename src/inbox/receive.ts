// Receives one event: deduplicates and stores messages; edits and deletions are in edits.ts.
import {
  type Audience,
  annotatedTextOf,
  type ChannelEvent,
  type ChannelName,
  type CustomerId,
  type HistoryEvent,
  type PendingMessage,
  withText,
} from '#domain'
import { type Redis, runScript } from '#redis'
import { KEYS, keysOf } from '#redis/keys'
import { CLAIM, RECEIVE, resolveCustomer } from '#redis/store'
import { applyEdit, type EditContext, OLDEST_MS, REMEMBER_MS } from './edits.ts'
import { type MessageRevision, newer, revisionOf } from './message-revision.ts'
import { noteAuthor } from './own-message.ts'

/** Whose case an event changes, and whether the customer did it or a person of ours in the network's own inbox. */
type Received =
  | { readonly by: 'customer'; readonly customer: CustomerId; readonly since: number }
  | { readonly by: 'person'; readonly customer: CustomerId; readonly at: number; readonly audience: Audience }

type Written = ChannelEvent & { readonly kind: 'message' }

const TOO_OLD = 'it is more than a week old, so it was told before'

/** When something happened, by the network's clock, of what may speak or silence somebody. */
function timeOf(event: ChannelEvent): number | undefined {
  if (event.kind === 'message') return event.message.at
  return event.kind === 'control' ? event.at : undefined
}

/** Whether something happened so long ago that nobody would know whether it was told before. */
export const isTooOld = (event: ChannelEvent, now: number): boolean => (timeOf(event) ?? now) < now - OLDEST_MS

/** Takes one event in; `keeping.note` says that a customer waits and since when. Resolves once it is durable. */
export async function receive(
  redis: Redis,
  channel: ChannelName,
  event: ChannelEvent,
  keeping: EditContext,
): Promise<readonly Received[]> {
  const ignore = (reason: string) => {
    if (reason === TOO_OLD) keeping.late?.(event)
    return ignored(redis, channel, event, reason, keeping.now)
  }
  if (isTooOld(event, keeping.now)) return ignore(TOO_OLD)
  switch (event.kind) {
    case 'ignored':
      return ignore(event.reason)
    case 'message':
      return event.customer ? takeMessage(redis, { ...event, customer: event.customer }, keeping, ignore) : nobody()
    case 'edit':
    case 'delete':
      return event.customer
        ? (await applyEdit(redis, { ...event, customer: event.customer }, keeping)).map(byCustomer)
        : nobody()
    default:
      return ignore(event.what)
  }
  function nobody() {
    return ignore('no customer is known')
  }
}

const byCustomer = (one: { customer: CustomerId; since: number }) => ({ ...one, by: 'customer' }) as const

async function ignored(redis: Redis, channel: ChannelName, event: ChannelEvent, reason: string, now: number) {
  await redis.xAdd(
    KEYS.message.ignored(),
    '*',
    { channel, kind: event.kind, id: event.id, reason, at: String(now) },
    { TRIM: { strategy: 'MAXLEN', strategyModifier: '~', threshold: 10_000 } },
  )
  return []
}

async function takeMessage(
  redis: Redis,
  event: Written & { customer: NonNullable<Written['customer']> },
  { now, note, keepMs, forgetsFormer = false }: EditContext,
  ignore: (reason: string) => Promise<readonly Received[]>,
): Promise<readonly Received[]> {
  const { id, account } = event.customer
  const { id: message } = event.message
  const claim = { claim: KEYS.message.claim(account, message), revision: KEYS.message.revision(account, message) }
  const [linked, told] = await Promise.all([
    redis.get(KEYS.identity.alias(id)),
    runScript(redis, CLAIM, claim, { customer: id, keepMs }),
  ])
  const [first = '', earlier = '', left] = told as [string, string, number]
  // Told long ago, by our own clock: a network may name no time, or a wrong one.
  if (!event.own && keepMs - left > OLDEST_MS) return ignore(TOO_OLD)
  const author = linked ?? id
  // A network may tell of one message twice and name its author in one of them only.
  const customer = event.own || first === id ? author : await resolveCustomer(redis, first)
  if (customer !== author) return ignore('the same message came before, under another id of its author')

  const keys = keysOf(customer)
  async function write(): Promise<void> {
    for (let known = ''; ; ) {
      const changed = newer(revisionOf(known), revisionOf(earlier))
      const events = historyOf(event, changed, now, forgetsFormer).map((one) => JSON.stringify(one))
      const done = await runScript(redis, RECEIVE, keys, {
        id: event.id,
        now,
        forgetBefore: now - REMEMBER_MS,
        message,
        known,
        change: changed && JSON.stringify(changed),
        pending: event.own || changed?.deleted ? undefined : JSON.stringify(entryOf(event, changed, now)),
        events,
      })
      if (done !== -1) return
      known = (await redis.hGet(keys.changes, message)) ?? ''
    }
  }
  async function noteThread(): Promise<void> {
    const { conversation, replyTo } = event.message
    if (conversation.audience === 'public')
      await noteAuthor(redis, conversation.id, { customer: id, ...(replyTo && { replyTo }) })
  }
  if (event.own) {
    await write()
    // An echo of our own words changes nothing; a person's words silence the bot.
    const { at, conversation } = event.message
    return event.by === 'person' ? [{ customer, by: 'person', at, audience: conversation.audience }] : []
  }
  // That somebody waits is noted first, and in the same breath: whoever dies after this line is made good.
  const [since] = await Promise.all([note(customer), write(), noteThread()])
  return [{ customer, since, by: 'customer' }]
}

function entryOf(event: Written & { own: false }, changed: MessageRevision | undefined, now: number): PendingMessage {
  const { customer, directed, aside, from } = event
  const message = changed && !changed.deleted ? withText(event.message, changed) : event.message
  return {
    schema: 1,
    message,
    customer,
    receivedAt: now,
    directed,
    ...(aside ? { aside } : {}),
    ...(from ? { from } : {}),
  }
}

/** Of a message that was deleted before it was told nothing is kept but that. */
function historyOf(
  event: Written,
  changed: MessageRevision | undefined,
  now: number,
  forgetsFormer: boolean,
): HistoryEvent[] {
  const message = changed && forgetsFormer ? withText(event.message, { text: '' }) : event.message
  const at = { schema: 1, at: now } as const
  if (changed?.deleted) return [{ ...at, type: 'message-deleted', message: message.id }]
  const told: HistoryEvent = event.own
    ? { ...at, type: 'message-echoed', message, effect: event.effect, by: event.by }
    : { ...at, type: 'message-received', message }
  return changed ? [told, { ...at, type: 'message-edited', message: message.id, ...annotatedTextOf(changed) }] : [told]
}
