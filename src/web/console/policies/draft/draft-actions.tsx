// What can be done with the draft as a whole, and by whom.
import { type ReactNode, useState } from 'react'
import { Input, Label, Text, TextArea, TextField } from 'react-aria-components'
import { go } from '../../router.tsx'
import { type Draft, draftApi } from '../api.ts'
import { AskDialog } from '../form-dialog.tsx'
import { mayApprovePolicy } from '../permissions.ts'
import { type Share, ShareForm, shareBody } from '../rollout/traffic-share-form.tsx'
import { useStep } from '../use-action.ts'
import type { DraftProps } from './draft-page.tsx'

export function DraftSteps(props: DraftProps) {
  const { draft, user, policy, open } = props
  const may = mayApprovePolicy(user)
  const own = policy.approvalsNeeded > 0 && (draft.by === user.email || draft.changedBy === user.email)
  const approvedByMe = draft.approvals.some(({ by }) => by === user.email)
  return (
    <div className="policy-acts">
      {open ? <Withdraw {...props} /> : null}
      {draft.state === 'editing' && open ? <Propose {...props} /> : null}
      {draft.state === 'proposed' && may ? (
        <>
          <SendBack {...props} />
          {own || approvedByMe ? null : <Approve {...props} />}
        </>
      ) : null}
      {draft.state === 'approved' && may ? (
        <>
          <SendBack {...props} />
          <Release {...props} />
        </>
      ) : null}
      {draft.state === 'proposed' ? <Waits own={own} mine={approvedByMe} may={may} {...props} /> : null}
    </div>
  )
}

function Waits({ own, mine, may, draft, policy }: DraftProps & { own: boolean; mine: boolean; may: boolean }) {
  const missing = policy.approvalsNeeded - draft.approvals.length
  const words = own
    ? 'You wrote this draft, so somebody else has to approve it.'
    : mine
      ? 'You have approved it.'
      : may
        ? ''
        : 'A policy owner, supervisor or admin has to approve it.'
  const more = missing > 1 ? ` ${missing} approvals are missing.` : ''
  return words || more ? (
    <p className="faint draft-waits">
      {words}
      {more}
    </p>
  ) : null
}

type StepProps = DraftProps & {
  name: string
  label: ReactNode
  look?: 'primary'
  title: string
  explains?: string
  said: string
  body: unknown
  ready?: boolean
  children?: ReactNode
  onDone?: () => void
}

/** A button that asks first, then takes the step. Whatever is typed is saved before. */
function StepButton({ name, said, body, view, draft, onChanged, onDone, title, ...rest }: StepProps) {
  const step = useStep()
  return (
    <AskDialog
      {...rest}
      title={title}
      yes={typeof rest.label === 'string' ? rest.label : title}
      step={step}
      onYes={async () => {
        if (name !== 'withdraw' && !(await view.save())) return true
        const done = await step.take<Draft>(`${draftApi(draft.id)}/${name}`, body, said)
        if (!done) return false
        if (name !== 'release') view.put(done)
        view.refresh()
        onChanged()
        onDone?.()
        return true
      }}
    />
  )
}

function Propose(props: DraftProps) {
  const [message, setMessage] = useState('')
  return (
    <StepButton
      {...props}
      name="propose"
      label="Propose"
      look="primary"
      title="Propose this draft"
      explains="Its files are checked and its examples run once more. Then somebody else looks at it."
      said="Proposed."
      body={{ message: message.trim() }}
      ready={message.trim().length > 0}
    >
      <TextField className="field" value={message} onChange={setMessage} autoFocus maxLength={1000}>
        <Label>What changes, and why?</Label>
        <TextArea className="input" rows={3} />
        <Text slot="description">Whoever approves it reads this, and it stays with the version.</Text>
      </TextField>
    </StepButton>
  )
}

function Approve(props: DraftProps) {
  const [comment, setComment] = useState('')
  return (
    <StepButton
      {...props}
      name="approve"
      label="Approve"
      look="primary"
      title="Approve this draft?"
      explains="It can be released from then on. Look at its changes and at the replay first."
      said="Approved."
      body={comment.trim() ? { comment: comment.trim() } : {}}
    >
      <TextField className="field" value={comment} onChange={setComment} autoFocus maxLength={1000}>
        <Label>Comment (if you like)</Label>
        <Input className="input" />
      </TextField>
    </StepButton>
  )
}

function SendBack(props: DraftProps) {
  const [comment, setComment] = useState('')
  return (
    <StepButton
      {...props}
      name="reject"
      label="Send back"
      title="Send this draft back?"
      said="Sent back."
      body={{ comment: comment.trim() }}
      ready={comment.trim().length > 0}
    >
      <TextField className="field" value={comment} onChange={setComment} autoFocus maxLength={1000}>
        <Label>What should be different?</Label>
        <TextArea className="input" rows={3} />
      </TextField>
    </StepButton>
  )
}

function Withdraw(props: DraftProps) {
  return (
    <StepButton
      {...props}
      name="withdraw"
      label="Withdraw"
      title="Withdraw this draft?"
      explains="It can be read afterwards, and no longer changed or released."
      said="Withdrawn."
      body={{}}
    />
  )
}

function Release(props: DraftProps) {
  const [share, setShare] = useState<Share>({ percent: 10, channels: [], shadow: false })
  const everybody = share.percent === 100 && share.channels.length === 0 && !share.shadow
  return (
    <StepButton
      {...props}
      name="release"
      label="Release"
      look="primary"
      title="Release"
      explains={
        everybody
          ? 'It becomes live for everybody at once.'
          : 'Begin with a few customers: figures tell how it does, and it goes back by itself if it does worse.'
      }
      said="Released."
      body={shareBody(share)}
      onDone={() => go('/console/policy')}
    >
      <ShareForm share={share} channels={props.words?.channels ?? []} onChange={setShare} />
    </StepButton>
  )
}
