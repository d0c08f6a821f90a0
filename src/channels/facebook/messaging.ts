// Reads one item of Messenger's `messaging`: exactly one thing that happened in a private thread.

import type { AttachmentKind, ChannelEvent, Customer } from '#domain'
import { attachmentsOf } from '../attachments.ts'
import type { TimedEvent } from '../event-order.ts'
import { at, idOf, keysOf, listOf, textOf, timeOf } from '../json.ts'
import { ignored, privateThread, readPerson } from './page.ts'

/** The app id with which the Page's own inbox speaks. */
const PAGE_INBOX = '263902037430900'

type Thread = {
  readonly item: unknown
  readonly page: string
  readonly appId: string | undefined
  readonly customer: Customer | undefined
  readonly at: number
}

const READERS: Readonly<Record<string, (thread: Thread) => ChannelEvent>> = {
  message: readMessage,
  message_edit: readEdit,
  postback: readPostback,
  reaction: readReaction,
  read: (thread) => readNotice(thread, 'read', 'read'),
  delivery: (thread) => readNotice(thread, 'delivery', 'delivery'),
  pass_thread_control: (thread) => readControl(thread, 'pass_thread_control', 'new_owner_app_id'),
  take_thread_control: (thread) => readControl(thread, 'take_thread_control'),
  request_thread_control: (thread) => readControl(thread, 'request_thread_control', 'requested_owner_app_id'),
  app_roles: (thread) => readNotice(thread, 'control', 'app-roles'),
  'policy-enforcement': ({ item, ...thread }) =>
    readNotice(
      { item, ...thread },
      'control',
      `policy-${textOf(at(item, 'policy-enforcement', 'action')) || 'notice'}`,
    ),
  optin: (thread) => readNotice(thread, 'control', 'optin'),
  referral: (thread) => readNotice(thread, 'control', 'referral'),
  account_linking: (thread) => readNotice(thread, 'control', 'account-linking'),
}

export function readMessaging(item: unknown, page: string, appId: string | undefined, entryTime: unknown): TimedEvent {
  const when = timeOf(at(item, 'timestamp'), entryTime)
  const kind = keysOf(item).find((key) => Object.hasOwn(READERS, key) && at(item, key) !== null)
  const read = kind === undefined ? undefined : READERS[kind]
  if (!read) return { at: when, event: ignored(`${page}:${when}`, 'an unknown kind of private event') }
  const user = readUser(item, page)
  const customer = user === undefined ? undefined : readPerson(page, user)
  return { at: when, event: read({ item, page, appId, customer, at: when }) }
}

/** Of the two ids the one that is not the Page's; `0` is what the dashboard's test button sends. */
function readUser(item: unknown, page: string): string | undefined {
  const sender = idOf(at(item, 'sender', 'id'))
  const recipient = idOf(at(item, 'recipient', 'id'))
  const [first, second] = at(item, 'message', 'is_echo') === true ? [recipient, sender] : [sender, recipient]
  const user = first === page ? second : first
  return user === page || user === '0' ? undefined : user
}

function readMessage(thread: Thread): ChannelEvent {
  const { item, page, customer, appId } = thread
  const said = at(item, 'message')
  const mid = idOf(at(said, 'mid'))
  const own = at(said, 'is_echo') === true
  if (!mid || !customer) return ignored(mid ?? `${page}:${thread.at}`, 'a private message without its ids', own)
  const id = `facebook:${mid}`
  if (at(said, 'is_deleted') === true) {
    return { kind: 'delete', id: `${id}:delete`, own, customer, of: id, audience: 'private' }
  }
  const words = textOf(at(said, 'text')).trim()
  const isLike = !words && LIKES.has(stickerOf(said) ?? '')
  const text = isLike ? '👍' : words
  const kinds = isLike ? [] : kindsOf(said)
  if (!text && kinds.length === 0) return ignored(mid, 'a private message without text or attachment', own)
  const replyTo = idOf(at(said, 'reply_to', 'mid'))
  const message = {
    id,
    conversation: privateThread(page, customer.user),
    author: own ? page : customer.user,
    authorKind: own ? 'brand' : 'customer',
    text,
    at: thread.at,
    ...attachmentsOf(kinds),
    ...(replyTo && { replyTo: `facebook:${replyTo}` }),
  } as const
  if (!own) return { kind: 'message', id, own, customer, message, directed: true }
  const by = readApp(idOf(at(said, 'app_id')), appId)
  const effect = by === 'us' ? textOf(at(said, 'metadata')) : ''
  return { kind: 'message', id, own, customer, message, by, ...(effect && { effect }) }
}

/** The like button of Messenger sends one of these stickers, by size. */
const LIKES = new Set(['369239263222822', '369239343222814', '369239383222810'])

