import { Act } from '../../look/act.tsx'
import { Icon } from '../../look/icon.tsx'
import type { Ticket } from '../ask.ts'

/** What the customer wants and what is left to do, on one glance. */
export function Brief({ brief, onInsert }: { brief: Ticket['brief']; onInsert?: (text: string) => void }) {
  const { wants, mood, open, suggestedReply } = brief
  return (
    <section className="brief" aria-label="Brief">
      <p className="brief-wants">
        <span className="label">Wants</span> {wants}
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
      </dl>
      {suggestedReply ? (
        <div className="suggestion">
          <Icon name="quote" />
          <p>
            <span className="hidden-text">Suggested reply: </span>
            {suggestedReply}
          </p>
          {onInsert ? (
            <Act small onPress={() => onInsert(suggestedReply)} aria-label="Insert the suggested reply">
              Insert
            </Act>
          ) : null}
        </div>
      ) : null}
    </section>
  )
}
