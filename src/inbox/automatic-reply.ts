// Recognises automatic replies (instant replies, away messages) that a network sends by itself.
import type { Message, TimelineMessage } from '#domain'

/** Nobody reads a first message and answers it so soon. */
const INSTANT_MS = 5_000
/** Networks send them when a conversation begins; in one that is under way a person may have been typing. */
const QUIET_MS = 3_600_000

/**
 * Whether `reply` was sent by an automation of the network's: it came at once after the first words of a customer to
 * whom nobody had spoken for an hour. Neither Meta nor X says so itself. Times are the network's.
 */
export function isAutomaticReply(told: readonly TimelineMessage[], reply: Message): boolean {
  const before = told.filter(
    ({ id, at, conversation }) => id !== reply.id && at <= reply.at && conversation.id === reply.conversation.id,
  )
  const ours = before.findLastIndex(({ authorKind }) => authorKind !== 'customer')
  const [first] = before.slice(ours + 1)
  const spoke = before[ours]?.at
  if (!first || (spoke !== undefined && reply.at - spoke < QUIET_MS)) return false
  return reply.at - first.at <= INSTANT_MS
}
