// One event of a case's trace.
import { exactly, moment } from '../../ui/relative-time.ts'
import { happened, readable } from '../labels.ts'
import { Value } from './value.tsx'

/** One recorded event, whatever its fields are: what and when first, then the rest by name. */
export function TraceEvent({ event }: { event: Readonly<Record<string, unknown>> }) {
  const { at, what, type, caseId: _, ...rest } = event
  const name = typeof what === 'string' ? what : typeof type === 'string' ? type : 'event'
  const time = typeof at === 'number' || typeof at === 'string' ? at : undefined
  return (
    <li>
      <p className="trace-head">
        <strong>{happened(name)}</strong>
        {time === undefined ? null : (
          <time dateTime={new Date(time).toISOString()} title={exactly(time)} className="numbers">
            {moment(time)}
          </time>
        )}
      </p>
      <dl>
        {Object.entries(rest).map(([field, value]) => (
          <div key={field}>
            <dt>{readable(field)}</dt>
            <dd>
              <Value of={value} />
            </dd>
          </div>
        ))}
      </dl>
    </li>
  )
}
