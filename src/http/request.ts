// Reads cookies and JSON bodies of requests; checks that a request comes from our own pages.
import type { IncomingMessage } from 'node:http'
import { BlockList } from 'node:net'
import { parseCookie } from 'cookie'
import type { z } from 'zod'
import { safeParse } from '#lib'
import { type BodyRefusal, openBodyReader } from './body.ts'
import { ProblemError } from './problem-details.ts'
import { isSameOrigin, saysJson } from './same-origin.ts'

const LONGEST_BODY = 64 * 1024
const DEADLINE_MS = 30_000

export const readCookie = (request: IncomingMessage, name: string): string | undefined =>
  parseCookie(request.headers.cookie ?? '')[name]

/** Refuses what another site's page sent. */
export function checkSameSite(request: IncomingMessage, publicUrl: string): void {
  if (isSameOrigin(request, publicUrl)) return
  throw new ProblemError(403, 'this request came from another site, so it was not carried out')
}

/** One for the process. People's lines may be slow. */
const bodies = openBodyReader({ deadlineMs: DEADLINE_MS })

/** The parsed JSON body, or undefined when there is none. `longest`: bytes that it may have. */
export async function readJson(request: IncomingMessage, longest = LONGEST_BODY): Promise<unknown> {
  const type = request.headers['content-type']
  if (type !== undefined && !saysJson(request)) {
    throw new ProblemError(415, `the body must be JSON (\`application/json\`), not \`${type.slice(0, 100)}\``)
  }
  const body = await bodies.read(request, longest)
  if (typeof body === 'number') throw refusal(body, longest)
  try {
    if (body.bytes.length === 0) return undefined
    if (type === undefined) throw new ProblemError(415, 'the body must say that it is JSON (`application/json`)')
    return JSON.parse(body.bytes.toString('utf8'))
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause
    throw new ProblemError(400, `the body is not JSON: ${cause instanceof Error ? cause.message : 'unreadable'}`)
  } finally {
    body.release()
  }
}

/** What is told of a body that cannot be taken. */
function refusal(status: BodyRefusal, longest: number): ProblemError {
  const details: Record<BodyRefusal, string> = {
    400: 'the body was cut off; try again',
    408: `the body did not arrive within ${DEADLINE_MS / 1000} s; try again`,
    413: `the body is longer than ${longest / 1024} KiB`,
    415: 'the body must not be compressed',
    503: 'too much is being sent at once; try again in a moment',
  }
  // What is too long is read to its end, so that its sender hears the answer.
  return new ProblemError(status, details[status], {}, status === 413 ? {} : { connection: 'close' })
}

/** `value` as the shape has it; otherwise a problem that names each wrong field. */
export function parse<T>(shape: z.ZodType<T>, value: unknown): T {
  const result = safeParse(shape, value)
  if (result.success) return result.data
  const wrong = result.error.issues.map(({ path, message }) =>
    path.length > 0 ? `\`${path.join('.')}\`: ${message}` : message,
  )
  throw new ProblemError(400, wrong.join('; '))
}

const nearby = new BlockList()
for (const [net, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  nearby.addSubnet(net, bits, 'ipv4')
nearby.addSubnet('::1', 128, 'ipv6')
nearby.addSubnet('fc00::', 7, 'ipv6')

/** The sender's address. A proxy on this machine or network is believed about whom it speaks for. */
export function readAddress(request: IncomingMessage): string {
  const peer = (request.socket.remoteAddress ?? 'unknown').replace(/^::ffff:/, '')
  const told = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim()
  return told && nearby.check(peer, peer.includes(':') ? 'ipv6' : 'ipv4') ? told.slice(0, 64) : peer
}
