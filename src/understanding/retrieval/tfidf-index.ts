// A TF-IDF index: cosine similarity between a question and every line.
import { mapYielding } from '../yielding-loop.ts'
import type { Numbered, TermDictionary } from './term-dictionary.ts'
import { terms } from './tokenize.ts'

export type Lexical = {
  /** The question's similarity to each line, 0 to 1. */
  score(question: string): Float64Array
  /** The similarity of each of some lines to each of them, 0 to 1, row after row. */
  among(lines: readonly number[]): Float64Array
}

/** Of length 1. */
type Vector = { readonly terms: Uint32Array; readonly weights: Float32Array }

export async function buildLexical(texts: readonly string[], lexicon: TermDictionary): Promise<Lexical> {
  const lines = await mapYielding(texts, (text) => lexicon.read(text))
  const { rowOf, rarity, starts } = await weigh(lines, lexicon)

  // The postings of a term: from its row's start to the next, the lines that have it, and its weight in each.
  const posted = new Uint32Array(starts.at(-1) ?? 0)
  const weightIn = new Float32Array(posted.length)
  const next = starts.slice()
  const vectors = await mapYielding(lines, ({ terms, counts }, line): Vector => {
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
  const lastOf = new Uint32Array(rarity.length)

  return {
    among(lines) {
      const size = lines.length
      const near = new Float64Array(size * size)
      const some = lines.map((line) => vectors[line] as Vector)
      const most = 1 + some.reduce((sum, { terms }) => sum + terms.length, 0)
      // Postings among these lines: each leads to the one before it of its term, and the first to none.
      const [whose, weight, before] = [new Uint32Array(most), new Float32Array(most), new Uint32Array(most)]
      let count = 0
      for (let line = 0; line < size; line++) {
        const { terms, weights } = some[line] as Vector
        for (let i = 0; i < terms.length; i++) {
          const row = rowOf[terms[i] as number] as number
          const own = weights[i] as number
          whose[++count] = line
          weight[count] = own
          before[count] = lastOf[row] as number
          lastOf[row] = count
          for (let at = count; at !== NONE; at = before[at] as number) {
            const pair = line * size + (whose[at] as number)
            near[pair] = (near[pair] as number) + own * (weight[at] as number)
          }
        }
      }
      for (const { terms } of some) for (const term of terms) lastOf[rowOf[term] as number] = NONE
      for (let line = 0; line < size; line++)
        for (let other = 0; other < line; other++) near[other * size + line] = near[line * size + other] as number
      return near
    },
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
async function weigh(lines: readonly Numbered[], lexicon: TermDictionary) {
  const rowOf = new Uint32Array(lexicon.size())
  const seenIn = [0]
  await mapYielding(lines, ({ terms }) => {
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
