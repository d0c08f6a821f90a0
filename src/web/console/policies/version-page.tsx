// The page of one version.
import { Icon } from '../../ui/icon.tsx'
import { many } from '../labels.ts'
import { Go } from '../router.tsx'
import { useResource } from '../use-resource.ts'
import { type Version, versionApi } from './api.ts'
import { DiffView } from './diff-view.tsx'
import { mayApprovePolicy } from './permissions.ts'
import type { PolicyProps } from './policies-page.tsx'
import { RollBack } from './rollout/roll-back.tsx'
import { StateChip, Trouble, VersionLink, When } from './shared.tsx'

export function VersionPage({ version, policy, user, onChanged }: PolicyProps & { version: string }) {
  const { data, problem } = useResource<Version>(versionApi(version))
  return (
    <section className="policy-body" aria-label={`Version ${version}`}>
      <p>
        <Go className="button small" href="/console/policy/versions">
          <Icon name="back" /> Versions
        </Go>
      </p>
      <Trouble of={problem} />
      {data ? (
        <>
          <div className="page-head">
            <div>
              <h2>
                {data.title || 'No title'} <StateChip of={data.state} />
              </h2>
              <p>{data.message}</p>
              <p className="faint">
                <code>{data.version}</code> · {data.by === 'files' ? 'the folder' : data.by}, <When at={data.at} /> ·{' '}
                {many(data.files.length, 'file')}
                {data.approvedBy.length > 0 ? ` · approved by ${data.approvedBy.join(', ')}` : ''}
              </p>
            </div>
            <div className="policy-acts">
              <a className="button" href={`${versionApi(version)}/export`} download>
                Export
              </a>
              {mayApprovePolicy(user) && data.state === 'was-live' ? (
                <RollBack policy={policy} to={version} onDone={onChanged} />
              ) : null}
            </div>
          </div>
          {data.against ? (
            <p className="faint">
              What it changed against <VersionLink version={data.against} />
            </p>
          ) : null}
          <DiffView changes={data.diff} none="It is the first version, or changed nothing." />
        </>
      ) : problem ? null : (
        <p className="faint">Loading…</p>
      )}
    </section>
  )
}
