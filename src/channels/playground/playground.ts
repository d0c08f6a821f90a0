// The playground channel: a small local network for trying Warmline.
import { randomUUID } from 'node:crypto'
import type { Request, Response, Server } from 'restify'
import { z } from 'zod'
import {
  CAPABILITIES,
  type ChannelEvent,
  type ConversationRef,
  type Customer,
  type Message,
  type Outgoing,
  type Sent,
} from '#domain'
import { safeParse } from '#lib'
import { replaceSecrets } from '#privacy'
import { type Redis, Unavailable } from '#redis'
import type { Channel, Deliver, FoundSend } from '../channel.ts'
import { answer, readBody } from '../webhook.ts'
import { openAdmission } from './admission.ts'
import { sampleOrders } from './sample-orders.ts'
import { openPlaygroundStore, type PlaygroundStore } from './store.ts'

export { SAMPLE_SERVICE, sampleOrderService } from './sample-orders.ts'

const ACCOUNT = 'brand'

const name = z.string().trim().min(1, 'say who is writing').max(50)
const text = z.string().trim().min(1, 'write something').max(2000)
/** `aside`: the post is not addressed to the brand, whose wall it is. */
const newPost = z.object({
  customer: name,
  text,
  inReplyTo: z.string().max(100).optional(),
  aside: z.boolean().default(false),
})
const newMessage = z.object({ customer: name, text })
/** What `parse` reads: one thing that happened on the wall or in a direct message. */
const happened = z.object({
  id: z.string().min(1),
  customer: name,
  text: z.string(),
  at: z.number(),
  root: z.string().optional(),
  inReplyTo: z.string().optional(),
  aside: z.object({ answers: z.literal(true).optional() }).optional(),
})

const platformId = (id: string) => id.slice('playground:'.length)

function customerOf(user: string): Customer {
  return {
    id: `playground:${ACCOUNT}:${user}`,
    channel: 'playground',
    account: ACCOUNT,
    user,
    name: user,
    handle: user,
  }
}

function eventOf({ id, customer: user, text, at, root, inReplyTo, aside }: z.infer<typeof happened>): ChannelEvent {
  const customer = customerOf(user)
  const conversation: ConversationRef = root
    ? { id: `playground:${ACCOUNT}:post:${root}`, channel: 'playground', audience: 'public' }
    : { id: `playground:${ACCOUNT}:dm:${user}`, channel: 'playground', audience: 'private' }
  const message: Message = {
    id: `playground:${id}`,
    conversation,
    author: user,
    authorKind: 'customer',
    text,
    at,
    ...(inReplyTo ? { replyTo: `playground:${inReplyTo}` } : {}),
  }
  const heard = { kind: 'message', id: message.id, own: false, customer, message } as const
  return aside
    ? { ...heard, directed: false, aside: aside.answers ? { answers: true } : {} }
    : { ...heard, directed: true }
}

function parse(body: unknown): ChannelEvent[] {
  const read = happened.safeParse(body)
  if (read.success) return [eventOf(read.data)]
  return [
    { kind: 'ignored', id: 'playground:unreadable', own: false, reason: 'not a post or message of the playground' },
  ]
}

async function carryOut(store: PlaygroundStore, outgoing: Outgoing, brand: () => string, now: number): Promise<Sent> {
  const id = `e-${outgoing.effect}`
  const by = { author: brand(), at: now }
  switch (outgoing.type) {
    case 'public-reply':
      await store.post({
        ...by,
        id,
        authorKind: outgoing.by ?? 'bot',
        text: outgoing.text,
        inReplyTo: platformId(outgoing.inReplyTo),
        invite: outgoing.inviteToPrivate,
      })
      return { state: 'sent', platformId: id }
    case 'private-message': {
      const { text, by: authorKind, quickReplies } = outgoing
      await store.message(outgoing.customer.user, {
        ...by,
        id,
        authorKind,
        text,
        ...(quickReplies && { quickReplies }),
      })
      return { state: 'sent', platformId: id, conversation: outgoing.conversation }
    }
    case 'private-reply':
      return { state: 'refused', reason: 'the playground has no private replies', instead: 'send a private message' }
    case 'hide':
      return (await store.hide(platformId(outgoing.message)))
        ? { state: 'sent', platformId: platformId(outgoing.message) }
        : { state: 'refused', reason: 'the post is gone' }
  }
}

/** What we send carries its effect's id, so that it is found by it. */
async function find(store: PlaygroundStore, outgoing: Outgoing): Promise<FoundSend> {
  const id = `e-${outgoing.effect}`
  const there =
    outgoing.type === 'public-reply' ? await store.find(id) : await store.findMessage(outgoing.customer.user, id)
  return there ? { state: 'found', sent: { state: 'sent', platformId: id } } : { state: 'absent' }
}

/**
 * Opens the playground over Redis; `brand` is the name our posts carry. What is not addressed to the brand is told only where
 * it is `wanted`.
 */
