// Reads public changes of a Page: comments, visitors' posts, mentions and reviews.

import { createHash } from 'node:crypto'
import type { AttachmentKind, ChannelEvent, Customer } from '#domain'
import { attachmentsOf } from '../attachments.ts'
import type { TimedEvent } from '../event-order.ts'
import { at, idOf, listOf, textOf, timeOf } from '../json.ts'
import { ignored, publicThread, readPerson } from './page.ts'

const POSTS = new Set(['post', 'status', 'photo', 'video', 'share', 'link', 'note', 'album', 'event'])
const REACTIONS = new Set(['like', 'reaction'])

/** Something written in public, whatever it is called. */
type Writing = {
  /** The network's id of the comment or post. */
  readonly id: string
  readonly post: string
  /** The comment that it answers. */
  readonly parent?: string
  readonly author?: string
  readonly name: string
  readonly text: string
  readonly attachments: readonly AttachmentKind[]
}

/** `pages`: ids that are ours; a Page of ours that comments on another is no customer. */
export function readChange(change: unknown, page: string, pages: readonly string[], entryTime: unknown): TimedEvent {
  const value = at(change, 'value')
  const verb = textOf(at(value, 'verb')) || 'add'
  // An edit or a removal carries the time at which the thing was made: the delivery's own time puts it after that.
  const when = verb === 'add' ? timeOf(at(value, 'created_time'), entryTime) : timeOf(entryTime)
  return { at: when, event: judge(textOf(at(change, 'field')), value, verb, page, pages, when) }
}

function judge(
  field: string,
  value: unknown,
  verb: string,
  page: string,
  pages: readonly string[],
  when: number,
): ChannelEvent {
  const item = textOf(at(value, 'item'))
  const ignore = (reason: string, own = false) => ignored(`${page}:${when}:${field}:${item}`, reason, own)
  if (!['feed', 'mention', 'ratings'].includes(field)) return ignore(`a change of an unknown field: \`${field}\``)
  const author = idOf(at(value, 'from', 'id'), at(value, 'sender_id'), at(value, 'reviewer_id'))
  const own = author !== undefined && pages.includes(author)
  if (field !== 'ratings' && REACTIONS.has(item)) return readReaction(value, item, verb, author, own, page)

  const writing = readWriting(field, item, value)
  if (!writing) return ignore(`a change without its ids, or of an unknown item: \`${item}\``, own)
  const id = `facebook:${writing.id}`
  // Somebody whom Facebook does not name is known by what they wrote, so that it can be answered there.
  const user = writing.author ?? `${item === 'comment' ? 'comment' : 'post'}:${writing.id}`
  const customer: Customer | undefined = own ? undefined : readPerson(page, user, writing.name)
  const whose = { own, ...(customer && { customer }) }
  switch (verb) {
    case 'add':
      return readMessage(writing, customer, page, when)
    case 'edit':
    case 'edited':
      return readEdit(id, writing.text, when, whose)
    case 'remove':
    case 'delete':
      return { kind: 'delete', id: `${id}:delete`, ...whose, of: id, audience: 'public' }
    case 'hide':
    case 'unhide':
      return { kind: 'control', id: `${id}:${verb}:${when}`, ...whose, what: verb }
    default:
      return ignore(`an unknown change of a ${item}: \`${verb}\``, own)
  }
}

/** An edit has no number, and two of one delivery have one time: their words tell them apart. */
function readEdit(of: string, text: string, when: number, whose: { own: boolean; customer?: Customer }): ChannelEvent {
  const words = createHash('sha1').update(text).digest('hex').slice(0, 8)
  return { kind: 'edit', id: `${of}:edit:${when}:${words}`, ...whose, of, text, order: when, audience: 'public' }
}

function readWriting(field: string, item: string, value: unknown): Writing | undefined {
  const post = idOf(at(value, 'post_id'), at(value, 'post', 'id'), at(value, 'open_graph_story_id'))
  const isKnown = item === 'comment' || POSTS.has(item) || (field === 'ratings' && item === 'rating')
  const id = item === 'comment' ? idOf(at(value, 'comment_id')) : post
  if (!isKnown || !id || !post) return undefined
  const parent = idOf(at(value, 'parent_id'))
  const author = idOf(at(value, 'from', 'id'), at(value, 'sender_id'), at(value, 'reviewer_id'))
  const kinds = kindsOf(item, value)
  const text = (textOf(at(value, 'message')) || textOf(at(value, 'review_text'))).trim()
  return {
    id,
    post,
    ...(item === 'comment' && parent && parent !== post && { parent }),
    ...(author && { author }),
    name: textOf(at(value, 'from', 'name')) || textOf(at(value, 'sender_name')) || textOf(at(value, 'reviewer_name')),
    text,
    // A mention is delivered without the words where Facebook keeps them back; there is something to read all the same.
    attachments: kinds.length === 0 && field === 'mention' && !text ? ['mention'] : kinds,
  }
}

/** Stickers come as photos from this place of Facebook's. */
const STICKER = /\/t39\.1997-/

function kindsOf(item: string, value: unknown): readonly AttachmentKind[] {
  const photos = listOf(at(value, 'photos'))
  if (photos.length > 0) return photos.map(() => 'image')
  const [photo, video, link] = [at(value, 'photo'), at(value, 'video'), at(value, 'link')]
  const linked = item === 'photo' ? 'image' : item === 'video' ? 'video' : 'link'
  return [
    ...(photo ? ([STICKER.test(textOf(photo)) ? 'sticker' : 'image'] as const) : []),
    ...(video ? (['video'] as const) : []),
    ...(link ? ([linked] as const) : []),
  ]
}

/** `customer` is absent for what the Page itself wrote. */
function readMessage(writing: Writing, customer: Customer | undefined, page: string, when: number): ChannelEvent {
  const own = !customer
  if (!writing.text && writing.attachments.length === 0) {
    return ignored(writing.id, 'a public text without words or attachment', own)
  }
  const id = `facebook:${writing.id}`
  const isComment = writing.id !== writing.post
  const message = {
    id,
    conversation: publicThread(page, writing.post, isComment ? (writing.parent ?? writing.id) : undefined),
    author: customer?.user ?? page,
    authorKind: own ? 'brand' : 'customer',
    text: writing.text,
    at: when,
    ...attachmentsOf(writing.attachments),
    ...(isComment && { replyTo: `facebook:${writing.parent ?? writing.post}` }),
  } as const
  return customer
    ? { kind: 'message', id, own: false, customer, message, directed: true }
    : { kind: 'message', id, own: true, message, by: 'unknown' }
}

function readReaction(
  value: unknown,
  item: string,
  verb: string,
  author: string | undefined,
  own: boolean,
  page: string,
): ChannelEvent {
  const target = idOf(at(value, 'comment_id'), at(value, 'post_id'), at(value, 'parent_id')) ?? 'unknown'
  const feeling = textOf(at(value, 'reaction_type')) || item
  const name = textOf(at(value, 'from', 'name')) || textOf(at(value, 'sender_name'))
  const customer = own || !author ? undefined : readPerson(page, author, name)
  const id = `facebook:${target}:${verb}:${feeling}:${author ?? 'somebody'}`
  return { kind: 'reaction', id, own, what: `${verb} ${feeling}`, ...(customer && { customer }) }
}
