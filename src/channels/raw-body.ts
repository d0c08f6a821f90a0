// Reads a webhook's body as the bytes that were sent: signatures are made over them, not over what they mean.

import type { IncomingMessage } from 'node:http'

const LIMIT = 1024 * 1024
const DEADLINE_MS = 10_000

/** The HTTP status that a body which cannot be taken is answered with. */
export type BodyRefusal = 400 | 408 | 413 | 415

/** The whole body, at most 1 MiB, or why not. A body that is cut off or never ends is refused, never waited for. */
export function readBody(req: IncomingMessage, deadlineMs = DEADLINE_MS): Promise<Buffer | BodyRefusal> {
  const encoding = req.headers['content-encoding']
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    const finish = (outcome: Buffer | BodyRefusal) => {
      clearTimeout(timer)
      resolve(outcome)
    }
    const timer = setTimeout(() => finish(408), deadlineMs)
    req.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= LIMIT) chunks.push(chunk)
      // What is too much is still read for a while, unkept: a sender that is cut off in mid-sentence hears no answer.
      else if (size > 8 * LIMIT) finish(413)
      else chunks.length = 0
    })
    req.on('end', () => {
      if (encoding !== undefined && encoding !== 'identity') finish(415)
      else finish(size > LIMIT ? 413 : Buffer.concat(chunks))
    })
    req.on('error', () => finish(400))
    req.on('close', () => finish(400))
  })
}
