// The panel of a running rollout: whom it serves, how it fares, what can be done.
import { useEffect, useState } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { channelName } from '../../labels.ts'
import { API, type Rollout } from '../api.ts'
import { AskDialog } from '../form-dialog.tsx'
import { mayApprovePolicy } from '../permissions.ts'
import type { PolicyProps } from '../policies-page.tsx'
import { VersionLink, When } from '../shared.tsx'
import { useStep } from '../use-action.ts'
import { FiguresTable } from './metrics-table.tsx'
import { RollBack } from './roll-back.tsx'
import { Agreement } from './shadow-agreement.tsx'
import { type Share, ShareForm, shareBody } from './traffic-share-form.tsx'

const FIGURES_MS = 10_000

export function RolloutPanel({ policy, user, words, onChanged }: PolicyProps) {
  const { rollout } = policy
  const running = rollout !== undefined && !rollout.stopped
  useEffect(() => {
    // Figures grow with every turn, and nobody is told of each.
    const timer = running ? setInterval(onChanged, FIGURES_MS) : undefined
    return () => clearInterval(timer)
  }, [running, onChanged])
  if (!rollout) return null
  if (rollout.stopped) return <Stopped rollout={rollout} live={policy.live.version} />
  const where = rollout.channels?.length ? ` on ${rollout.channels.map(channelName).join(', ')}` : ''
  return (
    <section className="rollout" aria-label="Rollout">
      <div className="rollout-head">
        <div>
          <h2>
            {rollout.shadow ? 'In shadow' : 'Rolling out'} to <b className="numbers">{rollout.percent} %</b>
            {where}
          </h2>
          <p className="faint">
            <VersionLink version={rollout.version} /> against <VersionLink version={rollout.base} /> · since{' '}
            <When at={rollout.startedAt} /> by {rollout.by}
          </p>
        </div>
        {mayApprovePolicy(user) ? (
          <div className="policy-acts">
            <RollBack policy={policy} onDone={onChanged} />
            <ChangeShare rollout={rollout} channels={words?.channels ?? []} onDone={onChanged} />
            <Complete rollout={rollout} onDone={onChanged} />
          </div>
        ) : null}
      </div>
      <FiguresTable rollout={rollout} />
      <Agreement rollout={rollout} />
    </section>
  )
}

function Stopped({ rollout, live }: { rollout: Rollout; live: string }) {
  if (!rollout.stopped || rollout.version === live) return null
  const { at, because } = rollout.stopped
  return (
    <details className="notice warm rollout-over">
      <summary>
        <Icon name="alert" /> The rollout of <code>{rollout.version}</code> was ended <When at={at} />: {because}
      </summary>
      <FiguresTable rollout={rollout} />
    </details>
  )
}

function Complete({ rollout, onDone }: { rollout: Rollout; onDone: () => void }) {
  const step = useStep()
  return (
    <AskDialog
      label="Complete"
      look="primary"
      title="Give it to everybody?"
      explains={`Version ${rollout.version} becomes live for all customers on all networks.`}
      yes="Complete"
      step={step}
      onYes={async () => {
        const done = await step.take(`${API}/rollout/complete`, {}, 'The rollout is complete.')
        if (done) onDone()
        return done !== undefined
      }}
    />
  )
}

type ChangeProps = { rollout: Rollout; channels: readonly string[]; onDone: () => void }

function ChangeShare({ rollout, channels, onDone }: ChangeProps) {
  const step = useStep()
  const { percent, shadow } = rollout
  const [share, setShare] = useState<Share>({ percent, shadow, channels: rollout.channels ?? [] })
  return (
    <AskDialog
      label="Change"
      title="Change the rollout"
      yes="Change"
      step={step}
      onYes={async () => {
        const done = await step.take(`${API}/rollout`, { ...shareBody(share), channels: share.channels }, 'Changed.')
        if (done) onDone()
        return done !== undefined
      }}
    >
      <ShareForm share={share} channels={channels} onChange={setShare} />
    </AskDialog>
  )
}
