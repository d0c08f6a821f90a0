// Carries out one effect: announces or sends it; retries, defers to a newer worker, or makes a dead letter.
import type { CustomerId, DeliveryFailure, Effect } from '#domain'
import { stackFrames } from '#lib'
import { KEYS, keysOf } from '#redis/keys'
import { RecordFromNewerVersion, readEffect, Unreadable } from '#redis/store'
import { ATTEMPTS, backoff } from './retry-policy.ts'
import { attemptSend } from './send.ts'
import type { SendContext } from './send-context.ts'

export type CarryContext = SendContext & {
  /** Carries out an `announce`; repeating it does no harm. */
  readonly announce: (effect: Effect & { readonly do: 'announce' }) => Promise<void>
}

/** A network echoes what we sent within this. */
const ECHO_MS = 2 * 86_400_000

/** How soon, at first, a newer worker is given what only newer code can read. */
const NEWER_MS = 2_000

/** Resolves to undefined when the effect is done with, or to the milliseconds after which to try again. */
export async function carryEffect(
  context: CarryContext,
  customer: CustomerId,
  id: string,
  json: string,
): Promise<number | undefined> {
  const { redis } = context
  let effect: Effect | undefined
  try {
    effect = readEffect(json)
    if (effect.do === 'announce') {
      await context.announce(effect)
      await context.effects.finish(customer, effect, { state: 'sent' })
      return undefined
    }
    await redis.set(KEYS.effect.customer(id), customer, { expiration: { type: 'PX', value: ECHO_MS } })
    if (effect.outgoing.type === 'public-reply') {
      const answering = KEYS.message.repliers(effect.outgoing.conversation.id)
      await redis.sAdd(answering, customer)
      await redis.pExpire(answering, ECHO_MS)
    }
    return await attemptSend(context, { customer, effect })
  } catch (error) {
    return (await waitForNewer(context, customer, id, error)) ?? retryBroken(context, customer, id, effect, error)
  }
}

/** What newer code wrote is a newer worker's, and no failure: the milliseconds to wait, unless none comes for long. */
async function waitForNewer(
  { redis, timing, now }: CarryContext,
  customer: CustomerId,
  id: string,
  error: unknown,
): Promise<number | undefined> {
  if (!(error instanceof RecordFromNewerVersion)) return undefined
  const { effects } = keysOf(customer)
  await redis.hSetNX(effects, `${id}/newer`, String(Math.round(now())))
  const waited = now() - Number(await redis.hGet(effects, `${id}/newer`))
  return waited < timing.patience ? Math.max(NEWER_MS, waited / 8) : undefined
}

/** What breaks is tried again, and set aside in the end: nothing holds up a customer's other effects for ever. */
async function retryBroken(
  context: CarryContext,
  customer: CustomerId,
  id: string,
  effect: Effect | undefined,
  error: unknown,
): Promise<number | undefined> {
  const { redis, timing, log, now } = context
  const name = error instanceof Error ? error.name : 'unknown error'
  log.error({ effect: id, error: name, at: stackFrames(error).slice(0, 8) }, 'an effect failed')
  const failures = await redis.hIncrBy(keysOf(customer).effects, `${id}/failures`, 1)
  if (failures >= ATTEMPTS) return setAside(context, { customer, id, effect, error, failures })
  const wait = backoff(timing, failures)
  await redis.hSet(keysOf(customer).effects, `${id}/not-before`, Math.round(now() + wait))
  return wait
}

async function setAside(
  context: CarryContext,
  broken: {
    readonly customer: CustomerId
    readonly id: string
    readonly effect: Effect | undefined
    readonly error: unknown
    readonly failures: number
  },
): Promise<undefined> {
  const { redis, effects, deadLetters, events } = context
  const { customer, id, effect, error, failures } = broken
  const isBegun = (await redis.hGet(keysOf(customer).effects, `${id}/state`)) === 'started'
  const state = isBegun ? 'in-doubt' : 'poisoned'
  const because = isBegun ? `${causeOf(error)}, and it may have arrived` : causeOf(error)
  await deadLetters.note(customer, id)
  // The ticket that an `announce` would show is there already.
  if (effect?.do !== 'announce') {
    const channel = effect?.outgoing.customer.channel
    await reportFailure(context, { customer, effect: id, because, ...(channel && { channel }) }, failures)
    if (channel) events.counted(channel, state)
  }
  await effects.stuck(customer, effect ?? { id, caseId: `${customer}~1` }, state, because)
}

/** Rejects while there are tries left to open a ticket; after them the effect is set aside without one. */
async function reportFailure({ events, log }: CarryContext, failure: DeliveryFailure, failures: number): Promise<void> {
  await events.failed(failure).catch((error: Error) => {
    if (failures < 2 * ATTEMPTS) throw error
    log.error({ effect: failure.effect, error: error.name }, 'no ticket could be opened for a failed delivery')
  })
}

function causeOf(error: unknown): string {
  if (error instanceof RecordFromNewerVersion) return 'another version of Warmline wrote it'
  if (error instanceof Unreadable) return error.message
  return `carrying it out broke each time (${error instanceof Error ? error.name : 'unknown error'})`
}
