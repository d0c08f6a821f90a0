// Sends one effect: permit, call, answer; then retry with backoff, doubt, or a dead letter.
import type { Channel } from '#channels'
import type { Sent } from '#domain'
import { rateLimitDelay, readCase, type SendAttempt, scopeOf } from '#redis/store'
import { windowClosed } from '#reply'
import { conclude } from './conclude.ts'
import { giveToPerson } from './finish-send.ts'
import { beginDoubt, resolveDoubt } from './resolve-doubt.ts'
import { channelOf, isOverdue, type SendContext, type SendJob } from './send-context.ts'

/** Sends one effect; resolves to undefined when it is done with, or to the milliseconds after which to try again. */
export async function attemptSend(context: SendContext, job: SendJob): Promise<number | undefined> {
  const { redis, channels, effects, events } = context
  const { customer, effect } = job
  const channel = channels.get(channelOf(effect))
  // Hiding a post twice hides it once.
  const isRepeatable = channel?.law.idempotent === true || effect.outgoing.type === 'hide'
  const limitMs = await rateLimitDelay(redis, scopeOf(effect.outgoing))
  const closed = channel && (await windowOver(context, job, channel))
  // Before the question, so that a slow answer makes the permit shorter and never longer.
  const asked = performance.now()
  const permit = await effects.start(customer, effect, isRepeatable, limitMs)
  switch (permit.type) {
    case 'wait':
      return permit.forMs
    case 'limited':
      if (!isOverdue(context, job)) return permit.forMs
      return giveToPerson(context, job, 'refused', 'the network takes no more for now', permit.number)
    case 'gone':
      return undefined
    case 'suppressed':
      events.counted(channelOf(effect), 'suppressed')
      await events.changed(customer)
      return undefined
    case 'started':
      return beginDoubt(context, job, channel, 'we stopped while sending', { try: permit.number })
    case 'doubt':
      return resolveDoubt(context, job, channel, permit)
    case 'go': {
      const objection = channel ? closed : `the channel ${channelOf(effect)} is switched off`
      if (!channel || objection) return giveToPerson(context, job, 'refused', objection ?? '', permit.number)
      return transmit(context, job, channel, { ...permit, isRepeatable, asked })
    }
  }
}

/** Calls the network. `asked`: when the permit was asked for, by `performance.now()`. */
async function transmit(
  context: SendContext,
  job: SendJob,
  channel: Channel,
  attempt: SendAttempt & { readonly isRepeatable: boolean; readonly asked: number },
): Promise<number | undefined> {
  const { effects, timing, stopping, log } = context
  const { customer, effect } = job
  // INVARIANT: nothing is sent on an old permit: whoever waits for us to be silent counts from when it was given.
  if (performance.now() - attempt.asked > timing.begin) {
    log.warn({ effect: effect.id, channel: channel.name }, 'starting a send took too long; asking Redis again')
    await effects.finish(customer, effect, { state: 'pending', try: attempt.number })
    return timing.again
  }
  const left = AbortSignal.timeout(Math.max(0, Math.round(timing.end - (performance.now() - attempt.asked))))
  const cut = AbortSignal.any([left, stopping])
  const answer = await channel.send(effect.outgoing, cut).catch((error: Error): Sent => {
    log.error({ effect: effect.id, channel: channel.name, error: error.name }, 'a send failed')
    return { state: 'in-doubt', reason: 'the send broke off' }
  })
  return conclude(context, job, channel, answer, { ...attempt, isCut: cut.aborted })
}

/** Meta, Messenger Platform policy: a free-form private message only within the window after the customer's last one. */
async function windowOver(
  { redis, now }: SendContext,
  { customer, effect }: SendJob,
  { law }: Channel,
): Promise<string | undefined> {
  if (!law.windowHours || effect.outgoing.type !== 'private-message') return undefined
  const { id } = effect.outgoing.conversation
  const current = await readCase(redis, customer)
  const at = current?.conversations.find((one) => one.id === id)?.lastInboundAt
  if (at && now() - at < law.windowHours * 3_600_000) return undefined
  return windowClosed(law.windowHours)
}
