// A local server that speaks /v1/chat/completions as OpenAI does: JSON-schema answers, usage, errors. It says what the
// test scripted, one answer for each request, and fails the test when it is asked more often.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the model says to one request. */
export type Scripted =
  /** An answer that fits the schema it was given, or does not. */
  | { readonly says: unknown }
  /** Words that are no JSON. */
  | { readonly blurts: string }
  | { readonly status: 400 | 401 | 429 | 500 | 503; readonly retryAfter?: number }
  /** Never answers. */
  | 'hangs'
  /** Closes the connection in the middle of the answer. */
  | 'cuts'
  | ((request: ChatRequest) => Scripted)

export type ChatRequest = {
  readonly model: string
  readonly temperature?: number
  readonly messages: readonly { readonly role: string; readonly content: string }[]
  readonly response_format?: {
    readonly type: string
    readonly json_schema?: { readonly name: string; readonly strict?: boolean; readonly schema: object }
  }
}

export type OpenAiStandIn = {
  readonly baseUrl: string
  readonly requests: readonly ChatRequest[]
  readonly keys: readonly (string | undefined)[]
  /** Adds answers for the requests to come; `name` only answers questions of that name. */
  script(...answers: Scripted[]): void
  scriptFor(name: string, ...answers: Scripted[]): void
  /** From now on every request that nothing is scripted for gets this. */
  otherwise(answer: Scripted): void
  /** Rejects when the model was asked more often than scripted, or in a way OpenAI would refuse. */
  close(): Promise<void>
}

const REASONS = { 400: 'Bad Request', 401: 'Unauthorized', 429: 'Too Many Requests', 500: 'Error', 503: 'Unavailable' }

export async function startOpenAi(): Promise<OpenAiStandIn> {
  const requests: ChatRequest[] = []
  const keys: (string | undefined)[] = []
  const script: Scripted[] = []
  const scriptFor = new Map<string, Scripted[]>()
  const complaints: string[] = []
  let rest: Scripted | undefined

  const server = createServer(async (request, response) => {
    const asked = await read(request)
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions' || !asked) {
      complaints.push(`${request.method} ${request.url} is not what OpenAI offers`)
      return fail(response, 400)
    }
    requests.push(asked)
    keys.push(request.headers.authorization)
    const format = asked.response_format
    if (format?.type !== 'json_schema' || !format.json_schema?.strict)
      complaints.push('no strict JSON schema was asked for')
    const name = format?.json_schema?.name ?? ''
    const answer = scriptFor.get(name)?.shift() ?? script.shift() ?? rest
    if (answer === undefined) {
      complaints.push(`the model was asked (${name}) more often than the test said`)
      return fail(response, 400)
    }
    reply(response, asked, answer)
  })
  server.keepAliveTimeout = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    keys,
    script: (...answers) => void script.push(...answers),
    scriptFor: (name, ...answers) => void scriptFor.set(name, [...(scriptFor.get(name) ?? []), ...answers]),
    otherwise(answer) {
      rest = answer
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      if (complaints.length > 0) throw new Error(complaints.join('; '))
    },
  }
}

async function read(request: IncomingMessage): Promise<ChatRequest | undefined> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return undefined
  }
}

function reply(response: ServerResponse, request: ChatRequest, answer: Scripted): void {
  if (answer === 'hangs') return
  if (typeof answer === 'function') {
    reply(response, request, answer(request))
    return
  }
  if (answer === 'cuts') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
    response.write('{"id":"chatcmpl-1","choices":[')
    response.destroy()
    return
  }
  if ('status' in answer) {
    fail(response, answer.status, answer.retryAfter)
    return
  }
  const content = 'says' in answer ? JSON.stringify(answer.says) : answer.blurts
  // Not chained: restify, loaded by other tests of this process, changes what `writeHead` returns.
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(
    JSON.stringify({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1,
      model: request.model,
      choices: [{ index: 0, message: { role: 'assistant', content, refusal: null }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
    }),
  )
}

function fail(response: ServerResponse, status: keyof typeof REASONS, retryAfter?: number): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
  })
  response.end(JSON.stringify({ error: { message: REASONS[status], type: 'error', code: null } }))
}
