// A stand-in for Meta's Graph API as its documentation describes it for a Page: comments, Messenger, private
// replies, and reading them back.

import { createHmac } from 'node:crypto'
import { type Answer, fieldsOf, type Network, type Request, startNetwork, strangers } from './network.ts'

export type GraphCredentials = {
  readonly version: string
  readonly appId: string
  readonly appSecret: string
  readonly pageId: string
  readonly pageToken: string
}
type GraphComment = { readonly id: string; readonly parent: string; readonly text: string; readonly at: number }
type GraphMessage = {
  readonly id: string
  readonly psid: string
  readonly text: string
  readonly metadata?: string
  /** The comment or post that a private reply answers. */
  readonly answers?: string
  readonly at: number
}

export type GraphApi = Network & {
  readonly comments: readonly GraphComment[]
  readonly messages: readonly GraphMessage[]
  readonly hidden: readonly string[]
  /** The Messenger id of whoever wrote the comment or post. */
  psidOf(commentOrPost: string): string
  /** From now on the 24 hours after this person's last message have passed. */
  closeWindow(psid: string): void
  /** From now on this comment or post is gone. */
  remove(id: string): void
  /** What is written shows to whoever reads only after this many milliseconds. */
  showAfter(ms: number): void
  /** Posts a signed delivery, escaped as Meta does, to a webhook and returns the status it was answered with. */
  deliver(webhook: string, body: unknown): Promise<number>
}

const error = (
  code: number,
  subcode: number | undefined,
  message: string,
  extra: object = {},
  status = 400,
): Answer => ({
  status,
  body: {
    error: {
      message,
      type: 'OAuthException',
      code,
      ...(subcode && { error_subcode: subcode }),
      ...extra,
      fbtrace_id: 'AbCdEfGhIjKlMnOpQrStUvW',
    },
  },
})

/** Errors as Meta documents them. */
export const GRAPH_ERRORS = {
  invalidToken: error(190, 463, 'Error validating access token: Session has expired on Tuesday.'),
  invalidProof: error(100, undefined, 'Invalid appsecret_proof provided in the API argument'),
  windowClosed: error(10, 2018278, '(#10) This message is sent outside of allowed window.'),
  unavailable: error(551, 1545041, "(#551) This person isn't available right now."),
  restricted: error(10, 1893063, '(#10) You are temporarily restricted from sending messages.'),
  alreadyReplied: error(10900, undefined, '(#10900) Activity already replied to'),
  invalidComment: error(100, 2018292, '(#100) Invalid comment_id parameter'),
  gone: error(100, 33, "Unsupported request. Object with ID '1' does not exist", { type: 'GraphMethodException' }),
  otherApp: error(2018300, undefined, 'Message failed to send because another app is controlling this thread now.'),
  appLimit: error(4, undefined, '(#4) Application request limit reached', { is_transient: true }),
  rateLimit: error(613, undefined, '(#613) Calls to this api have exceeded the rate limit.'),
  abusive: error(368, undefined, 'The action attempted has been deemed abusive or is otherwise disallowed'),
  unexpected: error(2, undefined, 'An unexpected error has occurred. Please retry later.', { is_transient: true }, 500),
  sentAnyway: error(1, 1357046, 'An unknown error occurred'),
  permission: error(200, undefined, '(#200) Permissions error'),
  tooLong: error(100, undefined, '(#100) Length of param message[text] must be less than or equal to 2000'),
  invalid: error(100, undefined, '(#100) Invalid parameter'),
} as const

