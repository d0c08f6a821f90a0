// The handover summary of a ticket.
import { Act } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { Audience, Ticket, User } from '../api-client.ts'
import { Kind } from './label-message.tsx'
import { Masked } from './masked-text.tsx'
import { useShown } from './reveal.tsx'
import { Suggestions } from './suggestions.tsx'
import type { TicketView } from './use-ticket.ts'

type Props = {
  ticket: Ticket
  view: TicketView
  user: User
  /** Absent where this person may not write. Without an audience: the side that is shown. */
  onInsert?: (text: string, audience?: Audience) => void
}

/** What the customer wants and what is left to do, on one glance. */
export function Brief({ ticket, view, user, onInsert }: Props) {
  const { wants, mood, open, suggestedReply, suggestions, private: spans } = ticket.brief
  const { isShown, show } = useShown()
  const insert = async (words: string) => {
    // In the reply it can be read: that is showing it.
    if (!spans?.suggestedReply?.length || isShown() || (await show())) onInsert?.(words)
  }
  return (
    <section className="brief" aria-label="Brief">
      <p className="brief-wants">
        <span className="label">Wants</span>{' '}
        <span className="brief-words" dir="auto">
          <Masked text={wants} spans={spans?.wants} shown={isShown()} />
        </span>
      </p>
      <dl className="brief-rest">
        {open ? (
          <div>
            <dt className="label">Still open</dt>
            <dd>{open}</dd>
          </div>
        ) : null}
        {mood ? (
          <div>
            <dt className="label">Mood</dt>
            <dd>{mood}</dd>
          </div>
        ) : null}
        <Kind ticket={ticket} view={view} user={user} />
      </dl>
      <Suggestions ticket={ticket} view={view} user={user} onInsert={onInsert} />
      {suggestedReply && suggestions.every(({ text }) => text !== suggestedReply) ? (
        <div className="suggested-reply">
          <Icon name="quote" />
          <p dir="auto">
            <span className="hidden-text">Suggested reply: </span>
            <Masked text={suggestedReply} spans={spans?.suggestedReply} shown={isShown()} />
          </p>
          {onInsert ? (
            <Act small onPress={() => insert(suggestedReply)} aria-label="Insert the suggested reply">
              Insert
            </Act>
          ) : null}
        </div>
      ) : null}
    </section>
  )
}
