// What a network may tell of messages, in our words, and a seeded chance to tell it in any order.
import type { ChannelEvent, Customer, Message } from '#domain'

export const customerOf = (user: string): Customer => ({
  id: `facebook:page:${user}`,
  channel: 'facebook',
  account: 'page',
  user,
})

export function create(user: string, id: string, text: string, thread = `post-${user}`, at = Date.now()): ChannelEvent {
  const customer = customerOf(user)
  const conversation = { id: `facebook:page:${thread}`, channel: 'facebook', audience: 'public' } as const
  const made = {
    id: `facebook:${id}`,
    conversation,
    author: user,
    authorKind: 'customer',
    text,
    at,
  } as const
  const message: Message = made
  return { kind: 'message', id: message.id, own: false, customer, message, directed: true }
}

export const edit = (user: string, id: string, text: string, order: number): ChannelEvent => ({
  kind: 'edit',
  id: `facebook:${id}:edit:${order}`,
  own: false,
  customer: customerOf(user),
  of: `facebook:${id}`,
  text,
  order,
  audience: 'public',
})

export const remove = (user: string, id: string): ChannelEvent => ({
  kind: 'delete',
  id: `facebook:${id}:delete`,
  own: false,
  customer: customerOf(user),
  of: `facebook:${id}`,
  audience: 'public',
})

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const left = [...items]
  return items.map(() => left.splice(Math.floor(random() * left.length), 1)[0] as T)
}
