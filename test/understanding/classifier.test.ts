import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { together } from '#understanding/local-nlu'
import { openSearchEngine, type SearchEngine } from '#understanding/retrieval'
import { type Prediction, trainClassifier } from '../../src/understanding/nlu/classifier/classifier.ts'
import { ruleFeaturesOf } from '../../src/understanding/nlu/classifier/rule-features.ts'

let cacheDir: string
let finder: SearchEngine
beforeAll(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'taught-'))
  finder = await openSearchEngine({ cacheDir })
})
afterAll(async () => {
  await finder.close()
  await rm(cacheDir, { recursive: true })
})

/** The likeliest kind of complaint. */
function kindOf({ chances }: Prediction = { chances: {} }): string | undefined {
  const { rant = 0, minor = 0, major = 0 } = chances
  const kinds = { rant, minor, major, none: 1 - rant - minor - major }
  return Object.entries(kinds).toSorted(([, one], [, other]) => other - one)[0]?.[0]
}

describe('kinds of complaint that messages teach', () => {
  const labelled = [
    { text: 'you are a bunch of clowns', complaint: 'rant' },
    { text: 'worst shop in the world', complaint: 'rant' },
    { text: 'my kettle leaks since yesterday', complaint: 'minor' },
    { text: 'the jacket you sent has a hole', complaint: 'minor' },
    { text: 'my son was hurt by your scooter', complaint: 'major' },
    { text: 'do you sell kettles', complaint: 'none' },
    { text: 'what colours does the jacket come in', complaint: 'none' },
  ] as const

  test.each([
    ['the worst shop I know, clowns all of you', 'rant'],
    ['there is a hole in my new jacket', 'minor'],
    ['your scooter hurt my daughter', 'major'],
    ['in which colours do you have jackets?', 'none'],
  ])('`%s` is %s', async (text, kind) => {
    const taught = await trainClassifier(finder, labelled)
    expect(kindOf(await taught.hear(text, ruleFeaturesOf(text)))).toBe(kind)
  })

  test('words alone teach nothing', async () => {
    const blind = await openSearchEngine({ cacheDir, embedder: async () => Promise.reject(new Error('no model')) })
    const taught = await trainClassifier(blind, labelled)
    const text = 'your scooter hurt my daughter'
    expect(await taught.hear(text, ruleFeaturesOf(text))).toBeUndefined()
    await blind.close()
  })

  test('are learnt without the fourth layer too, as vectors of a server have none', async () => {
    const lines: SearchEngine['lines'] = async (texts) => (await finder.lines(texts))?.map(({ last }) => ({ last }))
    const question: SearchEngine['question'] = async (texts) =>
      (await finder.question(texts))?.map(({ last }) => ({ last }))
    const taught = await trainClassifier({ ...finder, model: 'a-server', lines, question }, labelled)
    const text = 'there is a hole in my new jacket'
    expect(kindOf(await taught.hear(text, ruleFeaturesOf(text)))).toBe('minor')
  })

  test('are learnt once: who opens later reads what was learnt, and embeds no line', async () => {
    const added = [{ text: 'our widget went wonky', complaint: 'major' }] as const
    const text = 'the widget went all wonky'
    const before = await (await trainClassifier(finder, labelled, added)).hear(text, ruleFeaturesOf(text))
    const embedded: string[] = []
    const lines: SearchEngine['lines'] = async (texts, keptIn) => {
      embedded.push(...texts)
      return finder.lines(texts, keptIn)
    }
    // Modules of their own, as another process has them: nothing is left in memory.
    await jest.isolateModulesAsync(async () => {
      const later = await import('../../src/understanding/nlu/classifier/classifier.ts')
      expect(later.trainClassifier).not.toBe(trainClassifier)
      const taught = await later.trainClassifier({ ...finder, lines }, labelled, added)
      expect(await taught.hear(text, ruleFeaturesOf(text))).toEqual(before)
      expect(embedded).toEqual([])
      await later.trainClassifier({ ...finder, lines }, labelled.slice(1), added)
      expect(embedded).toContain('my kettle leaks since yesterday')
    })
  })

  test('what a brand adds is learnt beside ours, and what it does not speak of stays as it was', async () => {
    const text = 'the widget went all wonky'
    const before = await (await trainClassifier(finder, labelled)).hear(text, ruleFeaturesOf(text))
    const added = [{ text: 'our widget went wonky', complaint: 'major' }] as const
    const taught = await trainClassifier(finder, labelled, added)
    const after = await taught.hear(text, ruleFeaturesOf(text))
    expect(after?.chances.major ?? 0).toBeGreaterThan((before?.chances.major ?? 0) + 0.2)
    const other = 'clowns, the worst shop'
    expect(kindOf(await taught.hear(other, ruleFeaturesOf(other)))).toBe('rant')
  })
})

