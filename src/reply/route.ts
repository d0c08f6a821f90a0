// Chooses the route of a reply: public reply, private message or private reply, by channel and messaging window.
import type { Audience, Case, ChannelCapabilities, ConversationRef } from '#domain'

/** Where something can be said; or why nowhere. */
export type Route =
  | { readonly type: 'public-reply'; readonly conversation: ConversationRef; readonly inReplyTo: string }
  | { readonly type: 'private-message'; readonly conversation: ConversationRef }
  | { readonly type: 'private-reply'; readonly conversation: ConversationRef; readonly inReplyTo: string }
  | { readonly closed: string }

const plain = ({ id, channel, audience }: ConversationRef): ConversationRef => ({ id, channel, audience })

/** Why a private message has to wait, and what may be done instead. */
export const windowClosed = (hours: number): string =>
  `the ${hours}-hour window for private messages is closed; wait until the customer writes, or answer in public`

/** X, replies by API: only to a post whose author mentioned or quoted the account. */
const UNASKED = 'they did not address us, and the network takes no answer through its API; answer on the network itself'

/** The best place to say something to this audience, by what the channel allows. */
export function chooseRoute(current: Case, audience: Audience, law: ChannelCapabilities, now: number): Route {
  const last = current.conversations.findLast((one) => one.audience === audience)
  const post = current.conversations.findLast((one) => one.audience === 'public')
  if (audience === 'public') {
    if (last?.undirected && law.unasked === 'nobody') return { closed: UNASKED }
    return last?.lastInbound
      ? { type: 'public-reply', conversation: plain(last), inReplyTo: last.lastInbound }
      : { closed: 'the customer has not written in public' }
  }
  const answers = law.toPrivate === 'private-reply' ? post?.lastInbound : undefined
  // Meta, private replies: until the customer writes in private themselves, only an answer to their post reaches them.
  if (last && (last.lastInbound || !answers)) {
    const hours = law.windowHours
    const { lastInboundAt: at } = last
    // Meta, Messenger Platform policy: a free-form private message only within the window after the customer's last one.
    return hours && (at === undefined || now - at >= hours * 3_600_000)
      ? { closed: windowClosed(hours) }
      : { type: 'private-message', conversation: plain(last) }
  }
  const { channel, account, user } = current.customer
  const direct: ConversationRef = { id: `${channel}:${account}:dm:${user}`, channel, audience: 'private' }
  if (law.toPrivate === 'message') return { type: 'private-message', conversation: direct }
  if (answers) return { type: 'private-reply', conversation: last ? plain(last) : direct, inReplyTo: answers }
  return { closed: 'on this channel the customer has to write privately first; invite them in public' }
}
