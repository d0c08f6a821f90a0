// The problems of a draft, by file and line.
import { Icon } from '../../../ui/icon.tsx'
import { many } from '../../labels.ts'
import type { ContentProblem, Draft, FailedExample } from '../api.ts'
import { shortPath } from '../shared.tsx'
import type { Lint } from './use-lint.ts'

type Props = {
  lint: Lint
  draft: Draft
  path?: string
  onGo: (file: string, line: number) => void
}

/** Problems and examples of the open file, and problems elsewhere; a press goes to the line. */
export function FindingsPanel({ lint, draft, path, onGo }: Props) {
  const { problems, examples, pending, trouble } = lint
  const keyOf = ({ file, line, problem }: ContentProblem) => `${file}:${line}: ${problem}`
  const others = [...lint.elsewhere, ...draft.problems.filter(({ file }) => file !== path)]
  const elsewhere = [...new Map(others.map((one) => [keyOf(one), one])).values()]
  return (
    <aside className="findings-panel" aria-label="Problems and examples">
      {trouble ? <p className="notice danger">{trouble}</p> : null}
      <section>
        <h2>
          Problems {problems.length > 0 ? <span className="chip danger">{problems.length}</span> : null}
          {pending ? <span className="faint">checking…</span> : null}
        </h2>
        {problems.length === 0 && !trouble ? (
          <p className="none">
            {pending ? '' : <Icon name="check" />} {pending ? 'Being checked.' : 'None in this file.'}
          </p>
        ) : null}
        <Lines of={problems} onGo={onGo} here />
      </section>
      <section>
        <h2>
          Examples{' '}
          {examples && examples.tried > 0 ? (
            examples.failed.length > 0 ? (
              <span className="chip danger">{examples.failed.length} failed</span>
            ) : (
              <span className="chip good">all pass</span>
            )
          ) : null}
        </h2>
        {examples ? (
          <p className="none" role="status">
            {examples.tried === 0
              ? problems.some(({ severity }) => severity === 'error')
                ? 'They are tried once the problems are mended.'
                : 'This file has none that can be tried.'
              : `${examples.tried - examples.failed.length} of ${many(examples.tried, 'example')} pass.`}
          </p>
        ) : null}
        <ul className="finding-lines">
          {examples?.failed.map((one) => (
            <li key={`${one.line} ${one.title}`}>
              <Line of={one} onGo={onGo} here>
                <strong>{one.title}</strong> {one.problem}
              </Line>
            </li>
          ))}
        </ul>
      </section>
      {elsewhere.length > 0 ? (
        <section>
          <h2>
            In other files <span className="chip danger">{elsewhere.length}</span>
          </h2>
          <Lines of={elsewhere} onGo={onGo} />
        </section>
      ) : null}
    </aside>
  )
}

type LinesProps = { of: readonly ContentProblem[]; onGo: Props['onGo']; here?: boolean }

function Lines({ of, onGo, here = false }: LinesProps) {
  return (
    <ul className="finding-lines">
      {of.map((one) => (
        <li key={`${one.file} ${one.line} ${one.problem}`} className={one.severity}>
          <Line of={one} onGo={onGo} here={here}>
            {one.severity === 'warning' ? <span className="faint">Warning: </span> : null}
            {one.problem}
          </Line>
        </li>
      ))}
    </ul>
  )
}

type LineProps = {
  of: Pick<ContentProblem | FailedExample, 'file' | 'line'>
  onGo: Props['onGo']
  here: boolean
  children: React.ReactNode
}

function Line({ of: { file, line }, onGo, here, children }: LineProps) {
  return (
    <button type="button" className="finding-line" onClick={() => onGo(file, line)}>
      <span className="numbers faint">{here ? `line ${line}` : `${shortPath(file)}:${line}`}</span>
      <span>{children}</span>
    </button>
  )
}
