// Cosine similarity of TF-IDF vectors between a question and every line of an index.
import { inTurns } from './in-turns.ts'
import type { Lexicon, Numbered } from './lexicon.ts'
import { terms } from './terms.ts'

export type Lexical = {
  /** The question's similarity to each line, 0 to 1. */
  score(question: string): Float64Array
  /** The similarity of two lines, 0 to 1. */
  between(line: number, other: number): number
}

/** Of length 1. */
type Vector = { readonly terms: Uint32Array; readonly weights: Float32Array }

export async function buildLexical(texts: readonly string[], lexicon: Lexicon): Promise<Lexical> {
  const lines = await inTurns(texts, (text) => lexicon.read(text))
  const { rowOf, rarity, starts } = await weigh(lines, lexicon)

  // The postings of a term: from its row's start to the next, the lines that have it, and its weight in each.
  const posted = new Uint32Array(starts.at(-1) ?? 0)
  const weightIn = new Float32Array(posted.length)
  const next = starts.slice()
  const vectors = await inTurns(lines, ({ terms, counts }, line): Vector => {
    const weights = new Float32Array(terms.length)
    let squares = 0
    for (let i = 0; i < terms.length; i++) {
      const weight = (counts[i] as number) * (rarity[rowOf[terms[i] as number] as number] as number)
      weights[i] = weight
      squares += weight * weight
    }
    const length = Math.sqrt(squares) || 1
    for (let i = 0; i < terms.length; i++) {
      const row = rowOf[terms[i] as number] as number
      const place = next[row] as number
      next[row] = place + 1
      posted[place] = line
      weights[i] = weightIn[place] = (weights[i] as number) / length
    }
    return { terms, weights }
  })

  return {
    between: (line, other) => product(vectors[line], vectors[other]),
    score(question) {
      const asked = Array.from(terms(question), ([term, count]) => {
        const row = rowOf[lexicon.numberOf(term) ?? rowOf.length] || NONE
        return { row, weight: count * (rarity[row] as number) }
      })
      const length = Math.hypot(...asked.map(({ weight }) => weight)) || 1
      const scores = new Float64Array(lines.length)
      for (const { row, weight } of asked) {
        const share = weight / length
        const end = starts[row + 1] as number
        for (let at = starts[row] as number; at < end; at++)
          scores[posted[at] as number] = (scores[posted[at] as number] as number) + share * (weightIn[at] as number)
      }
      return scores
    },
  }
}

/** The row of terms that no line has; it is empty. */
const NONE = 0

/** A row for each term of the lines, by the term's number: how rare it is among them, and where its postings start. */
async function weigh(lines: readonly Numbered[], lexicon: Lexicon) {
  const rowOf = new Uint32Array(lexicon.size())
  const seenIn = [0]
  await inTurns(lines, ({ terms }) => {
    for (const term of terms) {
      if (rowOf[term] === NONE) rowOf[term] = seenIn.push(0) - 1
      const row = rowOf[term] as number
      seenIn[row] = (seenIn[row] as number) + 1
    }
  })
  const starts = new Uint32Array(seenIn.length + 1)
  for (const [row, count] of seenIn.entries()) starts[row + 1] = (starts[row] as number) + count
  return { rowOf, starts, rarity: Float64Array.from(seenIn, (count) => rarityOf(count, lines.length)) }
}

const rarityOf = (seenIn: number, lines: number) => Math.log((lines + 1) / (seenIn + 1)) + 1

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
