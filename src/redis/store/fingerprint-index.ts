// The fingerprint index: which private values belong to which customers, as keyed hashes that nobody can read.
import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { type Case, type CustomerId, type HistoryEvent, timelineOf } from '#domain'
import { fingerprintForms, type Known } from '#gate'
import { findPrivateData, PRIVATE_TYPES } from '#privacy'
import type { Redis } from '../clients.ts'
import { runScript } from '../lua-script.ts'
import { KEYS, keysOf } from './keys.ts'
import { ADD_OWNER, REMOVE_OWNER } from './scripts.ts'

/** What looks for stretches of a text among the values of other customers; returns those that are somebody else's. */
export type FindOwners = (customer: CustomerId, forms: readonly string[]) => Promise<readonly string[]>

export type FingerprintIndex = {
  readonly recognise: FindOwners
  /** The fingerprints of these texts, in their order. */
  print(texts: readonly string[]): Promise<readonly string[]>
  /** Remembers what a customer's case has. Called before the case is committed; repeating it does no harm. */
  learn(customer: CustomerId, current: Case): Promise<void>
  /** Forgets all of a customer's values but those that are still in these records. */
  keep(customer: CustomerId, left: { readonly case?: Case; readonly history: readonly HistoryEvent[] }): Promise<void>
}

/** Hash: the owners of a value, comma separated, by its fingerprint. */
const VALUES = KEYS.fingerprint.owners()
/** The key of all fingerprints: made once, and never leaves this Redis. */
const SECRET = KEYS.fingerprint.secret()
const BYTES = 9

const spansOf = (text: string): Known[] =>
  findPrivateData(text).map(({ type, start, end }) => ({ name: type, value: text.slice(start, end) }))

function formsOf(current: Case): string[] {
  const typed = current.said.filter((one) => (PRIVATE_TYPES as readonly string[]).includes(one.name))
  const values = [...current.facts, ...current.said].flatMap(({ value }) => spansOf(value))
  // The name on a network is there for everybody.
  return [...typed, ...values].flatMap(fingerprintForms)
}

const formsSaid = (history: readonly HistoryEvent[]): string[] =>
  timelineOf(history)
    .filter(
      ({ authorKind, conversation, deleted }) =>
        authorKind === 'customer' && conversation.audience === 'private' && !deleted,
    )
    .flatMap(({ text }) => spansOf(text))
    .flatMap(fingerprintForms)

export function openFingerprintIndex(redis: Redis): FingerprintIndex {
  let secret: Promise<KeyObject> | undefined
  async function readSecret(): Promise<KeyObject> {
    await redis.set(SECRET, randomBytes(32).toString('base64'), { condition: 'NX' })
    return createSecretKey((await redis.get(SECRET)) ?? '', 'base64')
  }
  async function hasher(): Promise<(text: string) => string> {
    secret ??= readSecret().catch((error) => {
      secret = undefined
      throw error
    })
    const key = await secret
    return (text) =>
      createHmac('sha256', key)
        .update(text)
        .digest('base64url')
        .slice(0, Math.ceil((BYTES * 4) / 3))
  }

  return {
    print: async (texts) => (texts.length === 0 ? [] : texts.map(await hasher())),

    async recognise(customer, forms) {
      if (forms.length === 0) return []
      const hash = await hasher()
      const owners = await redis.hmGet(VALUES, forms.map(hash))
      const own = hash(customer)
      return forms.filter((_, at) => {
        const all = owners[at]?.split(',') ?? []
        return all.length > 0 && !all.includes(own)
      })
    },

    async learn(customer, current) {
      const forms = [...new Set(formsOf(current))]
      if (forms.length === 0) return
      const hash = await hasher()
      const prints = forms.map(hash)
      const key = keysOf(customer).values
      const known = await redis.smIsMember(key, prints)
      const fresh = prints.filter((_, at) => !known[at])
      if (fresh.length === 0) return
      // Whoever dies in between leaves a note of what may have to be forgotten.
      await redis.sAdd(key, fresh)
      await runScript(redis, ADD_OWNER, { owners: VALUES }, { owner: hash(customer), values: fresh })
    },

    async keep(customer, { case: current, history }) {
      const hash = await hasher()
      const key = keysOf(customer).values
      const left = new Set([...(current ? formsOf(current) : []), ...formsSaid(history)].map(hash))
      const gone = (await redis.sMembers(key)).filter((print) => !left.has(print))
      if (gone.length === 0) return
      await runScript(redis, REMOVE_OWNER, { owners: VALUES }, { owner: hash(customer), values: gone })
      await redis.sRem(key, gone)
    },
  }
}
