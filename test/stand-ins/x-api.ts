// A stand-in for the X API v2 as its documentation describes it: posts, direct messages, reading both back, hiding
// replies, webhooks.

import { createHmac } from 'node:crypto'
import twitter from 'twitter-text'
import { escapeText, nextXId } from './deliveries.ts'
import { type Answer, fieldsOf, type Network, type Request, startNetwork, strangers } from './network.ts'

export type XCredentials = {
  readonly userId: string
  readonly consumerKey: string
  readonly consumerSecret: string
  readonly accessToken: string
  readonly accessTokenSecret: string
}
type XPost = {
  readonly id: string
  readonly text: string
  readonly inReplyTo?: string
  /** The link behind the "send a private message" button. */
  readonly deepLink?: string
  readonly at: number
}
/** What somebody else posts. */
type XSaid = {
  readonly from: string
  readonly text: string
  readonly inReplyTo?: { readonly post: string; readonly user: string }
  readonly quotes?: string
  readonly reposts?: string
  /** The post that began the thread. */
  readonly thread?: string
  /** People named in the text, by handle. */
  readonly mentions?: Readonly<Record<string, string>>
}
type XDirectMessage = { readonly id: string; readonly to: string; readonly text: string; readonly at: number }

export type XApi = Network & {
  readonly posts: readonly XPost[]
  readonly dms: readonly XDirectMessage[]
  readonly hidden: readonly string[]
  /** Somebody posts something that is delivered to nobody; returns its id. */
  say(said: XSaid): string
  /** From now on this person takes no direct messages. */
  closeDms(user: string): void
  /** What is written shows to whoever reads only after this many milliseconds. */
  showAfter(ms: number): void
  /** Posts a signed delivery to a webhook and returns the status it was answered with. */
  deliver(webhook: string, body: unknown): Promise<number>
  /** Whether the webhook passes the challenge. */
  challenge(webhook: string): Promise<boolean>
}

const problem = (status: number, title: string, detail: string, type = 'about:blank') => ({
  status,
  body: { title, detail, type, status },
})

/** Answers as X documents them. */
export const X_PROBLEMS = {
  unauthorized: problem(401, 'Unauthorized', 'Unauthorized'),
  duplicate: problem(403, 'Forbidden', 'You are not allowed to create a Tweet with duplicate content.'),
  notPermitted: problem(403, 'Forbidden', 'You are not permitted to perform this action.'),
  notSummoned: problem(
    403,
    'Forbidden',
    'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.',
  ),
  dmsClosed: problem(403, 'Forbidden', 'You do not have permission to DM one or more participants.'),
  notFound: problem(404, 'Not Found Error', 'Not Found', 'https://api.x.com/2/problems/resource-not-found'),
  capped: problem(
    429,
    'UsageCapExceeded',
    'Usage cap exceeded: Monthly product cap',
    'https://api.x.com/2/problems/usage-capped',
  ),
  unavailable: problem(503, 'Service Unavailable', 'Service Unavailable'),
} as const

/** `reset` in seconds since 1970. */
export function tooManyRequests(reset: number): Answer {
  const headers = { 'x-rate-limit-limit': '100', 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(reset) }
  return { ...problem(429, 'Too Many Requests', 'Too Many Requests'), headers }
}

const TWEET_FIELDS = [
  'text',
  'reply',
  'media',
  'direct_message_deep_link',
  'reply_settings',
  'made_with_ai',
  'edit_options',
  'quote_tweet_id',
  'poll',
]

