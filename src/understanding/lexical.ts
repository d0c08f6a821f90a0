// Cosine similarity of TF-IDF vectors between a question and every line of an index.
import { terms } from './terms.ts'

export type Lexical = {
  /** The question's similarity to each line, 0 to 1. */
  score(question: string): Float64Array
  /** Length of the sum of a group's lines; the question's similarity to the group's centre is its scores' sum over it. */
  readonly lengths: readonly number[]
}

type Posting = { readonly lines: number[]; readonly weights: number[] }
/** Terms with their weights, of length 1. */
type Vector = readonly (readonly [string, number])[]

/** `groups` says which lines make up each centre. */
export function buildLexical(lines: readonly string[], groups: readonly (readonly number[])[]): Lexical {
  const rarity = rarityIn(lines)
  const { postings, lengths } = learn(
    lines.map((line) => toVector(line, rarity)),
    groups,
  )
  return {
    lengths,
    score(question) {
      const scores = new Float64Array(lines.length)
      for (const [term, weight] of toVector(question, rarity)) {
        const posting = postings.get(term)
        posting?.lines.forEach((line, i) => {
          scores[line] = (scores[line] ?? 0) + weight * (posting.weights[i] ?? 0)
        })
      }
      return scores
    },
  }
}

function rarityIn(lines: readonly string[]): (term: string) => number {
  const seenIn = new Map<string, number>()
  for (const line of lines) for (const term of terms(line).keys()) seenIn.set(term, (seenIn.get(term) ?? 0) + 1)
  const count = lines.length
  return (term) => Math.log((count + 1) / ((seenIn.get(term) ?? 0) + 1)) + 1
}

function toVector(text: string, rarity: (term: string) => number): Vector {
  const weighed = Array.from(terms(text), ([term, weight]): [string, number] => [term, weight * rarity(term)])
  const length = Math.hypot(...weighed.map(([, weight]) => weight)) || 1
  return weighed.map(([term, weight]) => [term, weight / length])
}

function learn(vectors: readonly Vector[], groups: readonly (readonly number[])[]) {
  const postings = new Map<string, Posting>()
  for (const [line, vector] of vectors.entries())
    for (const [term, weight] of vector) {
      const posting = postings.get(term) ?? { lines: [], weights: [] }
      postings.set(term, posting)
      posting.lines.push(line)
      posting.weights.push(weight)
    }
  const lengths = groups.map((group) => {
    const sum = new Map<string, number>()
    for (const line of group)
      for (const [term, weight] of vectors[line] ?? []) sum.set(term, (sum.get(term) ?? 0) + weight)
    return Math.sqrt([...sum.values()].reduce((total, weight) => total + weight * weight, 0)) || 1
  })
  return { postings, lengths }
}
