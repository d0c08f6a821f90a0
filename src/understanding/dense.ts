// Cosine similarity of sentence vectors between a question and every line of an index.

export type Dense = {
  score(question: Float32Array): Float64Array
  /** As in the lexical index. */
  between(line: number, other: number): number
}

/** Every vector has length 1. */
export function buildDense(vectors: readonly Float32Array[]): Dense {
  return {
    between: (line, other) => dot(vectors[line] ?? NOTHING, vectors[other] ?? NOTHING),
    score(question) {
      const scores = new Float64Array(vectors.length)
      for (let line = 0; line < vectors.length; line++) scores[line] = dot(question, vectors[line] as Float32Array)
      return scores
    },
  }
}

const NOTHING = new Float32Array()

/** Four sums at once, which a processor adds side by side. */
function dot(a: Float32Array, b: Float32Array): number {
  let [one, two, three, four] = [0, 0, 0, 0]
  const whole = a.length - (a.length % 4)
  for (let i = 0; i < whole; i += 4) {
    one += (a[i] as number) * (b[i] as number)
    two += (a[i + 1] as number) * (b[i + 1] as number)
    three += (a[i + 2] as number) * (b[i + 2] as number)
    four += (a[i + 3] as number) * (b[i + 3] as number)
  }
  for (let i = whole; i < a.length; i++) one += (a[i] as number) * (b[i] as number)
  return one + two + (three + four)
}
