// Ends a send: it was sent, or it becomes a dead letter and a ticket.
import type { Sent } from '#domain'
import { linkIdentities } from './link-identity.ts'
import { claimPlatformId } from './platform-ids.ts'
import { channelOf, type SendContext, type SendJob } from './send-context.ts'

/** `number`: of the try that says so; absent: whichever is the latest. */
export async function finishSent(
  { redis, effects, events }: SendContext,
  { customer, effect }: SendJob,
  sent: Sent & { state: 'sent' },
  number?: number,
): Promise<undefined> {
  if (sent.platformId) await claimPlatformId(redis, channelOf(effect), sent.platformId, effect.id)
  await linkIdentities(redis, customer, effect, sent)
  await effects.sent(customer, effect, sent, number)
  await events.changed(customer)
}

/** The index and the ticket first: if we die in between, the effect is still there and the same reason is added once. */
export async function giveToPerson(
  { effects, deadLetters, events }: SendContext,
  { customer, effect }: SendJob,
  state: 'refused' | 'in-doubt',
  because: string,
  number?: number,
): Promise<undefined> {
  const channel = channelOf(effect)
  await deadLetters.note(customer, effect.id)
  await events.failed({ customer, effect: effect.id, channel, because })
  if (await effects.stuck(customer, effect, state, because, number)) events.counted(channel, state)
}
