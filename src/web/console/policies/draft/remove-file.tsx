// Removes a file from a draft.
import { AskDialog } from '../form-dialog.tsx'
import { useStep } from '../use-action.ts'
import type { DraftView } from './use-draft.ts'

export function RemoveFile({ view, path }: { view: DraftView; path: string }) {
  const step = useStep()
  return (
    <AskDialog
      label="Remove"
      look="quiet"
      title={`Remove ${path}?`}
      explains="Its rules and examples are gone from this draft. What is live keeps them until the draft is released."
      yes="Remove"
      step={step}
      onYes={async () => {
        await view.remove(path)
        return true
      }}
    />
  )
}
