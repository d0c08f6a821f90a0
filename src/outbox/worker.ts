// Every effect leaves here, once, in the order it was decided, one customer at a time.
import type { Logger } from 'pino'
import type { Channel } from '#channels'
import type { ChannelEvent, ChannelName, CustomerId, DeliveryFailure, Effect, SendOutcome } from '#domain'
import { stackFrames } from '#lib'
import type { Connections } from '#redis/connect'
import { KEYS, keysOf, QUEUES } from '#redis/keys'
import { openKeyedQueue } from '#redis/queue'
import { openEffectStore, RecordFromNewerVersion, readEffect, tryRead, Unreadable } from '#redis/store'
import { awaitIdle } from './await-idle.ts'
import { type DeadLetters, openDeadLetterStore } from './dead-letters.ts'
import { openEchoMatcher } from './match-echo.ts'
import { ATTEMPTS, backoff, TIMING, type Timing } from './retry-policy.ts'
import { openSend } from './send.ts'

/** A network echoes what we sent within this. */
const ECHO_MS = 2 * 86_400_000

/** How soon, at first, a newer worker is given what only newer code can read. */
const NEWER_MS = 2_000

/** Who waits longer for a network looks in between. */
const LONGEST_MS = 4 * 60_000

function whyBroken(error: unknown): string {
  if (error instanceof RecordFromNewerVersion) return 'another version of Warmline wrote it'
  if (error instanceof Unreadable) return error.message
  return `carrying it out broke each time (${error instanceof Error ? error.name : 'unknown error'})`
}

/** How sends end, for those who have to know. */
export type OutboxEvents = {
  /** It could not be sent: a person has to see to it. */
  deliveryFailed(failure: DeliveryFailure): Promise<void>
  /** Something of this customer's was sent, or held back. */
  delivered(customer: CustomerId): Promise<void>
}

export type Outbox = {
  /** Says that a customer's outbox is about to have something in it; call it before committing. */
  note(customer: CustomerId): Promise<void>
  /** Says that a customer's outbox has something in it. */
  due(customer: CustomerId): Promise<void>
  /** A network shows what our own account said. True if Warmline sent it: then it has arrived. */
  echoed(event: Extract<ChannelEvent, { kind: 'message'; own: true }>): Promise<boolean>
  /** Resolves once nothing of ours is on its way to this customer, within `mostMs` or about the time that a send may take. */
  silence(customer: CustomerId, mostMs?: number): Promise<void>
  /** What an operator may look into. */
  readonly stuck: DeadLetters
  /** Starts carrying effects out; returns what stops it. */
  work(): Promise<() => Promise<void>>
  close(): Promise<void>
}

