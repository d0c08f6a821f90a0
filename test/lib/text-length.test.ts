import { expect, test } from '@jest/globals'
import { textLength } from '#lib'

test.each([
  ['characters', 'Grüße 🧡', 7],
  ['bytes', 'Grüße 🧡', 12],
  ['x-weighted', 'Hello', 5],
  ['x-weighted', '日本語', 6],
  ['x-weighted', 'see https://help.harbourlane.com/a/very/long/page/about/returns', 27],
  ['characters', '', 0],
] as const)('in %s, `%s` has %i', (unit, text, length) => {
  expect(textLength(text, unit)).toBe(length)
})
