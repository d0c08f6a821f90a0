// Chaos runs and attacks are tested on a product that lacks one mechanism. Each removal has to apply exactly once, and leave a
// program: else such a run tests nothing.
import { stripTypeScriptTypes } from 'node:module'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { GUARDS } from '../../attacks/weaknesses.ts'
import { WEAKNESSES, weaken, weakenedSource } from '../../chaos/weaknesses.ts'
import { startTestRedis, type TestRedis } from '../setup/redis.ts'

let redis: TestRedis
beforeAll(async () => {
  redis = await startTestRedis()
})
afterAll(() => redis?.close())

/** Rejects unless the text is a program of its file's language. */
const compile = async (file: string, text: string): Promise<unknown> =>
  file.endsWith('.lua') ? redis.connections.main.scriptLoad(text) : stripTypeScriptTypes(text)

describe.each([
  ['the safety mechanisms of chaos runs', WEAKNESSES],
  ['the guards of attacks', GUARDS],
])('each of %s', (_, removals) => {
  test.each(removals.map((one) => [one.name, one] as const))(
    '%s: is one statement that stands once in its file, which is a program without it',
    async (_name, removal) => {
      await expect(compile(removal.file, weakenedSource(removal))).resolves.toEqual(expect.any(String))
    },
  )

  test('has a name of its own', () => {
    expect(new Set(removals.map(({ name }) => name)).size).toBe(removals.length)
  })
})

test('a text that is no program is noticed, in either language', async () => {
  await expect(compile('a.lua', 'if x then')).rejects.toThrow('Error compiling script')
  await expect(compile('a.ts', 'if (x) {')).rejects.toThrow()
})

test('a statement that is gone, or that stands twice, is an error', () => {
  const removal = { name: 'guard', file: 'src/a.ts', from: 'if (isSafe) return', to: '' }
  expect(weaken(removal, 'f()\nif (isSafe) return\ng()')).toBe('f()\n\ng()')
  expect(() => weaken(removal, 'some other source')).toThrow(/stands 0 times in src\/a\.ts/)
  expect(() => weaken(removal, `${removal.from}\n${removal.from}`)).toThrow(/stands 2 times in src\/a\.ts/)
})
