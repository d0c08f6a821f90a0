// Rolls back to an earlier version.
import { useState } from 'react'
import { Label, Text, TextArea, TextField } from 'react-aria-components'
import { API, type Policy } from '../api.ts'
import { AskDialog } from '../form-dialog.tsx'
import { useStep } from '../use-action.ts'

type Props = { policy: Policy; to?: string; onDone: () => void }

/** The way back: ends the rollout that runs, or puts an earlier version in place. */
export function RollBack({ policy: { live, rollout }, to, onDone }: Props) {
  const [because, setBecause] = useState('')
  const step = useStep()
  const running = rollout && !rollout.stopped
  const words = to
    ? `Version ${to} serves everybody again, at once.`
    : running
      ? `The rollout ends: version ${live.version} serves everybody again, at once.`
      : `The version before ${live.version} serves everybody again, at once.`
  const back = async () => {
    const body = { because: because.trim(), ...(to ? { to } : {}) }
    const done = await step.take(`${API}/rollback`, body, 'Rolled back.')
    if (!done) return false
    setBecause('')
    onDone()
    return true
  }
  return (
    <AskDialog
      label={to ? 'Roll back to it' : 'Roll back'}
      title={to ? `Roll back to ${to}?` : 'Roll back?'}
      explains={words}
      yes="Roll back"
      step={step}
      ready={because.trim().length > 0}
      onYes={back}
    >
      <TextField className="field" value={because} onChange={setBecause} autoFocus maxLength={1000}>
        <Label>Why?</Label>
        <TextArea className="input" rows={2} />
        <Text slot="description">Kept in the audit log.</Text>
      </TextField>
    </AskDialog>
  )
}
