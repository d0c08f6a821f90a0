// Reads messages of our own account that Warmline did not send: whose case, and whether a person wrote them.
import {
  type ChannelEvent,
  type Customer,
  type CustomerId,
  type CustomerSnapshot,
  customerFromId,
  timelineOf,
} from '#domain'
import type { Redis } from '#redis'
import { KEYS } from '#redis/keys'
import { loadCustomer, resolveCustomer } from '#redis/store'
import { isAutomaticReply } from './automatic-reply.ts'

export type OwnMessage = Extract<ChannelEvent, { kind: 'message'; own: true }>

/** What is known of the last message in a public conversation. */
type LastAuthor = { readonly customer: CustomerId; readonly replyTo?: string }

const KEPT_MS = 30 * 86_400_000
/** Whoever answers a person who wrote first is that person's for so long. */
const ANSWER_MS = 86_400_000

/** Notes who wrote last in a public conversation. */
export async function noteAuthor(redis: Redis, conversation: string, author: LastAuthor): Promise<void> {
  const expiration = { type: 'PX', value: KEPT_MS } as const
  await redis.set(KEYS.message.lastAuthor(conversation), JSON.stringify(author), { expiration })
}

export async function forgetAuthor(redis: Redis, conversation: string, customers: ReadonlySet<CustomerId>) {
  const last = await readAuthor(redis, conversation)
  if (last && customers.has(last.customer)) await redis.del(KEYS.message.lastAuthor(conversation))
}

async function readAuthor(redis: Redis, conversation: string): Promise<LastAuthor | undefined> {
  const json = await redis.get(KEYS.message.lastAuthor(conversation))
  return json ? (JSON.parse(json) as LastAuthor) : undefined
}

/** The event as it is kept. `takesCase`: a person answered a customer who has a case, or who waits for a first turn. */
export async function readOwnMessage(
  redis: Redis,
  event: OwnMessage,
): Promise<{ readonly event: ChannelEvent; readonly takesCase: boolean }> {
  const { message } = event
  const isPrivate = message.conversation.audience === 'private'
  const customer = isPrivate ? event.customer?.id : await findAnswered(redis, event)
  if (!customer) {
    const reason = 'our own account spoke where no customer of ours is answered'
    return { event: { kind: 'ignored', id: event.id, own: true, reason }, takesCase: false }
  }
  const open = await loadCustomer(redis, await resolveCustomer(redis, customer))
  const isKnown = open.case !== undefined || open.waiting.length > 0
  const told = timelineOf(open.history)
  const by = isPrivate && isAutomaticReply(told, message) ? 'automation' : 'person'
  // X names the post that is answered, and not always the thread.
  const { conversation } = told.find(({ id }) => id === message.replyTo) ?? message
  const whose: Customer = event.customer?.id === customer ? event.customer : customerFromId(customer)
  return {
    event: { ...event, customer: whose, message: { ...message, conversation }, by },
    takesCase: by === 'person' && isKnown,
  }
}

/** Whom a public message of ours answers: only somebody whose words came to us. */
async function findAnswered(redis: Redis, { customer, message }: OwnMessage): Promise<CustomerId | undefined> {
  if (!message.replyTo) return undefined
  const [, account = ''] = message.conversation.id.split(':')
  const [last, claimed] = await Promise.all([
    readAuthor(redis, message.conversation.id),
    redis.get(KEYS.message.claim(account, message.replyTo)),
  ])
  // Below a comment of Facebook everybody answers the same one: the last of them is meant.
  if (last && last.replyTo === message.replyTo) return last.customer
  if (claimed) return claimed
  return !customer || customer.id === last?.customer ? last?.customer : undefined
}

/** When a person wrote to somebody who had not written to us, and now answers; undefined where that is not so. */
export function sentByPersonBefore({ case: current, waiting, history }: CustomerSnapshot): number | undefined {
  const first = waiting[0]?.message
  if (current || !first) return undefined
  const told = timelineOf(history)
  const wrote = told.findLast(
    ({ authorKind, id, at }) => authorKind === 'brand' && id !== first.id && at > first.at - ANSWER_MS,
  )
  return wrote && !isAutomaticReply(told, wrote) ? wrote.at : undefined
}
