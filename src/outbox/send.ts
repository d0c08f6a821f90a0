// One send, from leave to its end: sent, refused, held back, again later, or in doubt and looked for.
import type { Logger } from 'pino'
import type { Channel, FoundSend } from '#channels'
import type { ChannelName, CustomerId, DeliveryFailure, SendEffect, SendOutcome, Sent } from '#domain'
import type { Redis } from '#redis'
import {
  type EffectStore,
  knownIds,
  LONGEST_MS,
  rateLimitDelay,
  readCase,
  recordRateLimit,
  type SendAttempt,
  type SendPermit,
  scopeOf,
} from '#redis/store'
import { windowClosed } from '#reply'
import type { DeadLetters } from './dead-letters.ts'
import { linkIdentities } from './link-identity.ts'
import { claimPlatformId, effectOfPlatformId } from './platform-ids.ts'
import { ATTEMPTS, backoff, nextLookAt, type Timing } from './retry-policy.ts'

/** Clocks of our machines and of a network differ by less than this. */
const SKEW_MS = 10_000

const channelOf = (effect: SendEffect): ChannelName => effect.outgoing.customer.channel

const lookerOf = (effect: SendEffect) => ({ ...scopeOf(effect.outgoing), kind: 'look' }) as const

/** Sends one effect; resolves to undefined when it is done with, or to the milliseconds after which to try again. */
export type Send = (customer: CustomerId, effect: SendEffect) => Promise<number | undefined>

