// The list of versions.
import { useLive } from '../event-stream.tsx'
import { Go } from '../router.tsx'
import { useResource } from '../use-resource.ts'
import { API, type VersionHead } from './api.ts'
import { mayApprovePolicy } from './permissions.ts'
import type { PolicyProps } from './policies-page.tsx'
import { RollBack } from './rollout/roll-back.tsx'
import { StateChip, Trouble, When } from './shared.tsx'

/** Every version that ever was, newest first. */
export function VersionsView({ policy, user, onChanged }: PolicyProps) {
  const { data, problem, refresh } = useResource<{ versions: readonly VersionHead[] }>(`${API}/versions`)
  useLive((event) => {
    if (event === 'connected' || event.type === 'policy-changed') refresh()
  })
  return (
    <section className="policy-body" aria-label="Versions">
      <Trouble of={problem} />
      {data || problem ? null : <p className="faint">Loading…</p>}
      <ol className="rows">
        {data?.versions.map((one) => (
          <li key={one.version} className="row-with-acts">
            <Go href={`/console/policy/versions/${one.version}`} className="row-link">
              <span className="row-main">
                <strong>{one.title || one.message || 'No title'}</strong>
                {one.title && one.message && one.message !== one.title ? (
                  <span className="row-more">{one.message}</span>
                ) : null}
                <span className="faint">
                  <code>{one.version}</code> · {one.by === 'files' ? 'the folder' : one.by}, <When at={one.at} />
                  {one.approvedBy.length > 0 ? ` · approved by ${one.approvedBy.join(', ')}` : ''}
                </span>
              </span>
              <StateChip of={one.state} />
            </Go>
            {mayApprovePolicy(user) && one.state === 'was-live' ? (
              <RollBack policy={policy} to={one.version} onDone={onChanged} />
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  )
}
