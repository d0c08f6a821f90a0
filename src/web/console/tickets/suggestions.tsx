// What an agent may answer with: the nearest articles, why they are near, and the customer's own words for them.
import { Act } from '../../ui/button.tsx'
import { useKeys } from '../../ui/use-shortcut.ts'
import type { Audience, Ticket, User } from '../api-client.ts'
import { Masked } from './masked-text.tsx'
import { useProposing, WordingInDraft } from './propose-example.tsx'
import { useShown } from './reveal.tsx'
import type { TicketView } from './use-ticket.ts'

type Props = {
  ticket: Ticket
  view: TicketView
  user: User
  /** Absent where this person may not write. */
  onInsert?: (text: string, audience: Audience) => void
}

export function Suggestions(props: Props) {
  const { suggestions, wording } = props.ticket.brief
  if (suggestions.length === 0) return null
  return (
    <section className="suggestions" aria-labelledby="suggestions-title">
      <h2 id="suggestions-title">Suggested replies</h2>
      <ul>
        {suggestions.map((one) => (
          <Suggestion key={one.article} one={one} {...props} />
        ))}
      </ul>
      {wording ? (
        <p className="suggestions-wording" id="customer-wording">
          <span className="label">The customer’s wording, for an article’s questions:</span> <q>{wording}</q>
        </p>
      ) : null}
    </section>
  )
}

/** The same, each one press or one key away from the reply. */
export function SuggestionChips({ ticket, onInsert }: Required<Pick<Props, 'ticket' | 'onInsert'>>) {
  const { isShown, show } = useShown()
  const usable = ticket.brief.suggestions.filter(({ agentsOnly }) => !agentsOnly).slice(0, 3)
  const insert = async (nth: number) => {
    const one = usable[nth]
    if (one && (!one.private?.length || isShown() || (await show()))) onInsert(one.text, one.audience)
  }
  useKeys({ 1: () => void insert(0), 2: () => void insert(1), 3: () => void insert(2) })
  if (usable.length === 0) return null
  return (
    <ul className="suggestion-chips" aria-label="Suggested replies">
      {usable.map(({ article, title, score }, nth) => (
        <li key={article}>
          <Act small onPress={() => insert(nth)}>
            <span className="hidden-text">Insert suggestion </span>
            <kbd>{nth + 1}</kbd> <span className="suggestion-title">{title}</span>{' '}
            <span className="numbers">{Math.round(score * 100)} %</span>
          </Act>
        </li>
      ))}
    </ul>
  )
}

type One = Ticket['brief']['suggestions'][number]

function Suggestion({ one, ticket, view, user, onInsert }: Props & { one: One }) {
  const { article, title, text, audience, score, because, agentsOnly, proposed, private: spans } = one
  const { isShown, show } = useShown()
  const proposing = useProposing(view)
  const words = <Masked text={text} spans={spans} shown={isShown()} />

  const insert = async () => {
    // In the reply it can be read: that is showing it.
    if (!spans?.length || isShown() || (await show())) onInsert?.(text, audience)
  }
  return (
    <li className="suggestion">
      <div className="suggestion-main">
        <details>
          <summary>
            <strong>{title}</strong> {agentsOnly ? <span className="chip warm">for agents only</span> : null}
            <span className="suggestion-why">
              <span className="numbers">{Math.round(score * 100)} %</span>, {because}
            </span>
          </summary>
          <p className="suggestion-text" dir="auto">
            {words}
          </p>
        </details>
        <p className="suggestion-start" dir="auto">
          {words}
        </p>
        {proposed ? (
          <WordingInDraft of={proposed} user={user} focus={proposing.wasPressed}>
            Wording proposed
          </WordingInDraft>
        ) : null}
        {proposing.trouble}
      </div>
      <div className="suggestion-acts">
        {ticket.brief.wording && !proposed ? (
          <Act
            small
            look="quiet"
            isPending={proposing.isPending}
            onPress={() => proposing.propose({ article })}
            aria-label={`Add wording of the customer to this article: ${title}`}
            aria-describedby="customer-wording"
          >
            Add wording
          </Act>
        ) : null}
        {onInsert && !agentsOnly ? (
          <Act small onPress={insert} aria-label={`Insert the reply from “${title}”`}>
            Insert
          </Act>
        ) : null}
      </div>
    </li>
  )
}
