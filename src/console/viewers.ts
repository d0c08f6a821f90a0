// Keeps who looks at a ticket, and on which side they type, so that colleagues see each other.
import type { Connections } from '#redis/connect'
import { KEYS } from '#redis/keys'

/** Where somebody types. */
export const TYPED_IN = ['public', 'private', 'note'] as const

export type Viewer = {
  readonly email: string
  readonly name: string
  readonly typing?: (typeof TYPED_IN)[number] | undefined
}

/** Who looks at a ticket now, each person once. */
export type ViewersEvent = {
  readonly type: 'viewers-changed'
  readonly ticket: string
  readonly viewers: readonly Viewer[]
  readonly at: string
}

export type Viewers = {
  /** Says that a page of theirs shows the ticket; they count for `VIEWING_MS`. Resolves to all who look. */
  look(ticket: string, tab: string, viewer: Viewer): Promise<readonly Viewer[]>
  /** Says that the page shows it no longer. */
  leave(ticket: string, tab: string): Promise<void>
  listen(listener: (event: ViewersEvent) => void): () => void
}

/** A page says anew that it is there before this is over; one that was closed without a word is forgotten then. */
export const VIEWING_MS = 45_000

type Stored = Viewer & { readonly until: number }

export async function openViewers(
  connections: Pick<Connections, 'main' | 'another'>,
  now: () => number,
): Promise<Viewers> {
  const redis = connections.main
  const listeners = new Set<(event: ViewersEvent) => void>()
  const subscriber = await connections.another()
  await subscriber.subscribe(KEYS.ticket.viewersChanged(), (text) => {
    for (const listener of listeners) listener(JSON.parse(text))
  })

  async function present(ticket: string): Promise<readonly Viewer[]> {
    const pages = Object.values(await redis.hGetAll(KEYS.ticket.viewers(ticket))).map(
      (text): Stored => JSON.parse(text),
    )
    const people = new Map<string, Viewer>()
    for (const { email, name, typing, until } of pages.sort((a, b) => a.until - b.until)) {
      if (until < now()) continue
      const known = people.get(email)?.typing
      people.set(email, { email, name, ...(typing || known ? { typing: typing ?? known } : {}) })
    }
    return [...people.values()]
  }

  async function publish(ticket: string): Promise<readonly Viewer[]> {
    const viewers = await present(ticket)
    const event: ViewersEvent = { type: 'viewers-changed', ticket, viewers, at: new Date(now()).toISOString() }
    await redis.publish(KEYS.ticket.viewersChanged(), JSON.stringify(event))
    return viewers
  }

  return {
    async look(ticket, tab, viewer) {
      const key = KEYS.ticket.viewers(ticket)
      const before = await redis.hGet(key, tab)
      const stored: Stored = { ...viewer, until: now() + VIEWING_MS }
      await redis.multi().hSet(key, tab, JSON.stringify(stored)).pExpire(key, VIEWING_MS).exec()
      const known: Stored | undefined = before ? JSON.parse(before) : undefined
      const isNews = known === undefined || known.until < now() || known.typing !== viewer.typing
      return isNews ? publish(ticket) : present(ticket)
    },
    async leave(ticket, tab) {
      if ((await redis.hDel(KEYS.ticket.viewers(ticket), tab)) > 0) await publish(ticket)
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
