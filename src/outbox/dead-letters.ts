// Dead letters: an index of effects that are stuck or slow, and what an operator may do (retry, drop).
// Each customer's effects remain the truth; an index entry is written before it and read with it.
import type { Logger } from 'pino'
import { type ChannelName, type CustomerId, type Effect, type HistoryEvent, STUCK, type StuckState } from '#domain'
import type { PrivateSpan } from '#privacy'
import { type Redis, runScript } from '#redis'
import type { Connections } from '#redis/connect'
import { KEYS, keysOf, QUEUES } from '#redis/keys'
import { type KeyedQueue, openKeyedQueue } from '#redis/queue'
import { DROP, REMOVE_IF_SCORE, RETRY, rateLimitDelay, scopeOf, tryRead } from '#redis/store'

/** Sorted set of effect ids by when they got stuck, and a hash: effect id -> customer. */
const INDEX = KEYS.effect.stuck()
const WHERE = KEYS.effect.stuckCustomers()
const LISTED = 500
/** From this many tries on, an effect is shown as being retried. */
const SLOW = 3

/** An effect that an operator may want to know of. Holds ids and reasons, never what anybody wrote. */
export type DeadLetter = {
  readonly id: string
  readonly customer: CustomerId
  readonly caseId: string
  /** `public-reply`, `private-message`, `private-reply`, `hide`, `announce`, or `unknown` where it cannot be read. */
  readonly kind: string
  readonly channel?: ChannelName
  /** `bot`, or an agent's e-mail. */
  readonly by: string
  /** Stuck, and waiting for an operator; or on its way: tried again, waiting for a network's limit, looked for. */
  readonly state: StuckState | 'retried' | 'limited' | 'looked-for'
  /** Milliseconds since 1970. */
  readonly since: number
  readonly because: string
  readonly attempts: number
}

/** With its words, and the private data in them. */
type HeldText = DeadLetter & { readonly text?: string; readonly privateData?: readonly PrivateSpan[] }

/** `again`: it will be tried; `suppressed`: the bot may no longer say it; `not`: nothing stuck has this id. */
type Retried = 'again' | 'suppressed' | 'not'

/** What an operator is told. */
export const RETRIED = {
  again: 'it will be tried again now',
  suppressed: 'it is not sent, and no longer stuck: the bot wrote it, and a person has taken over the case since',
} as const satisfies Record<Exclude<Retried, 'not'>, string>

export type DeadLetters = {
  /** Call before an effect becomes stuck. */
  note(customer: CustomerId, effect: string): Promise<void>
  forget(effect: string): Promise<void>
  /** What is stuck, newest first, then what is slow; at most 500 of each. */
  list(): Promise<readonly DeadLetter[]>
  /** One of them, with its text. */
  read(effect: string): Promise<HeldText | undefined>
  retry(effect: string, by: string): Promise<Retried>
  /** False when nothing stuck has this id. */
  drop(effect: string, by: string): Promise<boolean>
  count(): Promise<number>
}

const isStuck = (state: string | null | undefined): state is StuckState => STUCK.some((one) => one === state)

/** For an operator without a service around them; `close` does not close the connections. */
export async function openDeadLetters(
  connections: Connections,
  log: Logger,
  now: () => number,
): Promise<DeadLetters & { close(): Promise<void> }> {
  const queue = await openKeyedQueue(QUEUES.effects, connections, log, now)
  return { ...openDeadLetterStore(connections.main, queue, now), close: () => queue.close() }
}

