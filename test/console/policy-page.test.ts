import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import type { Words } from '../../src/web/console/policies/api.ts'
import { suggest } from '../../src/web/console/policies/draft/completion.ts'
import { diffLines, hunksOf } from '../../src/web/console/policies/line-diff.ts'
import { clausesOf } from '../../src/web/console/policies/rules/describe-rule.ts'
import { readTopic, searchTopics } from '../../src/web/console/policies/rules/parse-policies.ts'

describe('a rule on the policy page', () => {
  const path = 'policies/refunds-and-compensation.yaml'
  const topic = readTopic(path, readFileSync(path, 'utf8'))
  const words = (id: string) => {
    const rule = topic.rules.find((one) => one.id === id)
    return rule && clausesOf(rule).map(({ fact, is, value }) => [fact, is, value].filter(Boolean).join(' '))
  }

  test('says when it fits, in words', () => {
    expect(words('refunds.public')).toEqual(['intent is refund-status', 'audience is public'])
    expect(words('refunds.again')).toEqual(['intent is refund-status', 'contacts is at least 6', 'form not'])
  })

  test('says what a set has and what it has not', () => {
    const when = { signals: { all: ['spam'], not: ['question', 'abuse'] } }
    const [clause] = clausesOf({ ...topic.rules[0], when } as (typeof topic.rules)[number])
    expect(clause).toEqual({ fact: 'signals', is: 'has', value: 'spam, and not question or abuse' })
  })

  test('is found by words of its name, its conditions and its reason', () => {
    const found = (wanted: string) => searchTopics([topic], wanted).flatMap(({ rules }) => rules.map(({ id }) => id))
    expect(found('bank')).toEqual(['refunds.chargeback'])
    expect(found('PUBLIC money')).toEqual(['refunds.public'])
    expect(found('nothing has these words')).toEqual([])
  })

  test('of a file that is broken is not shown, and the file says so', () => {
    const broken = readTopic('policies/gifts.yaml', 'topic: Gifts\nrules: [')
    expect(broken).toMatchObject({ topic: 'gifts', rules: [] })
    expect(broken.broken).toBeTruthy()
  })

  test('may be none, in a file of labelled messages', () => {
    const text = 'topic: Labels\nowner: care\nmessages:\n  - { text: ta, mood: positive }\n'
    expect(readTopic('policies/labels.yaml', text)).toMatchObject({ rules: [], examples: 0, messages: 1 })
  })
})

describe('what changed between two texts', () => {
  const shown = (before: string, after: string) =>
    diffLines(before, after).map(({ kind, text }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${text}`)

  test('is told line by line, what is gone before what is new', () => {
    expect(shown('a\nb\nc\n', 'a\nx\nc\nd\n')).toEqual([' a', '-b', '+x', ' c', '+d'])
    expect(shown('', 'a\n')).toEqual(['+a'])
    expect(shown('a\n', '')).toEqual(['-a'])
    expect(shown('a\nb\n', 'a\nb\n')).toEqual([' a', ' b'])
  })

  test('gives both texts back, whatever they are', () => {
    const texts = ['', 'a\n', 'a\nb\na\n', 'b\na\nb\nb\n', 'c\na\nc\nb\na\nc\n']
    for (const before of texts) {
      for (const after of texts) {
        const lines = diffLines(before, after)
        const side = (gone: string) =>
          lines
            .filter(({ kind }) => kind !== gone)
            .map(({ text }) => `${text}\n`)
            .join('')
        expect([side('added'), side('removed')]).toEqual([before, after])
      }
    }
  })

  test('is told of texts of some thousand lines that have nothing in common', () => {
    const text = (word: string) => Array.from({ length: 5000 }, (_, index) => `${word} ${index}\n`).join('')
    const lines = diffLines(text('before'), text('after'))
    expect(lines.map(({ kind }) => kind)).toEqual([...Array(5000).fill('removed'), ...Array(5000).fill('added')])
    expect(lines.at(-1)).toEqual({ kind: 'added', text: 'after 4999', after: 5000 })
  })

  test('is shown with three lines around it, and how many were left out', () => {
    const before = Array.from({ length: 20 }, (_, index) => `line ${index}\n`).join('')
    const [hunk, ...more] = hunksOf(diffLines(before, before.replace('line 10', 'another line')))
    expect(more).toEqual([])
    expect(hunk?.skipped).toBe(7)
    expect(hunk?.lines).toHaveLength(8)
  })
})

describe('the editor suggests', () => {
  const fact = (name: string, options?: readonly string[]) => ({
    fact: name,
    means: `what ${name} is`,
    values: 'some',
    unknown: 'none',
    kind: options ? 'one-of' : 'yes-no',
    ...(options ? { options } : {}),
  })
  const words: Words = {
    facts: [fact('audience', ['public', 'private']), fact('intent', ['refund-status', 'none']), fact('form')],
    verdicts: [
      { verdict: 'answer', means: 'answers' },
      { verdict: 'escalate', means: 'a person' },
    ],
    sayings: [{ name: 'busy', means: 'many wait' }],
    keys: [
      { key: 'id', means: 'its name' },
      { key: 'when', means: 'the facts' },
    ],
    intents: ['refund-status'],
    topics: ['refunds'],
    articles: ['refund-times'],
    channels: ['playground', 'x'],
    teams: ['refunds'],
  }
  const labels = (text: string) => suggest(text.split('\n'), words)?.options.map(({ label }) => label)
  const RULE = 'rules:\n  - id: refunds.public\n'

  test.each([
    ['facts in a condition', `${RULE}    when: { au`, ['audience', 'intent', 'form']],
    ['facts after a comma', `${RULE}    when: { audience: public, `, ['audience', 'intent', 'form']],
    ['facts under a condition', `${RULE}    when:\n      `, ['audience', 'intent', 'form']],
    ['what a fact may be', `${RULE}    when: { audience: pu`, ['public', 'private']],
    ['what a fact may be, in a list', `${RULE}    when: { audience: [public, `, ['public', 'private']],
    ['yes or no', `${RULE}    when: { form: `, ['true', 'false']],
    ['verdicts', `${RULE}    then: `, ['answer', 'escalate']],
    ['verdicts in an example', 'examples:\n  - expect: { verdict: ', ['answer', 'escalate']],
    ['facts in an example', 'examples:\n  - given: { ', ['audience', 'intent', 'form']],
    ['sayings', `${RULE}    say: b`, ['busy']],
    ['teams', `${RULE}    team: `, ['refunds']],
    ['keys of a rule', `${RULE}    `, ['id', 'when']],
    ['parts of an example', `${RULE}examples:\n  - `, ['says', 'given', 'expect']],
    [
      'parts of a labelled message',
      `${RULE}messages:\n  - text: ta\n    `,
      ['text', 'complaint', 'mood', 'account-specific', 'wants-human'],
    ],
    ['yes or no', 'messages:\n  - text: ta\n    account-specific: ', ['true', 'false']],
    ['moods', 'messages:\n  - text: ta\n    mood: ', ['negative', 'neutral', 'positive']],
  ])('%s', (_, text, expected) => {
    expect(labels(text)).toEqual(expected)
  })

  test('nothing in a comment or in a sentence', () => {
    expect(labels(`${RULE}    # then: `)).toBeUndefined()
    expect(labels(`${RULE}    because: Money is `)).toBeUndefined()
  })
})
