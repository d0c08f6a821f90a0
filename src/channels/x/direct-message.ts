// Reads direct messages on X, which both webhook products carry in the same shape.

import type { AttachmentKind, ChannelEvent } from '#domain'
import { attachmentsOf } from '../attachments.ts'
import { ignored, type TimedEvent } from '../event-order.ts'
import { at, idOf, keysOf, textOf, timeOf } from '../json.ts'
import { privateThread, readPerson, type Us, unescapeText } from './account.ts'
import { kindOfMedia, withoutLinks } from './media.ts'

/** One `message_create` event. `users` describes the people by id. */
export function readDirectMessage(item: unknown, users: unknown, us: string, appId: Us['appId']): TimedEvent {
  const id = idOf(at(item, 'id'))
  const created = at(item, 'message_create')
  const sender = idOf(at(created, 'sender_id'))
  const recipient = idOf(at(created, 'target', 'recipient_id'))
  const when = timeOf(at(item, 'created_timestamp'))
  const ignore = (reason: string, own = false): TimedEvent => ({
    at: when,
    event: ignored('x', id ?? 'dm', reason, own),
  })
  if (!id || !sender || !recipient) return ignore('a direct message without its ids')
  if (sender !== us && recipient !== us) return ignore('a direct message between others')

  const own = sender === us
  const data = at(created, 'message_data')
  const media = mediaOf(at(data, 'attachment'))
  const links = media.map((one) => at(one, 'url'))
  const text = unescapeText(withoutLinks(textOf(at(data, 'text')), links)).trim()
  if (!text && media.length === 0) return ignore('a direct message without text or attachment', own)

  const them = own ? recipient : sender
  const customer = readPerson(us, them, at(users, them))
  const message = {
    id: `x:${id}`,
    conversation: privateThread(us, them),
    author: sender,
    authorKind: own ? 'brand' : 'customer',
    text,
    at: when,
    ...attachmentsOf(kindsOf(at(data, 'attachment'), media)),
  } as const
  const from = idOf(at(item, 'initiated_via', 'tweet_id'))
  const event: ChannelEvent = own
    ? { kind: 'message', id: message.id, own, customer, message, by: readApp(at(created, 'source_app_id'), appId) }
    : { kind: 'message', id: message.id, own, customer, message, ...(from && { from: `x:${from}` }), directed: true }
  return { at: when, event }
}

/** `chat.received` and `chat.sent`: end-to-end encrypted, so that we learn who wrote and never what. */
export function readEncrypted(payload: unknown, us: string): TimedEvent {
  const id = idOf(at(payload, 'id'))
  const sender = idOf(at(payload, 'sender_id'))
  const when = timeOf(at(payload, 'created_at_msec'))
  const own = sender === us
  // A conversation of two is named by both ids.
  const them = own
    ? textOf(at(payload, 'conversation_id'))
        .split(/[:-]/)
        .find((user) => user !== us)
    : sender
  // A new key alone says nothing.
  if (!id || !sender || !them || (!at(payload, 'encoded_event') && at(payload, 'conversation_key_change_event'))) {
    return { at: when, event: ignored('x', id ?? 'chat', 'an encrypted message without its ids or words', own) }
  }
  const customer = readPerson(us, them, undefined)
  const message = {
    id: `x:${id}`,
    conversation: privateThread(us, them),
    author: sender,
    authorKind: own ? 'brand' : 'customer',
    text: '',
    at: when,
    ...attachmentsOf(['encrypted']),
  } as const
  const event: ChannelEvent = own
    ? { kind: 'message', id: message.id, own, customer, message, by: 'unknown' }
    : { kind: 'message', id: message.id, own, customer, message, directed: true }
  return { at: when, event }
}

function mediaOf(attachment: unknown): readonly unknown[] {
  const media = at(attachment, 'media')
  return Array.isArray(media) ? media : keysOf(attachment).length > 0 ? [media] : []
}

function kindsOf(attachment: unknown, media: readonly unknown[]): readonly AttachmentKind[] {
  return media.map((one) => kindOfMedia(at(one, 'type') ?? at(attachment, 'type')))
}

function readApp(source: unknown, ours: string | undefined): 'us' | 'person' | 'unknown' {
  const app = idOf(source)
  if (!app || !ours) return 'unknown'
  return app === ours ? 'us' : 'person'
}