/** `made`: how many ids X has given out before; it gives none twice. */
export async function startXApi(credentials: XCredentials, made = 0): Promise<XApi> {
  const posts: XPost[] = []
  const dms: XDirectMessage[] = []
  const hidden: string[] = []
  const said: (XSaid & { readonly id: string; readonly at: number })[] = []
  const closed = new Set<string>()
  const nonces = new Set<string>()
  let delay = 0
  let last = 1_950_000_000_000_000_000n + BigInt(made)
  const nextId = () => String(++last)

  const respond = (request: Request): Answer => {
    if (!isAuthorized(request, `http://${request.headers.host}`, credentials, nonces)) return X_PROBLEMS.unauthorized
    const [route, id] = routeOf(request)
    const answer = carryOut(route, id, request)
    const limit = { 'x-rate-limit-limit': '100', 'x-rate-limit-remaining': '99', 'x-rate-limit-reset': '1999999999' }
    return { ...answer, headers: { ...limit, ...answer.headers } }
  }

  const isShown = ({ at }: { readonly at: number }) => Date.now() - at >= delay

  /** A list as X gives it, newest first: `data` is absent when there is nothing. */
  const page = (query: URLSearchParams, items: readonly object[]): Answer => {
    const most = Number(query.get('max_results') ?? 10)
    if (!(most >= 1 && most <= 100)) return invalid('max_results')
    const data = items.toReversed().slice(0, most)
    const meta = { result_count: data.length, ...(items.length > most && { next_token: '7140dibdnow9c7btw' }) }
    return { status: 200, body: { ...(data.length > 0 && { data }), meta } }
  }

  const carryOut = (route: string, id: string, { json, query }: Request): Answer => {
    const body = fieldsOf(json)
    switch (route) {
      case 'POST /2/tweets': {
        const reply = fieldsOf(body.reply)
        const strange = [...strangers(body, TWEET_FIELDS), ...strangers(body.reply, REPLY_FIELDS)]
        const inReplyTo = reply.in_reply_to_tweet_id
        const link = body.direct_message_deep_link
        if (strange.length > 0) return invalid(strange[0])
        if (typeof body.text !== 'string' || body.text === '') return invalid('text')
        if (body.reply !== undefined && (typeof inReplyTo !== 'string' || !/^\d{1,19}$/.test(inReplyTo))) {
          return invalid('reply.in_reply_to_tweet_id')
        }
        if (link !== undefined && !(typeof link === 'string' && DEEP_LINK.test(link))) {
          return invalid('direct_message_deep_link')
        }
        if (!twitter.parseTweet(body.text).valid) return X_PROBLEMS.notPermitted
        if (posts.some((post) => post.text === body.text && post.inReplyTo === inReplyTo)) return X_PROBLEMS.duplicate
        const post = {
          id: nextId(),
          text: body.text,
          ...(typeof inReplyTo === 'string' && { inReplyTo }),
          ...(typeof link === 'string' && { deepLink: link }),
          at: Date.now(),
        }
        posts.push(post)
        return { status: 201, body: { data: { id: post.id, text: post.text, edit_history_tweet_ids: [post.id] } } }
      }
      case 'POST /2/dm_conversations/with/:id/messages': {
        const [strange] = strangers(body, ['text', 'attachments'])
        if (strange !== undefined) return invalid(strange)
        if (typeof body.text !== 'string' || body.text === '' || body.text.length > 10_000) return invalid('text')
        if (closed.has(id)) return X_PROBLEMS.dmsClosed
        const dm = { id: nextId(), to: id, text: body.text, at: Date.now() }
        dms.push(dm)
        const pair = [credentials.userId, id].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1)).join('-')
        return { status: 201, body: { data: { dm_conversation_id: pair, dm_event_id: dm.id } } }
      }
      case 'GET /2/users/:id/tweets': {
        if (id !== credentials.userId) return X_PROBLEMS.notFound
        const fields = new Set((query.get('tweet.fields') ?? '').split(','))
        return page(
          query,
          posts.filter(isShown).map(({ id: post, text, inReplyTo, at }) => ({
            id: post,
            // X shortens every link and puts the handle of whoever is answered before the words.
            text: escapeText(
              `${inReplyTo ? '@customer ' : ''}${text.replace(/https?:\/\/\S+/g, 'https://t.co/a1B2c3D4e5')}`,
            ),
            edit_history_tweet_ids: [post],
            ...(fields.has('created_at') && { created_at: new Date(at).toISOString() }),
            ...(fields.has('referenced_tweets') &&
              inReplyTo && { referenced_tweets: [{ type: 'replied_to', id: inReplyTo }] }),
          })),
        )
      }
      case 'GET /2/dm_conversations/with/:id/dm_events': {
        const fields = new Set((query.get('dm_event.fields') ?? '').split(','))
        return page(
          query,
          dms
            .filter((dm) => dm.to === id && isShown(dm))
            .map(({ id: event, text, at }) => ({
              id: event,
              event_type: 'MessageCreate',
              text: escapeText(text),
              ...(fields.has('created_at') && { created_at: new Date(at).toISOString() }),
              ...(fields.has('sender_id') && { sender_id: credentials.userId }),
            })),
        )
      }
      case 'GET /2/tweets/search/recent': {
        const wrong = strangers(Object.fromEntries(query), SEARCH_FIELDS)[0]
        const most = Number(query.get('max_results') ?? 10)
        const since = query.get('since_id')
        const start = query.get('start_time')
        const isStartWrong = start !== null && !(Date.parse(start) < Date.now() - 10_000)
        if (wrong !== undefined) return invalid(wrong)
        if (!(most >= 10 && most <= 100)) return invalid('max_results')
        if (since !== null && (start !== null || !/^\d{1,19}$/.test(since))) return invalid('since_id')
        if (isStartWrong || Date.parse(start ?? '') < Date.now() - 7 * 86_400_000) return invalid('start_time')
        const fits = readQuery(query.get('query') ?? '')
        if (!fits) return invalid('query')
        const fields = new Set((query.get('tweet.fields') ?? '').split(','))
        const from = Number(query.get('next_token') ?? 0)
        const all = said
          .filter((post) => fits(post) && BigInt(post.id) > BigInt(since ?? 0) && !(post.at < Date.parse(start ?? '')))
          .toReversed()
        const listed = all.slice(from, from + most)
        const meta = {
          result_count: listed.length,
          ...(listed.length > 0 && { newest_id: listed[0]?.id, oldest_id: listed.at(-1)?.id }),
          ...(all.length > from + most && { next_token: String(from + most) }),
        }
        const users = [...new Set(listed.map((post) => post.from))].map((user) => ({
          ...{ id: user, username: `user${user}`, name: `User ${user}`, public_metrics: { followers_count: 34 } },
        }))
        const data = listed.map((post) => asFound(post, fields))
        return { status: 200, body: { ...(data.length > 0 && { data, includes: { users } }), meta } }
      }
      case 'PUT /2/tweets/:id/hidden': {
        const [strange] = strangers(body, ['hidden'])
        if (strange !== undefined || typeof body.hidden !== 'boolean') return invalid(strange ?? 'hidden')
        hidden.push(id)
        return { status: 200, body: { data: { hidden: body.hidden } } }
      }
      default:
        return X_PROBLEMS.notFound
    }
  }

  const network: Network = await startNetwork(respond)
  return {
    ...network,
    posts,
    dms,
    hidden,
    say(post) {
      const id = nextXId()
      said.push({ ...post, id, at: Date.now() })
      return id
    },
    closeDms: (user) => void closed.add(user),
    showAfter(ms) {
      delay = ms
    },
    async deliver(webhook, body) {
      const raw = JSON.stringify(body)
      const signature = createHmac('sha256', credentials.consumerSecret).update(raw).digest('base64')
      const headers = { 'content-type': 'application/json', 'x-twitter-webhooks-signature': `sha256=${signature}` }
      return (await fetch(webhook, { method: 'POST', headers, body: raw })).status
    },
    async challenge(webhook) {
      const response = await fetch(`${webhook}?crc_token=bm9uY2U`)
      const expected = createHmac('sha256', credentials.consumerSecret).update('bm9uY2U').digest('base64')
      return response.status === 200 && fieldsOf(await response.json()).response_token === `sha256=${expected}`
    },
  }
}