export async function openOutbox(options: {
  connections: Connections
  channels: ReadonlyMap<ChannelName, Channel>
  /** Carries out an `announce`; repeating it does no harm. */
  announce: (effect: Effect & { readonly do: 'announce' }) => Promise<void>
  events: OutboxEvents
  /** Counts how sends fare. */
  count?: (channel: ChannelName, fate: SendOutcome) => void
  concurrency: number
  /** Aborted when the process has to end soon. */
  stopping: AbortSignal
  timing?: Timing
  log: Logger
  now: () => number
}): Promise<Outbox> {
  const { connections, events, timing = TIMING, count = () => {}, log, now } = options
  const redis = connections.main
  const queue = await openKeyedQueue(QUEUES.effects, connections, log, now)
  const records = openEffectStore(redis, now)
  const stuck = openDeadLetterStore(redis, queue, now)
  const { deliveryFailed: mishap, delivered: fared } = events
  const send = openSend({ ...options, redis, records, stuck, timing, mishap, fared, count })
  const echo = openEchoMatcher(connections.ingest, openEffectStore(connections.ingest, now), timing)

  /** What breaks is tried again, and set aside in the end: nothing holds up a customer's other effects for ever. */
  async function broken(customer: CustomerId, id: string, effect: Effect | undefined, error: unknown) {
    const name = error instanceof Error ? error.name : 'unknown error'
    log.error({ effect: id, error: name, at: stackFrames(error).slice(0, 8) }, 'an effect broke')
    const failures = await redis.hIncrBy(keysOf(customer).effects, `${id}/failures`, 1)
    if (failures < ATTEMPTS) {
      const wait = backoff(timing, failures)
      await redis.hSet(keysOf(customer).effects, `${id}/not-before`, Math.round(now() + wait))
      return wait
    }
    const begun = (await redis.hGet(keysOf(customer).effects, `${id}/state`)) === 'started'
    const state = begun ? 'in-doubt' : 'poisoned'
    const why = whyBroken(error)
    const because = begun ? `${why}, and it may have arrived` : why
    await stuck.note(customer, id)
    // The ticket that an `announce` would show is there already.
    if (effect?.do !== 'announce') {
      const channel = effect?.outgoing.customer.channel
      await mishap({ customer, effect: id, because, ...(channel && { channel }) }).catch((error: Error) => {
        if (failures < 2 * ATTEMPTS) throw error
        log.error({ effect: id, error: error.name }, 'nobody could be told of what is stuck')
      })
      if (channel) count(channel, state)
    }
    await records.stuck(customer, effect ?? { id, caseId: `${customer}~1` }, state, because)
    return undefined
  }

  /** What newer code wrote is a newer worker's, and no failure: the milliseconds to wait, unless none comes for long. */
  async function waitForNewer(customer: CustomerId, id: string, error: unknown): Promise<number | undefined> {
    if (!(error instanceof RecordFromNewerVersion)) return undefined
    const { effects } = keysOf(customer)
    await redis.hSetNX(effects, `${id}/newer`, String(Math.round(now())))
    const waited = now() - Number(await redis.hGet(effects, `${id}/newer`))
    return waited < timing.patience ? Math.max(NEWER_MS, waited / 8) : undefined
  }

  /** Carries out one effect; what it returns is as `Send` has it. */
  async function carry(customer: CustomerId, id: string, json: string): Promise<number | undefined> {
    let effect: Effect | undefined
    try {
      effect = readEffect(json)
      if (effect.do === 'announce') {
        await options.announce(effect)
        await records.finish(customer, effect, { state: 'sent' })
        return undefined
      }
      await redis.set(KEYS.effect.customer(id), customer, { expiration: { type: 'PX', value: ECHO_MS } })
      if (effect.outgoing.type === 'public-reply') {
        const answering = KEYS.message.repliers(effect.outgoing.conversation.id)
        await redis.sAdd(answering, customer)
        await redis.pExpire(answering, ECHO_MS)
      }
      return await send(customer, effect)
    } catch (error) {
      return (await waitForNewer(customer, id, error)) ?? broken(customer, id, effect, error)
    }
  }

  /** What is in a customer's outbox, in order; `wait`: milliseconds until what broke may be tried again. */
  async function list(customer: CustomerId): Promise<{ id: string; json: string; wait: number }[]> {
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

  /**
   * Announcements first: no network has a say in them, so no waiting message holds them back. Then the message that
   * is next; the others wait for it.
   */
  async function empty(customer: CustomerId): Promise<number | undefined> {
    for (;;) {
      const listed = await list(customer)
      if (listed.length === 0) return undefined
      const [announcements = [], messages = []] = [true, false].map((is) =>
        listed.filter(({ json }) => (tryRead(json)?.do === 'announce') === is),
      )
      const waits: number[] = []
      for (const { id, json, wait } of [...announcements, ...messages.slice(0, 1)]) {
        waits.push(wait > 0 ? wait : ((await carry(customer, id, json)) ?? 0))
      }
      const longer = waits.filter((wait) => wait > 0)
      if (longer.length > 0) return Math.min(...longer, LONGEST_MS)
    }
  }

  return {
    note: async (customer) => void (await queue.note(customer)),
    due: (customer) => queue.due(customer),
    async echoed(event) {
      const { sent, arrived } = await echo(event)
      if (!arrived) return sent
      const { customer, effect } = arrived
      await stuck.forget(effect)
      await fared(customer)
      // Whatever waited behind it may go.
      await queue.due(customer)
      return sent
    },
    silence: (customer, mostMs) => awaitIdle(redis, customer, timing, mostMs),
    stuck,
    work: () => queue.work((customer) => empty(customer), options.concurrency),
    close: () => queue.close(),
  }
}
