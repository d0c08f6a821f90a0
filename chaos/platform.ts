// X and Facebook as the service meets them: stand-ins that keep a record, misbehave by the plan, and tell of everything
// that is said, again and again until they are answered 200.
import { setTimeout as wait } from 'node:timers/promises'
import { PAGE, sign, WEBHOOKS, X } from '../test/service/accounts.ts'
import {
  pageComment,
  pageEcho,
  pageMessage,
  xDirectMessage,
  xMention,
  xOwnReply,
} from '../test/stand-ins/deliveries.ts'
import { escapeAsMeta, GRAPH_ERRORS, type GraphApi, startGraphApi } from '../test/stand-ins/graph-api.ts'
import { type Done, fieldsOf, type Misbehaviour, type Request } from '../test/stand-ins/network.ts'
import { startXApi, tooManyRequests, X_PROBLEMS, type XApi } from '../test/stand-ins/x-api.ts'
import { type Chance, chanceOf } from './chance.ts'
import type { Line, Plan } from './plan.ts'
import type { Network, Seen } from './record.ts'

export type Platform = {
  readonly x: XApi
  readonly graph: GraphApi
  /** What the networks carried out, as others see it, oldest first. */
  readonly seen: readonly Seen[]
  /** Calls that were made again although the limit they had hit still stood. */
  impatient(): number
  /** Delivers once; resolves to the status, 0 if no answer came. */
  post(network: Network, body: object): Promise<number>
  /** Delivers until it is answered 200; resolves to when that was, or undefined once the platform is closed. */
  deliver(network: Network, body: object): Promise<number | undefined>
  /** Deliveries that nobody has answered 200 yet. */
  waiting(): number
  close(): Promise<void>
}

const PATIENCE_MS = 4_000
const BETWEEN_LIMITS_MS = 2_500

/** Ids go on where the platform before ended: networks give none twice. */
let platforms = 0

/** `webs` are the addresses that webhooks go to. */
export async function startPlatform(
  { seed, temper }: Pick<Plan, 'seed' | 'temper'>,
  webs: readonly string[],
): Promise<Platform> {
  /** Who wrote what, by the network's ids. */
  const authors = new Map<string, string>()
  platforms++
  const made = platforms * 100_000
  const [x, graph] = await Promise.all([startXApi(X, made), startGraphApi(PAGE, made)])
  const seen: Seen[] = []
  const tries = new Map<string, number>()
  /** Until when a kind of call is refused. */
  const limits = new Map<string, number>()
  const refusedUntil = new Map<string, number>()
  let impatient = 0
  const chance = chanceOf(seed, 'platform')
  const open = new Set<object>()
  let closed = false

  /** A limit is hit for all calls of a kind, until it is lifted; calls until then are refused like the first. */
  function limited(network: Network, kind: string, key: string, isHit: boolean, own: Chance): Misbehaviour | undefined {
    const now = Date.now()
    const limit = limits.get(kind) ?? 0
    if (now > limit && (!isHit || now < limit + BETWEEN_LIMITS_MS)) return undefined
    // X names whole seconds.
    const until = now > limit ? (Math.ceil(now / 1000) + own.between(0, 1)) * 1000 : limit
    limits.set(kind, until)
    if (refusedUntil.get(key) === until) impatient++
    refusedUntil.set(key, until)
    if (network === 'x') return { type: 'answer', ...tooManyRequests(until / 1000) }
    const headers = { 'retry-after': String(Math.max(1, Math.ceil((until - now) / 1000))) }
    return { type: 'answer', ...GRAPH_ERRORS.rateLimit, headers }
  }

  /** Depends on what is asked for and how often, not on what else is going on. Whoever tries again mostly finds it well. */
  function choose(network: Network, request: Request): Misbehaviour | undefined {
    const key = `${request.method} ${request.path} ${JSON.stringify(request.json)?.replace(/"metadata":"[^"]*"/, '')}`
    const tried = (tries.get(key) ?? 0) + 1
    tries.set(key, tried)
    const own = chance.fork(`${key} ${tried}`)
    const kind = `${network} ${request.method} ${/messages$/.test(request.path)}`
    const limit = limited(network, kind, key, own.is(temper.tooMany), own)
    if (limit) return limit
    if (tried > 1 && own.is(0.8)) return undefined
    const at = own.next()
    const problem = network === 'x' ? X_PROBLEMS.unavailable : GRAPH_ERRORS.unexpected
    const refusal = network === 'x' ? X_PROBLEMS.notPermitted : GRAPH_ERRORS.permission
    const kinds: readonly (readonly [number, Misbehaviour])[] = [
      [temper.slow, { type: 'slow', ms: own.between(50, 900) }],
      [temper.fails, { type: 'answer', ...problem }],
      [temper.ghost, { type: 'ghost', ...problem }],
      [temper.refuses, { type: 'answer', ...refusal }],
      [temper.cut, { type: 'cut' }],
      [temper.loses, { type: 'lose-answer' }],
      [temper.hangs, { type: 'hang' }],
      [temper.broken, { type: 'ghost', status: 200 }],
    ]
    let from = 0
    for (const [share, misbehaviour] of kinds) {
      from += share
      if (at < from) return misbehaviour
    }
    return undefined
  }

  async function post(network: Network, body: object, web = webs[0]): Promise<number> {
    for (const post of (fieldsOf(body).tweet_create_events ?? []) as { id_str: string; user: { id_str: string } }[])
      authors.set(post.id_str, post.user.id_str)
    const json = JSON.stringify(body)
    const raw = network === 'facebook' ? escapeAsMeta(json) : json
    const { path, header } = WEBHOOKS[network]
    const headers = { 'content-type': 'application/json', [header]: sign(network, raw) }
    const signal = AbortSignal.timeout(PATIENCE_MS)
    return fetch(`${web}${path}`, { method: 'POST', headers, body: raw, signal }).then(
      (response) => response.arrayBuffer().then(() => response.status),
      () => 0,
    )
  }

  async function deliver(network: Network, body: object): Promise<number | undefined> {
    open.add(body)
    for (let n = 0; !closed; n++) {
      if ((await post(network, body, webs[n % webs.length])) === 200) {
        open.delete(body)
        return Date.now()
      }
      await wait(150)
    }
    open.delete(body)
    return undefined
  }

  function see(network: Network, { request, answer }: Done): void {
    if (request.method !== 'POST' || answer.status >= 300) return
    const made = network === 'x' ? readX(request, answer.body, x, authors) : readGraph(request, answer.body, graph)
    if (!made) return
    seen.push({ ...made.seen, at: request.at })
    const own = chance.fork(`echo ${made.seen.id}`)
    if (own.is(temper.silent)) return
    for (const echo of own.is(0.15) ? [made.echo, { ...made.echo }] : [made.echo]) {
      open.add(echo)
      void wait(own.between(20, 400)).then(() => deliver(network, echo))
    }
  }

  x.temper((request) => choose('x', request))
  graph.temper((request) => choose('facebook', request))
  x.watch((done) => see('x', done))
  graph.watch((done) => see('facebook', done))
  return {
    x,
    graph,
    seen,
    impatient: () => impatient,
    post,
    deliver,
    waiting: () => open.size,
    async close() {
      closed = true
      await Promise.all([x.close(), graph.close()])
    },
  }
}

