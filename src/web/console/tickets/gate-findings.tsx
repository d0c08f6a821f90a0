// What the gate objects to in a reply, where, and what can be done about it.
import { useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import { Act } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { type Finding, sentence } from '../api-client.ts'

type Props = {
  findings: readonly Finding[]
  /** The text that the findings count in. */
  text: string
  draft: string
  /** “Send” was pressed; else it is said while they type. */
  isRefused: boolean
  pending: boolean
  onSelect: (start: number, end: number) => void
  onRemove: (words: string) => void
  onOverride: (reason: string) => void
  /** Present for a public reply: takes the words over to the private side. */
  onPrivate?: () => void
}

export function Findings(props: Props) {
  const { findings, text, draft, isRefused, pending, onSelect, onRemove, onOverride, onPrivate } = props
  const [reason, setReason] = useState('')
  const firm = findings.some(({ absolute }) => absolute)
  const spots = Map.groupBy(findings, ({ start, end }) => text.slice(start, end))
  return (
    <div className="findings" role={isRefused ? 'alert' : 'status'}>
      {isRefused ? (
        <p className="findings-title">
          <Icon name="alert" /> <strong>Not sent.</strong>{' '}
          {firm ? 'Take out what is marked, then send again.' : 'You may send it as it is, if you say why.'}
        </p>
      ) : null}
      <ul>
        {[...spots].map(([words, some]) => (
          <li key={words}>
            <Icon name="alert" />
            <Excerpt words={words} draft={draft} onSelect={onSelect} />
            <span>{[...new Set(some.map(({ because }) => sentence(because)))].join(' ')}</span>
            {words.trim() && draft.includes(words) ? (
              <Act small look="quiet" aria-label={`Remove ${words}`} onPress={() => onRemove(words)}>
                Remove
              </Act>
            ) : null}
          </li>
        ))}
      </ul>
      {onPrivate ? (
        <Act small onPress={onPrivate}>
          <Icon name="lock" /> Say it in private
        </Act>
      ) : null}
      {firm || !isRefused ? null : (
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
