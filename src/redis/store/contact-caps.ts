// Contact caps for proactive outreach: once a thread, so many a person and a day, never after an opt-out.
// Only fingerprints are stored.
import { createHash } from 'node:crypto'
import type { CustomerId } from '#domain'
import type { Proactive } from '#policy'
import type { Redis } from '../clients.ts'
import { runScript } from '../lua-script.ts'
import { KEYS } from './keys.ts'
import { CLAIM_OUTREACH } from './scripts.ts'

/** A post that was not addressed to us and that we would answer, or show to an agent. */
export type OutreachRequest = {
  readonly customer: CustomerId
  /** Id of the conversation. */
  readonly thread: string
  /** Id of the newest message; the same one wished again is the same wish. */
  readonly message: string
  readonly caps: Pick<Proactive, 'per-day' | 'per-person' | 'person-days'>
  /** The brand's day, such as 2026-11-22. */
  readonly day: string
  readonly now: number
}

/** `granted`, or what is in the way: the thread had its approach, the person or the day had enough, or they opted out. */
const LEAVES = ['granted', 'thread', 'person', 'day', 'opted-out'] as const
export type OutreachDecision = (typeof LEAVES)[number]

export type ContactCaps = {
  /**
   * Asks for leave to approach somebody, and counts it if it is granted. Called before the case is committed: a turn that is
   * taken again has the leave it had, and one that dies has used it up.
   */
  claim(wish: OutreachRequest): Promise<OutreachDecision>
  /** What `claim` would say; nothing is counted. */
  look(wish: OutreachRequest): Promise<OutreachDecision>
  /** Somebody asked us not to write to them: it holds even after everything else about them was forgotten. */
  leaveAlone(customer: CustomerId): Promise<void>
}

const { threads, optedOut } = KEYS.outreach
const DAY_MS = 86_400_000

const print = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 24)

export function openContactCaps(redis: Redis): ContactCaps {
  async function ask(
    { customer, thread, message, caps, day, now }: OutreachRequest,
    how: 'claim' | 'look',
  ): Promise<OutreachDecision> {
    const person = print(customer)
    const keys = {
      optedOut: optedOut(),
      threads: threads(),
      day: KEYS.outreach.day(day),
      person: KEYS.outreach.person(person),
    }
    const said = await runScript(redis, CLAIM_OUTREACH, keys, {
      person,
      thread: print(thread),
      message: print(message),
      now,
      perDay: caps['per-day'],
      perPerson: caps['per-person'],
      dayMs: 3 * DAY_MS,
      personMs: caps['person-days'] * DAY_MS,
      claim: how === 'claim',
    })
    return LEAVES.find((leave) => leave === said) ?? 'thread'
  }
  return {
    claim: (wish) => ask(wish, 'claim'),
    look: (wish) => ask(wish, 'look'),
    leaveAlone: async (customer) => void (await redis.sAdd(optedOut(), print(customer))),
  }
}
