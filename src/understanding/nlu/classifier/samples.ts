// What the classifier sees of a message: two sentence vectors, its n-grams, and what rules found.
import { COMPLAINTS, SIGNALS } from '#domain'
import type { SentenceVectors } from '#understanding/retrieval'
import { classifyComplaint, TROUBLE } from '../complaint.ts'
import { wishMarks } from '../denied-wish.ts'
import { isCross } from '../sentiment.ts'
import type { Sample } from './kernel-ridge.ts'
import { BUCKETS } from './ngrams.ts'
import type { Terms } from './postings.ts'
import type { RuleFeatures } from './rule-features.ts'

/** What the square of a distance counts for, view by view (decision 48). */
const COUNTS = { last: 0.25, fourth: 0.3, ngrams: 0.25, rules: 0.06 }
/** What a sentence vector alone counts for. */
const ALONE = 0.8
/** An n-gram that is in more of the lines says nothing. */
const COMMON = 0.5

/** What is known of all lines that teach: how rare each n-gram is, and the middle of the fourth layer. */
export type Scale = { readonly rarity: Float32Array; readonly middle: Float32Array }

export function scaleOf(grams: readonly ReadonlyMap<number, number>[], vectors: readonly SentenceVectors[]): Scale {
  const counts = new Uint32Array(BUCKETS)
  for (const own of grams) for (const bucket of own.keys()) counts[bucket] = (counts[bucket] as number) + 1
  const rarity = Float32Array.from(counts, (count) =>
    count === 0 ? Math.log(grams.length + 1) : count > COMMON * grams.length ? 0 : Math.log((grams.length + 1) / count),
  )
  const middle = new Float32Array(vectors[0]?.fourth?.length ?? 0)
  for (const { fourth = middle } of vectors)
    for (let i = 0; i < middle.length; i++) middle[i] = (middle[i] as number) + (fourth[i] as number) / vectors.length
  return { rarity, middle }
}

export function sampleOf(
  { rarity, middle }: Scale,
  { last, fourth }: SentenceVectors,
  grams: ReadonlyMap<number, number>,
  ruled: RuleFeatures,
): Sample {
  const parts = [viewOf({ middle }, { last, ...(fourth && { fourth }) }), scaled(findingsOf(ruled), COUNTS.rules)]
  return { dense: joined(parts), terms: termsOf(grams, rarity) }
}

/** Both sentence vectors of a line, which are the beginning of its sample. */
export function viewOf({ middle }: Pick<Scale, 'middle'>, { last, fourth }: SentenceVectors): Float32Array {
  // Where there is no fourth layer the last one counts for both.
  if (!fourth) return scaled(last, COUNTS.last + COUNTS.fourth)
  const apart = toUnit(fourth.map((figure, i) => figure - (middle[i] as number)))
  return joined([scaled(last, COUNTS.last), scaled(apart, COUNTS.fourth)])
}

/** A sentence by its sense alone, without what rules read in the whole message. */
export const partOf = ({ last }: SentenceVectors): Sample => ({ dense: scaled(last, ALONE), terms: NO_TERMS })
const NO_TERMS: Terms = { buckets: new Uint16Array(), weights: new Float32Array() }

/** Labels teach how far to believe what rules read. */
function findingsOf(ruled: RuleFeatures): Float32Array {
  const complaint = classifyComplaint({ ...ruled, isSpecific: false })
  return Float32Array.from([
    ruled.sentiment,
    ...COMPLAINTS.map((kind) => Number(kind === complaint)),
    Number(isCross(ruled.text)),
    Number(TROUBLE.test(ruled.text)),
    ...SIGNALS.map((signal) => Number(ruled.signals.includes(signal))),
    ...wishMarks(ruled.text).map(Number),
  ])
}

function termsOf(grams: ReadonlyMap<number, number>, rarity: Float32Array): Terms {
  const kept = [...grams].filter(([bucket]) => (rarity[bucket] as number) > 0)
  const weights = Float32Array.from(kept, ([bucket, count]) => Math.sqrt(count) * (rarity[bucket] as number))
  return { buckets: Uint16Array.from(kept, ([bucket]) => bucket), weights: scaled(toUnit(weights), COUNTS.ngrams) }
}

function toUnit(vector: Float32Array): Float32Array {
  let square = 0
  for (const figure of vector) square += figure * figure
  const length = Math.sqrt(square) || 1
  return vector.map((figure) => figure / length)
}

/** So that the square of a distance counts for so much. */
const scaled = (vector: Float32Array, counts: number): Float32Array =>
  vector.map((figure) => Math.sqrt(counts) * figure)

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
