// Softmax regression (multinomial logistic regression) over weighed words and dense features: what labelled texts teach.
import { inTurns } from './in-turns.ts'
import type { terms } from './terms.ts'

/** What is seen of a text: its terms, and as many figures about it as every other text has, each from about -1 to 1. */
export type Sample = { readonly terms: ReturnType<typeof terms>; readonly figures: Float32Array }

/** The chance of each class, in the order of the classes; they add up to 1. */
export type Softmax = (sample: Sample) => Float64Array

type Weighed = { readonly terms: Uint32Array; readonly weights: Float64Array; readonly figures: Float32Array }

/** How far a step goes; Adagrad (Duchi, Hazan and Singer, 2011) shortens the steps of what is seen often. */
const STEP = { terms: 0.1, figures: 0.03 }
/** Labels that are looked at in all, each label several times; and how often each is looked at. */
const LOOKS = { all: 16_000, least: 4, most: 25 }
/** What pulls weights back to nothing at each look. */
const DECAY = 1e-5

/** `labels` are numbers of classes. The same samples in the same order teach the same. */
export async function trainSoftmax(
  samples: readonly Sample[],
  labels: readonly number[],
  classes: number,
): Promise<Softmax> {
  const weigh = openTerms(samples)
  const seen = await inTurns(samples, weigh)
  const width = samples[0]?.figures.length ?? 0
  const learner = openLearner(weigh.size, width, classes)
  const order = seen.map((_, i) => i)
  const next = openRandom()
  const looks = Math.min(LOOKS.most, Math.max(LOOKS.least, Math.round(LOOKS.all / Math.max(1, seen.length))))
  for (let look = 0; look < looks; look++) {
    for (let i = order.length - 1; i > 0; i--) {
      const other = next(i + 1)
      const [a, b] = [order[i] as number, order[other] as number]
      order[i] = b
      order[other] = a
    }
    await inTurns(order, (i) => learner.learn(seen[i] as Weighed, labels[i] as number))
  }
  return (sample) => learner.chances(weigh(sample))
}

function openLearner(terms: number, figures: number, classes: number) {
  // Class after class; the last row of figures is what a class starts with.
  const [forTerms, forFigures] = [terms, figures + 1].map((rows) => ({
    rows,
    weights: new Float64Array(rows * classes),
    steps: new Float64Array(rows * classes).fill(1e-8),
  })) as [Part, Part]

  function chances(text: Weighed): Float64Array {
    const sums = new Float64Array(classes)
    for (let c = 0; c < classes; c++) {
      const [ofTerms, ofFigures] = [c * forTerms.rows, c * forFigures.rows]
      let sum = forFigures.weights[ofFigures + figures] as number
      for (let i = 0; i < text.terms.length; i++)
        sum += (text.weights[i] as number) * (forTerms.weights[ofTerms + (text.terms[i] as number)] as number)
      for (let i = 0; i < figures; i++)
        sum += (text.figures[i] as number) * (forFigures.weights[ofFigures + i] as number)
      sums[c] = sum
    }
    const most = sums.reduce((a, b) => (b > a ? b : a))
    let all = 0
    for (let c = 0; c < classes; c++) all += sums[c] = exp((sums[c] as number) - most)
    return sums.map((one) => one / all)
  }

  return {
    chances,
    learn(text: Weighed, label: number): void {
      const off = chances(text)
      off[label] = (off[label] as number) - 1
      for (let c = 0; c < classes; c++) {
        const [pull, ofTerms, ofFigures] = [off[c] as number, c * forTerms.rows, c * forFigures.rows]
        for (let i = 0; i < text.terms.length; i++)
          move(forTerms, ofTerms + (text.terms[i] as number), pull * (text.weights[i] as number), STEP.terms)
        for (let i = 0; i < figures; i++)
          move(forFigures, ofFigures + i, pull * (text.figures[i] as number), STEP.figures)
        move(forFigures, ofFigures + figures, pull, STEP.figures)
      }
    },
  }
}

function move({ weights, steps }: Part, at: number, pull: number, step: number): void {
  const slope = pull + DECAY * (weights[at] as number)
  steps[at] = (steps[at] as number) + slope * slope
  weights[at] = (weights[at] as number) - (step * slope) / sqrt(steps[at] as number)
}

// Looked up once: where tests run, each look at a global costs more than the sum that it is for.
const { exp, sqrt } = Math

type Part = { readonly rows: number; readonly weights: Float64Array; readonly steps: Float64Array }

/** Weighs the terms of a text by how few samples have them; what none or only one of many has is left out. */
function openTerms(samples: readonly Sample[]) {
  const seenIn = new Map<string, number>()
  for (const { terms } of samples) for (const term of terms.keys()) seenIn.set(term, (seenIn.get(term) ?? 0) + 1)
  const least = samples.length > 1000 ? 2 : 1
  const known = [...seenIn].filter(([, count]) => count >= least)
  const vocabulary = new Map(
    known.map(([term, count], number) => [term, { number, rarity: Math.log((samples.length + 1) / (count + 1)) + 1 }]),
  )
  const weigh = ({ terms, figures }: Sample): Weighed => {
    const found = [...terms].flatMap(([term, weight]) => {
      const one = vocabulary.get(term)
      return one ? [{ number: one.number, weight: weight * one.rarity }] : []
    })
    const length = Math.hypot(...found.map(({ weight }) => weight)) || 1
    return {
      terms: Uint32Array.from(found, ({ number }) => number),
      weights: Float64Array.from(found, ({ weight }) => weight / length),
      figures,
    }
  }
  return Object.assign(weigh, { size: vocabulary.size })
}

/** Whole numbers below a limit, the same in every process (Park and Miller, 1988). */
function openRandom(): (below: number) => number {
  let state = 20_241
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}
