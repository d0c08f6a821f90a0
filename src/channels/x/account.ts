// Ids of our account on X, its conversations and people.

import type { ConversationRef, Customer } from '#domain'
import { at, countOf, idOf, textOf } from '../json.ts'

/** Whose webhook this is. Absent ids are taken from the delivery itself. */
export type Us = { readonly userId?: string; readonly appId?: string }

/** A person as a payload describes them; the v1.1 and the v2 shape are both read. */
export function readPerson(us: string, user: string, described: unknown): Customer {
  const data = at(described, 'data') ?? described
  const name = textOf(at(data, 'name'))
  const handle = textOf(at(data, 'screen_name')) || textOf(at(data, 'username'))
  const reach = countOf(at(data, 'followers_count')) ?? countOf(at(data, 'public_metrics', 'followers_count'))
  return {
    id: `x:${us}:${user}`,
    channel: 'x',
    account: us,
    user,
    ...(name && { name }),
    ...(handle && { handle }),
    ...(reach !== undefined && { reach }),
  }
}

/** The id of a user object of either shape. */
export function userIdOf(described: unknown): string | undefined {
  return idOf(at(described, 'id_str'), at(described, 'id'), at(described, 'data', 'id'))
}

export function privateThread(us: string, them: string): ConversationRef {
  return { id: `x:${us}:dm:${them}`, channel: 'x', audience: 'private' }
}

export function publicThread(us: string, root: string): ConversationRef {
  return { id: `x:${us}:post:${root}`, channel: 'x', audience: 'public' }
}

/** X escapes exactly these three in texts. */
export function unescapeText(text: string): string {
  return text.replace(/&(lt|gt|amp);/g, (_, name) => (name === 'lt' ? '<' : name === 'gt' ? '>' : '&'))
}

/** By age: ids of posts and messages rise with time. */
export function byId(one: string | undefined, other: string | undefined): number {
  const [a = '', b = ''] = [one, other]
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)
}
