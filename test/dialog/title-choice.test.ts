import { describe, expect, test } from '@jest/globals'
import { chosenOf } from '#dialog'

const TITLES = ['Sending a parcel abroad', 'Changing your subscription']

describe('which of two titles is meant', () => {
  test.each([
    ...[
      'yes',
      'the first one',
      'first',
      '1',
      '1️⃣',
      'option a',
      'the former please',
      "I'd like the first",
      'number one',
    ].map((text) => [text, [0]] as const),
    ...['second', 'the second one', '2nd', 'b', 'the latter', '② please', 'no, the second one', 'the other one'].map(
      (text) => [text, [1]] as const,
    ),
    ...['both', 'both please', 'all of them', 'well, both of those'].map((text) => [text, [0, 1]] as const),
    ...['neither', 'none of these', 'no', 'nope, neither'].map((text) => [text, 'none'] as const),
    ['parcels', [0]],
    ['sending', [0]],
    ['the subscription', [1]],
    ['change', [1]],
  ] as const)('`%s`', (text, chosen) => {
    expect(chosenOf(text, TITLES)).toEqual(chosen)
  })

  test.each([
    'where is my order',
    'I sent my first parcel abroad last week and now I want to send a second one to my mum',
    'hello?',
    '👍',
    'the first or the second',
  ])('`%s` chooses neither', (text) => {
    expect(chosenOf(text, TITLES)).toBeUndefined()
  })
})

describe('whether one title is meant', () => {
  test.each([
    ['yes', [0]],
    ['yep that', undefined],
    ['the first', [0]],
    ['yes please', [0]],
    ['no', 'none'],
    ['parcels yes', [0]],
    ['is it free', undefined],
  ])('`%s`', (text, chosen) => {
    expect(chosenOf(text, TITLES.slice(0, 1))).toEqual(chosen)
  })
})
