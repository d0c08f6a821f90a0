// Small things that every part of the page shows.
import type { ReactNode } from 'react'
import { Icon } from '../../ui/icon.tsx'
import { exactly, moment } from '../../ui/relative-time.ts'
import type { Place } from '../api-client.ts'
import { Go } from '../router.tsx'

const VERDICTS: Record<string, string> = {
  answer: 'Answer',
  answered: 'Answered',
  acknowledge: 'Acknowledge',
  ask: 'Ask',
  'move-to-private': 'Move to private',
  'moved-to-private': 'Moved to private',
  ignore: 'Ignore',
  moderate: 'Hide',
  moderated: 'Hidden',
  escalate: 'To a person',
  escalated: 'To a person',
}
const LOOKS: Record<string, string> = {
  answer: 'good',
  answered: 'good',
  'move-to-private': 'warm',
  'moved-to-private': 'warm',
  escalate: 'danger',
  escalated: 'danger',
  moderate: 'danger',
  moderated: 'danger',
}

/** A verdict or an outcome, in the page's words and colour. */
export function Verdict({ of }: { of: string }) {
  const words = VERDICTS[of] ?? of.charAt(0).toUpperCase() + of.slice(1)
  return <span className={`chip ${LOOKS[of] ?? ''}`}>{words}</span>
}

const STATES: Record<string, readonly [words: string, look: string]> = {
  editing: ['Being edited', ''],
  proposed: ['Waits for approval', 'warm'],
  approved: ['Approved', 'good'],
  released: ['Released', ''],
  withdrawn: ['Withdrawn', ''],
  live: ['Live', 'good'],
  'rolling-out': ['Rolling out', 'warm'],
  'was-live': ['Was live', ''],
  'rolled-back': ['Rolled back', 'danger'],
}

/** How a draft or a version stands. */
export function StateChip({ of }: { of: string }) {
  const [words, look] = STATES[of] ?? [of, '']
  return <span className={`chip ${look}`}>{words}</span>
}

export function VersionLink({ version }: { version: string }) {
  return (
    <Go href={`/console/policy/versions/${version}`} className="version">
      <code>{version}</code>
    </Go>
  )
}

export function When({ at }: { at: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={exactly(at)} className="numbers">
      {moment(at)}
    </time>
  )
}

/** Why something could not be done, with the places in files that stand in its way. */
export function Trouble({ of }: { of?: string | { readonly message: string; readonly places: readonly Place[] } }) {
  if (!of) return null
  const { message, places } = typeof of === 'string' ? { message: of, places: [] } : of
  return (
    <div className="notice danger" role="alert">
      <Icon name="alert" />
      <div>
        <p>{message}</p>
        <ul>
          {places.map(({ file, line, problem, title }) => (
            <li key={`${file} ${line} ${problem}`}>
              <code>
                {shortPath(file)}:{line}
              </code>{' '}
              {title ? <strong>{title}: </strong> : null}
              {problem}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

export function Nothing({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <Icon name="harbour" />
      <strong>{title}</strong>
      {children}
    </div>
  )
}

/** `policies/refunds.yaml` as `refunds.yaml`; other folders keep their name. */
export const shortPath = (path: string): string => path.replace(/^policies\//, '')

export const draftPath = (id: string, tab = ''): string =>
  `/console/policy/drafts/${encodeURIComponent(id)}${tab ? `/${tab}` : ''}`
