// Chaos runs and attacks are tested on a product that lacks one mechanism. Each removal has to apply exactly once, and leave a
// program: else such a run tests nothing.
import { stripTypeScriptTypes } from 'node:module'
import { describe, expect, test } from '@jest/globals'
import { GUARDS } from '../../attacks/weaknesses.ts'
import { WEAKNESSES, weaken, weakenedSource } from '../../chaos/weaknesses.ts'

describe.each([
  ['the safety mechanisms of chaos runs', WEAKNESSES],
  ['the guards of attacks', GUARDS],
])('each of %s', (_, removals) => {
  test.each(removals.map((one) => [one.name, one] as const))(
    '%s: is one statement that stands once in its file, which is a program without it',
    (_name, removal) => {
      expect(() => stripTypeScriptTypes(weakenedSource(removal))).not.toThrow()
    },
  )

  test('has a name of its own', () => {
    expect(new Set(removals.map(({ name }) => name)).size).toBe(removals.length)
  })
})

test('a statement that is gone, or that stands twice, is an error', () => {
  const removal = { name: 'guard', file: 'src/a.ts', from: 'if (isSafe) return', to: '' }
  expect(weaken(removal, 'f()\nif (isSafe) return\ng()')).toBe('f()\n\ng()')
  expect(() => weaken(removal, 'some other source')).toThrow(/stands 0 times in src\/a\.ts/)
  expect(() => weaken(removal, `${removal.from}\n${removal.from}`)).toThrow(/stands 2 times in src\/a\.ts/)
})
