import { describe, expect, test } from '@jest/globals'
import { openTermDictionary, type TermDictionary } from '../../src/understanding/retrieval/term-dictionary.ts'
import { buildLexical } from '../../src/understanding/retrieval/tfidf-index.ts'
import { terms } from '../../src/understanding/retrieval/tokenize.ts'

const LINES = [
  'how long does delivery take',
  'can I return a lamp',
  'return a lamp that arrived broken, broken in two',
  'delivery to Leeds',
  '',
]
const QUESTIONS = ['do you deliver lamps?', 'a broken broken lamp from Leeds', 'xylophone', 'delivery', '']

/** The definition, without any index: cosine of term weights times log((lines + 1) / (lines with the term + 1)) + 1. */
function cosine(one: string, other: string): number {
  const lines = LINES.map((line) => terms(line))
  const weigh = (text: string) =>
    new Map(
      Array.from(terms(text), ([term, weight]) => {
        const seenIn = lines.filter((line) => line.has(term)).length
        return [term, weight * (Math.log((lines.length + 1) / (seenIn + 1)) + 1)]
      }),
    )
  const [a, b] = [weigh(one), weigh(other)]
  const length = (vector: Map<string, number>) => Math.hypot(...vector.values()) || 1
  const product = Array.from(a, ([term, weight]) => weight * (b.get(term) ?? 0)).reduce((x, y) => x + y, 0)
  return product / (length(a) * length(b))
}

const knowing = (...lines: string[]): TermDictionary => {
  const lexicon = openTermDictionary()
  for (const line of lines) lexicon.read(line)
  return lexicon
}

describe.each([
  ['that knows nothing yet', () => knowing()],
  ['that knows lines of others', () => knowing('the xylophone is broken', 'leeds', 'how many lamps')],
  ['that knows these lines', () => knowing(...LINES.toReversed())],
])('an index with a lexicon %s', (_, open) => {
  test('tells how near a question is to each line', async () => {
    const lexical = await buildLexical(LINES, open())
    for (const question of QUESTIONS)
      LINES.forEach((line, at) => {
        expect(lexical.score(question)[at]).toBeCloseTo(cosine(question, line), 6)
      })
  })

  test('tells how near its lines are to each other', async () => {
    const lexical = await buildLexical(LINES, open())
    // Twice: the first leaves nothing behind.
    for (const some of [[...LINES.keys()], [4, 2, 1, 0], []]) {
      const near = lexical.among(some)
      expect(near).toHaveLength(some.length ** 2)
      for (const [i, one] of some.entries())
        for (const [j, other] of some.entries())
          expect(near[i * some.length + j]).toBeCloseTo(cosine(LINES[one] ?? '', LINES[other] ?? ''), 6)
    }
  })
})

describe('a lexicon', () => {
  test('remembers what it has read, and its numbers stay', () => {
    const lexicon = openTermDictionary()
    const first = lexicon.read('a broken lamp')
    const size = lexicon.size()
    expect(lexicon.read('a broken lamp')).toBe(first)
    expect(lexicon.size()).toBe(size)
    expect(lexicon.numberOf('lamp')).toBeLessThan(size)
    expect(lexicon.numberOf('sofa')).toBeUndefined()
    lexicon.read('a broken sofa')
    expect([...first.terms]).toContain(lexicon.numberOf('lamp'))
  })

  test('forgets the line that was not read for longest, once there are too many terms', () => {
    const lexicon = openTermDictionary(70)
    const [lamp, sofa] = [lexicon.read('a broken lamp'), lexicon.read('a sofa')]
    expect(lexicon.read('a broken lamp')).toBe(lamp)
    lexicon.read('a table for six')
    expect(lexicon.read('a broken lamp')).toBe(lamp)
    const again = lexicon.read('a sofa')
    expect(again).not.toBe(sofa)
    expect(again).toEqual(sofa)
  })
})
