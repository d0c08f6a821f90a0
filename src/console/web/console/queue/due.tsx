import { exactly, span, useNow } from '../../look/clock.ts'
import { Icon } from '../../look/icon.tsx'

const SOON = 10 * 60_000

/** Counts down to the promised answer, and up when it is late. */
export function Due({ at }: { at: string }) {
  const left = Date.parse(at) - useNow()
  const look = left < 0 ? 'late' : left < SOON ? 'soon' : ''
  return (
    <span className={`due numbers ${look}`} title={exactly(at)}>
      <Icon name={left < 0 ? 'alert' : 'clock'} /> {left < 0 ? `${span(-left)} late` : `due in ${span(left)}`}
    </span>
  )
}
