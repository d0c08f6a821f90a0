// Turns Bot Framework activities into events.
// An activity's id is unique in its conversation only, so event ids name channel, conversation and activity.

import type { AttachmentKind, ChannelEvent, ConversationRef, Customer } from '#domain'
import { safeParse } from '#lib'
import { attachmentsOf, kindOfMediaType } from '../attachments.ts'
import { ignored as ignoredOn } from '../event-order.ts'
import { at, idOf, textOf, timeOf } from '../json.ts'
import { Activity } from './activity.ts'

const ignored = ignoredOn.bind(null, 'bot-framework')

/** Types that only tell us something about a conversation (Activity protocol, section 2). */
const NOTICES = new Set([
  'typing',
  'conversationUpdate',
  'contactRelationUpdate',
  'installationUpdate',
  'endOfConversation',
  'event',
  'invoke',
  'trace',
  'command',
  'commandResult',
  'handoff',
])

const PUBLIC_TYPES = new Set(['channel', 'group', 'groupChat'])

/** One activity, or the list of activities of a transcript. */
export function parseBotFramework(body: unknown): ChannelEvent[] {
  return (Array.isArray(body) ? body : [body]).map((item: unknown) => {
    const read = safeParse(Activity, item)
    return read.success ? readActivity(read.data) : ignored('activity', 'a body that is no activity')
  })
}

/** The conversation of an activity, or undefined if it lacks the ids. */
export function threadOf({ channelId, conversation }: Activity): ConversationRef | undefined {
  if (!channelId || !conversation?.id) return undefined
  const isPublic = conversation.isGroup === true || PUBLIC_TYPES.has(conversation.conversationType ?? '')
  return {
    id: `bot-framework:${join(channelId, conversation.id)}`,
    channel: 'bot-framework',
    audience: isPublic ? 'public' : 'private',
  }
}

/** The activity's own id in a message id. */
export function activityIdOf(messageId: string): string | undefined {
  const last = messageId.split('/')[2]
  return last === undefined ? undefined : decodeURIComponent(last)
}

/** What our own side said: the channel's echo of the bot, or of a person who writes as it. */
function isOwn({ from, recipient, channelData }: Activity): boolean {
  return (
    from?.role === 'bot' ||
    at(channelData, 'message', 'is_echo') === true ||
    (from?.id !== undefined && from.id === recipient?.id)
  )
}

function readActivity(activity: Activity): ChannelEvent {
  const { type, from, recipient } = activity
  const own = isOwn(activity)
  const thread = threadOf(activity)
  const when = timeOf(activity.timestamp, activity.localTimestamp)
  const them = own ? recipient : from
  const bot = (own ? from : recipient)?.id ?? 'bot'
  const customer =
    them?.id && activity.channelId && them.id !== bot
      ? readCustomer(activity.channelId, bot, them.id, them.name)
      : undefined
  const id = activity.id || (activity.timestamp && from?.id ? `${from.id}@${activity.timestamp}` : undefined)
  const key = thread && id ? `${thread.id}/${encodeURIComponent(id)}` : undefined
  const whose = { own, ...(customer && { customer }) }

  if (NOTICES.has(type)) {
    const what = type === 'event' && activity.name === 'handoff.status' ? handoffOf(activity) : type
    return { kind: 'control', id: `${key ?? `bot-framework:${type}:${when}`}:${type}`, ...whose, what }
  }
  if (type === 'messageReaction') {
    const [added, removed] = [activity.reactionsAdded ?? [], activity.reactionsRemoved ?? []]
    const what = [...added.map((one) => `add ${nameOf(one)}`), ...removed.map((one) => `remove ${nameOf(one)}`)].join(
      ' ',
    )
    return { kind: 'reaction', id: `${key ?? 'bot-framework:reaction'}:reaction:${when}`, ...whose, what }
  }
  if (!thread || !key) return ignored(type, `a \`${type}\` activity without its ids`, own)
  const text = textOf(activity.text).trim()
  const { audience } = thread
  switch (type) {
    case 'messageUpdate':
      return { kind: 'edit', id: `${key}:edit:${when}`, ...whose, of: key, text, order: when, audience }
    case 'messageDelete':
      return { kind: 'delete', id: `${key}:delete`, ...whose, of: key, audience }
    case 'message':
      return readMessage(activity, thread, key, text, when, customer, own)
    default:
      return ignored(key, `an unknown type of activity: \`${type}\``, own)
  }
}

function readMessage(
  activity: Activity,
  conversation: ConversationRef,
  id: string,
  text: string,
  when: number,
  customer: Customer | undefined,
  own: boolean,
): ChannelEvent {
  const kinds = kindsOf(activity.attachments ?? [], text)
  const author = activity.from?.id
  if (!author) return ignored(id, 'a message that names no author', own)
  if (!text && kinds.length === 0) return ignored(id, 'a message without text or attachment', own)
  const message = {
    id,
    conversation,
    author,
    authorKind: own ? 'brand' : 'customer',
    text,
    at: when,
    ...attachmentsOf(kinds),
    ...(activity.replyToId && { replyTo: `${conversation.id}/${encodeURIComponent(activity.replyToId)}` }),
  } as const
  if (!own) {
    return customer
      ? { kind: 'message', id, own, customer, message, directed: true }
      : ignored(id, 'a message that names no customer')
  }
  const app = idOf(at(activity.channelData, 'message', 'app_id'))
  // The Facebook Page's own inbox; its people write there.
  const by = app === '263902037430900' ? 'person' : 'unknown'
  return { kind: 'message', id, own, ...(customer && { customer }), message, by }
}

/** Teams sends a text once more as HTML. */
function kindsOf(attachments: readonly unknown[], text: string): readonly AttachmentKind[] {
  const types = attachments.map((one) => textOf(at(one, 'contentType')))
  return types.filter((type) => !(text && type === 'text/html')).map(kindOfMediaType)
}

function readCustomer(channelId: string, bot: string, user: string, name = ''): Customer {
  const account = join(channelId, bot)
  const id = `bot-framework:${account}:${encodeURIComponent(user)}`
  return { id, channel: 'bot-framework', account, user, ...(name && { name }) }
}

/** `handoff-accepted`, `handoff-failed` or `handoff-completed`, as an external desk reports it. */
function handoffOf(activity: Activity): string {
  return `handoff-${textOf(at(activity.value, 'state')) || 'unknown'}`
}

function nameOf(reaction: unknown): string {
  return textOf(at(reaction, 'type')) || 'reaction'
}

function join(...parts: readonly string[]): string {
  return parts.map(encodeURIComponent).join('/')
}
