// Stores what agents have typed and not sent, by ticket and person.
import type { Audience } from '#domain'
import { replaceSecrets } from '#privacy'
import type { Connections } from '#redis/connect'
import { KEYS } from '#redis/keys'

/** What is kept of a draft; `side`: the one that the agent chose to write to last. */
export type UnsentReply = {
  readonly public?: string | undefined
  readonly private?: string | undefined
  readonly note?: string | undefined
  readonly side?: Audience | '' | undefined
}
const PARTS = ['public', 'private', 'note', 'side'] as const satisfies (keyof UnsentReply)[]

/** Carries no words. `tab`: the page that wrote it, and knows already. */
export type DraftEvent = {
  readonly type: 'draft-changed'
  readonly ticket: string
  readonly tab: string
  readonly at: string
}

export type ReplyDrafts = {
  read(ticket: string, email: string): Promise<UnsentReply>
  /**
   * Puts these parts in place of what was there; the newest stays. An empty part is removed. Card numbers and codes are
   * not kept.
   */
  write(ticket: string, email: string, parts: UnsentReply, tab: string): Promise<void>
  /** Removes everybody's drafts on these tickets. */
  forget(tickets: readonly string[]): Promise<void>
  /** Calls back for each change of a draft of `email`, of any process, until the returned function is called. */
  listen(listener: (email: string, event: DraftEvent) => void): () => void
}

/** A draft that nobody has touched for so long is given up. */
const KEEP_MS = 30 * 86_400_000
const CHANNEL = KEYS.ticket.draftChanged()
/** Hash: `part e-mail` -> text. */
const keyOf = KEYS.ticket.drafts

export async function openReplyDrafts(
  connections: Pick<Connections, 'main' | 'another'>,
  now: () => number,
): Promise<ReplyDrafts> {
  const redis = connections.main
  const listeners = new Set<(email: string, event: DraftEvent) => void>()
  const subscriber = await connections.another()
  await subscriber.subscribe(CHANNEL, (text) => {
    const { email, ...event } = JSON.parse(text) as DraftEvent & { email: string }
    for (const listener of listeners) listener(email, event)
  })

  return {
    async read(ticket, email) {
      const values = await redis.hmGet(
        keyOf(ticket),
        PARTS.map((part) => `${part} ${email}`),
      )
      return Object.fromEntries(PARTS.flatMap((part, at) => (values[at] ? [[part, values[at]]] : []))) as UnsentReply
    },
    async write(ticket, email, parts, tab) {
      const given = PARTS.filter((part) => parts[part] !== undefined)
      if (given.length === 0) return
      const key = keyOf(ticket)
      const step = redis.multi()
      for (const part of given) {
        const text = parts[part]
        if (text) step.hSet(key, `${part} ${email}`, replaceSecrets(text).text)
        else step.hDel(key, `${part} ${email}`)
      }
      await step.pExpire(key, KEEP_MS).exec()
      const event: DraftEvent = { type: 'draft-changed', ticket, tab, at: new Date(now()).toISOString() }
      await redis.publish(CHANNEL, JSON.stringify({ ...event, email }))
    },
    async forget(tickets) {
      for (const ticket of tickets) await redis.del(keyOf(ticket))
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
