// The test build takes out what the table names: each mechanism has to be where the table says, once.
import { expect, test } from '@jest/globals'
import { checkWeakness, WEAKNESSES, weaken } from '../../chaos/weaknesses.ts'

test.each(WEAKNESSES.map((weakness) => [weakness.lacks, weakness] as const))(
  '%s: is still there to be taken out',
  (_, weakness) => {
    expect(() => checkWeakness(weakness)).not.toThrow()
  },
)

test('a mechanism that has moved is an error, not a test that no longer tests', () => {
  const [weakness] = WEAKNESSES
  expect(() => weakness && weaken(weakness, 'some other source')).toThrow(/stands 0 times/)
  expect(() => weakness && weaken(weakness, `${weakness.from}\n${weakness.from}`)).toThrow(/stands 2 times/)
})
