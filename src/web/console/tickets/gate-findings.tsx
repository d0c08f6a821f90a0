// Why the gate blocked a reply, where, and what can be done about it.
import { useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import { Act } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { type Finding, type Problem, sentence } from '../api-client.ts'

type Props = {
  problem: Problem
  /** The text that was refused; the findings count in it. */
  text: string
  draft: string
  pending: boolean
  onSelect: (start: number, end: number) => void
  onOverride: (reason: string) => void
  /** Present for a public reply: takes the words over to the private side. */
  onPrivate?: () => void
}

/** What the gate objects to, where, and what can be done about it. */
export function Findings({ problem, text, draft, pending, onSelect, onOverride, onPrivate }: Props) {
  const [reason, setReason] = useState('')
  const firm = problem.findings.some(({ absolute }) => absolute)
  const spots = Map.groupBy(problem.findings, ({ start, end }) => text.slice(start, end))
  return (
    <div className="findings" role="alert">
      <p className="findings-title">
        <Icon name="alert" /> <strong>Not sent.</strong>{' '}
        {firm ? 'Take out what is marked, then send again.' : 'You may send it as it is, if you say why.'}
      </p>
      <ul>
        {[...spots].map(([words, findings]) => (
          <li key={words}>
            <Excerpt words={words} draft={draft} onSelect={onSelect} />
            <Advice findings={findings} />
          </li>
        ))}
      </ul>
      {onPrivate ? (
        <Act small onPress={onPrivate}>
          <Icon name="lock" /> Say it in private instead
        </Act>
      ) : null}
      {firm ? null : (
        <form
          className="override"
          onSubmit={(event) => {
            event.preventDefault()
            if (reason.trim().length >= 3) onOverride(reason)
          }}
        >
          <TextField className="field" value={reason} onChange={setReason} isRequired minLength={3}>
            <Label>Why should it go out as it is?</Label>
            <Input className="input" placeholder="Kept with the message" />
          </TextField>
          <Act type="submit" isPending={pending} isDisabled={reason.trim().length < 3}>
            Override
          </Act>
        </form>
      )}
    </div>
  )
}

function Advice({ findings }: { findings: readonly Finding[] }) {
  return (
    <span>
      {findings.map(({ rule, because }) => (
        <span key={rule}>
          {sentence(because)} <code>{rule}</code>{' '}
        </span>
      ))}
    </span>
  )
}

/** The words objected to; pressing selects them in the draft. Struck through once they are gone from it. */
function Excerpt({ words, draft, onSelect }: { words: string; draft: string } & Pick<Props, 'onSelect'>) {
  if (!words.trim()) return null
  const at = draft.indexOf(words)
  if (at < 0) return <s className="faint">{words}</s>
  return (
    <Button className="excerpt" onPress={() => onSelect(at, at + words.length)}>
      <span className="hidden-text">Select </span>
      {words}
    </Button>
  )
}
