// Signals that policies teach by examples: how they are read, and what is wrong with them, by file and line.
import { describe, expect, test } from '@jest/globals'
import { formatProblem, loadContent } from '#content/load'
import { inFolder, REFUNDS } from './folder.ts'

const SIGNALS = `topic: Danger
owner: safety
rules:
  - { id: danger.leak, when: { signals: leak }, then: escalate, because: Water runs out of a product of ours. }
signals:
  - id: leak
    major: true
    says:
      - water drips out of it
      - it stands in a puddle
      - the tank is not tight
    not:
      - how do I fill the tank
  - id: fraud
    says: [somebody used my card, I was conned, a stranger ordered in my name]
examples:
  - { given: { signals: [leak] }, expect: { verdict: escalate, because: danger.leak } }
`

async function load(text: string) {
  return inFolder({ 'policies/danger.yaml': text }, loadContent)
}

async function problemsOf(text: string): Promise<string[]> {
  const loaded = await load(text)
  return ('problems' in loaded ? loaded.problems : loaded.content.warnings).map(formatProblem)
}

describe('signals that a policy teaches', () => {
  test('belong to its owner, may be named by rules, and each line is tried', async () => {
    const loaded = await load(SIGNALS)
    if ('problems' in loaded) throw new Error(loaded.problems.map(formatProblem).join('\n'))
    expect(loaded.content.warnings).toEqual([])
    expect(loaded.content.signals).toMatchObject([
      { id: 'leak', major: true, owner: 'safety', file: 'policies/danger.yaml', not: ['how do I fill the tank'] },
      { id: 'fraud', owner: 'safety', not: [] },
    ])
    const tried = loaded.examples.flatMap((one) => (one.kind === 'signal' ? [[one.line, one.signal, one.heard]] : []))
    expect(tried.slice(0, 4)).toEqual([
      [9, 'leak', true],
      [10, 'leak', true],
      [11, 'leak', true],
      [13, 'leak', false],
    ])
  })

  test('a file may hold nothing else', async () => {
    const only = 'topic: A\nowner: b\nsignals:\n  - { id: fraud, says: [a b, c d, e f] }\n'
    expect(await problemsOf(only)).toEqual([])
  })

  test.each([
    [
      'too few lines',
      '      - the tank is not tight\n',
      '',
      '8: `signals[1].says`: expected at least 3 lines that customers say',
    ],
    [
      'a name that is no name',
      'id: leak\n',
      'id: A leak\n',
      '6: `signals[1].id`: expected lower-case words joined by dashes, such as `outage`',
    ],
    [
      'the same line twice',
      'the tank is not tight',
      'Water drips out of it!',
      '11: signal `leak`: the same line stands in `policies/danger.yaml:9` under `says`',
    ],
    [
      'a line that is it and is not',
      'how do I fill the tank',
      'water drips out of it',
      '13: signal `leak`: the same line stands in `policies/danger.yaml:9` under `says`',
    ],
    [
      'a line of two signals',
      'I was conned',
      'it stands in a puddle',
      '15: signal `fraud`: the same line stands in `policies/danger.yaml:10` under `leak`',
    ],
    [
      'the same signal twice',
      'id: fraud',
      'id: leak',
      '14: signal `leak`: it is taught in `policies/danger.yaml:6` too; put its lines together',
    ],
    ['a line without words', 'the tank is not tight', '"!"', '11: signal `leak`: the line has no words'],
    [
      'an example that says the opposite',
      '{ given: { signals: [leak] }',
      '{ says: how do I fill the tank, given: { signals: [leak] }',
      '13: signal `leak`: the example in `policies/danger.yaml:17` says the opposite of this line',
    ],
  ])('%s is an error at its line', async (_, was, is, problem) => {
    expect(await problemsOf(SIGNALS.replace(was, is))).toContainEqual(`policies/danger.yaml:${problem}`)
  })

  test('the engine keeps what decides who is hidden, left alone or understood', async () => {
    const [problem] = await problemsOf(SIGNALS.replace('id: fraud', 'id: abuse'))
    expect(problem).toMatch(
      /^policies\/danger.yaml:14: `signals\[2\].id`: this signal cannot be taught; expected a name/,
    )
  })

  test('a rule that names one that nobody teaches says how to teach it', async () => {
    const [problem] = await problemsOf(SIGNALS.replace('when: { signals: leak }', 'when: { signals: leek }'))
    expect(problem).toBe(
      'policies/danger.yaml:4: rule `danger.leak`: `signals` is never `leek`; did you mean `leak`? signals of your own are taught by examples, under `signals:`',
    )
  })

  test('hide no post: what examples teach could be criticism', async () => {
    const hiding = SIGNALS.replace(
      'signals: leak }, then: escalate',
      'signals: fraud }, then: moderate, community-rule: No fraud',
    )
    expect((await problemsOf(hiding)).join('\n')).toContain('it would hide criticism')
  })

  test('of an owner that no rule names and that are not grave change nothing, and that is said', async () => {
    const idle = `topic: A\nowner: b\nsignals:\n  - { id: gift, says: [a b, c d, e f] }\n`
    expect(await problemsOf(idle)).toEqual([
      'policies/danger.yaml:4: warning: signal `gift`: no rule names it, so it changes nothing',
    ])
  })
})

test('a brand that teaches none reads as before', async () => {
  const loaded = await inFolder({ 'policies/refunds.yaml': REFUNDS }, loadContent)
  expect('content' in loaded && loaded.content.signals).toEqual([])
})
