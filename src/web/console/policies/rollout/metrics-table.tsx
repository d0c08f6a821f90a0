// The metrics of a rollout's versions, side by side.
import type { Figures, Rollout } from '../api.ts'

const NAMES = [
  ['escalated', 'Went to a person'],
  ['blocked', 'Stopped by the gate'],
  ['complaints', 'A complaint followed'],
  ['negative', 'A bad mood followed'],
] as const

const NONE: Figures = { turns: 0, escalated: 0, blocked: 0, complaints: 0, negative: 0 }
const share = (count: number, turns: number) => (turns > 0 ? `${((100 * count) / turns).toFixed(1)} %` : '–')

/** How both versions do. */
export function FiguresTable({ rollout }: { rollout: Rollout }) {
  const columns = [
    ['Before', rollout.base, rollout.figures[rollout.base] ?? NONE],
    ['New', rollout.version, rollout.figures[rollout.version] ?? NONE],
  ] as const
  return (
    <table className="figures numbers">
      <caption className="hidden-text">Figures by version</caption>
      <thead>
        <tr>
          <th scope="col">Version</th>
          <th scope="col">Turns</th>
          {NAMES.map(([figure, words]) => (
            <th key={figure} scope="col">
              {words}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {columns.map(([name, version, figures]) => (
          <tr key={name}>
            <th scope="row">
              {name} <code>{version.slice(0, 7)}</code>
            </th>
            <td data-name="Turns">{figures.turns}</td>
            {NAMES.map(([figure, words]) => (
              <td key={figure} data-name={words}>
                {share(figures[figure], figures.turns)} <span className="faint">{figures[figure]}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
