import type { CustomerId } from '#domain'

/** Keys of one customer. The braces are Redis Cluster's hash tag: one script may touch all of them. */
export function keysOf(customer: CustomerId) {
  const tag = `warmline:{${encodeURIComponent(customer)}}`
  return {
    /**
     * Hash: `version`, `epoch`, `owner`, `case` (JSON), `purge` and `retire` (when that is due),
     * `erased` (since when nobody is known here); in milliseconds. */
    state: `${tag}:case`,
    /** List of JSON messages that no turn has taken yet, oldest first. */
    mailbox: `${tag}:mailbox`,
    /** Sorted set of event ids by the time they came, in milliseconds. */
    seen: `${tag}:seen`,
    /** List of JSON events, oldest first: all that happened. */
    history: `${tag}:history`,
    /** Hash of JSON by message id: what became of a message after it was first told (see changed.ts). */
    changes: `${tag}:changes`,
    /** Hash of JSON effects by id. */
    effects: `${tag}:effects`,
    /** Set of the fingerprints of the customer's private values (#outbox others.ts). */
    values: `${tag}:values`,
    /** List of the ids of effects that are not finished, in sending order. */
    outbox: `${tag}:outbox`,
  }
}

/** A network identity that is known to be another customer's too: the commenter behind a private thread. */
export const aliasKey = (customer: CustomerId) => `warmline:alias:${encodeURIComponent(customer)}`

/** Whose mailbox a message went to: a network may tell of one message twice and name its author in one of them only. */
export const claimKey = (account: string, message: string) =>
  `warmline:event:${encodeURIComponent(account)}:${encodeURIComponent(message)}`

/** Whose effect it is: an echo names the effect, and the recipient by an id that we may not know yet. */
export const effectKey = (effect: string) => `warmline:effect:${encodeURIComponent(effect)}`

/** Set: to whom we have begun to reply in a public conversation. */
export const answeringKey = (conversation: string) => `warmline:answering:${encodeURIComponent(conversation)}`

/** JSON: who wrote last in a public conversation, and which message that answers. */
export const lastAuthorKey = (conversation: string) => `warmline:last-author:${encodeURIComponent(conversation)}`

/** Hash: the newest edit or the deletion of a message, whoever holds it; in one slot with its claim. */
export const toldKey = (account: string, message: string) => `{${claimKey(account, message)}}:changes`

/** There once everybody is watched over by an alarm (retention.ts). */
export const ENROLLED = 'warmline:enrolled'

/** Stream of what was removed for good: when, how much and by which ids; capped. */
export const RECEIPTS = 'warmline:receipts'

/** Stream of what came in and was ignored, with its reason; without text. */
export const IGNORED = 'warmline:ignored'
