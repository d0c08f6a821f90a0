// Checks rules together: rules that never decide, and rules that only the order of names tells apart.

import { PRIORITIES, type Rule, VERDICTS } from '../rule.ts'
import type { Vocabulary } from '../vocabulary.ts'
import { type Box, cutSpace, describeBox, meet, type OwnedBox, outside, type Space } from './condition-space.ts'
import type { RuleProblem } from './finding.ts'

/** Beyond so many subtractions for one rule nothing is said, rather than guessed. */
const MOST_STEPS = 20_000

const TAKEN = ['say', 'team', 'skills', 'priority', 'community-rule'] as const

type Placed = {
  readonly rule: Rule
  readonly index: number
  readonly region: readonly Box[]
  readonly caution: number
  readonly urgency: number
}

export function checkConflicts(
  rules: readonly Rule[],
  vocabulary: Vocabulary,
  today: string | undefined,
): RuleProblem[] {
  const space = cutSpace(rules, vocabulary, today)
  const placed = rules.map(
    (rule, index): Placed => ({
      rule,
      index,
      region: space.regionOf(rule),
      caution: VERDICTS.indexOf(rule.then),
      urgency: PRIORITIES.indexOf(rule.priority ?? 'normal'),
    }),
  )
  const isOver = ({ until }: Rule) => until !== undefined && today !== undefined && until < today
  const problems = placed.flatMap((one): RuleProblem[] => {
    if (isOver(one.rule)) return []
    if (one.region.length === 0) return [problemOf(one, 'error', 'it never fires: no facts fit all its conditions')]
    const covering = coveredBy(one, placed, space)
    if (!covering) return []
    const names = covering.map((id) => `\`${id}\``).join(', ')
    const problem = `it never decides: wherever it fits, ${names} ${covering.length === 1 ? 'is' : 'are'} as cautious or more`
    return [problemOf(one, 'warning', problem)]
  })
  const dead = new Set(problems.map(({ index }) => index))
  return [
    ...problems,
    ...findTies(
      placed.filter(({ index, region }) => region.length > 0 && !dead.has(index)),
      space,
    ),
  ]
}

function problemOf({ rule, index }: Placed, severity: RuleProblem['severity'], problem: string): RuleProblem {
  return { rule: rule.id, index, at: ['when'], problem, severity }
}

/** Whether `other` leaves nothing for `one` to say where both fit, by more than its name. */
function beats(other: Placed, one: Placed): boolean {
  if (other.caution !== one.caution) return other.caution > one.caution
  if (other.urgency < one.urgency) return false
  if (other.urgency === one.urgency && (other.rule.id > one.rule.id || conflictBetween(one.rule, other.rule)))
    return false
  return TAKEN.every((key) => key === 'priority' || one.rule[key] === undefined || other.rule[key] !== undefined)
}

function boxesOf(placed: readonly Placed[]): OwnedBox[] {
  return placed
    .flatMap(({ rule, region }) => region.map((box) => ({ box, rule: rule.id })))
    .sort((a, b) => a.box.size - b.box.size)
}

const touching = (box: Box, owned: readonly OwnedBox[], space: Space) =>
  owned.filter((other) => meet(box, other.box, space.cuts))

/** The rules that always decide instead of `one`; undefined where it decides at least once, or nobody can say. */
function coveredBy(one: Placed, placed: readonly Placed[], space: Space): readonly string[] | undefined {
  const rivals = boxesOf(placed.filter((other) => other !== one && beats(other, one)))
  const search = { cuts: space.cuts, touched: new Set<string>(), steps: MOST_STEPS }
  const covers = (owned: readonly OwnedBox[]) =>
    one.region.every((box) => outside(box, touching(box, owned, space), search) === undefined)
  if (!covers(rivals)) return undefined
  let needed = [...search.touched]
  for (const id of search.touched) {
    const fewer = needed.filter((other) => other !== id)
    if (covers(rivals.filter(({ rule }) => fewer.includes(rule)))) needed = fewer
  }
  return needed
}

/**
 * Pairs of which one fits wherever the other does, both equally cautious and urgent, that want different things. Rules
 * that merely can meet are no mistake: two things may be said in one turn. `warmline content check --turns` shows where
 * they did meet.
 */
function findTies(placed: readonly Placed[], space: Space): RuleProblem[] {
  return placed.flatMap((one) =>
    placed.flatMap((other): RuleProblem[] => {
      const key = conflictBetween(one.rule, other.rule)
      if (other === one || key === undefined || !isWithin(one, other, space)) return []
      if (one.index < other.index && isWithin(other, one, space)) return []
      const free = undecided(one, placed, space)
      if (!free) return []
      const problem = `wherever it fits, \`${other.rule.id}\` fits too (${describeBox(free, space)}), as cautious and as urgent, but with another \`${key}\`: only the order of their names would decide; give one of them another \`priority\`, or facts of its own`
      return [problemOf(one, 'error', problem)]
    }),
  )
}

/** What two rules that decide together want differently. */
export function conflictBetween(one: Rule, other: Rule): (typeof TAKEN)[number] | undefined {
  if (one.then !== other.then || (one.priority ?? 'normal') !== (other.priority ?? 'normal')) return undefined
  return TAKEN.find((key) => {
    const [a, b] = [one[key], other[key]]
    return a !== undefined && b !== undefined && JSON.stringify(a) !== JSON.stringify(b)
  })
}

function isWithin(one: Placed, other: Placed, space: Space): boolean {
  const owned = boxesOf([other])
  const search = { cuts: space.cuts, steps: MOST_STEPS }
  return one.region.every((box) => outside(box, owned, search) === undefined)
}

/** Facts that a rule fits and no more cautious or urgent one does. */
function undecided(one: Placed, placed: readonly Placed[], space: Space): Box | undefined {
  const above = boxesOf(
    placed.filter(
      ({ caution, urgency }) => caution > one.caution || (caution === one.caution && urgency > one.urgency),
    ),
  )
  for (const box of one.region) {
    const free = outside(box, touching(box, above, space), { cuts: space.cuts, steps: MOST_STEPS })
    if (free !== undefined && free !== 'unclear') return free
  }
  return undefined
}