test.each([
  ['my kayak came without a paddle', true],
  ['the canoe I bought from you leaks', true],
  ['how long is the longest kayak', false],
  ['which paddle fits a canoe', false],
])('whether `%s` is about one customer alone is learnt from labels: %s', async (text, is) => {
  const taught = await trainClassifier(finder, [
    { text: 'the kayak you sent me has a hole', 'account-specific': true },
    { text: 'my paddle came broken', 'account-specific': true },
    { text: 'I bought a canoe and it never came', 'account-specific': true },
    { text: 'what colours do kayaks come in', 'account-specific': false },
    { text: 'which canoe is best for a lake', 'account-specific': false },
    { text: 'how heavy is a paddle', 'account-specific': false },
  ])
  const { chances } = (await taught.hear(text, ruleFeaturesOf(text))) ?? { chances: {} }
  expect((chances['account-specific'] ?? 0) > 0.5).toBe(is)
})

test.each([
  ['My paddle is green. Summon the harbour master please.', true],
  ['kindly summon your harbour master', true],
  ['when does the harbour open', false],
  ['which paddle is lovely and light', false],
])('that `%s` asks for a person is learnt from labels, sentence by sentence: %s', async (text, is) => {
  const summons = ['summon the harbour master', 'please summon your harbour master', 'harbour master, now']
  const others = ['the harbour is lovely', 'is the harbour near the shop', 'what does a paddle weigh']
  const taught = await trainClassifier(finder, [
    ...summons.map((words) => ({ text: words, 'wants-human': true })),
    ...others.map((words) => ({ text: words, 'wants-human': false })),
  ])
  expect(await taught.hear(text, ruleFeaturesOf(text))).toEqual({ chances: {}, wantsHuman: is })
})

describe('moods that labels teach', () => {
  // Slang of which no list knows what it means.
  const things = [
    'app',
    'lamp',
    'parcel',
    'shop',
    'chair',
    'desk',
    'site',
    'rug',
    'sofa',
    'order',
    'mug',
    'bed',
    'shelf',
  ]
  const said = { negative: 'proper gremlin', neutral: 'plain tuesday', positive: 'total sparkle' } as const
  const moods = ['negative', 'neutral', 'positive'] as const
  const labelled = things.flatMap((thing) => moods.map((mood) => ({ text: `my ${thing} is a ${said[mood]}`, mood })))

  test('are heard where rules hear nothing', async () => {
    const taught = await trainClassifier(finder, [...labelled, { text: '😀😀 https://a.example', mood: 'positive' }])
    const hear = async (text: string) => (await taught.hear(text, ruleFeaturesOf(text)))?.sentiment ?? 0
    expect(taught.moods()).toMatchObject({ labels: 39, byLabels: 1 })
    expect(await hear('this table is a proper gremlin')).toBeLessThan(-0.5)
    expect(Math.abs(await hear('this table is a plain tuesday'))).toBeLessThan(0.2)
    expect(await hear('this table is a total sparkle')).toBeGreaterThan(0.5)
  })

  test('are left to rules when labels teach less than rules know', async () => {
    const plain = things.flatMap((thing) => [
      { text: `terrible ${thing}, I hate it`, mood: 'negative' as const },
      { text: `lovely ${thing}, I love it`, mood: 'positive' as const },
      { text: `where is the ${thing}?`, mood: 'neutral' as const },
    ])
    const shuffled = plain.map((one, i) => ({
      ...one,
      mood: i % 5 === 0 ? one.mood : (moods[(i * 7) % 3] ?? 'neutral'),
    }))
    const taught = await trainClassifier(finder, shuffled)
    const { byLabels = 1, byRules = 0 } = taught.moods() ?? {}
    expect(byLabels).toBeLessThan(byRules)
    expect(await taught.hear('terrible vase', ruleFeaturesOf('terrible vase'))).toEqual({ chances: {} })
  })
})

test.each([
  ['none', 'none', 'none'],
  ['none', 'minor', 'minor'],
  ['none', undefined, 'none'],
  ['minor', 'none', 'none'],
  ['minor', undefined, 'minor'],
  ['minor', 'rant', 'rant'],
  ['rant', 'minor', 'minor'],
  ['minor', 'major', 'major'],
  ['major', 'none', 'major'],
] as const)('rules say %s and messages %s: %s', (ruled, taught, both) => {
  expect(together(ruled, taught)).toBe(both)
})
