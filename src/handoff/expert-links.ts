// Signs and reads the links by which experts outside answer one question each. A link says which; the ticket says whether it still holds.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Redis } from '#redis'
import { KEYS } from '#redis/keys'

/** What a link is for. `until`: milliseconds since 1970. */
export type ExpertLink = { readonly ticket: string; readonly question: string; readonly until: number }

export type ExpertLinks = {
  sign(link: ExpertLink): Promise<string>
  /** Undefined where we have not signed it. */
  read(token: string): Promise<ExpertLink | undefined>
  /** Counts a use from an address; returns how many milliseconds to wait, 0 where it may go on. */
  wait(address: string): Promise<number>
}

const WINDOW_MS = 15 * 60_000
const PER_ADDRESS = 120

export function openExpertLinks(redis: Redis): ExpertLinks {
  let secret: Promise<string> | undefined
  async function readSecret(): Promise<string> {
    await redis.set(KEYS.expert.secret(), randomBytes(32).toString('base64'), { condition: 'NX' })
    return (await redis.get(KEYS.expert.secret())) ?? ''
  }
  async function signed(words: string): Promise<string> {
    secret ??= readSecret().catch((error) => {
      secret = undefined
      throw error
    })
    return `${words}.${createHmac('sha256', await secret)
      .update(`expert ${words}`)
      .digest('base64url')}`
  }
  return {
    sign: ({ ticket, question, until }) => signed([ticket, question, until.toString(36)].join('.')),
    async read(token) {
      const words = token.slice(0, token.lastIndexOf('.'))
      const [ticket, question, until, ...more] = words.split('.')
      if (!ticket || !question || !until || more.length > 0) return undefined
      const [ours, theirs] = [Buffer.from(await signed(words)), Buffer.from(token)]
      if (ours.length !== theirs.length || !timingSafeEqual(ours, theirs)) return undefined
      return { ticket, question, until: Number.parseInt(until, 36) }
    },
    async wait(address) {
      const key = KEYS.expert.usesOfAddress(address)
      const [uses] = await redis.multi().incr(key).pExpire(key, WINDOW_MS, 'NX').exec()
      return Number(uses) <= PER_ADDRESS ? 0 : Math.max(1000, await redis.pTTL(key))
    },
  }
}
