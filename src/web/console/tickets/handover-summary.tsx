// The handover summary in two lines: what the customer wants, and what is to be done next.
import { useState } from 'react'
import { Act } from '../../ui/button.tsx'
import type { Ticket } from '../api-client.ts'
import { Masked } from './masked-text.tsx'
import { useShown } from './reveal.tsx'

/** With “more” it lies over the conversation, so that it never takes its place. */
export function Brief({ ticket: { brief } }: { ticket: Ticket }) {
  const [isOpen, setOpen] = useState(false)
  const { isShown } = useShown()
  return (
    <section className={`brief ${isOpen ? 'open' : ''}`} aria-label="Brief">
      <div className="brief-lines">
        <p className="brief-wants">
          <span className="label">Wants</span>{' '}
          <span className="brief-words" dir="auto">
            <Masked text={brief.wants} spans={brief.private?.wants} shown={isShown()} />
          </span>
        </p>
        {brief.open ? (
          <p className="brief-next">
            <span className="label">Next</span> <span className="brief-words">{brief.open}</span>
          </p>
        ) : null}
      </div>
      <Act small look="quiet" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
        {isOpen ? 'less' : 'more'}
      </Act>
    </section>
  )
}
