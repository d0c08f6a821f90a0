import { describe, expect, test } from '@jest/globals'
import { type Sample, trainSoftmax } from '../../src/understanding/softmax.ts'
import { terms } from '../../src/understanding/terms.ts'

const sample = (text: string, ...figures: number[]): Sample => ({
  terms: terms(text),
  figures: Float32Array.from(figures),
})
const likeliest = (chances: Float64Array) => chances.indexOf(Math.max(...chances))

describe('softmax regression', () => {
  const texts = ['the parcel is late', 'late again', 'so late', 'lovely lamp', 'a lovely chair', 'lovely, all of it']
  const labels = [0, 0, 0, 1, 1, 1]
  const samples = texts.map((text) => sample(text, 0))

  test('learns words', async () => {
    const chances = await trainSoftmax(samples, labels, 2)
    expect(likeliest(chances(sample('why so late?', 0)))).toBe(0)
    expect(likeliest(chances(sample('what a lovely table', 0)))).toBe(1)
  })

  test('learns figures, where words say nothing', async () => {
    const chances = await trainSoftmax(
      labels.map((label) => sample('x', label === 0 ? -1 : 1)),
      labels,
      2,
    )
    expect(chances(sample('y', -1))[0]).toBeGreaterThan(0.7)
    expect(chances(sample('y', 1))[1]).toBeGreaterThan(0.7)
  })

  test('gives chances that add up to 1, nearly even for what it knows nothing of', async () => {
    const chances = [...(await trainSoftmax(samples, labels, 2))(sample('quux', 0))]
    expect(chances.reduce((sum, chance) => sum + chance)).toBeCloseTo(1)
    expect(chances[0]).toBeCloseTo(0.5, 1)
  })

  test('leans to what is frequent', async () => {
    const chances = await trainSoftmax([...samples, sample('late', 0), sample('late too', 0)], [...labels, 0, 0], 2)
    expect(likeliest(chances(sample('quux', 0)))).toBe(0)
  })

  test('lets others in while it learns, however few there are', async () => {
    let turns = 0
    let isOver = false
    const other = () => {
      turns++
      if (!isOver) setImmediate(other)
    }
    setImmediate(other)
    await trainSoftmax(samples, labels, 2)
    isOver = true
    expect(turns).toBeGreaterThan(20)
  })

  test('learns the same of the same', async () => {
    const [one, other] = [await trainSoftmax(samples, labels, 2), await trainSoftmax(samples, labels, 2)]
    expect(one(sample('late lamp', 0))).toEqual(other(sample('late lamp', 0)))
  })
})
