// Links a customer's public and private identity by what a send or its echo reveals.
import { type Case, type CustomerId, type SendEffect, type Sent, withConversation, withFacts } from '#domain'
import type { Redis } from '#redis'
import { linkIdentity, readCase, updateCase } from '#redis/store'

/**
 * Whoever has a case already keeps it, and with it the agent who may have claimed it: the newly met identity joins
 * that case with its conversations and facts.
 */
async function linkPerson(redis: Redis, customer: CustomerId, other: CustomerId): Promise<void> {
  if (customer === other) return
  const [mine, theirs] = await Promise.all([readCase(redis, customer), readCase(redis, other)])
  if (!theirs || !mine) return linkIdentity(redis, other, customer)
  await linkIdentity(redis, customer, other)
  await updateCase(redis, other, (open) => {
    const joined = mine.conversations.reduce<Case>(withConversation, open.case)
    const known = new Set(joined.facts.map((fact) => fact.name))
    const facts = mine.facts.filter((fact) => !known.has(fact.name))
    return { change: { case: { ...withFacts(joined, facts), said: [...joined.said, ...mine.said] } } }
  })
}

/** A private reply tells who the commenter is in private: from now on both are one customer. Repeating it does no harm. */
export async function linkIdentities(
  redis: Redis,
  customer: CustomerId,
  { outgoing }: SendEffect,
  { privateUser, conversation }: Pick<Sent & { state: 'sent' }, 'privateUser' | 'conversation'>,
): Promise<void> {
  const { channel, account } = outgoing.customer
  if (privateUser) await linkPerson(redis, customer, `${channel}:${account}:${privateUser}`)
  if (!conversation) return
  await updateCase(redis, customer, (open) =>
    open.case.conversations.some((one) => one.id === conversation.id)
      ? { instead: undefined }
      : { change: { case: withConversation(open.case, conversation) } },
  )
}
