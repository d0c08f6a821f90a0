// Ids of a Page, its conversations and people.
// A person has one id in Messenger and another in comments; only the answer to a private reply links the two.

import type { ConversationRef, Customer } from '#domain'
import { ignored as ignoredOn } from '../event-order.ts'

export const ignored = ignoredOn.bind(null, 'facebook')

export function readPerson(page: string, user: string, name = ''): Customer {
  return { id: `facebook:${page}:${user}`, channel: 'facebook', account: page, user, ...(name && { name }) }
}

export function privateThread(page: string, psid: string): ConversationRef {
  return { id: `facebook:${page}:dm:${psid}`, channel: 'facebook', audience: 'private' }
}

/** `comment`: the top-level comment that heads the thread; absent for the post itself. */
export function publicThread(page: string, post: string, comment?: string): ConversationRef {
  const id = `facebook:${page}:post:${post}${comment ? `:${comment}` : ''}`
  return { id, channel: 'facebook', audience: 'public' }
}

/** The Messenger id of a private conversation's customer. */
export function psidOf({ id }: ConversationRef): string | undefined {
  return /^facebook:[^:]+:dm:(.+)$/.exec(id)?.[1]
}

/** The comment that heads a public thread; absent where the post does. */
export function headOf({ id }: ConversationRef): string | undefined {
  return /^facebook:[^:]+:post:[^:]+:(.+)$/.exec(id)?.[1]
}
