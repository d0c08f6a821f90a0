// Ranks dialogs and articles from the similarity of each line of an index. Pure.
import { ridge } from './ridge.ts'

/** Which lines are a unit's: it is found by those from `first`, something else is by those from `against` to `end`. */
export type Position = { readonly first: number; readonly against: number; readonly end: number }

/** The similarity of each of some lines to each of them, row after row. */
export type Neighbours = (lines: readonly number[]) => Float64Array

/** What one way of comparing makes of a text: by words, or by sense. */
type Engine = {
  /** Of every line of the index. */
  readonly scores: Float64Array
  readonly among: Neighbours
  /** Of every unit: how long the sum of its lines is. */
  readonly lengths: Float64Array
  /** What it counts for, of 1. */
  readonly share: number
}

/** What the engines make of a text, one by one and, of every line, together. */
export type QueryScores = {
  readonly engines: readonly Engine[]
  readonly lines: Float64Array
  readonly among: Neighbours
}

/** The nearest units, and the nearest of their lines, that are weighed against each other. */
const RIVALS = { units: 10, lines: 64 }
/** What the weighing counts for, beside plain nearness. */
const WEIGHED = 0.75

/** The score of every unit, from about 0 to 1; one that is not allowed has 0. The line `without` is not heard. */
export function rank(
  { engines, lines, among }: QueryScores,
  places: readonly Position[],
  allowed: readonly number[],
  without: number | undefined,
): Float64Array {
  const scores = new Float64Array(places.length)
  for (const unit of allowed) {
    const { first, against, end } = places[unit] as Position
    const isRefused = best(lines, against, end, without) > best(lines, first, against, without)
    if (!isRefused) scores[unit] = Math.max(0, nearness(engines, unit, places[unit] as Position, without))
  }
  const rivals = highest(allowed, scores, RIVALS.units).filter((unit) => (scores[unit] as number) > 0)
  const unitOf = new Map(
    rivals.flatMap((unit) => linesOf(places[unit] as Position, without).map((line) => [line, unit])),
  )
  const nearest = highest([...unitOf.keys()], lines, RIVALS.lines)
  const weights = ridge(
    Float64Array.from(nearest, (line) => lines[line] as number),
    among(nearest),
  )
  for (const unit of allowed) scores[unit] = (1 - WEIGHED) * (scores[unit] as number)
  for (const [i, line] of nearest.entries()) {
    const unit = unitOf.get(line) as number
    scores[unit] = (scores[unit] as number) + WEIGHED * (weights[i] as number)
  }
  return scores
}

/** A unit's nearness: what the engines make of its nearest line and of its centre, half of each. */
function nearness(engines: readonly Engine[], unit: number, place: Position, without: number | undefined): number {
  const { first, against } = place
  const isLess = without !== undefined && without >= first && without < against
  if (against - first === (isLess ? 1 : 0)) return 0
  let near = 0
  for (const { scores, lengths, among, share } of engines) {
    let all = 0
    for (let line = first; line < against; line++) if (line !== without) all += scores[line] as number
    let squared = (lengths[unit] as number) ** 2
    if (isLess) {
      // The centre without one of its lines.
      const [alike, size, at] = [among(linesOf(place)), against - first, without - first]
      squared -= 2 * sum(alike.subarray(at * size, (at + 1) * size)) - 1
    }
    near += (share * (best(scores, first, against, without) + all / Math.sqrt(Math.max(1e-6, squared)))) / 2
  }
  return near
}

/** The length of the sum of each unit's lines: a text's similarity to the unit's centre is its scores' sum over it. */
export const lengthsOf = (places: readonly Position[], among: Neighbours): Float64Array =>
  Float64Array.from(places, (place) => Math.sqrt(sum(among(linesOf(place)))) || 1)

/** Of some places, those with the highest values, highest first; of equal ones, in the order given. */
export function highest(places: readonly number[], values: Float64Array, most: number): number[] {
  const found: number[] = []
  for (const place of places) {
    const value = values[place] as number
    let at = found.length
    while (at > 0 && value > (values[found[at - 1] as number] as number)) at--
    if (at === most) continue
    found.splice(at, 0, place)
    if (found.length > most) found.pop()
  }
  return found
}

function linesOf({ first, against }: Position, without?: number): number[] {
  const lines: number[] = []
  for (let line = first; line < against; line++) if (line !== without) lines.push(line)
  return lines
}

function best(scores: Float64Array, from: number, to: number, without: number | undefined): number {
  let most = -1
  for (let line = from; line < to; line++)
    if (line !== without && (scores[line] as number) > most) most = scores[line] as number
  return most
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0)
