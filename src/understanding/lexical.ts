// Cosine similarity of TF-IDF vectors between a question and every line of an index.
import { terms } from './terms.ts'

export type Lexical = {
  /** The question's similarity to each line, 0 to 1. */
  score(question: string): Float64Array
  /** The similarity of two lines, 0 to 1. */
  between(line: number, other: number): number
  /** Length of the sum of a group's lines; the question's similarity to the group's centre is its scores' sum over it. */
  readonly lengths: readonly number[]
}

/** Terms by ascending number, with their weights; of length 1. Terms that the index does not have are left out. */
type Vector = { readonly terms: Uint32Array; readonly weights: Float32Array }
/** Terms of a text, with how much each counts. */
type Terms = ReturnType<typeof terms>
type Posting = { readonly lines: number[]; readonly weights: number[] }

/** `groups` says which lines make up each centre. */
export function buildLexical(lines: readonly string[], groups: readonly (readonly number[])[]): Lexical {
  const split = lines.map((line) => terms(line))
  const toVector = openVocabulary(split)
  const vectors = split.map(toVector)
  const postings = post(vectors)
  return {
    lengths: groups.map((group) => lengthOfSum(group.flatMap((line) => vectors[line] ?? []))),
    between: (line, other) => product(vectors[line], vectors[other]),
    score(question) {
      const scores = new Float64Array(lines.length)
      const asked = toVector(terms(question))
      asked.terms.forEach((term, i) => {
        const posting = postings.get(term)
        posting?.lines.forEach((line, at) => {
          scores[line] = (scores[line] ?? 0) + (asked.weights[i] ?? 0) * (posting.weights[at] ?? 0)
        })
      })
      return scores
    },
  }
}

/** Numbers the terms of the lines, and weighs each by how few lines have it. */
function openVocabulary(lines: readonly Terms[]): (text: Terms) => Vector {
  const seenIn: number[] = []
  const numbers = new Map<string, number>()
  for (const line of lines)
    for (const term of line.keys()) {
      const number = numbers.get(term) ?? numbers.size
      numbers.set(term, number)
      seenIn[number] = (seenIn[number] ?? 0) + 1
    }
  const rarity = (number: number | undefined) =>
    Math.log((lines.length + 1) / ((number === undefined ? 0 : (seenIn[number] ?? 0)) + 1)) + 1
  return (text) => {
    const weighed = Array.from(text, ([term, weight]) => {
      const number = numbers.get(term)
      return { number, weight: weight * rarity(number) }
    })
    const length = Math.hypot(...weighed.map(({ weight }) => weight)) || 1
    const known = weighed
      .flatMap(({ number, weight }) => (number === undefined ? [] : [{ number, weight: weight / length }]))
      .toSorted((a, b) => a.number - b.number)
    return {
      terms: Uint32Array.from(known, ({ number }) => number),
      weights: Float32Array.from(known, ({ weight }) => weight),
    }
  }
}

function post(vectors: readonly Vector[]): ReadonlyMap<number, Posting> {
  const postings = new Map<number, Posting>()
  vectors.forEach((vector, line) => {
    vector.terms.forEach((term, i) => {
      const posting = postings.get(term) ?? { lines: [], weights: [] }
      postings.set(term, posting)
      posting.lines.push(line)
      posting.weights.push(vector.weights[i] ?? 0)
    })
  })
  return postings
}

function product(one: Vector | undefined, other: Vector | undefined): number {
  if (!one || !other) return 0
  let sum = 0
  for (let i = 0, j = 0; i < one.terms.length && j < other.terms.length; ) {
    const apart = (one.terms[i] as number) - (other.terms[j] as number)
    if (apart === 0) sum += (one.weights[i] as number) * (other.weights[j] as number)
    if (apart <= 0) i++
    if (apart >= 0) j++
  }
  return sum
}

function lengthOfSum(vectors: readonly Vector[]): number {
  const sum = new Map<number, number>()
  for (const vector of vectors)
    vector.terms.forEach((term, i) => {
      sum.set(term, (sum.get(term) ?? 0) + (vector.weights[i] ?? 0))
    })
  return Math.sqrt([...sum.values()].reduce((total, weight) => total + weight * weight, 0)) || 1
}
