// Finds a sent message on Facebook: under the comment, in the Messenger thread, or as the comment's private reply.

import type { Outgoing } from '#domain'
import { isSameText } from '#lib'
import type { FoundSend, Search } from '../channel.ts'
import { platformId } from '../event-order.ts'
import { at, idOf, listOf, textOf, timeOf } from '../json.ts'
import { readLimit, readRefusal } from './errors.ts'
import { headOf, privateThread, psidOf } from './page.ts'
import { request, type Sender } from './request.ts'

const MOST = 100
const MESSAGES = `messages.limit(${MOST}){id,message,from,created_time}`

export async function findOnFacebook(
  sender: Sender,
  outgoing: Outgoing,
  search: Search,
  signal: AbortSignal,
): Promise<FoundSend> {
  switch (outgoing.type) {
    case 'public-reply': {
      const target = platformId('facebook', outgoing.inReplyTo)
      // A thread has two levels: an answer to an answer may stand under the comment that heads the thread.
      let looked: FoundSend = { state: 'absent' }
      for (const parent of new Set([target, headOf(outgoing.conversation) ?? target])) {
        looked = await findComment(sender, parent, outgoing.text, search, signal)
        if (looked.state !== 'absent') return looked
      }
      return looked
    }
    case 'private-message': {
      const psid = psidOf(outgoing.conversation)
      if (!psid) return { state: 'unknown', reason: 'it was for no private conversation of a page' }
      const query = { platform: 'messenger', user_id: psid, fields: MESSAGES }
      const read = await readAnswer(sender, `${sender.pageId}/conversations`, query, signal)
      if ('state' in read) return read
      const threads = at(read.body, 'data')
      if (!Array.isArray(threads)) return UNREADABLE
      const [thread] = threads
      return withPerson(sender, psid, await match(sender, at(thread, 'messages'), outgoing.text, search))
    }
    case 'private-reply': {
      const target = platformId('facebook', outgoing.inReplyTo)
      const fields = `can_reply_privately,private_reply_conversation{participants,${MESSAGES}}`
      const read = await readAnswer(sender, encodeURIComponent(target), { fields }, signal)
      if ('state' in read) return read
      const thread = at(read.body, 'private_reply_conversation')
      const looked = await match(sender, at(thread, 'messages'), outgoing.text, search)
      if (looked.state === 'absent' && at(read.body, 'can_reply_privately') !== true) {
        return { state: 'unknown', reason: 'facebook shows neither a private reply nor that one is possible' }
      }
      const person = listOf(at(thread, 'participants', 'data')).find((one) => idOf(at(one, 'id')) !== sender.pageId)
      return withPerson(sender, idOf(at(person, 'id')), looked)
    }
    case 'hide':
      return { state: 'unknown', reason: 'facebook does not show what became of it' }
  }
}

async function findComment(
  sender: Sender,
  parent: string,
  text: string,
  search: Search,
  signal: AbortSignal,
): Promise<FoundSend> {
  const query = {
    filter: 'stream',
    order: 'reverse_chronological',
    limit: String(MOST),
    fields: 'id,from,message,created_time',
  }
  const read = await readAnswer(sender, `${encodeURIComponent(parent)}/comments`, query, signal)
  if ('state' in read) return read
  return Array.isArray(at(read.body, 'data')) ? match(sender, read.body, text, search) : UNREADABLE
}

const UNREADABLE: FoundSend = { state: 'unknown', reason: 'facebook answered and did not show what is there' }

type Read = { readonly body: unknown }

async function readAnswer(
  sender: Sender,
  path: string,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Read | FoundSend> {
  const answer = await request(sender, path, { query }, signal)
  if (answer.state !== 'answered') return { state: 'unknown', reason: answer.reason, passing: true }
  if (answer.status === 200) return { body: answer.body }
  const limit = readLimit(answer.headers)
  const refusal = readRefusal(answer, true)
  const reason = `facebook does not let us look (status ${answer.status})`
  return { state: 'unknown', reason, passing: refusal.state === 'unreachable', ...(limit && { limit }) }
}

/** Our own text in a list of comments or messages, newest first. */
async function match(sender: Sender, list: unknown, text: string, { since, isKnown }: Search): Promise<FoundSend> {
  const items = listOf(at(list, 'data'))
  const dated = (item: unknown) => timeOf(at(item, 'created_time'))
  const fresh = items.filter((item) => dated(item) >= since)
  const ours = fresh.filter((item) => idOf(at(item, 'from', 'id')) === sender.pageId)
  const same = ours.filter((item) => isSameText(textOf(at(item, 'message')), text))
  for (const id of same.flatMap((item) => idOf(at(item, 'id')) ?? [])) {
    if (!(await isKnown(id))) return { state: 'found', sent: { state: 'sent', platformId: id } }
  }
  // A page may be short because something on it is kept from us.
  const isAll = items.length < MOST && at(list, 'paging', 'next') === undefined
  return isAll || dated(items.at(-1)) < Math.min(since, dated(items[0]))
    ? { state: 'absent' }
    : { state: 'unknown', reason: 'too much was said since then to look through' }
}

/** A private message that was found also tells who the person is in Messenger. */
function withPerson({ pageId }: Sender, psid: string | undefined, looked: FoundSend): FoundSend {
  if (looked.state !== 'found' || !psid) return looked
  return { state: 'found', sent: { ...looked.sent, privateUser: psid, conversation: privateThread(pageId, psid) } }
}
