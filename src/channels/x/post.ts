// Reads a post on X, and whether it is ours, addressed to us, or neither.

import type { Aside, AttachmentKind, ChannelEvent, Customer, Message } from '#domain'
import { attachmentsOf } from '../attachments.ts'
import { ignored, type TimedEvent } from '../event-order.ts'
import { publicThread, unescapeText } from './account.ts'

export type Post = {
  readonly id: string
  readonly author: Customer
  readonly at: number
  /** As sent: with entities escaped and with the handles that X puts before a reply. */
  readonly text: string
  readonly attachments: readonly AttachmentKind[]
  readonly isRepost: boolean
  readonly isQuote: boolean
  readonly inReplyTo?: string
  readonly inReplyToUser?: string
  readonly inReplyToHandle?: string
  readonly quotedUser?: string
  /** The post that began the thread, where X says. */
  readonly thread?: string
  /** All ids of an edited post, oldest first. */
  readonly history: readonly string[]
  /** Whom it names; `typed` by the author, not put before the reply by X. */
  readonly mentions: readonly { readonly user: string; readonly typed: boolean }[]
  /** X delivered it as a mention, a reply or a quote of us. */
  readonly deliveredAsOurs: boolean
  /** We searched for it: it need not be addressed to us. */
  readonly isFound: boolean
}

export function readPost(post: Post, us: string): TimedEvent {
  return { at: post.at, event: judge(post, us) }
}

function judge(post: Post, us: string): ChannelEvent {
  const own = post.author.user === us
  if (post.isRepost) return ignored('x', post.id, 'a repost says nothing of its own', own)
  const directed =
    post.deliveredAsOurs ||
    post.inReplyToUser === us ||
    post.quotedUser === us ||
    post.mentions.some(({ user, typed }) => typed && user === us)
  // Somebody else is answered in a thread we are part of: X carries our handle along.
  const overheard = post.mentions.some(({ user }) => user === us)
  if (!own && !directed && !overheard && !post.isFound)
    return ignored('x', post.id, 'a post that is not addressed to us')

  const text = readWords(post)
  if (!text && post.attachments.length === 0) return ignored('x', post.id, 'a post without text or attachment', own)

  const customer = own ? answeredCustomer(post, us) : post.author
  const [first = post.id] = post.history
  if (first !== post.id) {
    const id = `x:${first}:edit:${post.id}`
    const order = post.history.indexOf(post.id)
    return { kind: 'edit', id, own, ...(customer && { customer }), of: `x:${first}`, text, order, audience: 'public' }
  }
  const id = `x:${post.id}`
  const message = {
    id,
    conversation: publicThread(us, post.thread ?? post.inReplyTo ?? post.id),
    author: post.author.user,
    authorKind: own ? 'brand' : 'customer',
    text,
    at: post.at,
    ...(post.attachments.length > 0 ? attachmentsOf(post.attachments) : namesOnly(text)),
    ...(post.inReplyTo && { replyTo: `x:${post.inReplyTo}` }),
  } as const
  return own
    ? { kind: 'message', id, own: true, ...(customer && { customer }), message, by: 'unknown' }
    : {
        kind: 'message',
        id,
        own: false,
        customer: post.author,
        message,
        directed,
        ...(directed ? {} : { aside: asideOf(post) }),
      }
}

/** Whoever answers their own post goes on with what they say to nobody in particular. */
function asideOf({ author, inReplyTo, inReplyToUser, isQuote }: Post): Aside {
  const answers = inReplyToUser !== undefined ? inReplyToUser !== author.user : inReplyTo !== undefined
  return { ...(answers && { answers }), ...(isQuote && { quotes: isQuote }) }
}

/** A post of handles alone asks nothing. */
const namesOnly = (text: string): Pick<Message, 'attachmentKinds'> =>
  /^(?:@\w+[\s.,!]*)+$/.test(text) ? { attachmentKinds: ['mention'] } : {}

/** What the author wrote, without the handles that stand before a reply. */
function readWords(post: Post): string {
  const text = unescapeText(post.text)
  const isReply = post.inReplyTo !== undefined || post.inReplyToUser !== undefined
  return (isReply ? text.replace(/^(?:@\w+\s+)+/, '') : text).trim()
}

function answeredCustomer(post: Post, us: string): Customer | undefined {
  const { inReplyToUser: user, inReplyToHandle: handle } = post
  if (!user || user === us) return undefined
  return { id: `x:${us}:${user}`, channel: 'x', account: us, user, ...(handle && { handle }) }
}
