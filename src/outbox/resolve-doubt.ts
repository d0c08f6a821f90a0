// Resolves a send in doubt: looks for it at the network, then finishes it, sends again, or gives it to a person.
import type { Channel, FoundSend } from '#channels'
import type { SendEffect } from '#domain'
import { knownIds, rateLimitDelay, recordRateLimit, type SendAttempt, type SendPermit, scopeOf } from '#redis/store'
import { finishSent, giveToPerson } from './finish-send.ts'
import { nextStepAfterLook } from './next-step.ts'
import { claimPlatformId, effectOfPlatformId } from './platform-ids.ts'
import type { SendContext, SendJob } from './send-context.ts'

/** Clocks of our machines and of a network differ by less than this. */
const SKEW_MS = 10_000

/** Looks are limited apart from sends. */
const lookScopeOf = (effect: SendEffect) => ({ ...scopeOf(effect.outgoing), kind: 'look' }) as const

/** From now on it is looked for, where the network can be read. `attempt.over`: the call has ended, without an answer. */
export async function beginDoubt(
  context: SendContext,
  job: SendJob,
  channel: Channel | undefined,
  because: string,
  attempt: { readonly try: number; readonly over?: boolean },
): Promise<number | undefined> {
  const { effects, events, timing } = context
  if (!channel?.find)
    return giveToPerson(context, job, 'in-doubt', `${because} and cannot tell whether it arrived`, attempt.try)
  const inMs = timing.looks[0]
  await effects.doubt(job.customer, job.effect, { why: because, inMs, looks: 0, ...attempt })
  events.counted(channel.name, 'doubted')
  return inMs
}

/** Reads whether it is there, a few times: what a network has accepted does not show at once. */
export async function resolveDoubt(
  context: SendContext,
  job: SendJob,
  channel: Channel | undefined,
  { looks, number, since, resent }: SendPermit & { type: 'doubt' },
): Promise<number | undefined> {
  const { redis, effects, events, timing, stopping } = context
  const { customer, effect } = job
  if (!channel?.find) return giveToPerson(context, job, 'in-doubt', 'we cannot tell whether it arrived', number)
  const limitMs = await rateLimitDelay(redis, lookScopeOf(effect))
  if (limitMs > 0) return limitMs
  const found = await findSend(context, job, channel, since)
  const isPublic = effect.outgoing.type === 'public-reply'
  const step = nextStepAfterLook({ looks, resent, isPublic, isStopping: stopping.aborted }, found, timing)
  switch (step.type) {
    case 'finish':
      events.counted(channel.name, 'found')
      return finishSent(context, job, step.sent)
    case 'wait':
      return timing.again
    case 'look': {
      const { inMs, over } = step
      await effects.doubt(customer, effect, { why: 'looking for it', inMs, looks: looks + 1, try: number, over })
      return inMs
    }
    case 'give-up':
      return giveToPerson(context, job, 'in-doubt', step.because, number)
    case 'resend':
      await effects.resend(customer, effect, number, looks)
      return 0
  }
}

/** The network says of another try that it has this already: ours, or what somebody else was sent in the same words. */
export async function resolveRepeat(
  context: SendContext,
  job: SendJob,
  channel: Channel,
  { number, since }: Pick<SendAttempt, 'number' | 'since'>,
): Promise<number | undefined> {
  const because = 'the network says that it has this already, and we do not find it'
  const found = await findSend(context, job, channel, since)
  if (found.state !== 'found') {
    if (context.stopping.aborted) return beginDoubt(context, job, channel, because, { try: number, over: true })
    return giveToPerson(context, job, 'in-doubt', because, number)
  }
  context.events.counted(channel.name, 'found')
  return finishSent(context, job, found.sent, number)
}

/** Reads once whether it is there; what it finds is this effect's from then on. */
async function findSend(
  { redis, timing, stopping, log }: SendContext,
  { customer, effect }: SendJob,
  channel: Channel,
  since: number,
): Promise<FoundSend> {
  if (!channel.find) return { state: 'unknown', reason: 'the network cannot be read' }
  const known = await knownIds(redis, customer)
  const isAnothers = async (id: string) =>
    ((await effectOfPlatformId(redis, channel.name, id)) ?? effect.id) !== effect.id
  const isKnown = async (id: string) => known.has(id) || isAnothers(id)
  const search = { since: since - SKEW_MS, isKnown }
  const signal = AbortSignal.any([AbortSignal.timeout(timing.end), stopping])
  const found = await channel.find(effect.outgoing, search, signal).catch((error: Error): FoundSend => {
    log.error({ effect: effect.id, channel: channel.name, error: error.name }, 'the search for a sent message failed')
    return { state: 'unknown', reason: 'looking for it broke off' }
  })
  if (found.state === 'unknown') await recordRateLimit(redis, lookScopeOf(effect), found.limit)
  if (found.state !== 'found') return found
  const isOurs = await claimPlatformId(redis, channel.name, found.sent.platformId, effect.id)
  return isOurs ? found : { state: 'unknown', reason: 'what we found is another message', passing: true }
}
