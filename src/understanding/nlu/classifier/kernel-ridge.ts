// Kernel ridge regression (Saunders, Gammerman and Vovk, 1998) on labelled texts.
import { createHash } from 'node:crypto'
import { setImmediate as pause } from 'node:timers/promises'
import type { DiskCache } from '../../retrieval/disk-cache.ts'
import { buildDense } from '../../retrieval/vector-index.ts'
import { mapYielding } from '../../yielding-loop.ts'

/** What is seen of a text, as a vector no longer than 1. */
export type Sample = Float32Array

/** The chance of each class, in the order of the classes; they add up to 1. */
export type Classify = (sample: Sample) => Float64Array

/** How fast likeness falls with the square of the distance (a Gaussian kernel). */
const NARROW = 3.2
/** How little a label is trusted. */
const DOUBT = 0.3
/** Samples that are learnt from; of more, so many are taken all over. Memory grows with their square: 64 MB. */
const MOST = 4096
/** Steps of the conjugate gradients (Hestenes and Stiefel, 1952); more change no answer. */
const STEPS = 20

/** `labels` are numbers of classes. The same samples in the same order teach the same. */
export async function trainKernel(
  samples: readonly Sample[],
  labels: readonly number[],
  classes: number,
  keep: DiskCache,
): Promise<Classify> {
  const share = Math.min(1, MOST / samples.length)
  const taken = samples.flatMap((_, i) => (Math.floor(i * share) < Math.floor((i + 1) * share) ? [i] : []))
  const known = taken.map((i) => samples[i] as Sample)
  const size = known.length
  const dense = buildDense(known)
  const squares = Float64Array.from(known, squareOf)
  const likeness = (sample: Sample) => {
    const alike = dense.score(sample)
    const square = squareOf(sample)
    for (let i = 0; i < size; i++) alike[i] = exp(NARROW * (2 * (alike[i] as number) - square - (squares[i] as number)))
    return alike
  }

  // The last class is what none of the others is: chances add up to 1.
  const asked = Array.from({ length: classes - 1 }, (_, label) => {
    const is = Float64Array.from(taken, (i) => (labels[i] === label ? 1 : 0))
    const mean = is.reduce((sum, one) => sum + one, 0) / size
    return { mean, apart: is.map((one) => one - mean) }
  })
  const from = createHash('sha256').update(JSON.stringify([NARROW, DOUBT, STEPS]))
  for (const { apart } of asked) from.update(apart)
  for (const sample of known) from.update(sample)
  const weights = await keep(from.digest('hex'), size * asked.length, async () => {
    const rows = await mapYielding(known, (sample) => new Float32Array(likeness(sample)))
    const found = new Float64Array(size * asked.length)
    for (const [label, { apart }] of asked.entries()) found.set(await solve(rows, apart), size * label)
    return found
  })
  const learnt = asked.map(({ mean }, label) => ({ mean, of: weights.subarray(size * label, size * (label + 1)) }))

  return (sample) => {
    const alike = likeness(sample)
    const chances = Float64Array.of(...learnt.map(({ mean, of }) => clamp(mean + product(alike, of))), 0)
    const others = chances.reduce((sum, chance) => sum + chance, 0)
    chances[classes - 1] = Math.max(0, 1 - others)
    return others > 1 ? chances.map((chance) => chance / others) : chances
  }
}

/** The weights w of (K + λI) w = y, by conjugate gradients. */
async function solve(rows: readonly Float32Array[], given: Float64Array): Promise<Float64Array> {
  const weights = new Float64Array(given.length)
  const rest = given.slice()
  const towards = given.slice()
  let left = product(rest, rest)
  for (let step = 0; step < STEPS && left > 0; step++) {
    await pause()
    const gained = Float64Array.from(rows, (row, i) => along(row, towards) + DOUBT * (towards[i] as number))
    const far = left / product(towards, gained)
    for (let i = 0; i < weights.length; i++) {
      weights[i] = (weights[i] as number) + far * (towards[i] as number)
      rest[i] = (rest[i] as number) - far * (gained[i] as number)
    }
    const now = product(rest, rest)
    for (let i = 0; i < weights.length; i++) towards[i] = (rest[i] as number) + (now / left) * (towards[i] as number)
    left = now
  }
  return weights
}

function product(one: Float64Array, other: Float64Array): number {
  let sum = 0
  for (let i = 0; i < one.length; i++) sum += (one[i] as number) * (other[i] as number)
  return sum
}

/** The product of a row and a vector: nearly all of the time is spent here. Four sums are added side by side. */
function along(row: Float32Array, vector: Float64Array): number {
  let [one, two, three, four] = [0, 0, 0, 0]
  const whole = row.length - (row.length % 4)
  for (let i = 0; i < whole; i += 4) {
    one += (row[i] as number) * (vector[i] as number)
    two += (row[i + 1] as number) * (vector[i + 1] as number)
    three += (row[i + 2] as number) * (vector[i + 2] as number)
    four += (row[i + 3] as number) * (vector[i + 3] as number)
  }
  for (let i = whole; i < row.length; i++) one += (row[i] as number) * (vector[i] as number)
  return one + two + (three + four)
}

const squareOf = (sample: Sample) => sample.reduce((sum, figure) => sum + figure * figure, 0)
const clamp = (chance: number) => Math.min(1, Math.max(0, chance))

// Looked up once: where tests run, each look at a global costs more than the sum that it is for.
const { exp } = Math
