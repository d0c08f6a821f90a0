// A vector index: cosine similarity of embeddings, kept as 16-bit integers.
// WebAssembly multiplies eight at a time: ten times as fast as JavaScript, in half the memory.
import { readFileSync } from 'node:fs'
import { openWasmMemory } from './wasm-memory.ts'

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

const { memory, take } = openWasmMemory()
const program = new WebAssembly.Module(readFileSync(new URL('./vector-index.wasm', import.meta.url)))
const { product, products } = new WebAssembly.Instance(program, { dense: { memory } }).exports as Products
/** What stands for 1 in whole numbers of 16 bits. */
const ONE = 2 ** 15 - 1
/** Bytes that are multiplied at once. */
const LANE = 16

/** No vector is longer than 1. */
export function buildDense(vectors: readonly Float32Array[]): Dense {
  const wide = vectors.reduce((most, { length }) => Math.max(most, length), 0)
  const bytes = Math.ceil((2 * wide) / LANE) * LANE
  const count = vectors.length
  // The question comes first, then the lines, then what comes out.
  const block = take(bytes * (1 + count) + 4 * count)
  const placeOf = (line: number) => block.at + bytes * (1 + line)
  const put = (vector: Float32Array, place: number) => {
    const numbers = new Int16Array(memory.buffer, place, bytes / 2)
    for (let i = 0; i < vector.length; i++) numbers[i] = Math.round((vector[i] as number) * ONE)
    numbers.fill(0, vector.length)
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
      const end = placeOf(count)
      put(question, block.at)
      products(block.at, placeOf(0), end, bytes, end)
      const out = new Int32Array(memory.buffer, end, count)
      const scores = new Float64Array(count)
      for (let line = 0; line < count; line++) scores[line] = (out[line] as number) / ONE ** 2
      return scores
    },
  }
}
