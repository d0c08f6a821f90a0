// The trace page: everything that happened in a case.
import { Icon } from '../../ui/icon.tsx'
import { useTitle } from '../../ui/use-title.ts'
import type { Trace } from '../api-client.ts'
import { Go } from '../router.tsx'
import { useResource } from '../use-resource.ts'
import { TraceEvent } from './trace-event.tsx'
import { PrivateValues } from './value.tsx'

export function TracePage({ id }: { id: string }) {
  const { data, problem, loading } = useResource<Trace>(`/api/cases/${encodeURIComponent(id)}`)
  useTitle('Trace of a case')
  return (
    <div className="page">
      <p>
        <Go className="button small" href="/console/">
          <Icon name="back" /> Queue
        </Go>
      </p>
      <h1>Trace of the case</h1>
      <p className="faint">
        <code>{id}</code>. Messages, decisions with their reasons and content version, what the gate said, and what
        became of each reply.
      </p>
      {problem ? (
        <div className="notice danger" role="alert">
          <Icon name="alert" />
          <p>{problem.message}</p>
        </div>
      ) : null}
      {loading ? <p>Loading…</p> : null}
      {data?.events.length === 0 ? <p>Nothing is recorded yet.</p> : null}
      {data?.private.length ? (
        <p className="faint">Private data is masked here. The ticket shows it on request.</p>
      ) : null}
      <PrivateValues value={data?.private ?? []}>
        <ol className="trace">
          {data?.events.map((event, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a trace only grows at its end
            <TraceEvent key={index} event={event} />
          ))}
        </ol>
      </PrivateValues>
    </div>
  )
}
