// Finds what the bot has told the customer already.
import type { Audience, Case, HistoryEvent } from '#domain'

/** Whether the customer was told that a person comes, does not mind, and nobody has come yet. */
export const isAwaited = ({ ticket }: Case): boolean =>
  ticket?.state === 'waiting' && ticket.told === true && !ticket.declined

/** Whether the bot has said this since `from`, in milliseconds since 1970; a text may stand in a longer one. */
export function wasSaid(history: readonly HistoryEvent[], text: string, audience: Audience, from: number): boolean {
  return history.some(
    (event) =>
      event.type === 'message-queued' &&
      event.at >= from &&
      event.message.authorKind === 'bot' &&
      event.message.conversation.audience === audience &&
      event.message.text.includes(text),
  )
}
