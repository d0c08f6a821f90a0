// The outbox page: dead letters and slow messages. Supervisors and admins only.
import { useState } from 'react'
import { Act } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { announce } from '../../ui/live-region.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { ask, asProblem, type Outbox, type OutboxStep, sentence } from '../api-client.ts'
import { useLive } from '../event-stream.tsx'
import { useResource } from '../use-resource.ts'
import { HeldRow, isStuck } from './dead-letter-row.tsx'

export type Step = (id: string, step: 'retry' | 'drop') => Promise<void>

export function OutboxPage() {
  const { data, problem, loading, refresh } = useResource<Outbox>('/api/outbox')
  const [said, setSaid] = useState<{ words: string; bad?: boolean }>()
  useTitle('Outbox')
  // Whatever gets stuck opens a ticket or adds to one.
  useLive((event) => {
    if (event === 'connected' || event.type === 'ticket-opened' || event.type === 'ticket-updated') refresh()
  })

  const step: Step = async (id, what) => {
    try {
      const { because } = await ask<OutboxStep>('POST', `/api/outbox/${encodeURIComponent(id)}/${what}`)
      setSaid({ words: sentence(because) })
      announce(sentence(because))
    } catch (error) {
      setSaid({ words: asProblem(error).message, bad: true })
    }
    refresh()
  }
  const effects = data?.effects ?? []
  const stuck = effects.filter(isStuck)
  const slow = effects.filter((held) => !isStuck(held))
  const trouble = problem?.message ?? (said?.bad ? said.words : undefined)

  return (
    <div className="page">
      <div className="page-head">
        <h1>Outbox</h1>
        <Act onPress={refresh}>Look again</Act>
      </div>
      <p className="faint">What could not be delivered waits here until somebody tries it again or gives it up.</p>
      {trouble ? (
        <div className="notice danger" role="alert">
          <Icon name="alert" />
          <p>{trouble}</p>
        </div>
      ) : said ? (
        <div className="notice">
          <Icon name="check" />
          <p>{said.words}</p>
        </div>
      ) : null}
      {loading && !data ? <p>Loading…</p> : null}
      {data && effects.length === 0 ? (
        <div className="empty">
          <Icon name="harbour" />
          <strong>Nothing is stuck</strong>
          <p>Everything that was to be sent has left, or is on its way.</p>
        </div>
      ) : null}
      <HeldList title="Stuck" effects={stuck} onStep={step} />
      <HeldList title="Slow" effects={slow} onStep={step} />
    </div>
  )
}

function HeldList({ title, effects, onStep }: { title: string; effects: Outbox['effects']; onStep: Step }) {
  if (effects.length === 0) return null
  return (
    <section aria-label={title}>
      <h2 className="held-title">
        {title} <span className="chip">{effects.length}</span>
      </h2>
      <ul className="held">
        {effects.map((held) => (
          <HeldRow key={held.id} held={held} onStep={onStep} />
        ))}
      </ul>
    </section>
  )
}
