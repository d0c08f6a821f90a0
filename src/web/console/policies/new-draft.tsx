// Begins a draft.
import { useState } from 'react'
import { Input, Label, Text, TextField } from 'react-aria-components'
import { go } from '../router.tsx'
import { API, type Draft } from './api.ts'
import { AskDialog } from './form-dialog.tsx'
import { draftPath } from './shared.tsx'
import { useStep } from './use-action.ts'

/** A copy of what is live, to change in peace. */
export function NewDraft({ onChanged }: { onChanged: () => void }) {
  const [title, setTitle] = useState('')
  const step = useStep()
  const make = async () => {
    const draft = await step.take<Draft>(`${API}/drafts`, { title: title.trim() }, 'The draft is made.')
    if (!draft) return false
    onChanged()
    go(draftPath(draft.id))
    return true
  }
  return (
    <AskDialog
      label="New draft"
      look="primary"
      title="New draft"
      explains="It starts as a copy of what is live. Nothing you do in it reaches customers before it is approved and released."
      yes="Start"
      step={step}
      ready={title.trim().length > 0}
      onYes={make}
    >
      <TextField className="field" value={title} onChange={setTitle} autoFocus maxLength={100}>
        <Label>What is it about?</Label>
        <Input className="input" />
        <Text slot="description">For example: no refunds in public.</Text>
      </TextField>
    </AskDialog>
  )
}
