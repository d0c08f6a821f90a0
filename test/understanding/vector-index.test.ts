import { readFile } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import wabt from 'wabt'
import { buildDense, openVectorIndexes } from '../../src/understanding/retrieval/vector-index.ts'

/** Vectors of length 1 in all directions, always the same. */
function vectorsOf(count: number, wide: number): Float32Array[] {
  let seed = 7
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed / 2_147_483_647 - 0.5
  }
  return Array.from({ length: count }, () => {
    const vector = Float32Array.from({ length: wide }, random)
    const length = Math.hypot(...vector)
    return vector.map((value) => value / length)
  })
}

const cosine = (one: Float32Array, other: Float32Array) =>
  one.reduce((sum, value, i) => sum + value * (other[i] as number), 0)

describe('products of sentence vectors', () => {
  test.each([384, 1536, 3, 8, 13])('of %i numbers are those of the definition', (wide) => {
    const [question, ...lines] = vectorsOf(40, wide) as [Float32Array, ...Float32Array[]]
    const { score, among } = buildDense(lines)
    const scores = score(question)
    expect(scores).toHaveLength(lines.length)
    const some = [3, 38, 0]
    const near = among(some)
    expect(near).toHaveLength(9)
    for (const [i, line] of lines.entries()) expect(scores[i]).toBeCloseTo(cosine(question, line), 4)
    for (const [i, one] of some.entries())
      for (const [j, other] of some.entries())
        expect(near[3 * i + j]).toBeCloseTo(cosine(lines[one] as Float32Array, lines[other] as Float32Array), 4)
  })

  test('do not overflow where all of a vector is one number', () => {
    const axis = Float32Array.of(1, ...Array(15).fill(0))
    const opposite = axis.map((value) => -value)
    const { score, among } = buildDense([axis, opposite])
    expect([...score(axis)]).toEqual([1, -1])
    expect([...among([0, 1])]).toEqual([1, -1, -1, 1])
  })

  test('a second question leaves nothing of the first', () => {
    const [one, other, ...lines] = vectorsOf(10, 24) as [Float32Array, Float32Array, ...Float32Array[]]
    const dense = buildDense(lines)
    const first = dense.score(one)
    const copy = [...first]
    dense.score(other)
    expect([...first]).toEqual(copy)
    expect([...dense.score(one)]).toEqual(copy)
  })

  test('what has no vector is like nothing, and an index may be empty', () => {
    const [line] = vectorsOf(1, 16) as [Float32Array]
    const { score, among } = buildDense([line, new Float32Array()])
    expect([...score(line)]).toEqual([expect.closeTo(1, 4), 0])
    expect([...score(new Float32Array())]).toEqual([0, 0])
    expect([...among([1, 0])]).toEqual([0, 0, 0, expect.closeTo(1, 4)])
    expect(among([])).toHaveLength(0)
    expect(buildDense([]).score(line)).toHaveLength(0)
  })

  test('are the same whichever indexes gave their memory up for others', () => {
    const { buildDense: build, bytes } = openVectorIndexes({ mostBytes: 50_000 })
    const all = Array.from({ length: 12 }, (_, i) => vectorsOf(20 + i, 384))
    const larger = vectorsOf(100, 384)
    const indexes = [...all, larger].map((lines) => ({ lines, index: build(lines) }))
    for (let round = 0; round < 3; round++) {
      for (const { lines, index } of indexes) {
        expect(index.score(lines[7] as Float32Array)[7]).toBeCloseTo(1, 4)
        expect(index.among([3, 9])[1]).toBeCloseTo(cosine(lines[3] as Float32Array, lines[9] as Float32Array), 4)
      }
    }
    // Two of the smaller ones, or the largest; and what is between them.
    expect(bytes()).toBeLessThan(4 * 65_536)
  })

  test('need the memory of those only that were used in the last ten minutes', () => {
    let minutes = 1
    const { buildDense: build, bytes } = openVectorIndexes({ clock: { now: () => minutes * 60_000 } })
    const kept = build(vectorsOf(20, 384))
    for (let i = 0; i < 6; i++) {
      minutes += 11
      build(vectorsOf(300, 384))
    }
    expect(bytes()).toBeLessThan(3 * 300 * 768)
    const [line] = vectorsOf(1, 384) as [Float32Array]
    expect(kept.score(line)[0]).toBeCloseTo(1, 4)
  })

  test('are made by what dense.wat says; else run `npm run -s wasm`', async () => {
    const source = new URL('../../src/understanding/retrieval/vector-index.wat', import.meta.url)
    const program = (await wabt()).parseWat('dense.wat', await readFile(source), { simd: true })
    const made = Buffer.from(program.toBinary({}).buffer)
    expect(made.equals(await readFile(new URL('vector-index.wasm', source)))).toBe(true)
  })
})
