// What enters: cookies, JSON bodies, and whether a request comes from our own pages.
import type { IncomingMessage } from 'node:http'
import { BlockList } from 'node:net'
import { parseCookie } from 'cookie'
import type { z } from 'zod'
import { safeParse } from '#lib'
import { ProblemError } from './problem-details.ts'
import { isSameOrigin, saysJson } from './same-origin.ts'

const LONGEST_BODY = 64 * 1024

export const readCookie = (request: IncomingMessage, name: string): string | undefined =>
  parseCookie(request.headers.cookie ?? '')[name]

/** Refuses what another site's page sent. */
export function checkSameSite(request: IncomingMessage, publicUrl: string): void {
  if (isSameOrigin(request, publicUrl)) return
  throw new ProblemError(403, 'this request came from another site, so it was not carried out')
}

/** The parsed JSON body, or undefined when there is none. `longest`: bytes that it may have. */
export async function readJson(request: IncomingMessage, longest = LONGEST_BODY): Promise<unknown> {
  const type = request.headers['content-type']
  if (type !== undefined && !saysJson(request)) {
    throw new ProblemError(415, `the body must be JSON (\`application/json\`), not \`${type.slice(0, 100)}\``)
  }
  const tooLong = () =>
    new ProblemError(413, `the body is longer than ${longest / 1024} KiB`, {}, { connection: 'close' })
  if (Number(request.headers['content-length'] ?? 0) > longest) throw tooLong()
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += chunk.length
    if (length > longest) throw tooLong()
    chunks.push(chunk)
  }
  if (length === 0) return undefined
  if (type === undefined) throw new ProblemError(415, 'the body must say that it is JSON (`application/json`)')
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch (cause) {
    throw new ProblemError(400, `the body is not JSON: ${cause instanceof Error ? cause.message : 'unreadable'}`)
  }
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
