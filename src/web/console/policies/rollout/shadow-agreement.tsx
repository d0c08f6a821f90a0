// How far a shadow version agrees with the live one.
import { Go } from '../../router.tsx'
import type { Rollout } from '../api.ts'
import { When } from '../shared.tsx'
import { Endings } from '../turn-outcome.tsx'

/** What a version in shadow would have done, next to what was done. */
export function Agreement({ rollout: { agreement } }: { rollout: Rollout }) {
  if (!agreement) return null
  const { turns, same, leftOut, differing } = agreement
  return (
    <div className="agreement">
      <p>
        {turns === 0 ? (
          'Nothing was decided in shadow yet.'
        ) : (
          <>
            Agreed in <b className="numbers">{same}</b> of <b className="numbers">{turns}</b> turns (
            {((100 * same) / turns).toFixed(1)} %).
          </>
        )}
      </p>
      {leftOut > 0 ? (
        <p className="faint">
          <b className="numbers">{leftOut}</b> {leftOut === 1 ? 'turn was' : 'turns were'} not compared: it would have
          had to ask a service or the language model a second time.
        </p>
      ) : null}
      {differing.length > 0 ? (
        <details>
          <summary>Where it would have ended otherwise</summary>
          <ul className="changed-turns">
            {differing.map((one) => (
              <li key={`${one.case} ${one.at}`}>
                <p className="faint">
                  <When at={one.at} /> · <Go href={`/console/cases/${encodeURIComponent(one.case)}`}>{one.case}</Go>
                </p>
                <Endings before={one.before} after={one.after} />
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  )
}
