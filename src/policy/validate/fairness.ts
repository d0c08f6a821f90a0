// Checks fairness: no rule hides criticism or gives more to whoever is louder.
import type { Signal } from '#domain'
import type { Condition, Rule } from '../rule.ts'
import type { Vocabulary } from '../vocabulary.ts'
import type { RuleFinding } from './finding.ts'

/** What a post can do that breaks a community's rules. Criticism, mood and threats of law or press are not among it. */
const BREACHES: readonly Signal[] = ['abuse', 'threat', 'spam', 'fraud', 'injection']
const MONEY = ['amount', 'offered']
/** What would make one customer's offer better than another's. */
const LOUDNESS = ['channel', 'reach', 'sentiment', 'complaint', 'strikes', 'urgency', 'contacts']

function wordsOf(condition: Condition | undefined): readonly unknown[] {
  if (condition === undefined) return []
  if (typeof condition !== 'object') return [condition]
  if (Array.isArray(condition)) return condition
  return 'all' in condition ? condition.all : []
}

/** Every post that it hides breaks a rule, or shows somebody's data. What examples teach could be criticism. */
function namesBreach({ when }: Rule, breaches: readonly Signal[]): boolean {
  const signals = wordsOf(when.signals)
  const every = typeof when.signals === 'object' && 'all' in when.signals
  const isBreach = (word: unknown) => breaches.some((breach) => breach === word)
  if (signals.length > 0 && (every ? signals.some(isBreach) : signals.every(isBreach))) return true
  return wordsOf(when['private-data']).length > 0
}

export function checkFairness(rule: Rule, { signals: taught = [] }: Pick<Vocabulary, 'signals'>): RuleFinding[] {
  const breaches = BREACHES.filter((breach) => !taught.includes(breach))
  const found: RuleFinding[] = []
  if (rule.then === 'moderate') {
    if (rule['community-rule'] === undefined) {
      const problem = 'a post is only hidden for breaking a published rule; name it in `community-rule`'
      found.push({ at: ['then'], problem, severity: 'error' })
    } else if (!namesBreach(rule, breaches)) {
      const problem = `it would hide criticism: a post is hidden for what it does, so \`when\` has to name \`signals\` (${breaches.join(', ')}) or \`private-data\``
      found.push({ at: ['when'], problem, severity: 'error' })
    }
  }
  const money = MONEY.find((fact) => fact in rule.when)
  const loud = LOUDNESS.find((fact) => fact in rule.when) ?? (rule.channels ? 'channels' : undefined)
  if (money !== undefined && loud !== undefined && ['answer', 'acknowledge'].includes(rule.then)) {
    const problem = `the same case gets the same offer everywhere: a rule that grants by \`${money}\` does not look at \`${loud}\``
    found.push({ at: loud in rule.when ? ['when', loud] : [loud], problem, severity: 'error' })
  }
  return found
}
