// A finding: what is wrong with a rule, and where.

/** `at` is where in the rule: the name of a key, and in `when` of a fact. `index` counts the rules given. */
export type RuleProblem = {
  readonly rule: string
  readonly index: number
  readonly at: readonly string[]
  readonly problem: string
  readonly severity: 'error' | 'warning'
}
/** What is wrong with one rule, before it is known whose it is. */
export type RuleFinding = Pick<RuleProblem, 'at' | 'problem' | 'severity'>
