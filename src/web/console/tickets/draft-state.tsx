// Shows whether the agent's draft is saved.
import type { DraftView } from './unsent-drafts.ts'

const WORDS = { saved: 'Draft saved', saving: 'Saving…', unsaved: 'Not saved yet. Trying again.' } as const

/** Whether what is typed would survive a reload. */
export function DraftState({ draft: { state } }: { draft: Pick<DraftView, 'state'> }) {
  return state ? (
    <span className={`draft-state ${state}`} role={state === 'unsaved' ? 'alert' : undefined}>
      {WORDS[state]}
    </span>
  ) : null
}