export function openDeadLetterStore(
  redis: Redis,
  queue: Pick<KeyedQueue, 'note' | 'due' | 'customers'>,
  now: () => number,
): DeadLetters {
  async function forget(effect: string): Promise<void> {
    await redis.zRem(INDEX, effect)
    await redis.hDel(WHERE, effect)
  }

  async function whose(effect: string): Promise<CustomerId | undefined> {
    return (await redis.hGet(WHERE, effect)) ?? (await redis.get(KEYS.effect.customer(effect))) ?? undefined
  }

  async function look(
    customer: CustomerId,
    id: string,
  ): Promise<{ held?: DeadLetter; state?: string; effect?: Effect }> {
    const names = ['', '/state', '/because', '/since', '/attempts', '/doubt', '/first', '/tries-from'].map(
      (name) => id + name,
    )
    const stored = await redis.hmGet(keysOf(customer).effects, names)
    const [json, state, because, since, attempts, doubt, first, before] = stored
    if (!json || !state) return state ? { state } : {}
    const effect = tryRead(json)
    const outgoing = effect?.do === 'send' ? effect.outgoing : undefined
    const tries = Number(attempts ?? 0) - Number(before ?? 0)
    const limited =
      state === 'pending' && outgoing !== undefined && (await rateLimitDelay(redis, scopeOf(outgoing))) > 0
    const shown = isStuck(state)
      ? state
      : doubt
        ? 'looked-for'
        : limited
          ? 'limited'
          : state === 'pending' && tries >= SLOW
            ? 'retried'
            : undefined
    if (!shown) return { state, ...(effect && { effect }) }
    const channel = effect?.do === 'announce' ? effect.customer.channel : outgoing?.customer.channel
    const held: DeadLetter = {
      id,
      customer,
      caseId: effect?.caseId ?? '',
      kind: outgoing?.type ?? effect?.do ?? 'unknown',
      ...(channel && { channel }),
      by: effect?.by ?? '',
      state: shown,
      since: Number(since ?? first ?? effect?.madeAt ?? 0),
      because: because ?? doubt ?? (limited ? 'the network takes no more for now' : ''),
      attempts: tries,
    }
    return { held, state, ...(effect && { effect }) }
  }

  async function listStuck(): Promise<DeadLetter[]> {
    const ids = await redis.zRange(INDEX, 0, LISTED - 1, { REV: true })
    const customers = ids.length > 0 ? await redis.hmGet(WHERE, ids) : []
    const looked = await Promise.all(
      ids.map(async (id, index) => {
        const customer = customers[index]
        const { held, state } = customer ? await look(customer, id) : {}
        // Written before the effect got stuck, so `pending` and `started` may yet become so.
        if (!held && state !== 'pending' && state !== 'started') await forget(id)
        return held && isStuck(held.state) ? [held] : []
      }),
    )
    return looked.flat()
  }

  async function listSlow(): Promise<DeadLetter[]> {
    const customers = await queue.customers(LISTED)
    const looked = await Promise.all(
      customers.map(async (customer) => {
        const ids = await redis.lRange(keysOf(customer).outbox, 0, LISTED - 1)
        return (await Promise.all(ids.map((id) => look(customer, id)))).flatMap(({ held }) => held ?? [])
      }),
    )
    return looked.flat().slice(0, LISTED)
  }

  return {
    async note(customer, effect) {
      await redis.hSet(WHERE, effect, customer)
      await redis.zAdd(INDEX, { value: effect, score: now() })
    },
    forget,
    list: async () => [...(await listStuck()), ...(await listSlow())],
    async read(id) {
      const customer = await whose(id)
      const { held, effect } = customer ? await look(customer, id) : {}
      const text = effect?.do === 'send' && 'text' in effect.outgoing ? effect.outgoing.text : undefined
      const privateData = effect?.do === 'send' ? effect.privateData : undefined
      return held && { ...held, ...(text !== undefined && { text }), ...(privateData && { privateData }) }
    },
    async retry(id, by) {
      const customer = await whose(id)
      if (!customer) return 'not'
      const keys = keysOf(customer)
      const json = await redis.hGet(keys.effects, id)
      const effect = tryRead(json)
      const event = (type: 'effect-retried' | 'effect-suppressed', detail: string): HistoryEvent => ({
        at: now(),
        type,
        effect: id,
        by,
        detail,
        ...(effect && { caseId: effect.caseId }),
      })
      const wanted = 'an operator wanted it tried again'
      const args = {
        id,
        epoch: effect?.by === 'bot' ? effect.epoch : undefined,
        again: JSON.stringify(event('effect-retried', wanted)),
        suppressed: JSON.stringify(event('effect-suppressed', `${wanted}, and a person had taken over`)),
      }
      await queue.note(customer)
      const since = await redis.zScore(INDEX, id)
      const done = await runScript(redis, RETRY, keys, args)
      if (done === 'not') return 'not'
      await queue.due(customer)
      if (
        since !== null &&
        (await runScript(redis, REMOVE_IF_SCORE, { set: INDEX }, { member: id, score: since })) === 1
      ) {
        await redis.hDel(WHERE, id)
        if ((await redis.zScore(INDEX, id)) !== null) await redis.hSet(WHERE, id, customer)
      }
      return done === 'again' ? 'again' : 'suppressed'
    },
    async drop(id, by) {
      const customer = await whose(id)
      if (!customer) return false
      const keys = keysOf(customer)
      const json = await redis.hGet(keys.effects, id)
      const caseId = tryRead(json)?.caseId
      const event: HistoryEvent = { at: now(), type: 'effect-dropped', effect: id, by, ...(caseId && { caseId }) }
      const done = await runScript(redis, DROP, keys, { id, event: JSON.stringify(event) })
      await forget(id)
      return done === 1
    },
    count: () => redis.zCard(INDEX),
  }
}