const SEARCH_FIELDS = [
  'query',
  'max_results',
  'since_id',
  'start_time',
  'next_token',
  'tweet.fields',
  'expansions',
  'user.fields',
]

/** What the query asks for, or undefined where X does not take it: phrases, ORs of them, and what is not wanted. */
function readQuery(query: string): ((post: XSaid) => boolean) | undefined {
  const phrases = (text: string) => [...text.matchAll(/"([^"]+)"/g)].map(([, phrase = '']) => phrase.toLowerCase())
  const shape = /^(\("[^"]+"(?: OR "[^"]+")+\)|"[^"]+")((?: -is:retweet| -from:\d+| -"[^"]+")*)$/.exec(query)
  if (!shape || query.length > 512) return undefined
  const [, wanted = '', not = ''] = shape
  const from = /-from:(\d+)/.exec(not)?.[1]
  return ({ text, from: author, reposts }) => {
    const has = (phrase: string) => text.toLowerCase().includes(phrase)
    const isRepost = not.includes('-is:retweet') && reposts !== undefined
    return phrases(wanted).some(has) && !phrases(not).some(has) && author !== from && !isRepost
  }
}

function asFound(
  { id, at, from, text, inReplyTo, quotes, reposts, thread, mentions = {} }: XSaid & { id: string; at: number },
  fields: ReadonlySet<string>,
) {
  const references = [
    ...(inReplyTo ? [{ type: 'replied_to', id: inReplyTo.post }] : []),
    ...(quotes ? [{ type: 'quoted', id: quotes }] : []),
    ...(reposts ? [{ type: 'retweeted', id: reposts }] : []),
  ]
  const named = Object.entries(mentions).map(([username, user]) => {
    const start = text.indexOf(`@${username}`)
    return { start, end: start + username.length + 1, username, id: user }
  })
  const extra = {
    author_id: from,
    created_at: new Date(at).toISOString(),
    conversation_id: thread ?? inReplyTo?.post ?? id,
    ...(inReplyTo && { in_reply_to_user_id: inReplyTo.user }),
    ...(references.length > 0 && { referenced_tweets: references }),
    ...(named.length > 0 && { entities: { mentions: named } }),
  }
  const shown = Object.entries(extra).filter(([name]) => fields.has(name))
  return { id, text: escapeText(text), edit_history_tweet_ids: [id], ...Object.fromEntries(shown) }
}

