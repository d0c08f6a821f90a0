// Cosine similarity of sentence vectors between a question and every line of an index.

export type Dense = {
  score(question: Float32Array): Float64Array
  /** As in the lexical index. */
  between(line: number, other: number): number
  readonly lengths: readonly number[]
}

/** Every vector has length 1. */
export function buildDense(vectors: readonly Float32Array[], groups: readonly (readonly number[])[]): Dense {
  const lengths = groups.map((group) => {
    const sum = new Float64Array(vectors[0]?.length ?? 0)
    for (const line of group)
      vectors[line]?.forEach((value, i) => {
        sum[i] = (sum[i] ?? 0) + value
      })
    return Math.hypot(...sum) || 1
  })
  return {
    lengths,
    between: (line, other) => dot(vectors[line] ?? NOTHING, vectors[other] ?? NOTHING),
    score: (question) => Float64Array.from(vectors, (vector) => dot(question, vector)),
  }
}

const NOTHING = new Float32Array()

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}
