// Proposes a customer's wording as a training example: it waits in a draft, and the history says so.
import type { Label, Refusal, TrainingExample } from '#domain'
import { LABELS } from '#policy'
import type { Ticket } from '../ticket-view.ts'
import { articleThatAnswered, existingProposals, givenLabel } from '../training-example.ts'
import { type Agent, changeTicket, type DeskContext, readTicket, ticketEffect } from './context.ts'

const NO_ANSWER: Refusal = {
  refused: 'not-found',
  because: 'the bot has said nothing like that from this article here',
}
const NO_WORDING: Refusal = {
  refused: 'invalid',
  because:
    'nothing of what the customer asked can be listed: it is deleted, it is only private data, or the network does not let anybody learn from its content',
}

/**
 * Proposes the customer's wording for an article, or as a message of a kind, in a draft that somebody else approves.
 * `conflict` where another article lists it, or it is said to be of another kind; `invalid` where there is no wording.
 * `answer`: the bot's message that answered something else from this article; what it was asked is then proposed as
 * what the article does not answer.
 */
export async function proposeExample(
  desk: DeskContext,
  id: string,
  agent: Agent,
  as: { article: string; answer?: string } | { label: Label },
): Promise<Ticket | Refusal> {
  const ticket = await readTicket(desk, id)
  if ('refused' in ticket) return ticket
  const answer = 'article' in as ? as.answer : undefined
  const answered = ticket.conversations.flatMap(({ messages }) => messages).find((one) => one.id === answer)
  if ('article' in as && answer !== undefined && !answered?.sources?.includes(as.article)) return NO_ANSWER
  const example: TrainingExample =
    'label' in as ? as : { article: as.article, ...(answer === undefined ? {} : { wins: false }) }
  if (isKnown(example, ticket.brief, answered?.wrong)) return ticket
  const wording = answer === undefined ? ticket.brief.wording : answered?.asked
  if (!wording) return NO_WORDING
  const proposal = await desk.learn({ ...example, wording, ticket: id, by: agent.email })
  if ('refused' in proposal) return proposal
  const { draft, what } = proposal
  return changeTicket(desk, id, (open, { asked = [] }) => {
    const { history } = open
    const messages = answer === undefined ? asked : articleThatAnswered(history, answer)
    const before =
      'label' in example ? givenLabel(history, id, messages) : existingProposals(history, id, example, messages)
    if (before?.draft === draft) return { case: open.case, events: [] }
    const how = 'label' in example ? 'as' : example.wins === false ? 'as not answered by' : 'for'
    const detail = `${how} “${what}”; it waits for approval in the draft ${draft}`
    const made = { at: desk.now(), type: 'wording-learnt', ticket: id, by: agent.email } as const
    return {
      case: open.case,
      events: [{ ...made, ...example, messages, draft, detail }],
      effects: [ticketEffect(desk, open.case, id, 'ticket-updated')],
    }
  })
}

/** Whether the ticket says already that its words are proposed so. */
function isKnown(
  example: TrainingExample,
  { suggestions, labelled }: Ticket['brief'],
  wrong: readonly { readonly article: string }[] = [],
): boolean {
  if ('label' in example) return LABELS.every((name) => labelled?.[name] === example.label[name])
  const known = example.wins === false ? wrong : suggestions.filter(({ proposed }) => proposed)
  return known.some(({ article }) => article === example.article)
}
