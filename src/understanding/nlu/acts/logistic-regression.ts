// Multinomial logistic regression over sparse and dense features, learnt with AdaGrad (Duchi, Hazan and Singer, 2011).
import { setImmediate as pause } from 'node:timers/promises'

/** What is seen of a message: features by number, all of one weight, and a sentence vector where there is one. */
export type Example = { readonly features: Uint32Array; readonly vector?: Float32Array }

/** Features share so many weights of each class. */
export const BUCKETS = 2 ** 16
/** Length of the sparse part, and of the vector beside it. */
const SPARSE = 3
const DENSE = 2
const STEP = 0.1
const ROUNDS = 25
/** An error that teaches nothing. */
const LITTLE = 1e-3
/** Examples between two pauses, in which others of this process have their turn. */
const STRIDE = 128
const NOTHING = new Float32Array()

/** `labels` are numbers of classes. The same examples in the same order teach the same weights. */
export async function trainLogistic(
  examples: readonly Example[],
  labels: readonly number[],
  classes: number,
): Promise<Float64Array> {
  const width = examples[0]?.vector?.length ?? 0
  const size = (BUCKETS + width + 1) * classes
  const weights = new Float64Array(size)
  const squares = new Float64Array(size)
  const order = examples.map((_, i) => i)
  let seed = 1
  const move = (at: number, gradient: number) => {
    const square = (squares[at] as number) + gradient * gradient
    squares[at] = square
    weights[at] = (weights[at] as number) - (STEP * gradient) / sqrt(square + 1e-8)
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = order.length - 1; i > 0; i--) {
      seed = (imul(seed, 1664525) + 1013904223) >>> 0
      const j = seed % (i + 1)
      ;[order[i], order[j]] = [order[j] as number, order[i] as number]
    }
    for (const [nth, at] of order.entries()) {
      if (nth % STRIDE === 0) await pause()
      const example = examples[at] as Example
      const errors = chancesOf(weights, example, classes)
      const label = labels[at] as number
      errors[label] = (errors[label] as number) - 1
      const { features, vector = NOTHING } = example
      const sparse = SPARSE / sqrt(features.length || 1)
      for (let c = 0; c < classes; c++) {
        const error = errors[c] as number
        if (error < LITTLE && error > -LITTLE) continue
        for (let i = 0; i < features.length; i++) move((features[i] as number) * classes + c, error * sparse)
        for (let i = 0; i < vector.length; i++) move((BUCKETS + i) * classes + c, error * DENSE * (vector[i] as number))
        move(size - classes + c, error)
      }
    }
  }
  return weights
}

/** The chance of each class, in the order of the classes; they add up to 1. */
export function chancesOf(
  weights: Float64Array,
  { features, vector = NOTHING }: Example,
  classes: number,
): Float64Array {
  const scores = weights.slice(weights.length - classes)
  const sparse = SPARSE / sqrt(features.length || 1)
  for (let i = 0; i < features.length; i++) {
    const at = (features[i] as number) * classes
    for (let c = 0; c < classes; c++) scores[c] = (scores[c] as number) + sparse * (weights[at + c] as number)
  }
  for (let i = 0; i < vector.length; i++) {
    const at = (BUCKETS + i) * classes
    const part = DENSE * (vector[i] as number)
    for (let c = 0; c < classes; c++) scores[c] = (scores[c] as number) + part * (weights[at + c] as number)
  }
  const most = Math.max(...scores)
  let sum = 0
  for (let c = 0; c < classes; c++) {
    scores[c] = exp((scores[c] as number) - most)
    sum += scores[c] as number
  }
  for (let c = 0; c < classes; c++) scores[c] = (scores[c] as number) / sum
  return scores
}

// Looked up once: where tests run, each look at a global costs more than the sum that it is for.
const { exp, imul, sqrt } = Math
