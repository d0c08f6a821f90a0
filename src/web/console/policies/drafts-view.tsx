// The list of drafts.
import { many } from '../labels.ts'
import { Go } from '../router.tsx'
import type { DraftHead } from './api.ts'
import type { PolicyProps } from './policies-page.tsx'
import { draftPath, Nothing, StateChip, When } from './shared.tsx'

const OVER: readonly DraftHead['state'][] = ['released', 'withdrawn']

export function DraftsView({ policy, user }: PolicyProps) {
  const open = policy.drafts.filter(({ state }) => !OVER.includes(state))
  const over = policy.drafts.filter(({ state }) => OVER.includes(state))
  return (
    <section className="policy-body" aria-label="Drafts">
      {open.length === 0 ? (
        <Nothing title="No draft is open">
          <p>Start one with “New draft”. What is live stays as it is until a draft is approved and released.</p>
        </Nothing>
      ) : (
        <DraftRows drafts={open} me={user.email} />
      )}
      {over.length > 0 ? (
        <details className="policy-over">
          <summary>{many(over.length, 'draft')} that are over</summary>
          <DraftRows drafts={over} me={user.email} />
        </details>
      ) : null}
    </section>
  )
}

function DraftRows({ drafts, me }: { drafts: readonly DraftHead[]; me: string }) {
  return (
    <ul className="rows">
      {drafts.map((draft) => (
        <li key={draft.id}>
          <Go href={draftPath(draft.id)} className="row-link">
            <span className="row-main">
              <strong>{draft.title}</strong>
              {draft.message ? <span className="row-more">{draft.message}</span> : null}
              <span className="faint">
                {draft.changedBy === me ? 'you' : draft.changedBy}, <When at={draft.changedAt} /> ·{' '}
                {many(draft.changes, 'file')} changed
              </span>
            </span>
            <StateChip of={draft.state} />
          </Go>
        </li>
      ))}
    </ul>
  )
}
