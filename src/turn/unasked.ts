// Words of ours that answer nothing: said only where the network lets us speak first.
import { BOT, type Case } from '#case'
import type { HistoryEvent } from '#inbox'
import { type Effect, say } from '#outbox'
import type { Mind } from '#turn'

/** `closed`: why it is not said. */
export type Unasked =
  | { readonly events: readonly HistoryEvent[]; readonly effects: readonly Effect[] }
  | { readonly closed: string }

/** Says `text` where the customer last wrote. */
export function unasked(mind: Mind, given: Case, text: string): Unasked {
  if (given.optedOut) return { closed: 'the customer has asked us not to write unasked' }
  const now = mind.now()
  const law = mind.law(given.customer.channel)
  const heard = given.conversations.filter((one) => one.lastInboundAt !== undefined)
  const last = heard.toSorted((a, b) => (a.lastInboundAt ?? 0) - (b.lastInboundAt ?? 0)).at(-1)
  if (!last) return { closed: 'the customer has not written' }
  const { audience, lastInboundAt = 0 } = last
  if (audience === 'public' && law.oneReply) return { closed: 'this network takes one automated reply to a post' }
  if (audience === 'private' && law.windowHours && now - lastInboundAt >= law.windowHours * 3_600_000) {
    return { closed: `the ${law.windowHours}-hour window for private messages is closed` }
  }
  const said = say(
    given,
    { text, audience, author: 'template', sources: [text] },
    { content: mind.content, law, id: mind.newId(), by: BOT, now },
  )
  if ('closed' in said) return said
  if ('blocked' in said) return { closed: `the gate stopped it: ${said.blocked.map((one) => one.because).join(' ')}` }
  return { events: said.said.events, effects: [said.said.effect] }
}
