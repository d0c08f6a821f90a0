// Validates single rules and explains each problem to the policy owner.
import { CHANNELS } from '#domain'
import { didYouMean } from '#lib'
import { membersOf } from '../conditions.ts'
import { FACTS, type FactDefinition } from '../facts.ts'
import type { Condition, PolicyExample, Rule, Verdict } from '../rule.ts'
import { type Vocabulary, valuesOf } from '../vocabulary.ts'
import { checkConflicts } from './conflicts.ts'
import { checkFairness } from './fairness.ts'
import type { RuleFinding, RuleProblem } from './finding.ts'

type Scalar = string | number | boolean

const definitions: { readonly [name: string]: FactDefinition | undefined } = FACTS
const factNames = Object.keys(FACTS)
const SAYING_NAME = /^[a-z]+(?:-[a-z]+)*$/

function suggest(word: string, words: readonly string[]): string {
  const meant = didYouMean(word, words)
  return meant === undefined ? '' : `; did you mean \`${meant}\`?`
}

function checkValue(name: string, definition: FactDefinition, value: Scalar, vocabulary: Vocabulary): string[] {
  if (definition.kind === 'number') {
    if (typeof value !== 'number') return [`\`${name}\` is a number, not \`${value}\``]
    const { min = -Infinity, max = Infinity } = definition
    if (value < min || value > max) return [`\`${name}\` is never \`${value}\`; it goes from ${min} to ${max}`]
    return []
  }
  if (definition.kind === 'yes-no')
    return typeof value === 'boolean' ? [] : [`\`${name}\` is true or false, not \`${value}\``]
  if (typeof value !== 'string') return [`\`${name}\` is a word, not \`${value}\``]
  if (definition.kind === 'word' && definition.like && !definition.like.pattern.test(value))
    return [`\`${value}\` is no ${definition.like.name}`]
  const values = valuesOf(definition, vocabulary)
  if (!values || values.includes(value)) return []
  const meant = suggest(value, values)
  const isTaught = definition.kind === 'set' && definition.from === 'signals'
  const teach = isTaught ? `${meant ? ' ' : '; '}signals of your own are taught by examples, under \`signals:\`` : ''
  return [`\`${name}\` is never \`${value}\`${meant}${teach}`]
}

function checkCondition(name: string, condition: Condition, vocabulary: Vocabulary): string[] {
  const definition = definitions[name]
  if (!definition) return [`there is no fact \`${name}\`${suggest(name, factNames)}`]
  const each = (values: readonly Scalar[]) => values.flatMap((value) => checkValue(name, definition, value, vocabulary))
  if (typeof condition !== 'object') return each([condition])
  if (Array.isArray(condition)) return each(condition)
  if ('all' in condition && definition.kind !== 'set')
    return [`\`${name}\` has one value at a time; \`all\` is for sets`]
  if ('not' in condition || 'all' in condition) {
    const { all, not } = membersOf(condition)
    return each([...all, ...not])
  }
  if (definition.kind !== 'number') return [`\`${name}\` is not a number and has no range`]
  const {
    'at-least': atLeast = -Infinity,
    'at-most': atMost = Infinity,
    above = -Infinity,
    below = Infinity,
  } = condition
  const { min = -Infinity, max = Infinity } = definition
  const low = Math.max(atLeast, above, min)
  const high = Math.min(atMost, below, max)
  const open = above >= low || below <= high
  return low > high || (low === high && open) ? [`no \`${name}\` fits this range`] : []
}

const SPOKEN: readonly Verdict[] = ['answer', 'acknowledge', 'ask', 'move-to-private', 'moderate', 'escalate']
/** Where a key of a rule means something; a hidden post goes to the team where a network does not hide. */
const USED: readonly (readonly [key: keyof Rule & string, by: readonly Verdict[]])[] = [
  ['say', SPOKEN],
  ['team', ['escalate', 'moderate']],
  ['skills', ['escalate', 'moderate']],
  ['community-rule', ['moderate']],
  ['agents-may-override', ['move-to-private']],
]

function checkRule(rule: Rule, vocabulary: Vocabulary, today: string | undefined): RuleFinding[] {
  const found: RuleFinding[] = []
  const say = (at: readonly string[], problem: string, severity: RuleFinding['severity'] = 'error') =>
    found.push({ at, problem, severity })
  for (const [name, condition] of Object.entries(rule.when))
    for (const problem of checkCondition(name, condition, vocabulary)) say(['when', name], problem)
  for (const key of ['say', 'say-first'] as const) {
    const name = rule[key]
    if (name !== undefined && SAYING_NAME.test(name) && !vocabulary.sayings.includes(name))
      say([key], `there is no saying \`${name}\`${suggest(name, vocabulary.sayings)}`)
  }
  if (rule.team !== undefined && vocabulary.teams && !vocabulary.teams.includes(rule.team))
    say(['team'], `there is no team \`${rule.team}\`${suggest(rule.team, vocabulary.teams)}`)
  for (const channel of rule.channels ?? []) {
    if (!CHANNELS.some((name) => name === channel))
      say(['channels'], `there is no channel \`${channel}\`${suggest(channel, CHANNELS)}`)
  }
  for (const [key, verdicts] of USED) {
    if (rule[key] !== undefined && !verdicts.includes(rule.then))
      say([key], `\`${key}\` is never used, because the rule says \`${rule.then}\``, 'warning')
  }
  if (rule.from !== undefined && rule.until !== undefined && rule.from > rule.until)
    say(['from'], `it never holds: \`from\` ${rule.from} is after \`until\` ${rule.until}`)
  else if (rule.until !== undefined && today !== undefined && rule.until < today)
    say(['until'], `it no longer holds: \`until\` ${rule.until} is over; remove it or give it new days`, 'warning')
  return [...found, ...checkFairness(rule, vocabulary)]
}

/** `today`: a day such as 2026-11-22; without it nothing is over. */
export type CheckOptions = { readonly today?: string }

/**
 * Every problem of every rule, in order. Once each rule is right by itself, they are looked at together: which of them
 * never decide, and where only the order of their names does.
 */
export function checkRules(
  rules: readonly Rule[],
  vocabulary: Vocabulary,
  { today }: CheckOptions = {},
): readonly RuleProblem[] {
  const seen = new Set<string>()
  const own = rules.flatMap((rule, index) => {
    const found = checkRule(rule, vocabulary, today)
    if (seen.has(rule.id)) {
      const problem = `another rule is called \`${rule.id}\` too; ids tell rules apart`
      found.push({ at: ['id'], problem, severity: 'error' })
    }
    seen.add(rule.id)
    return found.map((one) => ({ rule: rule.id, index, ...one }))
  })
  return own.some(({ severity }) => severity === 'error')
    ? own
    : [...own, ...checkConflicts(rules, vocabulary, today)].sort((a, b) => a.index - b.index)
}

/** What is wrong with facts that somebody names beside rules, as examples do. */
export function checkFacts(facts: PolicyExample['given'], vocabulary: Vocabulary): { fact: string; problem: string }[] {
  return Object.entries(facts).flatMap(([fact, value]) =>
    checkCondition(fact, value, vocabulary).map((problem) => ({ fact, problem })),
  )
}
