// The history of a ticket.
import { exactly, moment } from '../../ui/relative-time.ts'
import type { Ticket } from '../api-client.ts'
import type { NameOf } from '../desk-data.tsx'
import { happened } from '../labels.ts'

export function History({ ticket, nameOf }: { ticket: Ticket; nameOf: NameOf }) {
  return (
    <section className="rail-part">
      <ol className="history">
        {ticket.history.map(({ at, what, by, detail }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: history only grows at its end
          <li key={index}>
            <time dateTime={at} title={exactly(at)} className="numbers">
              {moment(at)}
            </time>
            <p>
              {happened(what)}
              {by ? (
                <span className="faint">
                  {' '}
                  by <bdi>{nameOf(by)}</bdi>
                </span>
              ) : null}
              {detail ? <span className="faint"> · {detail}</span> : null}
            </p>
          </li>
        ))}
      </ol>
    </section>
  )
}