type Made = { readonly seen: Omit<Seen, 'at'>; readonly echo: object }

function readX(request: Request, body: unknown, x: XApi, authors: ReadonlyMap<string, string>): Made | undefined {
  const data = fieldsOf(fieldsOf(body).data)
  if (request.path === '/2/tweets') {
    const post = x.posts.find((one) => one.id === data.id)
    if (!post?.inReplyTo) return undefined
    const { id, text, inReplyTo } = post
    const echo = xOwnReply({ us: X.userId, to: authors.get(inReplyTo) ?? '', text, id, inReplyTo })
    const seen = { id: post.id, network: 'x', audience: 'public', to: `x:${post.inReplyTo}`, text: post.text } as const
    return { seen, echo }
  }
  const dm = x.dms.find((one) => one.id === data.dm_event_id)
  if (!dm) return undefined
  const echo = { ...xDirectMessage({ to: dm.to, from: X.userId, text: dm.text, id: dm.id }), for_user_id: X.userId }
  return { seen: { id: dm.id, network: 'x', audience: 'private', to: dm.to, text: dm.text }, echo }
}

function readGraph(_request: Request, body: unknown, graph: GraphApi): Made | undefined {
  const { id, message_id } = fieldsOf(body)
  const comment = graph.comments.find((one) => one.id === id)
  if (comment) {
    const { parent, text } = comment
    const echo = pageComment({ page: PAGE.pageId, from: PAGE.pageId, text, id: comment.id, parent })
    const seen = { id: comment.id, network: 'facebook', audience: 'public', to: `facebook:${parent}`, text } as const
    return { seen, echo }
  }
  const message = graph.messages.find((one) => one.id === message_id)
  if (!message) return undefined
  const { psid, text, answers, metadata } = message
  const to = answers ? `facebook:${answers}` : psid
  const { pageId: page, appId: app } = PAGE
  const echo = pageEcho({ page, to: psid, text, id: message.id, app, ...(metadata ? { metadata } : {}) })
  return { seen: { id: message.id, network: 'facebook', audience: 'private', to, text }, echo }
}

/** One webhook body for several messages of one network. */
export function bodyOf(lines: readonly Line[]): object {
  const bodies = lines.map((line) => {
    const { id, user: from, text, network, audience } = line
    if (network === 'x')
      return audience === 'public'
        ? xMention({ to: X.userId, from, text, id })
        : xDirectMessage({ to: X.userId, from, text, id })
    const page = PAGE.pageId
    return audience === 'public' ? pageComment({ page, from, text, id }) : pageMessage({ page, from, text, id })
  })
  return bodies.reduce(join)
}

/** Lists are put one behind the other, everything else beside each other. */
function join(one: object, other: object): object {
  const all: Record<string, unknown> = { ...one }
  for (const [key, value] of Object.entries(other)) {
    const before = all[key]
    if (Array.isArray(before) && Array.isArray(value)) all[key] = [...before, ...value]
    else if (key === 'users') all[key] = { ...fieldsOf(before), ...fieldsOf(value) }
    else all[key] = value
  }
  return all
}

/** The author takes a public message back. */
export function deletionOf({ id, user, network, text }: Line): object {
  if (network === 'x') {
    return {
      for_user_id: X.userId,
      tweet_delete_events: [{ status: { id, user_id: user }, timestamp_ms: String(Date.now()) }],
    }
  }
  const body = pageComment({ page: PAGE.pageId, from: user, text, id })
  return JSON.parse(JSON.stringify(body), (key, value) => (key === 'verb' ? 'remove' : value))
}
