// Matches echoes of our own account with sent effects; an echo proves that a send in doubt arrived.

import type { ChannelEvent, CustomerId, HistoryEvent, SendEffect } from '#domain'
import { isSameText } from '#lib'
import type { Redis } from '#redis'
import { KEYS, keysOf } from '#redis/keys'
import { type EffectStore, knownIds, tryRead } from '#redis/store'
import { awaitIdle } from './await-idle.ts'
import { linkIdentities } from './link-identity.ts'
import { claimPlatformId, effectOfPlatformId } from './platform-ids.ts'
import type { Timing } from './retry-policy.ts'

type OwnMessage = Extract<ChannelEvent, { kind: 'message'; own: true }>

/** `sent`: Warmline sent it; `arrived` is the effect, and whose it was, where that is news. */
export type EchoMatcher = {
  readonly sent: boolean
  readonly arrived?: { readonly customer: CustomerId; readonly effect: string }
}

/** Clocks of our machines and of a network differ by less than this. */
const SKEW_MS = 10_000
/** Networks wait for our answer for a few seconds; a send whose words we do not recognise is given this long to end. */
const SEND_ENDS_MS = 800
/** A network shows a message twice, or late: what we said so long before is still ours. */
const REPEATED_MS = 2 * 86_400_000

/** Matches what our account said with what Warmline sent, by the network's id, by our own id or by the words. */
export function openEchoMatcher(redis: Redis, records: EffectStore, timing: Timing) {
  /** The partitions where its effect may be: the effect's own, the recipient's, and that of whoever it answers. */
  async function findHolders({ customer, effect, message }: OwnMessage): Promise<CustomerId[]> {
    const [, account = ''] = message.conversation.id.split(':')
    const [holder, linked, answered] = await Promise.all([
      effect ? redis.get(KEYS.effect.customer(effect)) : null,
      customer ? redis.get(KEYS.identity.alias(customer.id)) : null,
      !customer && message.replyTo ? redis.get(KEYS.message.claim(account, message.replyTo)) : null,
    ])
    const found = holder ?? linked ?? customer?.id ?? answered
    const resolved = found ? [found, (await redis.get(KEYS.identity.alias(found))) ?? found] : []
    // Facebook puts an answer to an answer under another customer's comment.
    const { audience, id } = message.conversation
    const beside = audience === 'public' && !customer && !holder ? await redis.sMembers(KEYS.message.repliers(id)) : []
    return [...new Set([...resolved, ...beside])]
  }

  async function findEffect(customer: CustomerId, event: OwnMessage): Promise<SendEffect | undefined> {
    const fields = await redis.hGetAll(keysOf(customer).effects)
    if (event.effect) {
      const effect = tryRead(fields[event.effect])
      return effect?.do === 'send' ? effect : undefined
    }
    const { message } = event
    const unsure = Object.entries(fields).flatMap(([id, json]) => {
      const first = Number(fields[`${id}/first`])
      // What is there was begun, and has not ended well: of everything else only the state is kept.
      if (id.includes('/') || !(first - SKEW_MS <= message.at)) return []
      if (!isUnsure(fields[`${id}/state`], fields[`${id}/resent`])) return []
      const effect = tryRead(json)
      return effect?.do === 'send' && isSame(effect, event) ? [{ effect, first }] : []
    })
    const [oldest] = unsure.toSorted((one, other) => one.first - other.first)
    if (!oldest || (await knownIds(redis, customer)).has(platformIdOf(event))) return undefined
    return oldest.effect
  }

  /** Whether we said this to the customer: the network's id is known, or we said the same words not long before. */
  async function hasSaid(customer: CustomerId, { message }: OwnMessage): Promise<boolean> {
    const events = (await redis.lRange(keysOf(customer).history, -200, -1)).map(
      (json) => JSON.parse(json) as HistoryEvent,
    )
    return events.some((event) => {
      if (event.type === 'effect-sent') return event.detail === platformIdOf({ message })
      if (event.type !== 'message-queued') return false
      const { text, at, conversation } = event.message
      const isNear = at - SKEW_MS <= message.at && message.at <= at + REPEATED_MS
      return isNear && conversation.audience === message.conversation.audience && isSameText(text, message.text)
    })
  }

  /** What no effect claims may be one whose send has just ended, or ends now, and whose words the network changed. */
  async function isOurs(event: OwnMessage, holders: readonly CustomerId[]): Promise<boolean> {
    const { channel } = event.message.conversation
    await Promise.all(holders.map((holder) => awaitIdle(redis, holder, timing, SEND_ENDS_MS)))
    if (await effectOfPlatformId(redis, channel, platformIdOf(event))) return true
    for (const holder of holders) if (await hasSaid(holder, event)) return true
    return false
  }

  return async (told: OwnMessage): Promise<EchoMatcher> => {
    const { channel } = told.message.conversation
    const made = platformIdOf(told)
    const maker = told.effect ?? (await effectOfPlatformId(redis, channel, made))
    const event = maker ? { ...told, effect: maker } : told
    const holders = await findHolders(event)
    for (const customer of holders) {
      const effect = await findEffect(customer, event)
      if (!effect) continue
      if (!(await claimPlatformId(redis, channel, made, effect.id)) && !told.effect) return { sent: true }
      const { conversation } = event.message
      const isPrivate = conversation.audience === 'private'
      const where = isPrivate && event.customer ? { conversation, privateUser: event.customer.user } : {}
      await linkIdentities(redis, customer, effect, where)
      const sent = { state: 'sent', platformId: made, ...where } as const
      const news = await records.echo(customer, effect, sent, told.effect !== undefined)
      return { sent: true, ...(news ? { arrived: { customer, effect: effect.id } } : {}) }
    }
    return { sent: maker !== undefined || (await isOurs(event, holders)) }
  }
}

/** Whether nobody can say that it did not arrive; see ECHO. */
const isUnsure = (state: string | undefined, resent: string | undefined) =>
  state === 'started' || state === 'in-doubt' || Number(resent ?? 0) > 0

const platformIdOf = ({ message }: Pick<OwnMessage, 'message'>) => message.id.slice(message.id.indexOf(':') + 1)

/** Whether what our account said is what the effect was to say. */
function isSame({ outgoing }: SendEffect, { message }: OwnMessage): boolean {
  if (outgoing.type === 'hide' || !isSameText(outgoing.text, message.text)) return false
  if (message.conversation.audience === 'public') {
    if (outgoing.type !== 'public-reply') return false
    // Facebook puts an answer to an answer under the comment that heads the thread.
    return outgoing.inReplyTo === message.replyTo || outgoing.conversation.id === message.conversation.id
  }
  return outgoing.type === 'private-message' && outgoing.conversation.id === message.conversation.id
}
