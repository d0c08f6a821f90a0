// Reads X's Account Activity API: arrays of v1.1 objects, all for one subscribed account.

import { ignored, type TimedEvent } from '../event-order.ts'
import { at, countOf, idOf, keysOf, listOf, textOf, timeOf } from '../json.ts'
import { byId, readPerson, type Us, userIdOf } from './account.ts'
import { readDirectMessage } from './direct-message.ts'
import { kindOfMedia, withoutLinks } from './media.ts'
import { type Post, readPost } from './post.ts'

type Reader = (item: unknown, us: string, users: unknown, appId: Us['appId']) => TimedEvent

const READERS: Readonly<Record<string, Reader>> = {
  tweet_create_events: readTweet,
  tweet_delete_events: readDelete,
  direct_message_events: (item, us, users, appId) =>
    at(item, 'type') === 'message_create'
      ? readDirectMessage(item, users, us, appId)
      : {
          at: timeOf(at(item, 'created_timestamp')),
          event: ignored('x', 'dm', 'a direct message event of another type'),
        },
  direct_message_mark_read_events: (item, us, users) => readSignal('read', 'direct-message-read', item, us, users),
  direct_message_indicate_typing_events: (item, us, users) => readSignal('control', 'typing', item, us, users),
  favorite_events: readLike,
  follow_events: readRelation,
  block_events: readRelation,
  mute_events: readRelation,
}

/** What may stand beside the arrays. */
const COMPANIONS = new Set(['for_user_id', 'users', 'apps', 'user_has_blocked', 'user_event', 'replay_job_status'])

/** Reads the arrays of a body, or of the payload of an event that carries them. */
export function readArrays(body: unknown, us: string, appId: Us['appId']): TimedEvent[] {
  const users = at(body, 'users')
  return keysOf(body).flatMap((key): TimedEvent[] => {
    const read = Object.hasOwn(READERS, key) ? READERS[key] : undefined
    if (read) {
      const items = listOf(at(body, key)).toSorted((one, other) => byId(itemId(one), itemId(other)))
      return items.map((item) => read(item, us, users, appId))
    }
    return COMPANIONS.has(key)
      ? []
      : [{ at: Date.now(), event: ignored('x', key, `an unknown kind of event: \`${key}\``) }]
  })
}

/** A whole delivery of the Account Activity API. */
export function readAccountActivity(body: unknown, { userId, appId }: Us): TimedEvent[] {
  const revoked = at(body, 'user_event', 'revoke')
  if (revoked) {
    const when = timeOf(at(revoked, 'date_time'))
    const id = `x:revoke:${idOf(at(revoked, 'source', 'user_id')) ?? 'unknown'}:${when}`
    return [{ at: when, event: { kind: 'control', id, own: false, what: 'access-revoked' } }]
  }
  const replay = at(body, 'replay_job_status')
  if (replay) {
    const state = textOf(at(replay, 'job_state')).toLowerCase()
    const id = `x:replay:${idOf(at(replay, 'job_id')) ?? 'unknown'}:${state}`
    return [{ at: Date.now(), event: { kind: 'control', id, own: false, what: `replay-${state}` } }]
  }
  const us = idOf(at(body, 'for_user_id'))
  if (!us) return [{ at: Date.now(), event: ignored('x', 'delivery', 'a delivery that names no account') }]
  if (userId !== undefined && us !== userId) {
    return [{ at: Date.now(), event: ignored('x', us, `a delivery for the account \`${us}\`, which is not ours`) }]
  }
  const events = readArrays(body, us, appId)
  return events.length > 0 ? events : [{ at: Date.now(), event: ignored('x', us, 'a delivery without events') }]
}

function itemId(item: unknown): string | undefined {
  return idOf(at(item, 'id_str'), at(item, 'id'))
}

