// Private matters: what rules with `move-to-private` keep out of public, whoever writes it. Pure.
import { meetsCondition } from './conditions.ts'
import type { Condition, PolicyExample, Rule } from './rule.ts'

/** A matter that is not discussed in public. */
export type PrivateMatter = Pick<Rule, 'channels' | 'from' | 'until'> & {
  readonly rule: string
  readonly because: string
  /** Dialogs and topics whose matter it is. */
  readonly dialogs: readonly string[]
  readonly topics: readonly string[]
  /** Whatever one customer alone has with us. */
  readonly own: boolean
  /** Compensation, and whether there is any. */
  readonly compensation: boolean
  /** What customers write about it, as the rule's own examples have it. */
  readonly says: readonly string[]
  /** An agent may write about it all the same, with a reason. */
  readonly overridable: boolean
}

/** The words that a condition asks for. */
function wanted(condition: Condition | undefined): readonly string[] {
  if (condition === undefined || typeof condition === 'boolean') return []
  if (typeof condition !== 'object') return [String(condition)]
  if (Array.isArray(condition)) return condition.map(String)
  return 'all' in condition ? condition.all.map(String) : []
}

/**
 * What else a rule asks of a turn, as how often somebody wrote, says nothing of its matter. The rule that asks least stands
 * first, because it says it most plainly.
 */
export function privateMattersOf(rules: readonly Rule[], examples: readonly PolicyExample[]): PrivateMatter[] {
  const plainly = rules.toSorted((one, other) => Object.keys(one.when).length - Object.keys(other.when).length)
  return plainly.flatMap(({ id, when, then, because, channels, from, until, ...rule }): PrivateMatter[] => {
    if (then !== 'move-to-private' || !meetsCondition(when.audience, 'public')) return []
    const signals = wanted(when.signals)
    const dialogs = wanted(when.intent).filter((intent) => intent !== 'none')
    const topics = wanted(when.topic).filter((topic) => topic !== 'none')
    const own = when.personal === true || signals.includes('account-specific')
    const compensation = signals.includes('compensation')
    if (dialogs.length + topics.length === 0 && !own && !compensation) return []
    const says = examples.flatMap(({ says, expect }) => (says !== undefined && expect.because === id ? [says] : []))
    const where = { ...(channels && { channels }), ...(from && { from }), ...(until && { until }) }
    const overridable = rule['agents-may-override'] ?? false
    return [{ ...where, rule: id, because, dialogs, topics, own, compensation, says, overridable }]
  })
}
