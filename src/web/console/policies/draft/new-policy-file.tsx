// Adds a policy file to a draft.
import { useState } from 'react'
import { Input, Label, Text, TextField } from 'react-aria-components'
import { AskDialog } from '../form-dialog.tsx'
import { useStep } from '../use-action.ts'
import type { DraftView } from './use-draft.ts'

const templateOf = (topic: string, id: string) => `topic: ${topic}
owner: customer-care
rules:
  - id: ${id}.first
    when: { audience: public }
    then: escalate
    because: Say here, for agents, why it is so.

examples:
  - given: { audience: public }
    expect: { verdict: escalate }
`

/** A new file under `policies/`. */
export function NewTopic({ view, onMade }: { view: DraftView; onMade: (path: string) => void }) {
  const [topic, setTopic] = useState('')
  const step = useStep()
  const id = topic
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
  const path = `policies/${id}.yaml`
  const taken = view.paths.includes(path)
  return (
    <AskDialog
      label="New topic"
      look="quiet"
      title="New topic"
      yes="Make it"
      step={step}
      ready={id.length > 0 && !taken}
      onYes={async () => {
        view.write(path, templateOf(topic.trim(), id))
        onMade(path)
        setTopic('')
        return true
      }}
    >
      <TextField className="field" value={topic} onChange={setTopic} autoFocus maxLength={60}>
        <Label>What are its rules about?</Label>
        <Input className="input" />
        <Text slot="description">
          {taken ? 'There is a file of that name already.' : id ? `The file is ${path}.` : 'For example: Gift cards.'}
        </Text>
      </TextField>
    </AskDialog>
  )
}