export async function openPlayground(options: {
  redis: Redis
  subscriber: Redis
  brand: () => string
  wanted: (text: string) => boolean
  /** The address the world sees; its pages may write. */
  publicUrl: string
  /** Messages a minute that one address may write. */
  perMinute: number
  now: () => number
}): Promise<Channel> {
  const { now, brand, wanted } = options
  const admission = openAdmission(options)
  const store = await openPlaygroundStore(options.redis, options.subscriber)
  return {
    name: 'playground',
    law: CAPABILITIES.playground,
    parse,
    send: (outgoing) => carryOut(store, outgoing, brand, now()),
    find: (outgoing) => find(store, outgoing),
    mount: (server, deliver) => mount(server, deliver, { wall: store, wanted, admission, now }),
    async forget({ user }, messages, conversations) {
      for (const id of messages) await store.remove(platformId(id), user)
      if (conversations.length > 0) await store.removeMessages(user)
    },
  }
}

function sendJson(response: Response, status: number, body: unknown): void {
  answer(
    response,
    status,
    { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    JSON.stringify(body),
  )
}

async function take<T>(
  request: Request,
  response: Response,
  { shape, admission }: { shape: z.ZodType<T>; admission: ReturnType<typeof openAdmission> },
): Promise<T | undefined> {
  const rejection = await admission(request)
  if (rejection) {
    const { status, detail, retryAfter } = rejection
    if (retryAfter) response.setHeader('retry-after', String(retryAfter))
    sendJson(response, status, { title: 'Not taken', detail })
    return undefined
  }
  const raw = await readBody(request, response)
  if (!raw) return undefined
  let json: unknown
  try {
    json = JSON.parse(raw.bytes.toString('utf8'))
  } catch {
    sendJson(response, 400, { title: 'That request cannot be read', detail: 'the body is not JSON' })
    return undefined
  }
  const read = safeParse(shape, json)
  if (read.success) return read.data
  const detail = read.error.issues.map((issue) => `\`${issue.path.join('.')}\`: ${issue.message}`).join('; ')
  sendJson(response, 400, { title: 'That request cannot be read', detail })
  return undefined
}

function mount(
  server: Server,
  deliver: Deliver,
  {
    wall: store,
    wanted,
    admission,
    now,
  }: {
    wall: PlaygroundStore
    wanted: (text: string) => boolean
    admission: ReturnType<typeof openAdmission>
    now: () => number
  },
): void {
  const orders = sampleOrders(now)

  async function hand(response: Response, event: ChannelEvent, id: string): Promise<boolean> {
    try {
      await deliver('playground', [event])
      sendJson(response, 201, { id })
      return true
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error
      sendJson(response, 503, { title: 'Not available just now', detail: 'the message could not be kept; try again' })
      return false
    }
  }

  server.post('/playground/api/posts', async (request: Request, response: Response) => {
    const body = await take(request, response, { shape: newPost, admission })
    if (!body) return
    const parent = body.inReplyTo ? await store.find(body.inReplyTo) : undefined
    if (body.inReplyTo && !parent) {
      sendJson(response, 400, { title: 'That request cannot be read', detail: '`inReplyTo`: there is no such post' })
      return
    }
    const at = now()
    const { customer, text, inReplyTo } = body
    // The wall is stored too.
    const kept = replaceSecrets(text).text
    const made = { id: `p-${randomUUID()}`, author: customer, authorKind: 'customer', text: kept, at } as const
    const post = await store.post(inReplyTo ? { ...made, inReplyTo } : made)
    const { id, root } = post
    const told = { id, customer, text, at, root, ...(inReplyTo ? { inReplyTo } : {}) }
    if (body.aside && !wanted(text)) return sendJson(response, 201, { id })
    const answers = parent !== undefined && parent.author !== customer
    const aside = answers ? ({ answers: true } as const) : {}
    const isKept = await hand(response, eventOf(body.aside ? { ...told, aside } : told), id)
    if (!isKept) await store.remove(id, customer)
  })

  server.post('/playground/api/dms', async (request: Request, response: Response) => {
    const body = await take(request, response, { shape: newMessage, admission })
    if (!body) return
    const id = `d-${randomUUID()}`
    const { customer, text } = body
    const at = now()
    await store.message(customer, { id, author: customer, authorKind: 'customer', text: replaceSecrets(text).text, at })
    await hand(response, eventOf({ id, customer, text, at }), id)
  })

  server.get('/playground/api/timeline', async (request: Request, response: Response) => {
    const customer = new URLSearchParams(request.getQuery()).get('customer') ?? ''
    sendJson(response, 200, await store.timeline(customer))
  })

  server.get('/playground/api/events', async (request: Request, response: Response) => {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    })
    response.write('retry: 1000\nevent: changed\ndata: {}\n\n')
    const deaf = store.listen(() => response.write('event: changed\ndata: {}\n\n'))
    const beat = setInterval(() => response.write(': still here\n\n'), 20_000)
    request.once('close', () => {
      clearInterval(beat)
      deaf()
    })
  })

  // The sample brand's order service, as a shop would run its own.
  server.get('/playground/orders/:number', async (request: Request, response: Response) => {
    const { number } = request.params as { number: string }
    const email = new URLSearchParams(request.getQuery()).get('email') ?? ''
    const order = orders(number, email)
    sendJson(response, order ? 200 : 404, order ?? { detail: 'there is no such order for this e-mail address' })
  })
}
