// Proposing a ticket's words as an example: they wait in a draft, and the case's history says so.
import type { Case, CaseTicket, CustomerChange, CustomerSnapshot, Refusal, TrainingExample } from '#domain'
import { LABELS } from '#policy'
import type { AgentDesk, ProposeExample } from './agent-desk.types.ts'
import { publishTicketState } from './escalate.ts'
import type { Ticket } from './ticket-view.ts'
import { articleThatAnswered, existingProposals, givenLabel } from './training-example.ts'

type Opened = CustomerSnapshot & { readonly case: Case }
/** Changes the case that a ticket belongs to, and resolves to the ticket as it then is. */
export type ChangeTicket = (
  id: string,
  decide: (open: Opened, ticket: CaseTicket) => CustomerChange | Refusal | Promise<CustomerChange | Refusal>,
) => Promise<Ticket | Refusal>

const NO_ANSWER: Refusal = {
  refused: 'not-found',
  because: 'the bot has said nothing like that from this article here',
}
const NO_WORDING: Refusal = {
  refused: 'invalid',
  because:
    'nothing of what the customer asked can be listed: it is deleted, it is only private data, or the network does not let anybody learn from its content',
}

export function openExampleProposals(options: {
  read: AgentDesk['read']
  change: ChangeTicket
  learn: ProposeExample
  newId: () => string
  now: () => number
}): AgentDesk['learn'] {
  const { read, change, learn, newId, now } = options
  return async (id, agent, as) => {
    const ticket = await read(id)
    if ('refused' in ticket) return ticket
    const answer = 'article' in as ? as.answer : undefined
    const said = ticket.conversations.flatMap(({ messages }) => messages).find((one) => one.id === answer)
    if ('article' in as && answer !== undefined && !said?.sources?.includes(as.article)) return NO_ANSWER
    const lesson: TrainingExample =
      'label' in as ? as : { article: as.article, ...(answer === undefined ? {} : { wins: false }) }
    if (isKnown(lesson, ticket.brief, said?.wrong)) return ticket
    const wording = answer === undefined ? ticket.brief.wording : said?.asked
    if (!wording) return NO_WORDING
    const learnt = await learn({ ...lesson, wording, ticket: id, by: agent.email })
    if ('refused' in learnt) return learnt
    const { draft, what } = learnt
    return change(id, (open, { asked = [] }) => {
      const { history } = open
      const messages = answer === undefined ? asked : articleThatAnswered(history, answer)
      const before =
        'label' in lesson ? givenLabel(history, id, messages) : existingProposals(history, id, lesson, messages)
      if (before?.draft === draft) return { case: open.case, events: [] }
      const how = 'label' in lesson ? 'as' : lesson.wins === false ? 'as not answered by' : 'for'
      const detail = `${how} “${what}”; it waits for approval in the draft ${draft}`
      const made = { at: now(), type: 'wording-learnt', ticket: id, by: agent.email } as const
      return {
        case: open.case,
        events: [{ ...made, ...lesson, messages, draft, detail }],
        effects: [publishTicketState(open.case, id, 'ticket-updated', newId(), now())],
      }
    })
  }
}

/** Whether the ticket says already that its words are proposed so. */
function isKnown(
  lesson: TrainingExample,
  { suggestions, labelled }: Ticket['brief'],
  wrong: readonly { readonly article: string }[] = [],
): boolean {
  if ('label' in lesson) return LABELS.every((name) => labelled?.[name] === lesson.label[name])
  const known = lesson.wins === false ? wrong : suggestions.filter(({ proposed }) => proposed)
  return known.some(({ article }) => article === lesson.article)
}