export function openSend(options: {
  redis: Redis
  channels: ReadonlyMap<ChannelName, Channel>
  records: EffectStore
  stuck: Pick<DeadLetters, 'note'>
  timing: Timing
  mishap: (mishap: DeliveryFailure) => Promise<void>
  fared: (customer: CustomerId) => Promise<void>
  count: (channel: ChannelName, fate: SendOutcome) => void
  stopping: AbortSignal
  log: Logger
  now: () => number
}): Send {
  const { redis, channels, records, timing, stopping, log, now } = options

  /** The index and the ticket first: if we die in between, the effect is still there and the same reason is added once. */
  async function toPerson(
    customer: CustomerId,
    effect: SendEffect,
    state: 'refused' | 'in-doubt',
    because: string,
    number?: number,
  ): Promise<undefined> {
    const channel = channelOf(effect)
    await options.stuck.note(customer, effect.id)
    await options.mishap({ customer, effect: effect.id, channel, because })
    if (await records.stuck(customer, effect, state, because, number)) options.count(channel, state)
  }

  async function done(customer: CustomerId, effect: SendEffect, sent: Sent & { state: 'sent' }, number?: number) {
    if (sent.platformId) await claimPlatformId(redis, channelOf(effect), sent.platformId, effect.id)
    await linkIdentities(redis, customer, effect, sent)
    await records.sent(customer, effect, sent, number)
    await options.fared(customer)
  }

  /** Nobody wants the answer any more that a limit has held back for so long. */
  const isOverdue = (effect: SendEffect) => now() - effect.madeAt > timing.patience

  const send: Send = async (customer, effect) => {
    const channel = channels.get(channelOf(effect))
    // Hiding a post twice hides it once.
    const repeatable = channel?.law.idempotent === true || effect.outgoing.type === 'hide'
    const limitMs = await rateLimitDelay(redis, scopeOf(effect.outgoing))
    const closed = channel && (await windowOver(customer, channel, effect))
    // Before the question, so that a slow answer makes the leave shorter and never longer.
    const asked = performance.now()
    const leave = await records.start(customer, effect, repeatable, limitMs)
    switch (leave.type) {
      case 'wait':
        return leave.forMs
      case 'limited':
        if (!isOverdue(effect)) return leave.forMs
        return toPerson(customer, effect, 'refused', 'the network takes no more for now', leave.number)
      case 'gone':
        return undefined
      case 'suppressed':
        options.count(channelOf(effect), 'suppressed')
        return options.fared(customer).then(() => undefined)
      case 'started':
        return doubted(customer, effect, channel, 'we stopped while sending', { try: leave.number })
      case 'doubt':
        return look(customer, effect, channel, leave)
    }
    if (!channel)
      return toPerson(customer, effect, 'refused', `the channel ${channelOf(effect)} is switched off`, leave.number)
    if (closed) return toPerson(customer, effect, 'refused', closed, leave.number)
    // INVARIANT: nothing is sent on an old leave: whoever waits for us to be silent counts from when it was given.
    if (performance.now() - asked > timing.begin) {
      log.warn({ effect: effect.id, channel: channel.name }, 'too slow to begin a send; asking again')
      await records.finish(customer, effect, { state: 'pending', try: leave.number })
      return timing.again
    }
    const left = AbortSignal.timeout(Math.max(0, Math.round(timing.end - (performance.now() - asked))))
    const cut = AbortSignal.any([left, stopping])
    const sent = await channel.send(effect.outgoing, cut).catch((error: Error): Sent => {
      log.error({ effect: effect.id, channel: channel.name, error: error.name }, 'a send broke')
      return { state: 'in-doubt', reason: 'the send broke off' }
    })
    return conclude(customer, effect, channel, sent, { ...leave, repeatable, isCut: cut.aborted })
  }

  async function conclude(
    customer: CustomerId,
    effect: SendEffect,
    channel: Channel,
    sent: Sent,
    attempt: SendAttempt & { readonly repeatable: boolean; readonly isCut: boolean },
  ): Promise<number | undefined> {
    const { number, tries, resent, repeatable, isCut } = attempt
    const limit = 'limit' in sent ? sent.limit : undefined
    await recordRateLimit(redis, scopeOf(effect.outgoing), limit)
    if (sent.state === 'sent') {
      options.count(channel.name, 'sent')
      return done(customer, effect, sent, number).then(() => undefined)
    }
    if (sent.state === 'refused' && sent.repeated && resent > 0) return repeated(customer, effect, channel, attempt)
    if (sent.state === 'in-doubt' && !repeatable) {
      return doubted(customer, effect, channel, sent.reason, { try: number, over: !isCut })
    }
    const again = sent.state !== 'refused'
    // Waiting in a queue is no failure, until it has taken so long that nobody wants the answer any more.
    const counts = !limit || isOverdue(effect)
    if (again && (tries < ATTEMPTS || !counts)) {
      const wait = Math.max(Math.min(limit?.forMs ?? 0, LONGEST_MS), backoff(timing, tries))
      const event = { at: now(), type: 'effect-retried', effect: effect.id, detail: sent.reason } as const
      await records.finish(customer, effect, {
        state: 'pending',
        try: number,
        event,
        notBefore: now() + wait,
        because: sent.reason,
      })
      options.count(channel.name, 'retried')
      return wait
    }
    const more = sent.state === 'refused' && sent.instead ? `; ${sent.instead}` : ''
    const end = again ? `; given up after ${tries} tries` : ''
    return toPerson(customer, effect, 'refused', sent.reason + more + end, number)
  }

  async function doubted(
    customer: CustomerId,
    effect: SendEffect,
    channel: Channel | undefined,
    why: string,
    which: { try: number; over?: boolean },
  ): Promise<number | undefined> {
    if (!channel?.find)
      return toPerson(customer, effect, 'in-doubt', `${why} and cannot tell whether it arrived`, which.try)
    const inMs = timing.looks[0]
    await records.doubt(customer, effect, { why, inMs, looks: 0, ...which })
    options.count(channel.name, 'doubted')
    return inMs
  }

  /** Reads whether it is there, a few times: what a network has accepted does not show at once. */
  async function look(
    customer: CustomerId,
    effect: SendEffect,
    channel: Channel | undefined,
    { looks, number, since, resent }: SendPermit & { type: 'doubt' },
  ): Promise<number | undefined> {
    if (!channel?.find) return toPerson(customer, effect, 'in-doubt', 'we cannot tell whether it arrived', number)
    const limitMs = await rateLimitDelay(redis, lookerOf(effect))
    if (limitMs > 0) return limitMs
    const found = await find(customer, effect, channel, since)
    if (found.state === 'found') {
      options.count(channel.name, 'found')
      return done(customer, effect, found.sent).then(() => undefined)
    }
    // Being told to stop says nothing about the network.
    if (found.state === 'unknown' && stopping.aborted) return timing.again
    const inMs = nextLookAt(timing, looks, found.state === 'unknown' && found.passing === true)
    if (inMs !== undefined) {
      // Whatever call it was has ended by the last of the regular looks.
      const over = looks + 1 >= timing.looks.length
      await records.doubt(customer, effect, { why: 'looking for it', inMs, looks: looks + 1, try: number, over })
      return inMs
    }
    if (found.state === 'unknown') {
      return toPerson(customer, effect, 'in-doubt', `we cannot tell whether it arrived: ${found.reason}`, number)
    }
    if (effect.outgoing.type === 'public-reply' && resent > 0) {
      return toPerson(customer, effect, 'in-doubt', 'it was sent twice, and we find it neither time', number)
    }
    await records.resend(customer, effect, number, looks)
    return 0
  }

  /** The network says of another try that it has this already: ours, or what somebody else was told in the same words. */
  async function repeated(
    customer: CustomerId,
    effect: SendEffect,
    channel: Channel,
    { number, since }: SendAttempt,
  ): Promise<number | undefined> {
    const because = 'the network says that it has this already, and we do not find it'
    const found = await find(customer, effect, channel, since)
    if (found.state !== 'found') {
      if (stopping.aborted) return doubted(customer, effect, channel, because, { try: number, over: true })
      return toPerson(customer, effect, 'in-doubt', because, number)
    }
    options.count(channel.name, 'found')
    return done(customer, effect, found.sent, number).then(() => undefined)
  }

  /** Reads once whether it is there; what it finds is this effect's from then on. */
  async function find(customer: CustomerId, effect: SendEffect, channel: Channel, since: number): Promise<FoundSend> {
    if (!channel.find) return { state: 'unknown', reason: 'the network cannot be read' }
    const known = await knownIds(redis, customer)
    const isAnothers = async (id: string) =>
      ((await effectOfPlatformId(redis, channel.name, id)) ?? effect.id) !== effect.id
    const isKnown = async (id: string) => known.has(id) || isAnothers(id)
    const search = { since: since - SKEW_MS, isKnown }
    const signal = AbortSignal.any([AbortSignal.timeout(timing.end), stopping])
    const found = await channel.find(effect.outgoing, search, signal).catch((error: Error): FoundSend => {
      log.error({ effect: effect.id, channel: channel.name, error: error.name }, 'a look broke')
      return { state: 'unknown', reason: 'looking for it broke off' }
    })
    if (found.state === 'unknown') await recordRateLimit(redis, lookerOf(effect), found.limit)
    if (found.state !== 'found') return found
    const isOurs = await claimPlatformId(redis, channel.name, found.sent.platformId, effect.id)
    return isOurs ? found : { state: 'unknown', reason: 'what we found is another message', passing: true }
  }

  /** Meta, Messenger Platform policy: a free-form private message only within the window after the customer's last one. */
  async function windowOver(customer: CustomerId, channel: Channel, effect: SendEffect): Promise<string | undefined> {
    const hours = channel.law.windowHours
    if (!hours || effect.outgoing.type !== 'private-message') return undefined
    const { id } = effect.outgoing.conversation
    const given = await readCase(redis, customer)
    const at = given?.conversations.find((one) => one.id === id)?.lastInboundAt
    if (at && now() - at < hours * 3_600_000) return undefined
    return windowClosed(hours)
  }

  return send
}
