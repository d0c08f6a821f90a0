import { expect, test } from '@jest/globals'
import { z } from 'zod'
import { readYaml } from '../../src/content/read/yaml.ts'

const anything = z.record(z.string(), z.unknown())
const read = (text: string) => readYaml('policies/some.yaml', text, anything)
const until = (length: number, line: (i: number) => string) => {
  let text = ''
  for (let i = 0; text.length < length; i += 1) text += line(i)
  return text
}

/** The longest file that is read. */
const LONGEST = 256 * 1024

test.each<[string, string, number, RegExp]>([
  ['25,000 keys', until(239_000, (i) => `k${i}: 1\n`), 5715, /too many entries; split/],
  ['one map in brackets', `{${until(LONGEST, (i) => `k${i}: 1,\n`)}}`, 5000, /too many entries; split/],
  ['10,000 anchors', `a:\n${until(150_000, (i) => ` - &a${i} x\n`)}`, 102, /too many references/],
  ['an alias in every line', `a: &a x\nb:\n${' - *a\n'.repeat(40_000)}`, 102, /too many references/],
  ['merged maps', `a: &a {b: 1}\n${until(LONGEST, (i) => `c${i}: {<<: *a}\n`)}`, 101, /too many references/],
  ['brackets in brackets', `a: ${'['.repeat(LONGEST)}`, 1, /more than 100 deep/],
  ['dashes behind dashes', '- '.repeat(LONGEST / 2), 1, /more than 100 deep/],
  ['question marks behind question marks', '? '.repeat(LONGEST / 2), 1, /more than 100 deep/],
  ['nothing but line ends', '\n'.repeat(LONGEST), 40_001, /too many entries; split/],
])('%s are one problem at its line', (_, text, line, problem) => {
  const { value, problems } = read(text)
  expect(value).toBeUndefined()
  expect(problems).toEqual([
    { file: 'policies/some.yaml', line, problem: expect.stringMatching(problem), severity: 'error' },
  ])
})

test('of thousands of mistakes the first fifty are told', () => {
  expect(read(`a: "${'\\x'.repeat(LONGEST / 2)}"`).problems).toHaveLength(50)
  expect(read('a: 1\n'.repeat(5000)).problems).toHaveLength(50)
})

test.each([
  ['a: 1\nb: 2\na: 3\n', [3]],
  ['a:\n  - {x: 1, y: 2, x: 3}\n  - x: 1\n', [2]],
  ['1: a\n1: b\nkey: {"x": 1, x: 2}\n', [2, 3]],
  ['true: a\n"true": b\n', []],
])('a key that stands twice in a map is told at its line: %j', (text, lines) => {
  const { problems } = read(text)
  expect(problems.map(({ line, problem }) => [line, problem])).toEqual(
    lines.map((line) => [line, 'not valid YAML: map keys must be unique']),
  )
})

test('signs of references and lists inside words count for nothing', () => {
  const text = `${until(20_000, (i) => `k${i}: "*a &b [ {"\n`)}last: |\n${'  *a\n  &b [[{\n'.repeat(200)}`
  expect(read(text).problems).toEqual([])
})
