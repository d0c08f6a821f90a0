// The SLA badge: when a ticket is due.
import { Icon } from '../../ui/icon.tsx'
import { exactly, span, useNow } from '../../ui/relative-time.ts'

const SOON = 10 * 60_000

/** Counts down to the promised answer, and up when it is late; whoever was answered waits for nothing. */
export function Due({ at, answeredAt }: { at: string; answeredAt?: string }) {
  const now = useNow()
  if (answeredAt) {
    return (
      <span className="due numbers" title={exactly(answeredAt)}>
        <Icon name="check" /> answered {span(now - Date.parse(answeredAt))} ago
      </span>
    )
  }
  const left = Date.parse(at) - now
  const look = left < 0 ? 'late' : left < SOON ? 'soon' : ''
  return (
    <span className={`due numbers ${look}`} title={exactly(at)}>
      <Icon name={left < 0 ? 'alert' : 'clock'} /> {left < 0 ? `${span(-left)} late` : `due in ${span(left)}`}
    </span>
  )
}
