// Notes for colleagues, in the rail; they are written in the composer.
import { Act } from '../../ui/button.tsx'
import { exactly, moment } from '../../ui/relative-time.ts'
import type { Ticket } from '../api-client.ts'
import type { NameOf } from '../desk-data.tsx'

export function Notes({ ticket, nameOf, onWrite }: { ticket: Ticket; nameOf: NameOf; onWrite: () => void }) {
  return (
    <section className="rail-part notes">
      <ul>
        {ticket.notes.map(({ by, text, at }) => (
          <li key={`${at} ${by}`}>
            <p dir="auto">{text}</p>
            <p className="faint">
              <bdi>{nameOf(by)}</bdi> ·{' '}
              <time dateTime={at} title={exactly(at)}>
                {moment(at)}
              </time>
            </p>
          </li>
        ))}
      </ul>
      {ticket.notes.length === 0 ? <p className="none">No notes yet. Only colleagues see them.</p> : null}
      <Act small onPress={onWrite}>
        Write a note
      </Act>
    </section>
  )
}
