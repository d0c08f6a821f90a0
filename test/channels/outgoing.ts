// Things to send in tests. Only the gate makes branded texts; here a text is taken for one it let through.

import type { ConversationRef, Customer, Outgoing, PrivateText, PublicText } from '#domain'

type Kind<T extends Outgoing['type']> = Extract<Outgoing, { type: T }>

export function publicReply(
  customer: Customer,
  inReplyTo: string,
  text: string,
  thread?: ConversationRef,
): Kind<'public-reply'> {
  const conversation = thread ?? { id: `${customer.channel}:thread`, channel: customer.channel, audience: 'public' }
  return {
    type: 'public-reply',
    effect: 'effect-1',
    customer,
    conversation,
    inReplyTo,
    text: text as PublicText,
    inviteToPrivate: false,
  }
}

export function privateMessage(
  customer: Customer,
  thread: string,
  text: string,
  quickReplies?: readonly string[],
): Kind<'private-message'> {
  return {
    type: 'private-message',
    effect: 'effect-1',
    customer,
    conversation: { id: thread, channel: customer.channel, audience: 'private' },
    text: text as PrivateText,
    by: 'bot',
    ...(quickReplies && { quickReplies: quickReplies as readonly PrivateText[] }),
  }
}

export function privateReply(customer: Customer, inReplyTo: string, text: string): Kind<'private-reply'> {
  return { type: 'private-reply', effect: 'effect-1', customer, inReplyTo, text: text as PrivateText }
}

export function hide(customer: Customer, message: string): Kind<'hide'> {
  return { type: 'hide', effect: 'effect-1', customer, message }
}

/** Time enough for a local answer. */
export const inTime = () => AbortSignal.timeout(30_000)
/** Time up for a call that is never answered. */
export const soon = () => AbortSignal.timeout(50)
