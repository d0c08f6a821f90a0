// The articles that a message of ours is from; whoever reads on may say that one of them answered something else.
import { Act } from '../../ui/button.tsx'
import type { Message, User } from '../api-client.ts'
import { useProposing, WordingInDraft } from './propose-example.tsx'
import type { TicketView } from './use-ticket.ts'

type Props = { message: Message; view: TicketView; user: User }

export function Sources({ message, ...props }: Props) {
  const { sources = [] } = message
  if (sources.length === 0) return null
  return (
    <ul className="sources" aria-label="From these articles">
      {sources.map((article) => (
        <Source key={article} article={article} message={message} {...props} />
      ))}
    </ul>
  )
}

function Source({ article, message: { id, asked, wrong = [] }, view, user }: Props & { article: string }) {
  const proposing = useProposing(view)
  const marked = wrong.find((one) => one.article === article)
  return (
    <li>
      <span className="source">
        From <code>{article}</code>
        {asked && !marked ? (
          <Act
            small
            look="quiet"
            isPending={proposing.isPending}
            onPress={() => proposing.propose({ article, answer: id })}
            aria-label={`Wrong answer: “${asked}” is not what ${article} answers`}
          >
            Wrong answer
          </Act>
        ) : null}
      </span>
      {marked ? (
        <WordingInDraft of={marked} user={user} focus={proposing.wasPressed}>
          Marked as wrong
        </WordingInDraft>
      ) : null}
      {proposing.trouble}
    </li>
  )
}
