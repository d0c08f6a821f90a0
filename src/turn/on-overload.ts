// Overload: a public post is told at once that it waits, and is answered later.
import { BOT, type CustomerChange, type CustomerSnapshot } from '#domain'
import { publicSource } from '#gate'
import { composeReply } from '#reply'
import { applyMessages, nextBatch } from './context.ts'
import type { TurnContext } from './turn-context.ts'

/**
 * Leaves public messages in the mailbox, if the brand wants that. Returns what has to be committed: the saying, once a
 * case; undefined when a turn has to be taken all the same.
 */
export async function resultOnOverload(
  context: TurnContext,
  open: CustomerSnapshot,
): Promise<CustomerChange | 'told' | undefined> {
  const turn = nextBatch(open.waiting)
  // Whoever has written in private too, or is talking to a person, is not kept waiting.
  const isPublic = open.waiting.every(({ message }) => message.conversation.audience === 'public')
  const isOurs = open.owner === BOT && turn.some((one) => one.directed)
  if (context.content.brand.busy.public !== 'acknowledge' || !isPublic || !isOurs) return undefined
  const [first] = turn
  if (first && context.pauseOf?.(first.customer)) return undefined
  const now = context.now()
  const turns = open.case?.turns ?? 0
  const given = { ...applyMessages(open.customer, open.case, turn, now), turns }
  if (open.history.some((event) => event.type === 'turn-put-off' && event.caseId === given.id)) return 'told'
  // The one reply that some networks take is the answer.
  if (context.law(given.customer.channel).oneReply) return 'told'
  const text = context.content.brand.sayings.busy
  const said = await composeReply(
    given,
    { text, audience: 'public', author: 'template', sources: publicSource(text) },
    {
      content: context.content,
      law: context.law(given.customer.channel),
      keys: context.keys,
      recognise: context.recognise,
      id: context.newId(),
      by: BOT,
      now,
      history: open.history,
    },
  )
  if (!('said' in said)) return undefined
  const messages = turn.map((one) => one.message.id)
  return {
    case: { ...given, ...said.said.remembered },
    events: [{ at: now, type: 'turn-put-off', messages }, ...said.said.events],
    effects: [said.said.effect],
  }
}
