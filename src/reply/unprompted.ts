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
  context: ReplyContext,
  current: Case,
  history: readonly HistoryEvent[],
  { text, author }: Pick<ReplyDraft, 'text' | 'author'>,
): Promise<UnpromptedReply> {
  if (current.optedOut) return { closed: 'the customer has asked us not to write unasked' }
  const now = context.now()
  const law = context.law(current.customer.channel)
  const heard = current.conversations.filter((one) => one.lastInboundAt !== undefined && !one.undirected)
  const last = heard.toSorted((a, b) => (a.lastInboundAt ?? 0) - (b.lastInboundAt ?? 0)).at(-1)
  if (!last) return { closed: 'the customer has not written to us' }
  const { audience } = last
  if (audience === 'public' && law.oneReply) return { closed: 'this network takes one automated reply to a post' }
  const said = await composeReply(
    current,
    { text, audience, author, sources: author === 'template' ? publicSource(text) : [] },
    {
      content: context.content,
      law,
      keys: context.keys,
      recognise: context.recognise,
      id: context.newId(),
      by: BOT,
      now,
      history,
    },
  )
  if ('closed' in said) return said
  if ('blocked' in said) return { closed: `the gate stopped it: ${said.blocked.map((one) => one.because).join(' ')}` }
  const { events, effect, remembered } = said.said
  return { remembered, events, effects: [effect] }
}
