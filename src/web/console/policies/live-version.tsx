// The version that is live, and since when.
import { exactly, span, useNow } from '../../ui/relative-time.ts'
import { Go } from '../router.tsx'
import { NewDraft } from './new-draft.tsx'
import { mayApprovePolicy, mayWritePolicy } from './permissions.ts'
import type { PolicyProps } from './policies-page.tsx'
import { RollBack } from './rollout/roll-back.tsx'
import { VersionLink } from './shared.tsx'

/** What serves now, who made it, and the two things one comes here for. */
export function Standing({ policy, user, onChanged }: PolicyProps) {
  const { live, rollout, source } = policy
  const now = useNow()
  const running = rollout && !rollout.stopped
  const byFolder = live.by === 'files'
  return (
    <>
      <p className="policy-live">
        <span className="chip good">live</span> <VersionLink version={live.version} />
        {byFolder ? null : <span>{live.title || live.message}</span>}
        <span className="faint">
          {byFolder ? 'from the folder' : `by ${live.by}`}, since{' '}
          <time dateTime={new Date(live.at).toISOString()} title={exactly(live.at)}>
            {span(now - live.at)}
          </time>
          {source === 'folder' && !byFolder ? ' · a change in the folder replaces it' : ''}
        </span>
      </p>
      <div className="policy-acts">
        <a className="button quiet" href={`/api/policy/versions/${live.version}/export`} download>
          Export
        </a>
        {mayApprovePolicy(user) && !running && live.parent ? <RollBack policy={policy} onDone={onChanged} /> : null}
        {mayWritePolicy(user) ? <NewDraft onChanged={onChanged} /> : null}
      </div>
      {policy.problems.length > 0 ? (
        <p className="notice warm policy-wide">
          The files in the folder have {policy.problems.length === 1 ? 'a problem' : 'problems'}; what is live serves
          on. <Go href="/console/policy/drafts">Mend them in a draft</Go>, or in the folder.
        </p>
      ) : null}
    </>
  )
}
