// Reads X's Activity API: one event in one envelope, with v2 objects. Its list of event types is open.

import { ignored, type TimedEvent } from '../event-order.ts'
import { at, countOf, idOf, listOf, textOf, timeOf } from '../json.ts'
import { readPerson, type Us, userIdOf } from './account.ts'
import { readArrays, readDeletion } from './account-activity-api.ts'
import { readEncrypted } from './direct-message.ts'
import { kindsOfKeys, withoutLinks } from './media.ts'
import { type Post, readPost } from './post.ts'

/** Event types that only tell us something about an account. */
const NOTICES = /^(follow|block|mute|profile|oauth|chat)\./

/** The event type of an envelope, or an empty text for a body of the Account Activity API. */
export function eventTypeOf(body: unknown): string {
  return textOf(at(body, 'data', 'event_type'))
}

export function readActivity(body: unknown, { userId, appId }: Us): TimedEvent[] {
  const data = at(body, 'data')
  const type = eventTypeOf(body)
  const uuid = idOf(at(data, 'event_uuid')) ?? type
  const payload = at(data, 'payload')
  const when = timeOf(at(payload, 'timestamp_ms'), at(payload, 'created_at'))
  const filtered = idOf(at(data, 'filter', 'user_id'))
  const us = filtered ?? userId
  const ignore = (reason: string): TimedEvent[] => [{ at: when, event: ignored('x', uuid, reason) }]
  if (!us) return ignore('an event that names no account')
  if (userId !== undefined && us !== userId) return ignore(`an event for the account \`${us}\`, which is not ours`)

  switch (type) {
    case 'post.create':
    case 'post.mention.create':
    case 'post.reply.create':
    case 'post.quote.create':
      return [readV2Post(payload, at(data, 'includes'), us, type === 'post.create' ? 'own' : 'ours')]
    case 'post.repost.create':
      return ignore('a repost says nothing of its own')
    case 'post.delete': {
      const [id, author] = [idOf(at(payload, 'id')), idOf(at(payload, 'author_id'))]
      return id && author ? [{ at: when, event: readDeletion(id, author, us) }] : ignore('a deletion without its ids')
    }
    case 'dm.received':
    case 'dm.sent': {
      const events = readArrays(payload, us, appId)
      return events.length > 0 ? events : ignore('a direct message event without a message')
    }
    case 'chat.received':
    case 'chat.sent':
      return [readEncrypted(payload, us)]
    case 'dm.read':
    case 'dm.indicate_typing': {
      const kind = type === 'dm.read' ? 'read' : 'control'
      const events = readArrays(payload, us, appId).filter(({ event }) => event.kind === kind)
      const what = type === 'dm.read' ? 'direct-message-read' : 'typing'
      return events.length > 0 ? events : [{ at: when, event: { kind, id: `x:${uuid}`, own: false, what } }]
    }
    case 'like.create': {
      const own = at(data, 'filter', 'direction') === 'outbound'
      return [{ at: when, event: { kind: 'reaction', id: `x:${uuid}`, own, what: 'like' } }]
    }
    default: {
      if (!NOTICES.test(type)) return ignore(`an unknown kind of event: \`${type}\``)
      const own = userIdOf(at(payload, 'source')) === us
      return [{ at: when, event: { kind: 'control', id: `x:${uuid}`, own, what: type } }]
    }
  }
}

/** `how` X gave it to us: among an account's own posts, as addressed to us, or because we searched. */
export function readV2Post(payload: unknown, includes: unknown, us: string, how: 'own' | 'ours' | 'found'): TimedEvent {
  const id = idOf(at(payload, 'id'))
  const author = idOf(at(payload, 'author_id'))
  const when = timeOf(at(payload, 'created_at'))
  if (!id || !author) return { at: when, event: ignored('x', id ?? 'post', 'a post without its ids') }
  const described = listOf(at(includes, 'users')).find((user) => userIdOf(user) === author)
  const references = listOf(at(payload, 'referenced_tweets'))
  const referenced = (type: string) =>
    idOf(
      at(
        references.find((other) => at(other, 'type') === type),
        'id',
      ),
    )
  const quoted = referenced('quoted')
  const quotedPost = listOf(at(includes, 'tweets')).find((post) => quoted && idOf(at(post, 'id')) === quoted)
  const start = countOf(listOf(at(payload, 'display_text_range'))[0]) ?? 0
  const post: Post = {
    id,
    author: readPerson(us, author, described),
    at: when,
    text: withoutLinks(
      textOf(at(payload, 'note_tweet', 'text')) || textOf(at(payload, 'text')),
      listOf(at(payload, 'entities', 'urls')).flatMap((url) => (at(url, 'media_key') ? [at(url, 'url')] : [])),
    ),
    attachments: kindsOfKeys(listOf(at(payload, 'attachments', 'media_keys')), at(includes, 'media')),
    isRepost: referenced('retweeted') !== undefined,
    inReplyTo: idOf(at(payload, 'in_reply_to_tweet_id')) ?? referenced('replied_to'),
    inReplyToUser: idOf(at(payload, 'in_reply_to_user_id')),
    quotedUser: idOf(at(quotedPost, 'author_id')),
    thread: idOf(at(payload, 'conversation_id')),
    history: listOf(at(payload, 'edit_history_tweet_ids')).flatMap((value) => idOf(value) ?? []),
    mentions: listOf(at(payload, 'entities', 'mentions')).flatMap((mention) => {
      const user = idOf(at(mention, 'id'))
      return user ? [{ user, typed: (countOf(at(mention, 'start')) ?? 0) >= start }] : []
    }),
    isQuote: quoted !== undefined,
    deliveredAsOurs: how === 'ours',
    isFound: how === 'found',
  }
  return readPost(post, us)
}
