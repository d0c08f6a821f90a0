// Finds a sent message on X: among our latest posts, or the latest messages with one person.

import type { Outgoing } from '#domain'
import { isSameText } from '#lib'
import type { FoundSend, Search } from '../channel.ts'
import { platformId } from '../event-order.ts'
import { at, idOf, listOf, textOf, timeOf } from '../json.ts'
import { privateThread, unescapeText } from './account.ts'
import { readLimit } from './errors.ts'
import { request, type Sender } from './request.ts'

/** X takes at most this many for a page; older ones are not asked for. */
const POSTS = 100
const MESSAGES = 100

export async function findOnX(
  sender: Sender,
  outgoing: Outgoing,
  search: Search,
  signal: AbortSignal,
): Promise<FoundSend> {
  switch (outgoing.type) {
    case 'public-reply': {
      const target = platformId('x', outgoing.inReplyTo)
      const query = { max_results: String(POSTS), 'tweet.fields': 'created_at,referenced_tweets,note_tweet' }
      const path = `/2/users/${encodeURIComponent(sender.userId)}/tweets`
      const answers = (post: unknown) =>
        listOf(at(post, 'referenced_tweets')).some(
          (other) => at(other, 'type') === 'replied_to' && idOf(at(other, 'id')) === target,
        )
      const read = await readPage(sender, path, query, POSTS, search, signal)
      if ('state' in read) return read
      const same = read.items.filter(
        (post) => answers(post) && isSameText(textIn(at(post, 'note_tweet')) || textIn(post), outgoing.text),
      )
      return conclude(same, read.whole, search)
    }
    case 'private-message': {
      const them = outgoing.customer.user
      const path = `/2/dm_conversations/with/${encodeURIComponent(them)}/dm_events`
      const query = { max_results: String(MESSAGES), 'dm_event.fields': 'id,text,event_type,created_at,sender_id' }
      const read = await readPage(sender, path, query, MESSAGES, search, signal)
      if ('state' in read) return read
      const same = read.items.filter(
        (one) => idOf(at(one, 'sender_id')) === sender.userId && isSameText(textIn(one), outgoing.text),
      )
      const looked = await conclude(same, read.whole, search)
      return looked.state === 'found'
        ? { state: 'found', sent: { ...looked.sent, conversation: privateThread(sender.userId, them) } }
        : looked
    }
    default:
      return { state: 'unknown', reason: 'x does not show what became of it' }
  }
}

const textIn = (item: unknown) => unescapeText(textOf(at(item, 'text')))

type Page = { readonly items: readonly unknown[]; readonly whole: boolean }

/** The newest page of a list, newest first, without what is older than the search. */
async function readPage(
  sender: Sender,
  path: string,
  query: Readonly<Record<string, string>>,
  most: number,
  { since }: Search,
  signal: AbortSignal,
): Promise<Page | FoundSend> {
  const answer = await request(sender, 'GET', path, { query }, signal)
  if (answer.state !== 'answered') return { state: 'unknown', reason: answer.reason, passing: true }
  const limit = readLimit(answer.headers)
  const count = at(answer.body, 'meta', 'result_count')
  const data = listOf(at(answer.body, 'data'))
  if (answer.status !== 200 || (data.length === 0 && count !== 0)) {
    const { status } = answer
    const passing = status === 429 || status >= 500
    return { state: 'unknown', reason: `x does not let us look (status ${status})`, passing, ...(limit && { limit }) }
  }
  const dated = (item: unknown) => timeOf(at(item, 'created_at'))
  // A page may be short because something on it is kept from us.
  const isAll = data.length < most && at(answer.body, 'meta', 'next_token') === undefined
  return { items: data.filter((item) => dated(item) >= since), whole: isAll || dated(data.at(-1)) < since }
}

async function conclude(same: readonly unknown[], whole: boolean, { isKnown }: Search): Promise<FoundSend> {
  for (const id of same.flatMap((item) => idOf(at(item, 'id')) ?? [])) {
    if (!(await isKnown(id))) return { state: 'found', sent: { state: 'sent', platformId: id } }
  }
  return whole ? { state: 'absent' } : { state: 'unknown', reason: 'we said too much since then to look through' }
}
