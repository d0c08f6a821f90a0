// The audit log of drafts and releases.
import { useLive } from '../event-stream.tsx'
import { readable } from '../labels.ts'
import { useResource } from '../use-resource.ts'
import { API, type Audit } from './api.ts'
import { Nothing, Trouble, VersionLink, When } from './shared.tsx'

/** Who did what to the policies; nobody can change it. */
export function AuditView() {
  const { data, problem, refresh } = useResource<Audit>(`${API}/audit`)
  useLive((event) => {
    if (event === 'connected' || event.type === 'policy-changed') refresh()
  })
  return (
    <section className="policy-body" aria-label="Audit log">
      <Trouble of={problem} />
      {data ? null : <p className="faint">{problem ? '' : 'Loading…'}</p>}
      {data?.entries.length === 0 ? <Nothing title="Nothing has happened yet" /> : null}
      <ol className="rows audit">
        {data?.entries.map(({ at, by, what, version, detail }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: several entries may have one time, and each list is whole
          <li key={index}>
            <When at={at} />
            <p>
              <strong>{readable(what)}</strong> <span className="faint">by {by}</span>
              {version ? (
                <>
                  {' '}
                  · <VersionLink version={version} />
                </>
              ) : null}
              {detail ? <span className="row-more">{detail}</span> : null}
            </p>
          </li>
        ))}
      </ol>
    </section>
  )
}
