// Judges whether a version does worse than the one it is to replace. Pure.

/** What is counted of each version in a rollout. Complaints and bad moods are those of the customer's next turn. */
export type RolloutMetrics = Readonly<Record<RolloutMetric | 'turns', number>>
export type RolloutMetric = (typeof FIGURES)[number]

export const FIGURES = ['escalated', 'blocked', 'complaints', 'negative'] as const
export const NO_FIGURES: RolloutMetrics = { turns: 0, escalated: 0, blocked: 0, complaints: 0, negative: 0 }

/**
 * When a version counts as worse: both had so many turns, its share is higher by so many percentage points, and by so
 * many standard errors (one-sided two-proportion test with continuity correction).
 */
export const THRESHOLDS = { minTurns: 50, worse: { points: 5, sigmas: 3.5 } } as const

const NAMES: Record<RolloutMetric, string> = {
  escalated: 'turns went to a person',
  blocked: 'turns had words that the gate stopped',
  complaints: 'turns were followed by a complaint',
  negative: 'turns were followed by a bad mood',
}

/** In words, what is worse; undefined when nothing is, or too little was seen to say so. */
export function regressedAgainst(candidate: RolloutMetrics, base: RolloutMetrics): string | undefined {
  if (candidate.turns < THRESHOLDS.minTurns || base.turns < THRESHOLDS.minTurns) return undefined
  const worse = FIGURES.filter((figure) => isWorse(candidate[figure], candidate.turns, base[figure], base.turns))
  if (worse.length === 0) return undefined
  const share = (count: number, turns: number) => `${((100 * count) / turns).toFixed(1)} %`
  return worse
    .map(
      (figure) =>
        `${share(candidate[figure], candidate.turns)} of ${candidate.turns} ${NAMES[figure]}, against ${share(base[figure], base.turns)} of ${base.turns}`,
    )
    .join('; ')
}

function isWorse(count: number, turns: number, baseCount: number, baseTurns: number): boolean {
  const difference = count / turns - baseCount / baseTurns
  if (difference * 100 < THRESHOLDS.worse.points) return false
  const pooled = (count + baseCount) / (turns + baseTurns)
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / turns + 1 / baseTurns))
  const correction = (1 / turns + 1 / baseTurns) / 2
  return error > 0 && difference - correction >= THRESHOLDS.worse.sigmas * error
}
