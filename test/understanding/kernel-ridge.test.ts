import { describe, expect, test } from '@jest/globals'
import { trainKernel } from '../../src/understanding/nlu/classifier/kernel-ridge.ts'
import type { DiskCache } from '../../src/understanding/retrieval/disk-cache.ts'

const keep: DiskCache = (_from, _count, make) => make()
const sample = (...figures: number[]) => Float32Array.from(figures)
const likeliest = (chances: Float64Array) => chances.indexOf(Math.max(...chances))

/** What the definition says: y = m + k (K + 0.3 I)⁻¹ (Y - m), for one class. */
function chanceOf(asked: Float32Array, samples: readonly Float32Array[], is: readonly number[]): number {
  const squared = (a: Float32Array, b: Float32Array) => a.reduce((sum, one, i) => sum + (one - (b[i] ?? 0)) ** 2, 0)
  const like = (a: Float32Array, b: Float32Array) => Math.exp(-3.2 * squared(a, b))
  const mean = is.reduce((sum, one) => sum + one, 0) / is.length
  // Gauss and Jordan.
  const rows = samples.map((one, i) => [
    ...samples.map((other, j) => like(one, other) + (i === j ? 0.3 : 0)),
    (is[i] ?? 0) - mean,
  ])
  rows.forEach((row, i) => {
    const pivot = row[i] ?? 1
    for (let k = 0; k < row.length; k++) row[k] = (row[k] ?? 0) / pivot
    for (const other of rows) {
      const times = other === row ? 0 : (other[i] ?? 0)
      for (let k = 0; k < row.length; k++) other[k] = (other[k] ?? 0) - times * (row[k] ?? 0)
    }
  })
  return samples.reduce((sum, one, i) => sum + like(asked, one) * (rows[i]?.at(-1) ?? 0), mean)
}

describe('kernel ridge regression', () => {
  const samples = [
    sample(0.5, 0),
    sample(0.4, 0.1),
    sample(0, 0.5),
    sample(0.1, 0.4),
    sample(-0.5, -0.5),
    sample(-0.4, 0),
  ]
  const labels = [0, 0, 1, 1, 2, 2]

  test('gives what its definition says', async () => {
    const classify = await trainKernel(samples, labels, 3, keep)
    for (const asked of [sample(0.3, 0.3), sample(0.4, 0), sample(0, 0), ...samples]) {
      const said = [0, 1].map((label) =>
        Math.min(
          1,
          Math.max(
            0,
            chanceOf(
              asked,
              samples,
              labels.map((one) => (one === label ? 1 : 0)),
            ),
          ),
        ),
      )
      const all = Math.max(
        1,
        said.reduce((sum, one) => sum + one, 0),
      )
      for (const label of [0, 1]) expect(classify(asked)[label]).toBeCloseTo((said[label] ?? 0) / all, 3)
    }
  })

  test('hears what is near to a few of many, which no line would part', async () => {
    // The class in the middle lies between the other’s two ends.
    const along = [-0.9, -0.8, -0.7, -0.1, 0, 0.1, 0.7, 0.8, 0.9]
    const classify = await trainKernel(
      along.map((at) => sample(at)),
      [0, 0, 0, 1, 1, 1, 0, 0, 0],
      2,
      keep,
    )
    expect([-0.75, 0.05, 0.75].map((at) => likeliest(classify(sample(at))))).toEqual([0, 1, 0])
  })

  test('gives chances that add up to 1, and none below 0', async () => {
    const classify = await trainKernel(samples, labels, 3, keep)
    for (const asked of [sample(0.5, 0.5), sample(-0.6, -0.6), sample(0.9, -0.4)]) {
      const chances = [...classify(asked)]
      expect(chances.reduce((sum, chance) => sum + chance)).toBeCloseTo(1)
      expect(Math.min(...chances)).toBeGreaterThanOrEqual(0)
    }
  })

  test('of what is like nothing it knows, expects what is frequent', async () => {
    const classify = await trainKernel(samples.slice(0, 3), [1, 1, 0], 2, keep)
    expect(classify(sample(-0.7, -0.7))[1]).toBeCloseTo(2 / 3, 1)
  })

  test('learns from a part of very many, taken all over', async () => {
    const many = Array.from({ length: 4200 }, (_, i) => sample(i < 4150 ? 0.5 : -0.5))
    const classify = await trainKernel(
      many,
      many.map((_, i) => (i < 4150 ? 0 : 1)),
      2,
      keep,
    )
    expect([0.5, -0.5].map((at) => likeliest(classify(sample(at))))).toEqual([0, 1])
  })

  test('lets others in while it learns', async () => {
    let turns = 0
    let isOver = false
    const other = () => {
      turns++
      if (!isOver) setImmediate(other)
    }
    setImmediate(other)
    await trainKernel(samples, labels, 3, keep)
    isOver = true
    expect(turns).toBeGreaterThan(5)
  })

  test('is kept under all that it was learnt from, and nothing else', async () => {
    const named: string[] = []
    const watch: DiskCache = async (from, count, make) => {
      named.push(from)
      const made = await make()
      expect(made).toHaveLength(count)
      return made
    }
    await trainKernel(samples, labels, 3, watch)
    await trainKernel(samples, labels, 3, watch)
    await trainKernel(samples, labels.toReversed(), 3, watch)
    await trainKernel(samples.toReversed(), labels, 3, watch)
    const [first, again, ...others] = named
    expect(again).toBe(first)
    expect(new Set([first, ...others]).size).toBe(3)
  })
})
