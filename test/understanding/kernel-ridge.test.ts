import { describe, expect, test } from '@jest/globals'
import { estimateBy, type Sample, trainKernel } from '../../src/understanding/nlu/classifier/kernel-ridge.ts'
import type { DiskCache } from '../../src/understanding/retrieval/disk-cache.ts'

const keep: DiskCache = (_from, make) => make()
const DOUBT = 0.1
const SHAPE = { doubt: DOUBT, narrow: 1, enough: 1e-6 }
/** Two figures, and terms with their weights. */
const sample = (figures: readonly number[], terms: Readonly<Record<number, number>> = {}): Sample => ({
  dense: Float32Array.from(figures),
  terms: {
    buckets: Uint16Array.from(Object.keys(terms), Number),
    weights: Float32Array.from(Object.values(terms)),
  },
})
const all = (count: number) => Array.from({ length: count }, (_, i) => i)

/** What the definition says: k (K + λ I)⁻¹ y. */
function estimateOf(asked: Sample, samples: readonly Sample[], figures: readonly number[]): number {
  const flat = ({ dense, terms }: Sample) => {
    const wide = new Float64Array(12)
    wide.set(dense)
    terms.buckets.forEach((bucket, i) => {
      wide[2 + bucket] = terms.weights[i] ?? 0
    })
    return wide
  }
  const like = (one: Sample, other: Sample) => {
    const [a, b] = [flat(one), flat(other)]
    return Math.exp(-a.reduce((sum, figure, i) => sum + (figure - (b[i] ?? 0)) ** 2, 0))
  }
  // Gauss and Jordan.
  const rows = samples.map((one, i) => [
    ...samples.map((other, j) => like(one, other) + (i === j ? DOUBT : 0)),
    figures[i] ?? 0,
  ])
  rows.forEach((row, i) => {
    const pivot = row[i] ?? 1
    for (let k = 0; k < row.length; k++) row[k] = (row[k] ?? 0) / pivot
    for (const other of rows) {
      const times = other === row ? 0 : (other[i] ?? 0)
      for (let k = 0; k < row.length; k++) other[k] = (other[k] ?? 0) - times * (row[k] ?? 0)
    }
  })
  return samples.reduce((sum, one, i) => sum + like(asked, one) * (rows[i]?.at(-1) ?? 0), 0)
}

/** Likeness is kept in whole numbers, and the steps end when the error is small. */
const expectNear = (found = 0, expected: number) => expect(Math.abs(found - expected)).toBeLessThan(0.002)

describe('kernel ridge regression', () => {
  const samples = [
    sample([0.5, 0], { 1: 0.3 }),
    sample([0.4, 0.1], { 1: 0.2, 4: 0.3 }),
    sample([0, 0.5]),
    sample([0.1, 0.4], { 9: 0.5 }),
    sample([-0.5, -0.5], { 4: 0.4 }),
    sample([-0.4, 0]),
  ]
  const figures = [0.7, 0.7, -0.3, -0.3, 0.2, -0.4]
  const asked = [sample([0.3, 0.3], { 9: 0.2 }), sample([0.4, 0]), sample([0, 0], { 1: 0.1, 4: 0.1 }), ...samples]

  test('gives what its definition says, over vectors and terms', async () => {
    const estimate = estimateBy(await trainKernel(samples, [{ known: all(6), figures }], SHAPE, keep))
    for (const one of asked) expectNear(estimate(one)[0], estimateOf(one, samples, figures))
  })

  test('a term that no line has says nothing', async () => {
    const lines = [sample([0.5, 0]), sample([0, 0.5])]
    const estimate = estimateBy(await trainKernel(lines, [{ known: [0], figures: [1] }], SHAPE, keep))
    expect(estimate(sample([0.5, 0], { 30000: 0.1 }))[0]).toBeCloseTo(Math.exp(-0.01) / (1 + DOUBT), 2)
  })

  test('learns each target from the lines that have it alone', async () => {
    const known = [1, 3, 4]
    const some = known.map((i) => figures[i] ?? 0)
    const targets = [
      { known: all(6), figures },
      { known, figures: some },
    ]
    const estimate = estimateBy(await trainKernel(samples, targets, SHAPE, keep))
    const few = known.flatMap((i) => samples[i] ?? [])
    for (const one of asked) {
      const [whole, part] = estimate(one)
      expectNear(whole, estimateOf(one, samples, figures))
      expectNear(part, estimateOf(one, few, some))
    }
  })

  test('hears what is near to a few of many, which no line would part', async () => {
    // What is so lies between two ends that are not.
    const along = [-0.9, -0.8, -0.7, -0.1, 0, 0.1, 0.7, 0.8, 0.9]
    const values = [-1, -1, -1, 1, 1, 1, -1, -1, -1]
    const lines = along.map((at) => sample([at]))
    const estimate = estimateBy(await trainKernel(lines, [{ known: all(9), figures: values }], SHAPE, keep))
    const signs = [-0.75, 0.05, 0.75].map((at) => Math.sign(estimate(sample([at]))[0] ?? 0))
    expect(signs).toEqual([-1, 1, -1])
  })

  test('lets others in while it learns', async () => {
    let turns = 0
    let isOver = false
    const other = () => {
      turns++
      if (!isOver) setImmediate(other)
    }
    setImmediate(other)
    await trainKernel(samples, [{ known: all(6), figures }], SHAPE, keep)
    isOver = true
    expect(turns).toBeGreaterThan(3)
  })

  test('is kept under all that it was learnt from, and nothing else', async () => {
    const named: string[] = []
    const watch: DiskCache = async (from, make) => {
      named.push(from)
      return make()
    }
    const learn = (from: readonly Sample[], what: readonly number[]) =>
      trainKernel(from, [{ known: all(6), figures: what }], SHAPE, watch)
    await learn(samples, figures)
    await learn(samples, figures)
    await learn(samples, figures.toReversed())
    await learn(samples.toReversed(), figures)
    await learn([sample([0.5, 0], { 1: 0.31 }), ...samples.slice(1)], figures)
    const [first, again, ...others] = named
    expect(again).toBe(first)
    expect(new Set([first, ...others]).size).toBe(4)
  })
})
