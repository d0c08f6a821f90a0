// The policy owners' page: what is live, drafts, versions and who did what.
import './policies.css'
import './confidence.css'
import './draft/draft.css'
import { Icon } from '../../ui/icon.tsx'
import { useTitle } from '../../ui/use-title.ts'
import type { User } from '../api-client.ts'
import { useLive } from '../event-stream.tsx'
import { Go } from '../router.tsx'
import { useResource } from '../use-resource.ts'
import { API, type Policy, type Words } from './api.ts'
import { AuditView } from './audit-log.tsx'
import { CertaintyView } from './confidence-view.tsx'
import { DraftPage } from './draft/draft-page.tsx'
import { DraftsView } from './drafts-view.tsx'
import { Standing } from './live-version.tsx'
import { RolloutPanel } from './rollout/rollout-panel.tsx'
import { RulesView } from './rules/rules-view.tsx'
import { VersionPage } from './version-page.tsx'
import { VersionsView } from './versions-view.tsx'

const TABS = [
  ['', 'Rules'],
  ['drafts', 'Drafts'],
  ['versions', 'Versions'],
  ['answers', 'Answers'],
  ['audit', 'Audit log'],
] as const

export default function PolicyPage({ user, rest }: { user: User; rest: readonly string[] }) {
  const policy = useResource<Policy>(API)
  const words = useResource<Words>(`${API}/words`)
  useTitle('Policies')
  useLive((event) => {
    if (event === 'connected' || event.type === 'policy-changed') policy.refresh()
  })
  const [tab = '', id] = rest

  if (!policy.data) return <Unread problem={policy.problem?.message} onAgain={policy.refresh} />
  const props = { user, policy: policy.data, words: words.data, onChanged: policy.refresh }
  if (tab === 'drafts' && id) return <DraftPage key={id} id={id} {...props} />

  const open = policy.data.drafts.filter(({ state }) => state !== 'released' && state !== 'withdrawn').length
  return (
    <div className="policy">
      <header className="policy-head">
        <h1>Policies</h1>
        <Standing {...props} />
      </header>
      {policy.problem ? <Stale words={policy.problem.message} /> : null}
      <RolloutPanel {...props} />
      <nav className="policy-tabs" aria-label="Parts of this page">
        {TABS.map(([name, label]) => (
          <Go
            key={name}
            href={`/console/policy${name ? `/${name}` : ''}`}
            className="tab"
            aria-current={name === tab ? 'page' : undefined}
          >
            {label}
            {name === 'drafts' && open > 0 ? <span className="count numbers">{open}</span> : null}
          </Go>
        ))}
      </nav>
      {tab === 'drafts' ? (
        <DraftsView {...props} />
      ) : tab === 'versions' ? (
        id ? (
          <VersionPage key={id} version={id} {...props} />
        ) : (
          <VersionsView {...props} />
        )
      ) : tab === 'answers' ? (
        <CertaintyView />
      ) : tab === 'audit' ? (
        <AuditView />
      ) : (
        <RulesView {...props} />
      )}
    </div>
  )
}

/** What every part of the page is given. */
export type PolicyProps = {
  readonly user: User
  readonly policy: Policy
  readonly words?: Words
  readonly onChanged: () => void
}

function Unread({ problem, onAgain }: { problem?: string; onAgain: () => void }) {
  return (
    <div className="empty centered">
      {problem ? (
        <>
          <Icon name="alert" />
          <strong>{problem}</strong>
          <button type="button" className="button" onClick={onAgain}>
            Try again
          </button>
        </>
      ) : (
        <p>Loading…</p>
      )}
    </div>
  )
}

function Stale({ words }: { words: string }) {
  return (
    <div className="notice warm" role="status">
      <Icon name="alert" />
      <p>{words} What you see may be old.</p>
    </div>
  )
}
