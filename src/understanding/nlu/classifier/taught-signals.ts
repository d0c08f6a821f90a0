// Learns the signals that owners teach by examples: one direction for each among all lines, with a bar of its own. Pure.
// Linear discriminants over a shared background (Hariharan, Malik and Ramanan, 2012).
import { mapYielding } from '../../yielding-loop.ts'

/** A signal and the vectors of its lines. */
export type SignalLesson = {
  readonly id: string
  /** Lines of ours that are grave themselves are no background of a grave signal. */
  readonly isGrave: boolean
  readonly says: readonly Float32Array[]
  readonly not: readonly Float32Array[]
}

export type BackgroundLine = { readonly vector: Float32Array; readonly isGrave: boolean }

/** How all lines lie, whatever they say: their middle, and the factor of their covariance. */
export type Background = {
  readonly lines: readonly BackgroundLine[]
  readonly middle: Float64Array
  /** The lower triangle of Cholesky's decomposition, row after row. */
  readonly factor: Float64Array
}

/** Which signals are raised by their examples, and which are not what the rules may take them for. */
export type SignalReading = { readonly heard: readonly string[]; readonly denied: readonly string[] }

/** How well a signal's own lines are heard. */
export type SignalProof = {
  readonly id: string
  /** Of each of `says`, whether the others alone would hear it. */
  readonly heardLeftOut: readonly boolean[]
  /** Which lines of the content are taken for it, by their places. */
  readonly taken: readonly number[]
  /** How many of our own lines that are something else are taken for it, of how many. */
  readonly background: { readonly taken: number; readonly of: number }
}

export type TaughtSignals = {
  readonly read: (vector: Float32Array) => SignalReading
  readonly proofs: readonly SignalProof[]
}

/** How many times the mean variance is added to each direction: few lines say little of any one. */
const DOUBT = 3
/** The shares of our own lines, and of the content's, that stay below the bar of what is heard. */
const BELOW = { background: 0.99, content: 0.985 }
/** The share of the content's lines of which it is not looked whether they say the same as a line of the signal. */
const HIGH = 0.9
/** From this likeness on two lines say the same. */
const SAME = 0.45
/** By so much one line has to be nearer than any other to decide. */
const NEARER = 0.05

const placeOf = (row: number) => (row * (row + 1)) / 2

/** Takes a second or two. */
export async function learnBackground(lines: readonly BackgroundLine[]): Promise<Background> {
  const size = lines[0]?.vector.length ?? 0
  const middle = meanOf(lines.map(({ vector }) => vector))
  const factor = await factorOf(await covarianceOf(lines, middle), size)
  return { lines, middle, factor }
}

function meanOf(vectors: readonly ArrayLike<number>[]): Float64Array {
  const mean = new Float64Array(vectors[0]?.length ?? 0)
  for (const vector of vectors)
    for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] as number) + (vector[i] as number) / vectors.length
  return mean
}

/** The lower triangle, row after row. */
async function covarianceOf(lines: readonly BackgroundLine[], middle: Float64Array): Promise<Float64Array> {
  const sums = new Float64Array(placeOf(middle.length))
  await mapYielding(lines, ({ vector }) => {
    const apart = Float64Array.from(vector, (figure, i) => figure - (middle[i] as number))
    for (let row = 0; row < apart.length; row++) {
      const at = placeOf(row)
      const own = (apart[row] as number) / lines.length
      for (let i = 0; i <= row; i++) sums[at + i] = (sums[at + i] as number) + own * (apart[i] as number)
    }
  })
  return sums
}

async function factorOf(covariance: Float64Array, size: number): Promise<Float64Array> {
  const rows = [...Array(size).keys()]
  const spread = rows.reduce((sum, row) => sum + (covariance[placeOf(row) + row] as number), 0) / size
  const lower = covariance
  await mapYielding(rows, (row) => {
    const at = placeOf(row)
    for (let column = 0; column <= row; column++) {
      const other = placeOf(column)
      let sum = lower[at + column] as number
      if (column === row) sum += DOUBT * spread
      for (let i = 0; i < column; i++) sum -= (lower[at + i] as number) * (lower[other + i] as number)
      lower[at + column] = column === row ? Math.sqrt(sum) : sum / (lower[other + column] as number)
    }
  })
  return lower
}

/** A line as it differs from the background, with no direction spread wider than another. */
function whitened({ middle, factor }: Background, vector: Float32Array): Float64Array {
  const white = new Float64Array(middle.length)
  for (let row = 0; row < white.length; row++) {
    const at = placeOf(row)
    let sum = (vector[row] as number) - (middle[row] as number)
    for (let i = 0; i < row; i++) sum -= (factor[at + i] as number) * (white[i] as number)
    white[row] = sum / (factor[at + row] as number)
  }
  return white
}