const KINDS: Readonly<Record<string, AttachmentKind>> = {
  image: 'image',
  video: 'video',
  reel: 'video',
  ig_reel: 'video',
  audio: 'audio',
  file: 'file',
  sticker: 'sticker',
  location: 'location',
  fallback: 'link',
  template: 'link',
  share: 'link',
  post: 'link',
  story: 'story',
  ig_story: 'story',
  story_mention: 'story',
}

const stickerOf = (said: unknown): string | undefined =>
  idOf(at(said, 'sticker_id'), ...listOf(at(said, 'attachments')).map((one) => at(one, 'payload', 'sticker_id')))

/** A kind that Meta does not pass on is still something that the customer sent. */
function kindsOf(said: unknown): readonly AttachmentKind[] {
  const kinds = listOf(at(said, 'attachments')).map(
    (one): AttachmentKind =>
      idOf(at(one, 'payload', 'sticker_id')) ? 'sticker' : (KINDS[textOf(at(one, 'type'))] ?? 'unsupported'),
  )
  if (kinds.length > 0) return kinds
  if (stickerOf(said)) return ['sticker']
  return at(said, 'is_unsupported') === true ? ['unsupported'] : []
}

function readApp(app: string | undefined, ours: string | undefined): 'us' | 'person' | 'unknown' {
  if (app === PAGE_INBOX) return 'person'
  return app !== undefined && app === ours ? 'us' : 'unknown'
}

function readEdit({ item, page, customer, at: when }: Thread): ChannelEvent {
  const edit = at(item, 'message_edit')
  const mid = idOf(at(edit, 'mid'))
  if (!mid || !customer) return ignored(mid ?? `${page}:${when}`, 'an edit without its ids')
  const order = Number(idOf(at(edit, 'num_edit'))) || when
  const text = textOf(at(edit, 'text')).trim()
  return {
    kind: 'edit',
    id: `facebook:${mid}:edit:${order}`,
    own: false,
    customer,
    of: `facebook:${mid}`,
    text,
    order,
    audience: 'private',
  }
}

/** The button with which a conversation begins; its payload is the developer's, by custom one of these. */
const STARTS = /^(?:get[-_ ]?started|start|welcome)(?:[-_ ]?payload)?$/i

/** A tapped button says what stood on it. */
function readPostback({ item, page, customer, at: when }: Thread): ChannelEvent {
  const tapped = at(item, 'postback')
  const payload = textOf(at(tapped, 'payload')).trim()
  const text = textOf(at(tapped, 'title')).trim() || (STARTS.test(payload) ? 'Get started' : payload)
  if (!customer || !text) return ignored(`${page}:${when}`, 'a tapped button without its customer or its words')
  const id = `facebook:${idOf(at(tapped, 'mid')) ?? `postback:${customer.user}:${when}`}`
  const conversation = privateThread(page, customer.user)
  const message = { id, conversation, author: customer.user, authorKind: 'customer', text, at: when } as const
  return { kind: 'message', id, own: false, customer, message, directed: true }
}

function readReaction({ item, page, customer, at: when }: Thread): ChannelEvent {
  const reaction = at(item, 'reaction')
  const mid = idOf(at(reaction, 'mid'))
  if (!mid || !customer) return ignored(mid ?? `${page}:${when}`, 'a reaction without its ids')
  const action = textOf(at(reaction, 'action')) || 'react'
  const feeling = textOf(at(reaction, 'emoji')) || textOf(at(reaction, 'reaction'))
  const id = `facebook:${mid}:${action}:${customer.user}:${when}`
  return { kind: 'reaction', id, own: false, what: [action, feeling].filter(Boolean).join(' '), customer }
}

/** Who speaks in the thread changes: to us, to a person in the Page's inbox, or to another app. */
function readControl(thread: Thread, key: string, ownerKey?: string): ChannelEvent {
  const owner = ownerKey && idOf(at(thread.item, key, ownerKey))
  const to = !owner ? '' : owner === PAGE_INBOX ? '-person' : owner === thread.appId ? '-us' : '-other-app'
  const what = `${key.replaceAll('_', '-')}${to}`
  const notice = readNotice(thread, 'control', what)
  const speaks = SPEAKS[what]
  return notice.kind === 'control' && speaks ? { ...notice, to: speaks, at: thread.at } : notice
}

/** What the app that had the thread is told when it is taken away or asked for, and whoever gets it. */
const SPEAKS: Readonly<Record<string, 'person' | 'asked' | 'us'>> = {
  'pass-thread-control-person': 'person',
  'pass-thread-control-other-app': 'person',
  'take-thread-control': 'person',
  'request-thread-control-person': 'asked',
  'request-thread-control-other-app': 'asked',
  'pass-thread-control-us': 'us',
}

function readNotice(thread: Thread, kind: 'read' | 'delivery' | 'control', what: string): ChannelEvent {
  const { page, customer, at: when } = thread
  const id = `facebook:${what}:${customer?.user ?? page}:${when}`
  return { kind, id, own: false, what, ...(customer && { customer }) }
}
