// A vector index: cosine similarity of embeddings, kept as 16-bit integers.
// WebAssembly multiplies eight at a time: ten times as fast as JavaScript, in half the memory.
import { readFileSync } from 'node:fs'
import { LRUCache } from 'lru-cache'
import { type Block, openWasmMemory } from './wasm-memory.ts'

export type Dense = {
  /** Of all lines, or of so many first ones. */
  score(question: Float32Array, lines?: number): Float64Array
  /** As in the lexical index. */
  among(lines: readonly number[]): Float64Array
}

/** Whole numbers take half the memory, and are what is multiplied in the end. */
type Vector = Float32Array | Int16Array

export const toWhole = (vector: Float32Array): Int16Array =>
  Int16Array.from(vector, (figure) => Math.round(figure * ONE))

/** What dense.wat exports. */
type Products = {
  product(one: number, other: number, bytes: number): number
  products(one: number, other: number, end: number, bytes: number, out: number): void
}

const program = new WebAssembly.Module(readFileSync(new URL('./vector-index.wasm', import.meta.url)))
/** What stands for 1 in whole numbers of 16 bits. */
const ONE = 2 ** 15 - 1
/** Bytes that are multiplied at once. */
const LANE = 16
/** Bytes of vectors that stay laid out; those of some forty thousand articles. */
const MOST_BYTES = 2 ** 28
/** An index that was not asked for so long gives its bytes back when another one is laid out. */
const UNUSED_MS = 10 * 60_000

/**
 * Owns the memory of all indexes. An index lies there while it is used; one that gave its bytes back is laid out again
 * when it is asked, from vectors that are there anyway.
 */
export function openVectorIndexes({ mostBytes = MOST_BYTES, clock = performance as { now(): number } } = {}) {
  const { memory, take, free } = openWasmMemory()
  const { product, products } = new WebAssembly.Instance(program, { dense: { memory } }).exports as Products
  const laidOut = new LRUCache<readonly Vector[], Block>({
    ...{ maxSize: mostBytes, sizeCalculation: ({ bytes }) => Math.max(1, bytes) },
    ...{ ttl: UNUSED_MS, ttlResolution: 0, updateAgeOnGet: true, perf: clock },
    dispose: (block) => free(block),
  })

  /** No vector is longer than 1. */
  function buildDense(vectors: readonly Vector[]): Dense {
    const wide = vectors.reduce((most, { length }) => Math.max(most, length), 0)
    const bytes = Math.ceil((2 * wide) / LANE) * LANE
    const count = vectors.length
    const put = (vector: Vector, place: number) => {
      const numbers = new Int16Array(memory.buffer, place, bytes / 2)
      numbers.set((vector instanceof Int16Array ? vector : toWhole(vector)).subarray(0, numbers.length))
      numbers.fill(0, vector.length)
    }
    // The question comes first, then the lines, then what comes out.
    const lineIn = (block: Block, line: number) => block.at + bytes * (1 + line)
    function layOut(): Block {
      laidOut.purgeStale()
      const block = take(bytes * (1 + count) + 4 * count)
      vectors.forEach((vector, line) => {
        put(vector, lineIn(block, line))
      })
      laidOut.set(vectors, block)
      return block
    }
    /** Nothing waits in `work`, so nothing takes the block away from it. */
    function withBlock<T>(work: (block: Block) => T): T {
      const block = laidOut.get(vectors) ?? layOut()
      try {
        return work(block)
      } finally {
        // One that is larger than all that may stay.
        if (laidOut.peek(vectors, { allowStale: true }) !== block) free(block)
      }
    }
    withBlock(() => {})

    return {
      among: (lines) =>
        withBlock((block) => {
          const out = new Float64Array(lines.length ** 2)
          lines.forEach((line, i) => {
            for (let j = 0; j <= i; j++) {
              const value = product(lineIn(block, line), lineIn(block, lines[j] as number), bytes) / ONE ** 2
              out[i * lines.length + j] = out[j * lines.length + i] = value
            }
          })
          return out
        }),
      score: (question, some = count) =>
        withBlock((block) => {
          const end = lineIn(block, some)
          const results = lineIn(block, count)
          put(question, block.at)
          products(block.at, lineIn(block, 0), end, bytes, results)
          const out = new Int32Array(memory.buffer, results, some)
          const scores = new Float64Array(some)
          for (let line = 0; line < some; line++) scores[line] = (out[line] as number) / ONE ** 2
          return scores
        }),
    }
  }

  return { buildDense, bytes: () => memory.buffer.byteLength }
}

export const { buildDense } = openVectorIndexes()
