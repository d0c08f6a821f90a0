// Reads a request body as raw bytes, for signatures, with a deadline and a limit on all unverified bodies together.

import type { IncomingMessage } from 'node:http'

const LIMIT = 1024 * 1024
const DEADLINE_MS = 10_000
/** As many of the longest bodies as one process may hold whose senders are not known yet. */
const TOTAL = 32 * LIMIT
/** What a body begins to hold; it doubles when it is full. */
const FIRST_BYTES = 4096

/** The HTTP status that a body which cannot be taken is answered with. */
export type BodyRefusal = 400 | 408 | 413 | 415 | 503

/** A body that was read. `release` says that its sender is known, or that it is not needed any more. */
export type Body = { readonly bytes: Buffer; readonly release: () => void }

export type BodyReader = {
  /** The whole body, or why not; `limit`: its bytes, 1 MiB. One that is cut off or never ends is refused, not waited for. */
  read(req: IncomingMessage, limit?: number): Promise<Body | BodyRefusal>
  /** Bytes that bodies hold now whose senders are not known. */
  held(): number
}

/** A body that is being read, and what gives it up. */
type Reading = { held: number; readonly giveUp: () => void }

/** Bodies that one address sends, those that began first in front. */
type Share = { held: number; readonly reading: Set<Reading> }

/**
 * Reads bodies that hold at most `total` bytes together. Where one more byte would be too many, the address that holds
 * the most gives up what it began first: a network's delivery is there within milliseconds, and comes again.
 */
export function openBodyReader({ total = TOTAL, deadlineMs = DEADLINE_MS } = {}): BodyReader {
  const shares = new Map<string, Share>()
  let held = 0

  function makeRoom(bytes: number): boolean {
    while (held + bytes > total) {
      const unfinished = [...shares.values()].filter((share) => share.reading.size > 0)
      const largest = unfinished.reduce<Share | undefined>(
        (most, one) => (one.held > (most?.held ?? -1) ? one : most),
        undefined,
      )
      const [oldest] = largest?.reading ?? []
      if (!oldest) return false
      oldest.giveUp()
    }
    return true
  }

  function read(req: IncomingMessage, limit = LIMIT): Promise<Body | BodyRefusal> {
    const { 'content-encoding': encoding, 'content-length': declared } = req.headers
    return new Promise((resolve) => {
      const address = networkOf(req.socket.remoteAddress)
      const share = shares.get(address) ?? { held: 0, reading: new Set() }
      let buffer = Buffer.alloc(0)
      let size = 0
      let isOpen = true
      const body: Reading = { held: 0, giveUp: () => finish(503) }
      const hold = (bytes: number) => {
        share.held += bytes - body.held
        held += bytes - body.held
        body.held = bytes
      }
      const release = () => {
        hold(0)
        if (share.held === 0 && share.reading.size === 0) shares.delete(address)
      }
      const finish = (outcome: Buffer | BodyRefusal) => {
        if (!isOpen) return
        isOpen = false
        clearTimeout(timer)
        share.reading.delete(body)
        buffer = Buffer.alloc(0)
        if (Buffer.isBuffer(outcome)) return resolve({ bytes: outcome, release })
        release()
        resolve(outcome)
      }
      const keep = (chunk: Buffer) => {
        const needed = size + chunk.length
        if (needed > buffer.length) {
          const larger = Math.min(limit, Math.max(needed, buffer.length * 2, FIRST_BYTES))
          if (!makeRoom(larger - body.held)) return finish(503)
          // Making room may have cost this very body.
          if (!isOpen) return
          hold(larger)
          const copy = Buffer.allocUnsafeSlow(larger)
          buffer.copy(copy, 0, 0, size)
          buffer = copy
        }
        chunk.copy(buffer, size)
        size = needed
      }
      const timer = setTimeout(() => finish(408), deadlineMs)
      shares.set(address, share)
      share.reading.add(body)
      let read = 0
      req.on('data', (chunk: Buffer) => {
        read += chunk.length
        if (isOpen && read <= limit) keep(chunk)
        else if (isOpen) finish(413)
        // What is too much is still read for a while, unkept: a sender that is cut off in mid-sentence hears no answer.
        if (read > 8 * LIMIT) req.destroy()
      })
      if (Number(declared) > limit) finish(413)
      req.on('end', () => {
        if (encoding !== undefined && encoding !== 'identity') finish(415)
        else finish(buffer.subarray(0, size))
      })
      req.on('error', () => finish(400))
      req.on('close', () => finish(400))
      // Its sender went away before anybody read it.
      if (req.destroyed) finish(400)
    })
  }

  return { read, held: () => held }
}

/** What one sender has: an address of IPv4, or a network of 64 bits of IPv6. */
function networkOf(address = 'unknown'): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::').map((half) => half.split(':').filter(Boolean))
  const zeros = tail ? 8 - head.length - tail.length : 0
  return [...head, ...Array<string>(zeros).fill('0'), ...(tail ?? [])].slice(0, 4).join(':')
}
