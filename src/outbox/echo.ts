// Networks show us what our own account says: that is how a send whose answer was lost is known to have arrived.
import { sameWords } from '#channels'
import type { ChannelEvent, CustomerId } from '#conversation'
import { aliasKey, claimKey, effectKey, keysOf } from '#inbox'
import type { Redis } from '#redis'
import { type SendEffect, tryRead } from './effect.ts'
import { remember } from './link.ts'
import { claimMade, makerOf } from './made.ts'
import { knownIds, type Records } from './records.ts'

type OwnMessage = Extract<ChannelEvent, { kind: 'message'; own: true }>

/** Clocks of our machines and of a network differ by less than this. */
const SKEW_MS = 10_000

/** Matches what our account said with what we were sending; returns the effect, and whose it was, if that is news. */
export function openEcho(redis: Redis, records: Records) {
  /** The partitions where its effect may be: the effect's own, the recipient's, and that of whoever it answers. */
  async function findHolders({ customer, effect, message }: OwnMessage): Promise<CustomerId[]> {
    const [, account = ''] = message.conversation.id.split(':')
    const [holder, linked, answered] = await Promise.all([
      effect ? redis.get(effectKey(effect)) : null,
      customer ? redis.get(aliasKey(customer.id)) : null,
      !customer && message.replyTo ? redis.get(claimKey(account, message.replyTo)) : null,
    ])
    const found = holder ?? linked ?? customer?.id ?? answered
    if (!found) return []
    return [...new Set([found, (await redis.get(aliasKey(found))) ?? found])]
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

  return async (told: OwnMessage): Promise<{ readonly customer: CustomerId; readonly effect: string } | undefined> => {
    const { channel } = told.message.conversation
    const made = platformIdOf(told)
    const maker = told.effect ?? (await makerOf(redis, channel, made))
    const event = maker ? { ...told, effect: maker } : told
    for (const customer of await findHolders(event)) {
      const effect = await findEffect(customer, event)
      if (!effect) continue
      if (!(await claimMade(redis, channel, made, effect.id)) && !told.effect) return undefined
      const { conversation } = event.message
      const isPrivate = conversation.audience === 'private'
      const where = isPrivate && event.customer ? { conversation, privateUser: event.customer.user } : {}
      await remember(redis, customer, effect, where)
      const sent = { state: 'sent', platformId: made, ...where } as const
      const news = await records.echo(customer, effect, sent, told.effect !== undefined)
      return news ? { customer, effect: effect.id } : undefined
    }
    return undefined
  }
}

/** Whether nobody can say that it did not arrive; see ECHO. */
const isUnsure = (state: string | undefined, resent: string | undefined) =>
  state === 'started' || state === 'in-doubt' || Number(resent ?? 0) > 0

const platformIdOf = ({ message }: OwnMessage) => message.id.slice(message.id.indexOf(':') + 1)

/** Whether what our account said is what the effect was to say. */
function isSame({ outgoing }: SendEffect, { message }: OwnMessage): boolean {
  if (outgoing.type === 'hide' || !sameWords(outgoing.text, message.text)) return false
  if (message.conversation.audience === 'public') {
    if (outgoing.type !== 'public-reply') return false
    // Facebook puts an answer to an answer under the comment that heads the thread.
    return outgoing.inReplyTo === message.replyTo || outgoing.conversation.id === message.conversation.id
  }
  return outgoing.type === 'private-message' && outgoing.conversation.id === message.conversation.id
}
