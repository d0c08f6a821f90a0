import { describe, expect, test } from '@jest/globals'
import { highest, rank } from '../../src/understanding/retrieval/rank.ts'

describe('the highest of some places', () => {
  const values = Float64Array.of(0.2, 0.9, 0.5, 0.9, -1, 0.5)

  test('come in order, and equal ones as they were given', () => {
    expect(highest([0, 1, 2, 3, 4, 5], values, 6)).toEqual([1, 3, 2, 5, 0, 4])
    expect(highest([5, 3, 2, 1], values, 3)).toEqual([3, 1, 5])
  })

  test('are no more than are asked for, nor than there are', () => {
    expect(highest([0, 1, 2], values, 0)).toEqual([])
    expect(highest([0], values, 4)).toEqual([0])
    expect(highest([], values, 4)).toEqual([])
  })
})

describe('weighing', () => {
  // Three units on a plane: two lines and one against it; two lines; one line.
  const places = [
    { first: 0, against: 2, end: 3 },
    { first: 3, against: 5, end: 5 },
    { first: 5, against: 6, end: 6 },
  ]
  const angles = [0, 0.3, 0.9, 1, 1.2, 2.5]
  const among = (lines: readonly number[]) =>
    Float64Array.from(lines.flatMap((one) => lines.map((other) => Math.cos((angles[one] ?? 0) - (angles[other] ?? 0)))))
  const lengthOf = (...lines: number[]) => Math.sqrt(among(lines).reduce((sum, value) => sum + value, 0))
  const lengths = Float64Array.of(lengthOf(0, 1), lengthOf(3, 4), 1)
  const heard = (at: number) => {
    const lines = Float64Array.from(angles, (angle) => Math.cos(at - angle))
    return { lines, among, engines: [{ scores: lines, among, lengths, share: 1 }] }
  }
  const all = [0, 1, 2]

  test('finds the unit whose lines are near', () => {
    const [first = 0, second = 0, third = 0] = rank(heard(0.1), places, all, undefined)
    expect(first).toBeGreaterThan(0.5)
    expect(first).toBeGreaterThan(second)
    expect(second).toBeGreaterThan(third)
  })

  test('a unit that something else is nearer to than its own lines has nothing', () => {
    expect(rank(heard(0.8), places, all, undefined)[0]).toBe(0)
  })

  test('units that are not allowed do not compete', () => {
    const [first = 0, second] = rank(heard(0.5), places, [0, 2], undefined)
    expect(second).toBe(0)
    expect(first).toBeGreaterThan(rank(heard(0.5), places, all, undefined)[0] ?? 1)
  })

  test('a line that is left out counts in no way: it is as if the unit had never had it', () => {
    const without = rank(heard(0.1), places, all, 0)
    const fewer = [{ first: 1, against: 2, end: 3 }, ...places.slice(1)]
    const never = {
      ...heard(0.1),
      engines: [{ ...heard(0.1).engines[0], lengths: Float64Array.of(1, lengths[1] ?? 0, 1) }],
    }
    const expected = rank(never as ReturnType<typeof heard>, fewer, all, undefined)
    expect([...without]).toEqual(Array.from(expected, (score) => expect.closeTo(score, 10)))
  })

  test('a unit without its only line has nothing', () => {
    expect(rank(heard(2.5), places, all, undefined)[2]).toBeGreaterThan(0.5)
    expect(rank(heard(2.5), places, all, 5)[2]).toBe(0)
  })
})
