// Finds recorded turns that no rule covers, and rules that only their names told apart.

import type { Facts } from '#domain'
import { compileCondition, completeFacts, placeOf } from './conditions.ts'
import { decide, type Rules } from './decide.ts'
import type { Rule } from './rule.ts'
import { conflictBetween } from './validate/conflicts.ts'

export type RecordedDecision = { readonly id: string | number; readonly facts: Facts }

/** Turns that no rule covers, and the rule that came nearest with the facts that kept it from fitting. */
export type UncoveredTurns = {
  readonly turns: readonly RecordedDecision['id'][]
  readonly facts: Facts
  readonly nearest?: { readonly rule: string; readonly but: readonly string[] }
}

/** Turns in which two rules decided together, wanted different things, and only their names told which. */
export type TiedDecisions = {
  readonly turns: readonly RecordedDecision['id'][]
  readonly rules: readonly [string, string]
  readonly over: string
}

/** Facts of rules that do not fit. */
function misfits({ when }: Rule, known: ReturnType<typeof completeFacts>): string[] {
  return Object.entries(when).flatMap(([fact, condition]) => {
    const value = known[placeOf(fact)]
    return value === undefined || compileCondition(condition)(value) ? [] : [fact]
  })
}

/** Each once, most frequent first: turns with the same facts, as far as rules name them. */
export function uncoveredTurns(
  rules: Rules,
  recorded: readonly RecordedDecision[],
  today?: string,
): readonly UncoveredTurns[] {
  const named = [...new Set(rules.rules.flatMap(({ when }) => Object.keys(when)))]
  const gaps = new Map<string, { turns: RecordedDecision['id'][]; facts: Facts }>()
  for (const { id, facts } of recorded) {
    if (decide(rules, facts, today === undefined ? {} : { today }).reasons[0]?.rule !== 'no-rule') continue
    const told = Object.fromEntries(named.flatMap((name) => (facts[name] === undefined ? [] : [[name, facts[name]]])))
    const key = JSON.stringify(told)
    const gap = gaps.get(key) ?? { turns: [], facts: told }
    gap.turns.push(id)
    gaps.set(key, gap)
  }
  return [...gaps.values()]
    .sort((a, b) => b.turns.length - a.turns.length)
    .map((gap) => ({ ...gap, ...nearTo(rules, gap.facts) }))
}

function nearTo({ rules }: Rules, facts: Facts): Pick<UncoveredTurns, 'nearest'> {
  const known = completeFacts(facts)
  const [best] = rules
    .map((rule) => ({ rule, but: misfits(rule, known) }))
    // Of equally near ones, the one of which more fits.
    .sort((a, b) => a.but.length - b.but.length || Object.keys(b.rule.when).length - Object.keys(a.rule.when).length)
  return best ? { nearest: { rule: best.rule.id, but: best.but } } : {}
}

export function tiedDecisions(
  rules: Rules,
  recorded: readonly RecordedDecision[],
  today?: string,
): readonly TiedDecisions[] {
  const byId = new Map(rules.rules.map((rule) => [rule.id, rule]))
  const ties = new Map<string, { turns: RecordedDecision['id'][]; rules: [string, string]; over: string }>()
  for (const { id, facts } of recorded) {
    const { verdict, reasons } = decide(rules, facts, today === undefined ? {} : { today })
    const deciding = reasons
      .flatMap(({ rule, doubts }) => (doubts ? [] : (byId.get(rule) ?? [])))
      .filter(({ then }) => then === verdict)
    const [first, ...others] = deciding
    for (const other of others) {
      const over = first && conflictBetween(first, other)
      if (!over) continue
      const key = `${first.id} ${other.id} ${over}`
      const tie = ties.get(key) ?? { turns: [], rules: [first.id, other.id], over }
      tie.turns.push(id)
      ties.set(key, tie)
    }
  }
  return [...ties.values()].sort((a, b) => b.turns.length - a.turns.length)
}