function readTweet(tweet: unknown, us: string): TimedEvent {
  const id = itemId(tweet)
  const author = userIdOf(at(tweet, 'user'))
  const when = timeOf(at(tweet, 'timestamp_ms'), at(tweet, 'created_at'))
  if (!id || !author) return { at: when, event: ignored('x', id ?? 'post', 'a post without its ids') }
  const full = at(tweet, 'extended_tweet')
  const start = countOf(listOf(at(full, 'display_text_range') ?? at(tweet, 'display_text_range'))[0]) ?? 0
  const mentions = listOf(at(full, 'entities', 'user_mentions') ?? at(tweet, 'entities', 'user_mentions'))
  const media = at(full, 'extended_entities', 'media') ?? at(tweet, 'extended_entities', 'media')
  const post: Post = {
    id,
    author: readPerson(us, author, at(tweet, 'user')),
    at: when,
    text: withoutLinks(
      textOf(at(full, 'full_text')) || textOf(at(tweet, 'full_text')) || textOf(at(tweet, 'text')),
      listOf(media).map((one) => at(one, 'url')),
    ),
    attachments: listOf(media).map((one) => kindOfMedia(at(one, 'type'))),
    isRepost: keysOf(at(tweet, 'retweeted_status')).length > 0,
    inReplyTo: idOf(at(tweet, 'in_reply_to_status_id_str'), at(tweet, 'in_reply_to_status_id')),
    inReplyToUser: idOf(at(tweet, 'in_reply_to_user_id_str'), at(tweet, 'in_reply_to_user_id')),
    inReplyToHandle: textOf(at(tweet, 'in_reply_to_screen_name')),
    quotedUser: userIdOf(at(tweet, 'quoted_status', 'user')),
    history: listOf(at(tweet, 'edit_history_tweet_ids')).flatMap((value) => idOf(value) ?? []),
    mentions: mentions.flatMap((mention) => {
      const user = idOf(at(mention, 'id_str'), at(mention, 'id'))
      return user ? [{ user, typed: (countOf(listOf(at(mention, 'indices'))[0]) ?? 0) >= start }] : []
    }),
    isQuote: at(tweet, 'is_quote_status') === true,
    deliveredAsOurs: false,
    isFound: false,
  }
  return readPost(post, us)
}

function readDelete(item: unknown, us: string): TimedEvent {
  const id = idOf(at(item, 'status', 'id'))
  const author = idOf(at(item, 'status', 'user_id'))
  const when = timeOf(at(item, 'timestamp_ms'))
  if (!id || !author) return { at: when, event: ignored('x', id ?? 'delete', 'a deletion without its ids') }
  return { at: when, event: readDeletion(id, author, us) }
}

/** The event for a deleted post. */
export function readDeletion(id: string, author: string, us: string): TimedEvent['event'] {
  const own = author === us
  const customer = own ? {} : { customer: readPerson(us, author, undefined) }
  return { kind: 'delete', id: `x:${id}:delete`, own, ...customer, of: `x:${id}`, audience: 'public' }
}

function readLike(item: unknown, us: string): TimedEvent {
  const who = userIdOf(at(item, 'user'))
  const when = timeOf(at(item, 'timestamp_ms'), at(item, 'created_at'))
  const liked = idOf(at(item, 'favorited_status', 'id_str')) ?? 'unknown'
  if (!who) return { at: when, event: ignored('x', liked, 'a like without its author') }
  const own = who === us
  const customer = own ? {} : { customer: readPerson(us, who, at(item, 'user')) }
  return { at: when, event: { kind: 'reaction', id: `x:${liked}:like:${who}`, own, what: 'like', ...customer } }
}

function readRelation(item: unknown, us: string): TimedEvent {
  const source = userIdOf(at(item, 'source'))
  const what = textOf(at(item, 'type'))
  const when = timeOf(at(item, 'created_timestamp'))
  if (!source || !what) return { at: when, event: ignored('x', 'relation', 'a follow, block or mute without its ids') }
  const own = source === us
  const customer = own ? {} : { customer: readPerson(us, source, at(item, 'source')) }
  return { at: when, event: { kind: 'control', id: `x:${what}:${source}:${when}`, own, what, ...customer } }
}

function readSignal(kind: 'read' | 'control', what: string, item: unknown, us: string, users: unknown): TimedEvent {
  const sender = idOf(at(item, 'sender_id'))
  const when = timeOf(at(item, 'created_timestamp'))
  if (!sender) return { at: when, event: ignored('x', what, `a \`${what}\` event without its sender`) }
  const own = sender === us
  const customer = own ? {} : { customer: readPerson(us, sender, at(users, sender)) }
  return { at: when, event: { kind, id: `x:${what}:${sender}:${when}`, own, what, ...customer } }
}
