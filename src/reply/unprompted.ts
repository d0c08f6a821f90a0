// Composes replies that answer nothing (follow-ups, reassurance), only where the network lets us speak first.
import { BOT, type Case, type Effect, type HistoryEvent, type ReplyDraft } from '#domain'
import { publicSource } from '#gate'
import { composeReply } from './compose.ts'
import type { ReplyContext } from './reply-context.ts'

/** `closed`: why it is not said. */
export type UnpromptedReply =
  | {
      /** What the case remembers of it. */
      readonly remembered: Pick<Case, 'offers' | 'introduced'>
      readonly events: readonly HistoryEvent[]
      readonly effects: readonly Effect[]
    }
  | { readonly closed: string }

/** Says it where the customer last wrote: the brand's words, or what an agent wrote beforehand. */
export async function composeUnprompted(
  mind: ReplyContext,
  given: Case,
  history: readonly HistoryEvent[],
  { text, author }: Pick<ReplyDraft, 'text' | 'author'>,
): Promise<UnpromptedReply> {
  if (given.optedOut) return { closed: 'the customer has asked us not to write unasked' }
  const now = mind.now()
  const law = mind.law(given.customer.channel)
  const heard = given.conversations.filter((one) => one.lastInboundAt !== undefined && !one.undirected)
  const last = heard.toSorted((a, b) => (a.lastInboundAt ?? 0) - (b.lastInboundAt ?? 0)).at(-1)
  if (!last) return { closed: 'the customer has not written to us' }
  const { audience } = last
  if (audience === 'public' && law.oneReply) return { closed: 'this network takes one automated reply to a post' }
  const said = await composeReply(
    given,
    { text, audience, author, sources: author === 'template' ? publicSource(text) : [] },
    { content: mind.content, law, keys: mind.keys, recognise: mind.recognise, id: mind.newId(), by: BOT, now, history },
  )
  if ('closed' in said) return said
  if ('blocked' in said) return { closed: `the gate stopped it: ${said.blocked.map((one) => one.because).join(' ')}` }
  const { events, effect, remembered } = said.said
  return { remembered, events, effects: [effect] }
}
