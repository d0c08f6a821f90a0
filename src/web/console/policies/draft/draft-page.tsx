// A draft: edit, try, replay, see what changed, and bring it to customers.
import { useEffect } from 'react'
import { Act } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { useTitle } from '../../../ui/use-title.ts'
import { kindOf } from '../../labels.ts'
import { Go, go, useRoute } from '../../router.tsx'
import type { Draft } from '../api.ts'
import { DiffView } from '../diff-view.tsx'
import { mayReadTickets, mayWritePolicy } from '../permissions.ts'
import type { PolicyProps } from '../policies-page.tsx'
import { draftPath, StateChip, Trouble, When } from '../shared.tsx'
import { ConflictNotice } from './conflict-notice.tsx'
import { DraftSteps } from './draft-actions.tsx'
import { EditView } from './edit-view.tsx'
import { ReplayView } from './replay-view.tsx'
import { TryView } from './sandbox-view.tsx'
import { type DraftView, useDraft } from './use-draft.ts'

const TABS = [
  ['', 'Edit'],
  ['try', 'Which rule decides?'],
  ['replay', 'Replay'],
  ['changes', 'Changes'],
] as const

export function DraftPage({ id, ...props }: PolicyProps & { id: string }) {
  const view = useDraft(id)
  useTitle(view.data?.title ?? 'Draft')
  if (view.data) return <Opened view={view} draft={view.data} {...props} />
  return (
    <div className="empty centered">
      {view.problem ? (
        <>
          <Icon name="alert" />
          <strong>{view.problem.message}</strong>
          <Act onPress={() => (view.problem?.status === 404 ? go('/console/policy/drafts') : view.refresh())}>
            {view.problem.status === 404 ? 'Back to the drafts' : 'Try again'}
          </Act>
        </>
      ) : (
        <p>Loading…</p>
      )}
    </div>
  )
}

export type DraftProps = PolicyProps & {
  readonly view: DraftView
  readonly draft: Draft
  /** It may be changed, and by this person. */
  readonly open: boolean
}

function Opened(given: PolicyProps & { view: DraftView; draft: Draft }) {
  const { view, draft, user } = given
  const rest = useRoute()
  const tab = rest.page === 'policy' ? (rest.rest[2] ?? '') : ''
  const open = mayWritePolicy(user) && draft.state !== 'released' && draft.state !== 'withdrawn'
  const props: DraftProps = { ...given, open }

  // The other parts speak of what is saved.
  const { unsaved, save } = view
  // biome-ignore lint/correctness/useExhaustiveDependencies: when one goes to another part
  useEffect(() => {
    if (tab && unsaved.length > 0) void save()
  }, [tab])

  return (
    <div className={`policy draft tab-${tab || 'edit'}`}>
      <header className="policy-head">
        <Go className="button quiet square" href="/console/policy/drafts" aria-label="All drafts">
          <Icon name="back" />
        </Go>
        <div className="draft-title">
          <h1>
            {draft.title} <StateChip of={draft.state} />
          </h1>
          <p className="faint">
            Changed by {draft.changedBy === user.email ? 'you' : draft.changedBy}, <When at={draft.changedAt} /> ·
            starts from <code>{draft.base}</code>
          </p>
        </div>
        <DraftSteps {...props} />
      </header>
      <Said draft={draft} />
      <Learnt draft={draft} user={user} />
      <Trouble of={view.trouble ?? (view.problem && `${view.problem.message} What you see may be old.`)} />
      <ConflictNotice view={view} />
      <nav className="policy-tabs" aria-label="Parts of this draft">
        {TABS.map(([name, label]) => (
          <Go
            key={name}
            href={draftPath(draft.id, name)}
            className="tab"
            aria-current={name === tab ? 'page' : undefined}
          >
            {label}
            {name === 'changes' && draft.diff.length > 0 ? (
              <span className="count numbers">{draft.diff.length}</span>
            ) : null}
          </Go>
        ))}
      </nav>
      {tab === 'try' ? (
        <TryView {...props} />
      ) : tab === 'replay' ? (
        <ReplayView {...props} />
      ) : tab === 'changes' ? (
        <section className="policy-body" aria-label="Changes">
          <DiffView changes={draft.diff} none="This draft changes nothing yet." />
        </section>
      ) : (
        <EditView {...props} />
      )}
    </div>
  )
}

/** Customers' wordings in the draft: who proposed them, and from which ticket. */
function Learnt({ draft: { learnt = [] }, user }: Pick<DraftProps, 'draft' | 'user'>) {
  if (learnt.length === 0) return null
  return (
    <ul className="draft-learnt" aria-label="Customers’ wordings">
      {learnt.map(({ article, wording, by, ticket, at, wins, label }) => (
        <li key={`${article} ${wording}`}>
          <q>{wording}</q>{' '}
          {label ? (
            `is ${kindOf(label)}`
          ) : (
            <>
              {wins === false ? 'not for' : 'for'} <code>{article}</code>
            </>
          )}{' '}
          <span className="faint">
            by {by === user.email ? 'you' : by}, <When at={at} />, from{' '}
            {mayReadTickets(user) ? (
              <Go href={`/console/tickets/${encodeURIComponent(ticket)}`}>ticket {ticket}</Go>
            ) : (
              `ticket ${ticket}`
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** What people said of the draft. */
function Said({ draft: { message, state, approvals, rejected } }: { draft: Draft }) {
  return (
    <>
      {message && state !== 'editing' ? <p className="draft-said">{message}</p> : null}
      {rejected ? (
        <p className="notice warm">
          <Icon name="reply" />
          <span>
            {rejected.by} sent it back, <When at={rejected.at} />: {rejected.comment}
          </span>
        </p>
      ) : null}
      {approvals.map(({ by, at, comment }) => (
        <p key={by} className="draft-said">
          <Icon name="check" /> Approved by {by}, <When at={at} />
          {comment ? `: ${comment}` : ''}
        </p>
      ))}
    </>
  )
}
