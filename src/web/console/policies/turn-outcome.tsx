// How a turn ends before and after a change, side by side.
import { Icon } from '../../ui/icon.tsx'
import type { Ending } from './api.ts'
import { Verdict } from './shared.tsx'

type Props = {
  title: string
  ending: Ending
  /** What it is held against; what differs is marked. */
  other?: Ending
}

/** How a turn ends. */
function EndingCard({ title, ending, other }: Props) {
  const { outcome, rule, because, replies, blocked = [] } = ending
  const newWords = other && replies.join('\n') !== other.replies.join('\n')
  return (
    <section className="ending" aria-label={title}>
      <h4>
        {title} <Verdict of={outcome} />
      </h4>
      <p className={other && rule !== other.rule ? 'differs' : ''}>
        <code>{rule}</code> {because}
      </p>
      {replies.length === 0 ? <p className="none">Nothing is said.</p> : null}
      {replies.map((reply) => (
        <blockquote key={reply} className={`said ${newWords ? 'differs' : ''}`} dir="auto">
          {reply}
        </blockquote>
      ))}
      {blocked.map((words) => (
        <p key={words} className="ending-blocked">
          <Icon name="alert" /> The gate: {words}
        </p>
      ))}
    </section>
  )
}

/** Before and after, side by side. */
export function Endings({ before, after }: { before: Ending; after: Ending }) {
  return (
    <div className="endings">
      <EndingCard title="Now" ending={before} />
      <EndingCard title="With the draft" ending={after} other={before} />
    </div>
  )
}
