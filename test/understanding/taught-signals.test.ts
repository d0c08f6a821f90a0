// What examples of a signal teach, as geometry: no sentence model is needed to see it.
import { describe, expect, test } from '@jest/globals'
import {
  type Background,
  learnBackground,
  learnSignals,
} from '../../src/understanding/nlu/classifier/taught-signals.ts'

const SIZE = 40
/** A line among others: a direction of its own, and a little of everything, the same every time. */
function line(seed: number, towards: Readonly<Record<number, number>> = {}): Float32Array {
  let state = seed * 2654435761
  const next = () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 374761393) >>> 0
    return state / 2 ** 32 - 0.5
  }
  return Float32Array.from({ length: SIZE }, (_, at) => 0.3 * next() + (towards[at] ?? 0))
}
const lines = (from: number, count: number, towards: Readonly<Record<number, number>> = {}) =>
  Array.from({ length: count }, (_, i) => line(from + i, towards))

const open = (grave: readonly Float32Array[] = []): Promise<Background> =>
  learnBackground([
    ...lines(1, 300).map((vector) => ({ vector, isGrave: false })),
    ...grave.map((vector) => ({ vector, isGrave: true })),
  ])
const SAYS = lines(1000, 6, { 0: 1 })
const NOT = lines(2000, 6, { 0: 0.8, 1: 1 })
const lesson = { id: 'leak', isGrave: false, says: SAYS, not: NOT }

describe('a signal that is taught by examples', () => {
  test('is heard in lines like its own that were not taught, and not in others', async () => {
    const { read } = await learnSignals(await open(), [], [lesson])
    const heard = (all: readonly Float32Array[]) => all.filter((one) => read(one).heard.includes('leak')).length
    expect(heard(lines(3000, 50, { 0: 1 }))).toBe(50)
    expect(heard(lines(4000, 50, { 5: 1 }))).toBeLessThan(3)
  })

  test('is denied in lines like those that only sound like it', async () => {
    const { read } = await learnSignals(await open(), [], [lesson])
    const all = lines(5000, 50, { 0: 0.8, 1: 1 })
    expect(all.filter((one) => read(one).heard.includes('leak'))).toEqual([])
    expect(all.filter((one) => read(one).denied.includes('leak')).length).toBeGreaterThan(45)
  })

  test('fires in hardly any line of the background, however many are a little like it', async () => {
    const { proofs } = await learnSignals(await open(), lines(6000, 200, { 0: 0.1, 4: 1 }), [lesson])
    const [{ background, taken } = { background: { taken: 1, of: 1 }, taken: [] }] = proofs
    expect(background.of).toBe(300)
    expect(background.taken).toBeLessThanOrEqual(3)
    expect(taken.length).toBeLessThanOrEqual(5)
  })

  test('that is grave does not count grave lines of ours as something else', async () => {
    const grave = lines(7000, 60, { 0: 1 })
    const background = await open(grave)
    const hears = async (isGrave: boolean) => {
      const { read, proofs } = await learnSignals(background, [], [{ ...lesson, isGrave }])
      const heard = lines(3000, 50, { 0: 1 }).filter((one) => read(one).heard.includes('leak')).length
      return { heard, of: proofs[0]?.background.of }
    }
    expect((await hears(true)).of).toBe(300)
    expect((await hears(false)).of).toBe(360)
    expect((await hears(true)).heard).toBeGreaterThan((await hears(false)).heard)
  })

  test('tells which of its lines the others do not teach', async () => {
    const odd = line(8000, { 7: 1 })
    const { proofs } = await learnSignals(await open(), [], [{ ...lesson, says: [...SAYS, odd] }])
    expect(proofs[0]?.heardLeftOut).toEqual([...SAYS.map(() => true), false])
  })

  test('is learnt the same every time', async () => {
    const [one, other] = [await open(), await open()]
    expect(one.factor).toEqual(other.factor)
  })
})
