// Access to the playground: own pages and programs only, with a rate limit for each address.
import type { IncomingMessage } from 'node:http'
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import { isSameOrigin, saysJson } from '#http'

export type Rejection = { readonly status: 403 | 415 | 429; readonly detail: string; readonly retryAfter?: number }

/** Programs on this machine play whole conversations at once. */
const LOOPBACK_FACTOR = 100
const LOOPBACK = /^(?:::1|(?:::ffff:)?127\..*)$/

/**
 * `perMinute`: messages from one address; this machine may send a hundred times as many. The address is the one that
 * connects: what a header says of it is the sender's word.
 */
export function openAdmission({ perMinute, publicUrl }: { perMinute: number; publicUrl: string }) {
  const limitOf = (points: number) => new RateLimiterMemory({ points, duration: 60 })
  const [others, loopback] = [limitOf(perMinute), limitOf(perMinute * LOOPBACK_FACTOR)]

  /** Why a message is not taken; undefined: it is. */
  return async (request: IncomingMessage): Promise<Rejection | undefined> => {
    if (!isSameOrigin(request, publicUrl)) return { status: 403, detail: 'this came from a page of another site' }
    if (!saysJson(request)) return { status: 415, detail: 'the body must say that it is JSON (`application/json`)' }
    const address = request.socket.remoteAddress ?? 'unknown'
    const limit = LOOPBACK.test(address) ? loopback : others
    return limit.consume(address).then(
      () => undefined,
      ({ msBeforeNext }: RateLimiterRes) => {
        const retryAfter = Math.ceil(msBeforeNext / 1000)
        return { status: 429, detail: `too many messages from one address; try again in ${retryAfter} s`, retryAfter }
      },
    )
  }
}
