// Who gets which version: the same everywhere, and nobody is moved about.
import { describe, expect, test } from '@jest/globals'
import type { Rollout, State } from '../../src/releases/release-state.ts'
import { bucketOf, versionFor } from '../../src/releases/rollout-bucket.ts'

const customers = Array.from({ length: 20_000 }, (_, n) => `playground:brand:customer-${n}`)
const state = (rollout: Partial<Rollout>): State => ({
  schema: 1,
  live: 'old',
  before: [],
  takenBack: [],
  rollout: { id: 'r1', version: 'new', base: 'old', percent: 10, shadow: false, startedAt: 0, by: 'ann', ...rollout },
})
const inIt = (rollout: Partial<Rollout>) =>
  new Set(customers.filter((customer) => versionFor(state(rollout), customer) === 'new'))

describe('a rollout', () => {
  test('reaches its share of customers, whatever their ids have in common', () => {
    for (const percent of [1, 10, 50, 90]) {
      expect(Math.abs((inIt({ percent }).size / customers.length) * 100 - percent)).toBeLessThan(1)
    }
    expect(inIt({ percent: 100 }).size).toBe(customers.length)
  })

  test('that is raised from 10 % to 30 % keeps the first 10 %', () => {
    const [ten, thirty] = [inIt({ percent: 10 }), inIt({ percent: 30 })]
    expect([...ten].filter((customer) => !thirty.has(customer))).toEqual([])
  })

  test('of another time reaches other people', () => {
    const [one, other] = [inIt({ id: 'r1' }), inIt({ id: 'r2' })]
    const both = [...one].filter((customer) => other.has(customer))
    // A tenth of a tenth, by chance.
    expect(both.length / customers.length).toBeLessThan(0.02)
  })

  test('gives a customer the same place in every process and in every later version of the code', () => {
    expect([bucketOf('r1', 'x:brand:1'), bucketOf('r1', 'x:brand:2')].map((place) => place.toFixed(4))).toEqual([
      '69.6789',
      '33.1626',
    ])
  })

  test('on one channel leaves the others alone', () => {
    const only = state({ percent: 100, channels: ['x'] })
    expect(versionFor(only, 'x:brand:1')).toBe('new')
    expect(versionFor(only, 'facebook:brand:1')).toBe('old')
  })

  test('that is silent, or stopped, serves nobody', () => {
    expect(inIt({ percent: 100, shadow: true }).size).toBe(0)
    expect(inIt({ percent: 100, stopped: { at: 1, because: 'worse' } }).size).toBe(0)
  })
})
