import { expect, test } from '@jest/globals'
import { BUCKETS, ngramsOf } from '../../src/understanding/nlu/classifier/ngrams.ts'

const inBoth = (one: string, other: string) => {
  const [a, b] = [ngramsOf(one), ngramsOf(other)]
  return [...a.keys()].filter((bucket) => b.has(bucket)).length / Math.min(a.size, b.size)
}

test.each([
  ['it’s LATE again!', 'its late again!', 1],
  ['order 4711', 'order 9982', 1],
])('`%s` is read as `%s`', (one, other, share) => expect(inBoth(one, other)).toBe(share))

test('signs and pictures count, and so does how long a message is', () => {
  expect(ngramsOf('great 🙄').size).toBeGreaterThan(ngramsOf('great').size)
  expect(inBoth('really?', 'really!')).toBeLessThan(1)
})

test('what a negation denies is another word', () => {
  const more = (text: string) => ngramsOf(text).size
  expect(more('never lost one')).toBeGreaterThan(more('often lost one'))
})

test('an odd text is read too, and every n-gram has a bucket', () => {
  for (const text of ['', '🙂', 'a'.repeat(5000), 'né ça 日本'])
    for (const bucket of ngramsOf(text).keys()) expect(bucket >= 0 && bucket < BUCKETS).toBe(true)
})
