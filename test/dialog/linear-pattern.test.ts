import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { linearPattern, patternProblem } from '../../src/dialog/linear-pattern.ts'

const SEED = 16

/** What the same expression finds when JavaScript's backtracking engine runs it. */
const backtracking = {
  matches: (source: string, text: string) => new RegExp(`^(?:${source})$`, 'u').test(text),
  findWords(source: string, text: string) {
    const inner = source.replace(/^\^|(?<!\\)\$$/g, '')
    const form = new RegExp(`(?<![\\p{L}\\p{N}])(?:${inner})(?![\\p{L}\\p{N}]|-[\\p{L}\\p{N}])`, 'gu')
    return [...text.matchAll(form)].filter(([value]) => value !== '').map(({ 0: value, index: at }) => ({ value, at }))
  },
}

describe('an expression that JavaScript and RE2 both know means the same in both', () => {
  const sign = fc.constantFrom(
    ...['H', 'L', '-', '\\d', '\\w', '\\s', '\\S', '.', '[A-Z]', '[^\\d]', '[\\s.]', '[^\\S-]', '\\p{Lu}', 'é', '😀'],
    ...['\\u00e9', '-', '[\\w-]', '(?:HL|H)', '\\.'],
  )
  const part = fc
    .tuple(sign, fc.constantFrom('', '', '', '?', '*', '+', '+?', '{2}', '{1,3}', '*?'))
    .map(([one, times]) => one + times)
  const sequence = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''))
  const expression = fc.oneof(
    sequence,
    fc.tuple(sequence, sequence).map(([one, other]) => `(?:${one}|${other})`),
    sequence.map((one) => `^${one}$`),
    // A repetition of what may be empty is where the two engines differ.
    fc
      .tuple(
        sequence,
        sequence.filter((one) => !backtracking.matches(one, '')),
      )
      .map(([one, other]) => `${one}(?:${other})+`),
  )
  const word = fc.constantFrom('HL', 'H', 'L', '-', '2', '04', ' ', '\n', '\r', '\u00a0', '.', 'é', '😀', 'x', '\u2028')
  const text = fc.array(word, { maxLength: 9 }).map((words) => words.join(''))

  test('whether a whole text fits', () => {
    fc.assert(
      fc.property(expression, text, (source, said) => {
        expect(linearPattern(source).matches(said)).toBe(backtracking.matches(source, said))
      }),
      { numRuns: 800, seed: SEED },
    )
  })

  test('which words of a text fit', () => {
    fc.assert(
      fc.property(expression, text, (source, said) => {
        // What fits the empty text, or one character alone at the beginning, finds fewer words here.
        fc.pre(!backtracking.matches(source, '') && !/^.$/su.test(backtracking.findWords(source, said)[0]?.value ?? ''))
        expect(linearPattern(source).findWords(said)).toEqual(backtracking.findWords(source, said))
      }),
      { numRuns: 800, seed: SEED },
    )
  })
})

test.each([
  ['^HL-?(?:\\d+-?)+\\d{3}$', `where is my order HL${'1'.repeat(4000)}x`],
  ['(?:[A-Z]+\\d*)+!', `${'AB12'.repeat(2000)} ?`],
  ['(?:\\d|\\d\\d|\\w)*-', '1'.repeat(8000)],
  ['(?:.*,){12}P', `${'1,'.repeat(4000)}x`],
])('%s ends on a text that keeps a backtracking engine busy for ever', (source, text) => {
  expect(linearPattern(source).findWords(text)).toEqual([])
  expect(linearPattern(source).matches(text)).toBe(false)
})

test.each([
  ['HL-(\\d{5}', 'is not a regular expression'],
  ['(?=\\d)\\w+', 'look-ahead and look-behind'],
  ['\\w+(?!x)', 'look-ahead and look-behind'],
  ['(?<=HL)\\d+', 'look-ahead and look-behind'],
  ['(?<![A-Z])\\d+', 'look-ahead and look-behind'],
  ['(\\d)\\1', 'references to groups'],
  ['(?<digit>\\d)\\k<digit>', 'references to groups'],
  ['\\p{Script=Greek}+', 'write it more simply'],
  ['\\d{2000}', 'write it more simply'],
  ['(?:\\d{0,30}-?){20}', 'is too large'],
  [`[${'A'.repeat(600)}]`, 'longer than 500 characters'],
])('%s is not taken, and why is said', (source, because) => expect(patternProblem(source)).toContain(because))

test.each([
  ['a group with a name', '(?<letters>[A-Z]{2})-\\d+'],
  ['a sign that only looks like a reference', '\\\\1[(?]=x'],
  ['a modifier', '(?i:hl)-\\d{5}'],
])('%s is taken', (_, source) => expect(patternProblem(source)).toBeUndefined())