/** How far a line lies in a whitened direction, without whitening the line. */
function scoreAlong({ middle, factor }: Background, direction: Float64Array): (vector: Float32Array) => number {
  const weights = direction.slice()
  for (let row = weights.length - 1; row >= 0; row--) {
    const at = placeOf(row)
    const weight = (weights[row] as number) / (factor[at + row] as number)
    weights[row] = weight
    for (let i = 0; i < row; i++) weights[i] = (weights[i] as number) - weight * (factor[at + i] as number)
  }
  const offset = product(weights, middle)
  return (vector) => product(weights, vector) - offset
}

function product(one: Float64Array, other: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < one.length; i++) sum += (one[i] as number) * (other[i] as number)
  return sum
}

const toUnit = (vector: Float64Array): Float64Array => {
  const length = Math.sqrt(product(vector, vector)) || 1
  return vector.map((figure) => figure / length)
}

/** `content`: what else customers say to this brand. */
export async function learnSignals(
  background: Background,
  content: readonly Float32Array[],
  lessons: readonly SignalLesson[],
): Promise<TaughtSignals> {
  const learnt = await mapYielding(lessons, (lesson) => learnOne(background, content, lesson))
  return {
    proofs: learnt.map(({ proof }) => proof),
    read(vector) {
      let white: Float64Array | undefined
      const unit = () => (white ??= toUnit(whitened(background, vector)))
      const found = learnt.map(({ proof: { id }, read }) => ({ id, is: read(vector, unit) }))
      const those = (wanted: 'heard' | 'denied') => found.flatMap(({ id, is }) => (is === wanted ? id : []))
      return { heard: those('heard'), denied: those('denied') }
    },
  }
}

function learnOne(background: Background, content: readonly Float32Array[], lesson: SignalLesson) {
  const { id, isGrave, says, not } = lesson
  const unitOf = (vector: Float32Array) => toUnit(whitened(background, vector))
  const units = says.map(unitOf)
  const unitsNot = not.map(unitOf)
  const along = (lines: readonly Float64Array[]) => scoreAlong(background, meanOf(lines))
  const [towards, towardsNot] = [along(units), not.length > 0 ? along(unitsNot) : () => Number.NEGATIVE_INFINITY]
  const others = background.lines.filter((line) => !isGrave || !line.isGrave).map(({ vector }) => vector)
  const scores = content.map(towards)
  const high = quantile(scores, HIGH)
  // A question that says the same as one of its own lines proves nothing against the signal.
  const isUsual = (score: number, at: number) =>
    score < high || nearest(units, unitOf(content[at] as Float32Array)) < SAME
  const bar = Math.max(quantile(others.map(towards), BELOW.background), quantile(scores.filter(isUsual), BELOW.content))
  const barNot = quantile(others.map(towardsNot), BELOW.background)
  /** Positive where one line of the signal is nearer than any that is not it. */
  const leanOf = (unit: Float64Array, lines = units) => nearest(lines, unit) - nearest(unitsNot, unit)
  const judge = (near: number, nearNot: number, lean: () => number) => {
    if (near < bar) return nearNot >= barNot && nearNot > near ? 'denied' : undefined
    const leans = lean()
    if (leans < -NEARER) return 'denied'
    return near >= nearNot || leans > NEARER ? 'heard' : undefined
  }
  const read = (vector: Float32Array, unit = () => unitOf(vector)) =>
    judge(towards(vector), towardsNot(vector), () => leanOf(unit()))
  const isTaken = (vector: Float32Array) => read(vector) === 'heard'
  const proof: SignalProof = {
    id,
    heardLeftOut: says.map((vector, at) => {
      const rest = units.filter((_, i) => i !== at)
      return judge(along(rest)(vector), towardsNot(vector), () => leanOf(unitOf(vector), rest)) === 'heard'
    }),
    taken: content.flatMap((vector, at) => (isTaken(vector) ? at : [])),
    background: { taken: others.filter(isTaken).length, of: others.length },
  }
  return { proof, read }
}

/** How like a line is to the likest of some, from -1 to 1. */
const nearest = (lines: readonly Float64Array[], unit: Float64Array): number =>
  lines.reduce((most, line) => Math.max(most, product(line, unit)), -1)

/** The figure below which so large a share of all is; where there are none, any figure is above it. */
function quantile(figures: readonly number[], share: number): number {
  const sorted = Float64Array.from(figures).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NEGATIVE_INFINITY
}
