// What is wrong with rules, before they ever decide anything; in the policy owner's words.
import { CHANNELS } from '#conversation'
import { FACTS, type FactDefinition } from './facts.ts'
import { nearest } from './nearest.ts'
import type { Condition, Rule } from './rule.ts'

/** The words that facts may have, from the content. */
export type Vocabulary = {
  readonly intents: readonly string[]
  readonly topics: readonly string[]
  readonly articles: readonly string[]
  readonly sayings: readonly string[]
  /** Absent: any team goes. */
  readonly teams?: readonly string[]
}

export type RuleProblem = { readonly rule: string; readonly problem: string }

type Scalar = string | number | boolean

const definitions: { readonly [name: string]: FactDefinition | undefined } = FACTS
const factNames = Object.keys(FACTS)
const SAYING_NAME = /^[a-z]+(?:-[a-z]+)*$/

function suggest(word: string, words: readonly string[]): string {
  const meant = nearest(word, words)
  return meant === undefined ? '' : `; did you mean \`${meant}\`?`
}

/** The values a fact may have; undefined where any goes. */
function valuesOf(name: string, definition: FactDefinition, vocabulary: Vocabulary): readonly string[] | undefined {
  if (definition.kind === 'one-of' || definition.kind === 'set') return definition.values
  if (name === 'intent') return [...vocabulary.intents, 'none']
  if (name === 'topic') return [...vocabulary.topics, 'none']
  if (name === 'article') return [...vocabulary.articles, 'none']
  return undefined
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
  if (name === 'language' && !/^[a-z]{2,3}$/.test(value))
    return [`\`${value}\` is no language code; expected one such as \`en\``]
  const values = valuesOf(name, definition, vocabulary)
  return values && !values.includes(value) ? [`\`${name}\` is never \`${value}\`${suggest(value, values)}`] : []
}

function checkCondition(name: string, condition: Condition, vocabulary: Vocabulary): string[] {
  const definition = definitions[name]
  if (!definition) return [`there is no fact \`${name}\`${suggest(name, factNames)}`]
  const each = (values: readonly Scalar[]) => values.flatMap((value) => checkValue(name, definition, value, vocabulary))
  if (typeof condition !== 'object') return each([condition])
  if (Array.isArray(condition)) return each(condition)
  if ('not' in condition) return each(Array.isArray(condition.not) ? condition.not : [condition.not])
  if ('all' in condition) {
    return definition.kind === 'set'
      ? each(condition.all)
      : [`\`${name}\` has one value at a time; \`all\` is for sets`]
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

function checkRule(rule: Rule, vocabulary: Vocabulary): string[] {
  const problems = Object.entries(rule.when).flatMap(([name, condition]) => checkCondition(name, condition, vocabulary))
  if (rule.say !== undefined && SAYING_NAME.test(rule.say) && !vocabulary.sayings.includes(rule.say)) {
    problems.push(`there is no saying \`${rule.say}\`${suggest(rule.say, vocabulary.sayings)}`)
  }
  if (rule.then === 'moderate' && rule['community-rule'] === undefined) {
    problems.push('a post is only hidden for breaking a published rule; name it in `community-rule`')
  }
  if (rule.team !== undefined && vocabulary.teams && !vocabulary.teams.includes(rule.team)) {
    problems.push(`there is no team \`${rule.team}\`${suggest(rule.team, vocabulary.teams)}`)
  }
  for (const channel of rule.channels ?? []) {
    if (!CHANNELS.some((name) => name === channel))
      problems.push(`there is no channel \`${channel}\`${suggest(channel, CHANNELS)}`)
  }
  if (rule.from !== undefined && rule.until !== undefined && rule.from > rule.until) {
    problems.push(`it never holds: \`from\` ${rule.from} is after \`until\` ${rule.until}`)
  }
  return problems
}

/** Every problem of every rule, in order. None means that each rule can fire and says only what exists. */
export function checkRules(rules: readonly Rule[], vocabulary: Vocabulary): RuleProblem[] {
  const seen = new Set<string>()
  return rules.flatMap((rule) => {
    const problems = checkRule(rule, vocabulary)
    if (seen.has(rule.id)) problems.push(`another rule is called \`${rule.id}\` too; ids tell rules apart`)
    seen.add(rule.id)
    return problems.map((problem) => ({ rule: rule.id, problem }))
  })
}
