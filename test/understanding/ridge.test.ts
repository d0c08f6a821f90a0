import { describe, expect, test } from '@jest/globals'
import { ridge } from '../../src/understanding/retrieval/ridge.ts'

/** Directions in a plane, as lines of an index: their cosine is their similarity. */
const among = (angles: readonly number[]) => angles.flatMap((one) => angles.map((other) => Math.cos(one - other)))
const asked = (at: number, angles: readonly number[]) => angles.map((angle) => Math.cos(at - angle))

describe('ridge', () => {
  test('solves (K + λI) a = k', () => {
    const angles = [0, 0.3, 1.2, 1.5]
    const alike = among(angles)
    const question = asked(0.1, angles)
    const weights = ridge(question, alike)
    for (let row = 0; row < angles.length; row++) {
      let left = 0.15 * (weights[row] ?? 0)
      for (let column = 0; column < angles.length; column++)
        left += (alike[row * angles.length + column] ?? 0) ** 2 * (weights[column] ?? 0)
      expect(left).toBeCloseTo((question[row] ?? 0) ** 2, 10)
    }
  })

  test('what several lines say alike is counted once', () => {
    const [alone] = ridge(asked(0.2, [0]), among([0]))
    const twins = ridge(asked(0.2, [0, 0, 0]), among([0, 0, 0]))
    const together = twins.reduce((sum, weight) => sum + weight, 0)
    expect(together).toBeGreaterThan(alone ?? 0)
    expect(together).toBeLessThan(1.2 * (alone ?? 0))
  })

  test('a line that is nearly another unit’s speaks less for its own', () => {
    const clear = ridge(asked(0, [0.1, 1.4]), among([0.1, 1.4]))
    const torn = ridge(asked(0, [0.1, 0.12]), among([0.1, 0.12]))
    expect(torn[0]).toBeLessThan((clear[0] ?? 0) - 0.3)
  })

  test('lines that are the same line twice, and no line at all, are no trouble', () => {
    expect([...ridge([1, 1], [1, 1, 1, 1])].every(Number.isFinite)).toBe(true)
    expect(ridge([], [])).toHaveLength(0)
  })
})
