// The difference between two versions, by file and line.
import { useMemo } from 'react'
import { many } from '../labels.ts'
import type { FileChange } from './api.ts'
import { diffLines, hunksOf } from './line-diff.ts'

const KINDS = { added: ['New file', 'good'], removed: ['Removed', 'danger'], changed: ['Changed', ''] } as const
const SIGNS = { same: ' ', added: '+', removed: '−' } as const
const SAID = { same: '', added: 'added: ', removed: 'removed: ' } as const

/** Changes of files, each line with what became of it. */
export function DiffView({ changes, none }: { changes: readonly FileChange[]; none: string }) {
  if (changes.length === 0) return <p className="none">{none}</p>
  return (
    <>
      {changes.map((change) => (
        <FileDiff key={change.path} change={change} />
      ))}
    </>
  )
}

function FileDiff({ change: { path, kind, before = '', after = '' } }: { change: FileChange }) {
  const lines = useMemo(() => diffLines(before, after), [before, after])
  const count = (of: 'added' | 'removed') => lines.filter((line) => line.kind === of).length
  const [words, look] = KINDS[kind]
  return (
    <section className="diff" aria-label={path}>
      <h3>
        <code>{path}</code> <span className={`chip ${look}`}>{words}</span>
        <span className="faint numbers">
          {many(count('added'), 'line')} added, {count('removed')} removed
        </span>
      </h3>
      <LineDiff before={before} after={after} />
    </section>
  )
}

export function LineDiff({ before, after }: { before: string; after: string }) {
  const hunks = useMemo(() => hunksOf(diffLines(before, after)), [before, after])
  if (hunks.length === 0) return <p className="none">They are the same.</p>
  return (
    <div className="diff-lines">
      {hunks.map(({ skipped, lines }) => (
        <div key={`${lines[0]?.before} ${lines[0]?.after}`}>
          {skipped > 0 ? <p className="diff-skip">{many(skipped, 'line')} as before</p> : null}
          {lines.map((line) => (
            <div key={`${line.before} ${line.after}`} className={`diff-line ${line.kind}`}>
              <span className="diff-number numbers" aria-hidden="true">
                {line.after ?? line.before}
              </span>
              <span className="diff-sign" aria-hidden="true">
                {SIGNS[line.kind]}
              </span>
              <span className="diff-text">
                <span className="hidden-text">{SAID[line.kind]}</span>
                {line.text || '\u00a0'}
              </span>
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}
