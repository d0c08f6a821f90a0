// Searches X for posts about the brand: GET /2/tweets/search/recent, the last seven days.

import type { SearchRequest, SearchResult } from '../channel.ts'
import { sortByTime, type TimedEvent } from '../event-order.ts'
import { at, idOf, listOf, textOf } from '../json.ts'
import { byId } from './account.ts'
import { readV2Post } from './activity-api.ts'
import { readLimit } from './errors.ts'
import { request, type Sender } from './request.ts'

/** X's own limits: results of a page, and characters of a query with self-serve access. */
const POSTS = 100
const LONGEST_QUERY = 512
/** Each post that is read is billed: whoever is named more often than this between two searches is not read in whole. */
const PAGES = 3
/** X searches seven days back and refuses an older `since_id`, and a `start_time` of the last seconds. */
const OLDEST_MS = 6 * 86_400_000
const NEWEST_MS = 15_000

const FIELDS = {
  'tweet.fields':
    'author_id,created_at,conversation_id,in_reply_to_user_id,referenced_tweets,entities,display_text_range,' +
    'edit_history_tweet_ids,attachments,note_tweet',
  expansions: 'author_id,referenced_tweets.id',
  'user.fields': 'name,username,public_metrics',
}

/** What we are called, and neither our own posts nor reposts; phrases that no longer fit are left out. */
export function queryOf({ terms, not }: Pick<SearchRequest, 'terms' | 'not'>, userId: string): string {
  const named = terms.map((term) => `"${term}"`).join(' OR ')
  const query = `${terms.length > 1 ? `(${named})` : named} -is:retweet -from:${userId}`
  return not.reduce((so, phrase) => {
    const more = `${so} -"${phrase}"`
    return more.length <= LONGEST_QUERY ? more : so
  }, query)
}

export async function searchX(sender: Sender, asked: SearchRequest, signal: AbortSignal): Promise<SearchResult> {
  const isRecent = asked.after !== undefined && asked.now - asked.since < OLDEST_MS
  const from = new Date(Math.max(asked.now - OLDEST_MS, Math.min(asked.since, asked.now - NEWEST_MS))).toISOString()
  const query = {
    query: queryOf(asked, sender.userId),
    max_results: String(POSTS),
    ...FIELDS,
    ...(isRecent && asked.after ? { since_id: asked.after } : { start_time: from }),
  }
  const events: TimedEvent[] = []
  let newest = asked.after
  let next: string | undefined
  for (let page = 0; page < PAGES; page++) {
    const more = next ? { ...query, next_token: next } : query
    const answer = await request(sender, 'GET', '/2/tweets/search/recent', { query: more }, signal)
    if (answer.state !== 'answered') return { state: 'unknown', reason: answer.reason }
    const { status, headers, body } = answer
    const limit = readLimit(headers)
    const count = at(body, 'meta', 'result_count')
    const data = listOf(at(body, 'data'))
    if (status !== 200 || (data.length === 0 && count !== 0)) {
      const isCapped = textOf(at(body, 'type')).endsWith('/usage-capped')
      const wait = isCapped ? CAPPED : status === 429 ? (limit ?? BUSY) : limit
      return { state: 'unknown', reason: `x does not let us search (status ${status})`, ...(wait && { limit: wait }) }
    }
    const includes = at(body, 'includes')
    // X gives the newest first, within a page and over pages.
    events.unshift(...data.map((post) => readV2Post(post, includes, sender.userId, 'found')).toReversed())
    newest = [newest, ...data.map((post) => idOf(at(post, 'id')))].reduce((one, other) =>
      byId(one, other) < 0 ? other : one,
    )
    next = idOf(at(body, 'meta', 'next_token'))
    // What a limit leaves over is read at the next search no more than what came before it.
    if (!next || limit) return { ...found(events, newest, !next), ...(limit && { limit }) }
  }
  return found(events, newest, false)
}

const found = (events: readonly TimedEvent[], newest: string | undefined, whole: boolean) =>
  ({ state: 'read', events: sortByTime(events), whole, ...(newest && { newest }) }) as const

/** Where X names no time; and once a period's posts are used up, which only its operator can change. */
const BUSY = { of: 'kind', forMs: 15 * 60_000 } as const
const CAPPED = { of: 'kind', forMs: 6 * 3_600_000 } as const