const REPLY_FIELDS = ['in_reply_to_tweet_id', 'exclude_reply_user_ids']
const DEEP_LINK = /^https:\/\/(x|twitter)\.com\/messages\/compose\?recipient_id=\d+/

const ROUTES: readonly (readonly [string, RegExp])[] = [
  ['POST /2/tweets', /^POST \/2\/tweets$/],
  ['POST /2/dm_conversations/with/:id/messages', /^POST \/2\/dm_conversations\/with\/(\d{1,19})\/messages$/],
  ['GET /2/users/:id/tweets', /^GET \/2\/users\/(\d{1,19})\/tweets$/],
  ['GET /2/dm_conversations/with/:id/dm_events', /^GET \/2\/dm_conversations\/with\/(\d{1,19})\/dm_events$/],
  ['GET /2/tweets/search/recent', /^GET \/2\/tweets\/search\/recent$/],
  ['PUT /2/tweets/:id/hidden', /^PUT \/2\/tweets\/(\d{1,19})\/hidden$/],
]

function routeOf({ method, path }: Request): readonly [route: string, id: string] {
  for (const [route, shape] of ROUTES) {
    const match = shape.exec(`${method} ${path}`)
    if (match) return [route, match[1] ?? '']
  }
  return ['', '']
}

function invalid(field = 'body'): Answer {
  return {
    status: 400,
    body: {
      errors: [{ message: `$.${field}: is not valid or not defined in the schema` }],
      title: 'Invalid Request',
      detail: 'One or more parameters to your request was invalid.',
      type: 'https://api.x.com/2/problems/invalid-request',
    },
  }
}

/** Checks an OAuth 1.0a header by RFC 5849: whole, fresh, used once, and signed with both secrets. */
function isAuthorized(request: Request, origin: string, credentials: XCredentials, nonces: Set<string>): boolean {
  const header = request.headers.authorization ?? ''
  if (!header.startsWith('OAuth ')) return false
  const given = new Map<string, string>()
  for (const [, name = '', value = ''] of header.matchAll(/(\w+)="([^"]*)"/g))
    given.set(name, decodeURIComponent(value))
  const signature = given.get('oauth_signature')
  const nonce = given.get('oauth_nonce') ?? ''
  given.delete('oauth_signature')
  const isOurs =
    given.get('oauth_consumer_key') === credentials.consumerKey &&
    given.get('oauth_token') === credentials.accessToken &&
    given.get('oauth_signature_method') === 'HMAC-SHA1' &&
    given.get('oauth_version') === '1.0' &&
    Math.abs(Number(given.get('oauth_timestamp')) - Date.now() / 1000) < 300
  if (!isOurs || nonce.length < 8 || nonces.has(nonce)) return false
  nonces.add(nonce)

  const strict = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)
  const pairs = [...given, ...request.query].map(([name, value]) => `${strict(name)}=${strict(value)}`)
  const base = `${request.method}&${strict(origin + request.path)}&${strict(pairs.sort().join('&'))}`
  const key = `${strict(credentials.consumerSecret)}&${strict(credentials.accessTokenSecret)}`
  return createHmac('sha1', key).update(base).digest('base64') === signature
}
