// Calibration: finds the confidence threshold that labelled questions prove, by an exact bound on the risk.

/** A labelled question as the engine saw it. `right`: the first article is the labelled one. */
export type LabelledScore = {
  readonly question: string
  /** The article that answers it; null: not answerable from here. */
  readonly article: string | null
  readonly ranking: readonly string[]
  readonly confidence: number
}

/** How sure the bound is. */
const CERTAINTY = 0.95

/** The smallest chance that `wrong` or fewer of `all` are wrong by luck is 5 % at this rate (Clopper and Pearson, 1934). */
export function upperBound(wrong: number, all: number): number {
  if (wrong >= all) return 1
  let low = wrong / all
  let high = 1
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (atMost(wrong, all, middle) > 1 - CERTAINTY) low = middle
    else high = middle
  }
  return high
}

/** The chance of at most `count` events in `all` trials of this rate, by its logarithms. */
function atMost(count: number, all: number, rate: number): number {
  let term = all * Math.log1p(-rate)
  let sum = Math.exp(term)
  for (let k = 1; k <= count; k++) {
    term += Math.log((all - k + 1) / k) + Math.log(rate) - Math.log1p(-rate)
    sum += Math.exp(term)
  }
  return sum
}

export type Calibration =
  | {
      readonly threshold: number
      readonly answered: number
      readonly wrong: number
      /** With 95 % certainty no more than this share of its answers is wrong. */
      readonly riskUpTo: number
      /** The share of the answerable questions that is answered rightly. */
      readonly coverage: number
    }
  | { readonly needs: number }

/**
 * The lowest threshold whose risk is proven to be at most `risk`.
 *
 * INVARIANT: thresholds are tried from high to low, from the first with enough answers to prove anything, and the first
 * that fails ends it. The order does not depend on the labels, so that the certainty holds for the threshold chosen
 * (fixed-sequence testing; Angelopoulos et al., Learn then Test, 2021).
 */
export function calibrate(labelled: readonly LabelledScore[], risk: number): Calibration {
  const byConfidence = labelled
    .filter((one) => one.confidence > 0)
    .toSorted((one, other) => other.confidence - one.confidence)
  const least = leastAnswers(0, risk)
  let wrong = 0
  let chosen: { readonly answered: number; readonly wrong: number } | undefined
  for (const [index, one] of byConfidence.entries()) {
    if (!isRight(one)) wrong += 1
    const answered = index + 1
    // Equal confidences stand or fall together.
    if (answered < least || byConfidence[answered]?.confidence === one.confidence) continue
    if (upperBound(wrong, answered) > risk) {
      if (!chosen) return { needs: leastAnswers(wrong, risk) - answered }
      break
    }
    chosen = { answered, wrong }
  }
  const last = chosen && byConfidence[chosen.answered - 1]
  if (!chosen || !last) return { needs: least - byConfidence.length }
  return {
    ...chosen,
    threshold: Math.floor(last.confidence * 10_000) / 10_000,
    riskUpTo: upperBound(chosen.wrong, chosen.answered),
    coverage: coverageOf(labelled, chosen.answered - chosen.wrong),
  }
}

/** Risks that are tried, to say what the questions at hand can prove. */
const LADDER = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2]

export type RiskStep = { readonly risk: number; readonly found: Calibration }

export const riskSteps = (labelled: readonly LabelledScore[]): RiskStep[] =>
  LADDER.map((risk) => ({ risk, found: calibrate(labelled, risk) }))

/** What labelled questions say of a bar that stands already. `riskUpTo`: 1 where nothing is answered. */
export type AtBar = { readonly answered: number; readonly wrong: number; readonly riskUpTo: number }

export function atBar(labelled: readonly LabelledScore[], bar: number): AtBar {
  const answered = labelled.filter(({ confidence }) => confidence >= bar)
  const wrong = answered.filter((one) => !isRight(one)).length
  return { answered: answered.length, wrong, riskUpTo: upperBound(wrong, answered.length) }
}

/** How many answers, `wrong` of them wrong, prove the risk. */
function leastAnswers(wrong: number, risk: number): number {
  let low = wrong
  let high = Math.max(8, wrong * 2)
  while (upperBound(wrong, high) > risk) high *= 2
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (upperBound(wrong, middle) > risk) low = middle
    else high = middle
  }
  return high
}

/** `right`: how many questions were answered rightly. */
export function coverageOf(labelled: readonly LabelledScore[], right: number): number {
  const all = answerable(labelled).length
  return all === 0 ? 0 : right / all
}

function isRight({ article, ranking }: LabelledScore): boolean {
  return article !== null && ranking[0] === article
}

/** The share of answerable questions whose article is among the first `depth`. */
export function recallAt(depth: number, labelled: readonly LabelledScore[]): number {
  return mean(
    answerable(labelled).map(({ article, ranking }) => (ranking.slice(0, depth).includes(article ?? '') ? 1 : 0)),
  )
}

/** Mean reciprocal rank over the answerable questions. */
export function reciprocalRank(labelled: readonly LabelledScore[]): number {
  return mean(
    answerable(labelled).map(({ article, ranking }) => {
      const rank = ranking.indexOf(article ?? '')
      return rank < 0 ? 0 : 1 / (rank + 1)
    }),
  )
}

/** How often an answerable question is given more confidence than one that is not; undefined without both kinds. */
export function auroc(labelled: readonly LabelledScore[]): number | undefined {
  const ordered = labelled.toSorted((one, other) => one.confidence - other.confidence)
  const positives = answerable(labelled).length
  const negatives = labelled.length - positives
  if (positives === 0 || negatives === 0) return undefined
  let ranks = 0
  for (let from = 0; from < ordered.length; ) {
    let to = from
    while (ordered[to + 1] && ordered[to + 1]?.confidence === ordered[from]?.confidence) to += 1
    ranks += answerable(ordered.slice(from, to + 1)).length * ((from + to) / 2 + 1)
    from = to + 1
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives)
}

function answerable(labelled: readonly LabelledScore[]): readonly LabelledScore[] {
  return labelled.filter((one) => one.article !== null)
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
