// Reads back whether something we sent is on X: our own latest posts, or the latest messages with one person.

import type { Outgoing } from '#conversation'
import type { Found, Search } from '../channel.ts'
import { platformId } from '../event.ts'
import { at, idOf, listOf, textOf, timeOf } from '../payload.ts'
import { sameWords } from '../same-words.ts'
import { privateThread, unescapeText } from './account.ts'
import { readLimit } from './refusal.ts'
import { request, type Sender } from './request.ts'

/** X takes at most this many for a page; older ones are not asked for. */
const POSTS = 100
const MESSAGES = 100

export async function findOnX(sender: Sender, outgoing: Outgoing, search: Search, signal: AbortSignal): Promise<Found> {
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
      const found = read.items.find(
        (post) => answers(post) && sameWords(textIn(at(post, 'note_tweet')) || textIn(post), outgoing.text),
      )
      return conclude(found, read.whole)
    }
    case 'private-message': {
      const them = outgoing.customer.user
      const path = `/2/dm_conversations/with/${encodeURIComponent(them)}/dm_events`
      const query = { max_results: String(MESSAGES), 'dm_event.fields': 'id,text,event_type,created_at,sender_id' }
      const read = await readPage(sender, path, query, MESSAGES, search, signal)
      if ('state' in read) return read
      const found = read.items.find(
        (one) => idOf(at(one, 'sender_id')) === sender.userId && sameWords(textIn(one), outgoing.text),
      )
      const looked = conclude(found, read.whole)
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

/** The newest page of a list, newest first, without what is older than the search or known already. */
async function readPage(
  sender: Sender,
  path: string,
  query: Readonly<Record<string, string>>,
  most: number,
  { since, isKnown }: Search,
  signal: AbortSignal,
): Promise<Page | Found> {
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
  const fresh = data.filter((item) => timeOf(at(item, 'created_at')) >= since)
  const items = fresh.filter((item) => !isKnown(idOf(at(item, 'id')) ?? ''))
  return { items, whole: fresh.length < most }
}

function conclude(found: unknown, whole: boolean): Found {
  const id = idOf(at(found, 'id'))
  if (id) return { state: 'found', sent: { state: 'sent', platformId: id } }
  return whole ? { state: 'absent' } : { state: 'unknown', reason: 'we said too much since then to look through' }
}