/** `made`: how many ids Facebook has given out before; it gives none twice. */
export async function startGraphApi(credentials: GraphCredentials, made = 0): Promise<GraphApi> {
  const { pageId, version } = credentials
  const comments: GraphComment[] = []
  const messages: GraphMessage[] = []
  const hidden: string[] = []
  const psids = new Map<string, string>()
  const closed = new Set<string>()
  const removed = new Set<string>()
  let delay = 0
  let last = made

  const psidOf = (id: string) => {
    const psid = psids.get(id) ?? String(7_000_000_000_000_001n + BigInt(made + psids.size))
    psids.set(id, psid)
    return psid
  }

  const carryOut = (path: string, json: unknown): Answer => {
    const body = fieldsOf(json)
    if (path === `${pageId}/messages`) return sendMessage(body)
    const [id = '', edge] = path.split('/')
    if (!/^\d+_\d+$/.test(id)) return GRAPH_ERRORS.invalid
    if (removed.has(id)) return GRAPH_ERRORS.gone
    if (edge === 'comments') {
      if (strangers(body, ['message', 'attachment_url']).length > 0) return GRAPH_ERRORS.invalid
      if (typeof body.message !== 'string' || body.message === '' || body.message.length > 8000)
        return GRAPH_ERRORS.invalid
      const comment = { id: `${postOf(id)}_${9_000_000 + ++last}`, parent: id, text: body.message, at: Date.now() }
      comments.push(comment)
      return { status: 200, body: { id: comment.id } }
    }
    if (edge !== undefined || strangers(body, ['is_hidden']).length > 0) return GRAPH_ERRORS.invalid
    if (typeof body.is_hidden !== 'boolean') return GRAPH_ERRORS.invalid
    hidden.push(id)
    return { status: 200, body: { success: true } }
  }

  const sendMessage = (body: Readonly<Record<string, unknown>>): Answer => {
    const said = fieldsOf(body.message)
    const strange = [
      ...strangers(body, ['recipient', 'messaging_type', 'message', 'tag', 'notification_type']),
      ...strangers(said, ['text', 'metadata', 'reply_to', 'quick_replies']),
    ]
    const { text, metadata } = said
    if (strange.length > 0 || typeof text !== 'string' || text === '') return GRAPH_ERRORS.invalid
    if (text.length > 2000) return GRAPH_ERRORS.tooLong
    if (metadata !== undefined && (typeof metadata !== 'string' || metadata.length > 1000)) return GRAPH_ERRORS.invalid
    const [[key, target] = [], ...others] = Object.entries(fieldsOf(body.recipient))
    if (others.length > 0 || typeof target !== 'string') return GRAPH_ERRORS.invalid
    const made = {
      id: `m_${String(++last).padStart(20, 'A')}`,
      text,
      ...(typeof metadata === 'string' && { metadata }),
      at: Date.now(),
    }
    if (key === 'id') {
      if (body.messaging_type !== 'RESPONSE') return GRAPH_ERRORS.invalid
      if (closed.has(target)) return GRAPH_ERRORS.windowClosed
      messages.push({ ...made, psid: target })
      return { status: 200, body: { recipient_id: target, message_id: made.id } }
    }
    if (key !== (target.startsWith(`${pageId}_`) ? 'post_id' : 'comment_id')) return GRAPH_ERRORS.invalid
    if (removed.has(target)) return GRAPH_ERRORS.invalidComment
    if (messages.some(({ answers }) => answers === target)) return GRAPH_ERRORS.alreadyReplied
    const psid = psidOf(target)
    messages.push({ ...made, psid, answers: target })
    return { status: 200, body: { recipient_id: psid, message_id: made.id } }
  }

  const isShown = ({ at }: { readonly at: number }) => Date.now() - at >= delay
  const timeOf = (at: number) => new Date(at).toISOString().replace(/\.\d+Z$/, '+0000')
  const threadOf = (psid: string) => ({
    id: `t_${psid}`,
    participants: { data: [{ id: psid }, { id: pageId }] },
    messages: {
      data: messages
        .filter((one) => one.psid === psid && isShown(one))
        .map(({ id, text, at }) => ({ id, message: text, from: { id: pageId }, created_time: timeOf(at) }))
        .toReversed(),
    },
  })

  /** Reading back: the comments under one, the thread with a person, and what a comment was privately answered. */
  const read = (path: string, query: URLSearchParams): Answer => {
    const fields = query.get('fields') ?? ''
    if (path === `${pageId}/conversations`) {
      const psid = query.get('user_id') ?? ''
      if (query.get('platform') !== 'messenger' || !fields.startsWith('messages')) return GRAPH_ERRORS.invalid
      return { status: 200, body: { data: messages.some((one) => one.psid === psid) ? [threadOf(psid)] : [] } }
    }
    const [id = '', edge] = path.split('/')
    if (!/^\d+_\d+$/.test(id)) return GRAPH_ERRORS.invalid
    if (removed.has(id)) return GRAPH_ERRORS.gone
    if (edge === 'comments') {
      const data = comments
        .filter((one) => one.parent === id && isShown(one))
        .map(({ id: comment, text, at }) => ({
          id: comment,
          ...(fields.includes('message') && { message: text }),
          ...(fields.includes('from') && { from: { id: pageId, name: 'Our page' } }),
          ...(fields.includes('created_time') && { created_time: timeOf(at) }),
        }))
      return { status: 200, body: { data: query.get('order') === 'reverse_chronological' ? data.toReversed() : data } }
    }
    if (edge !== undefined || !fields.includes('private_reply_conversation')) return GRAPH_ERRORS.invalid
    const answer = messages.find((one) => one.answers === id && isShown(one))
    const shown = answer ? { private_reply_conversation: threadOf(answer.psid) } : { can_reply_privately: true }
    return { status: 200, body: { can_reply_privately: false, ...shown, id } }
  }

  const network = await startNetwork((request) => {
    const refusal = checkCredentials(request, credentials)
    if (refusal) return refusal
    const prefix = `/${version}/`
    const path = decodeURIComponent(request.path.slice(prefix.length))
    if (!request.path.startsWith(prefix)) return GRAPH_ERRORS.invalid
    if (request.method === 'GET') return read(path, request.query)
    return request.method === 'POST' ? carryOut(path, request.json) : GRAPH_ERRORS.invalid
  })
  return {
    ...network,
    comments,
    messages,
    hidden,
    psidOf,
    closeWindow: (psid) => void closed.add(psid),
    remove: (id) => void removed.add(id),
    showAfter(ms) {
      delay = ms
    },
    async deliver(webhook, body) {
      const raw = escapeAsMeta(JSON.stringify(body))
      const signature = createHmac('sha256', credentials.appSecret).update(raw).digest('hex')
      const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` }
      return (await fetch(webhook, { method: 'POST', headers, body: raw })).status
    },
  }
}

/** A comment's id is that of its post's second half and its own; a post's that of its Page and its own. */
function postOf(id: string): string {
  return id.split('_')[0] ?? id
}

function checkCredentials({ headers, query }: Request, { pageToken, appSecret }: GraphCredentials): Answer | undefined {
  if (headers.authorization !== `Bearer ${pageToken}`) return GRAPH_ERRORS.invalidToken
  const proof = createHmac('sha256', appSecret).update(pageToken).digest('hex')
  return query.get('appsecret_proof') === proof ? undefined : GRAPH_ERRORS.invalidProof
}

/** Meta's bodies are ASCII: everything else is `\uXXXX`, `/` is `\/`, and `<`, `%` and `@` are escaped. */
export function escapeAsMeta(json: string): string {
  const inHex = (char: string) => char.charCodeAt(0).toString(16).padStart(4, '0')
  return json
    .replace(/[^ -~]/g, (char) => `\\u${inHex(char)}`)
    .replace(/[<%@]/g, (char) => `\\u${inHex(char).toUpperCase()}`)
    .replaceAll('/', '\\/')
}
