// What the draft would have changed in what customers really wrote.
import { useState } from 'react'
import { ProgressBar } from 'react-aria-components'
import { Act } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { channelName, many } from '../../labels.ts'
import { Go } from '../../router.tsx'
import { draftApi, type Replay } from '../api.ts'
import { Nothing, Trouble, When } from '../shared.tsx'
import { Endings } from '../turn-outcome.tsx'
import { useStep } from '../use-action.ts'
import type { DraftProps } from './draft-page.tsx'

const LENGTHS = [50, 200, 1000]

export function ReplayView({ draft, view }: DraftProps) {
  const [last, setLast] = useState(200)
  const [replay, setReplay] = useState<Replay & { last: number }>()
  const step = useStep()

  const run = async () => {
    if (!(await view.save())) return
    setReplay(undefined)
    const done = await step.take<Replay>(`${draftApi(draft.id)}/replay`, { last }, 'The replay is done.')
    if (done) setReplay({ ...done, last })
  }

  return (
    <section className="policy-body replay" aria-label="Replay">
      <div className="replay-bar">
        <p>Decides over what customers wrote again, with this draft. Nothing is sent, and nobody notices.</p>
        <label className="field">
          <span className="label">Turns</span>
          <select className="input" value={last} onChange={(event) => setLast(Number(event.target.value))}>
            {LENGTHS.map((length) => (
              <option key={length} value={length}>
                the last {length}
              </option>
            ))}
          </select>
        </label>
        <Act look="primary" isPending={step.pending} onPress={run}>
          Replay
        </Act>
      </div>
      <Trouble of={step.trouble} />
      {step.pending ? (
        <ProgressBar className="progress" isIndeterminate aria-label="Replaying">
          <span className="progress-track">
            <span className="progress-fill" />
          </span>
          <span className="faint">Replaying the last {last} turns…</span>
        </ProgressBar>
      ) : null}
      {replay ? <Result replay={replay} /> : null}
    </section>
  )
}

function Result({ replay: { turns, changed, notReplayed, last } }: { replay: Replay & { last: number } }) {
  const left = notReplayed > 0 ? `${many(notReplayed, 'turn')} could not be replayed.` : ''
  if (turns === 0) {
    return (
      <Nothing title="No turn is recorded yet">
        <p>{left || 'Turns are recorded as customers write.'}</p>
      </Nothing>
    )
  }
  if (changed.length === 0) {
    return (
      <Nothing title={`Nothing would change in the last ${turns < last ? many(turns, 'turn') : `${last} turns`}`}>
        <p>{left}</p>
      </Nothing>
    )
  }
  return (
    <>
      <p className="replay-sum" role="status">
        <b className="numbers">{changed.length}</b> of {many(turns, 'turn')} would end otherwise. {left}
      </p>
      <ol className="changed-turns">
        {changed.map((turn) => (
          <li key={`${turn.case} ${turn.at} ${turn.text}`}>
            <div className="changed-head">
              <blockquote dir="auto">{turn.text}</blockquote>
              <p className="faint">
                <Icon name={turn.audience === 'public' ? 'globe' : 'lock'} /> {turn.customer}, {turn.audience} on{' '}
                {channelName(turn.channel)}, <When at={turn.at} /> ·{' '}
                <Go href={`/console/cases/${encodeURIComponent(turn.case)}`}>Trace</Go>
              </p>
            </div>
            <Endings before={turn.before} after={turn.after} />
          </li>
        ))}
      </ol>
    </>
  )
}
