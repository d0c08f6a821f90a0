// Cosine similarity of sentence vectors between a question and every line of an index. Vectors are kept as whole numbers of
// 16 bits, which WebAssembly multiplies eight at a time: ten times as fast as JavaScript, in half the memory.
import { readFileSync } from 'node:fs'

export type Dense = {
  score(question: Float32Array): Float64Array
  /** As in the lexical index. */
  among(lines: readonly number[]): Float64Array
}

/** What dense.wat exports. */
type Products = {
  product(one: number, other: number, bytes: number): number
  products(one: number, other: number, end: number, bytes: number, out: number): void
}

const program = new WebAssembly.Module(readFileSync(new URL('./dense.wasm', import.meta.url)))
/** What stands for 1 in whole numbers of 16 bits. */
const ONE = 2 ** 15 - 1
/** Bytes that are multiplied at once, and those by which memory grows. */
const [LANE, PAGE] = [16, 2 ** 16]

/** Every vector has length 1, or is empty. */
export function buildDense(vectors: readonly Float32Array[]): Dense {
  const wide = vectors.reduce((most, { length }) => Math.max(most, length), 0)
  const bytes = Math.ceil((2 * wide) / LANE) * LANE
  // The question comes first, then the lines, then what comes out.
  const placeOf = (line: number) => bytes * (1 + line)
  const end = placeOf(vectors.length)
  const memory = new WebAssembly.Memory({ initial: Math.ceil((end + 4 * vectors.length) / PAGE) })
  const { exports } = new WebAssembly.Instance(program, { dense: { memory } })
  const { product, products } = exports as Products
  const numbers = new Int16Array(memory.buffer)
  const out = new Int32Array(memory.buffer, end, vectors.length)
  const put = (vector: Float32Array, place: number) => {
    for (let i = 0; i < wide; i++) numbers[place / 2 + i] = Math.round((vector[i] ?? 0) * ONE)
  }
  vectors.forEach((vector, line) => {
    put(vector, placeOf(line))
  })

  return {
    among(lines) {
      const out = new Float64Array(lines.length ** 2)
      lines.forEach((line, i) => {
        for (let j = 0; j <= i; j++) {
          const value = product(placeOf(line), placeOf(lines[j] as number), bytes) / ONE ** 2
          out[i * lines.length + j] = out[j * lines.length + i] = value
        }
      })
      return out
    },
    score(question) {
      put(question, 0)
      products(0, placeOf(0), end, bytes, end)
      const scores = new Float64Array(out.length)
      for (let line = 0; line < scores.length; line++) scores[line] = (out[line] as number) / ONE ** 2
      return scores
    },
  }
}
