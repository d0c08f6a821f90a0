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
const LOOKS = { all: 40_000, least: 4, most: 25 }
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
  // The last row of figures is what a class starts with.
  const [forTerms, forFigures] = [terms, figures + 1].map((rows) => ({
    weights: new Float64Array(rows * classes),
    steps: new Float64Array(rows * classes).fill(1e-8),
  })) as [Part, Part]

  function chances(text: Weighed): Float64Array {
    const sums = new Float64Array(classes)
    const add = ({ weights }: Part, row: number, value: number) => {
      for (let c = 0; c < classes; c++) sums[c] = (sums[c] as number) + value * (weights[row * classes + c] as number)
    }
    for (let i = 0; i < text.terms.length; i++) add(forTerms, text.terms[i] as number, text.weights[i] as number)
    for (let i = 0; i < figures; i++) add(forFigures, i, text.figures[i] as number)
    add(forFigures, figures, 1)
    const most = Math.max(...sums)
    let all = 0
    for (let c = 0; c < classes; c++) all += sums[c] = Math.exp((sums[c] as number) - most)
    return sums.map((one) => one / all)
  }

  return {
    chances,
    learn(text: Weighed, label: number): void {
      const off = chances(text)
      off[label] = (off[label] as number) - 1
      const move = ({ weights, steps }: Part, row: number, value: number, step: number) => {
        for (let c = 0; c < classes; c++) {
          const at = row * classes + c
          const slope = (off[c] as number) * value + DECAY * (weights[at] as number)
          steps[at] = (steps[at] as number) + slope * slope
          weights[at] = (weights[at] as number) - (step * slope) / Math.sqrt(steps[at] as number)
        }
      }
      for (let i = 0; i < text.terms.length; i++)
        move(forTerms, text.terms[i] as number, text.weights[i] as number, STEP.terms)
      for (let i = 0; i < figures; i++) move(forFigures, i, text.figures[i] as number, STEP.figures)
      move(forFigures, figures, 1, STEP.figures)
    },
  }
}

type Part = { readonly weights: Float64Array; readonly steps: Float64Array }

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
