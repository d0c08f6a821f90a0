// One rule in words.
import { Fragment } from 'react'
import { readable } from '../../labels.ts'
import type { Words } from '../api.ts'
import { Verdict } from '../shared.tsx'
import { clausesOf } from './describe-rule.ts'
import type { ReadRule } from './parse-policies.ts'

/** One rule: what it decides, when, and why. */
export function RuleCard({ rule, owner, words }: { rule: ReadRule; owner: string; words?: Words }) {
  const clauses = clausesOf(rule)
  const meaningOf = (fact: string) => words?.facts.find((one) => one.fact === fact)?.means
  return (
    <li className="rule-card">
      <p className="rule-head">
        <Verdict of={rule.then} />
        {rule.team ? <span className="faint">team {rule.team}</span> : null}
        <code>{rule.id}</code>
      </p>
      <p className="rule-because">{rule.because}</p>
      <p className="rule-when">
        {clauses.length === 0 ? 'Always.' : 'When '}
        {clauses.map(({ fact, is, value }, index) => (
          <Fragment key={`${fact} ${is} ${value}`}>
            {index > 0 ? <span className="faint"> and </span> : null}
            <span className="clause">
              {is === 'not' ? 'not ' : ''}
              <span title={meaningOf(fact)}>{readable(fact).toLowerCase()}</span>
              {is && is !== 'not' ? ` ${is} ` : ''}
              {value ? <b>{value}</b> : null}
            </span>
          </Fragment>
        ))}
      </p>
      {rule.say ? (
        <p className="rule-say">
          <span className="faint">Says</span> {rule.say}
        </p>
      ) : null}
      {rule.owner !== owner ? <p className="faint">owner {rule.owner}</p> : null}
    </li>
  )
}
