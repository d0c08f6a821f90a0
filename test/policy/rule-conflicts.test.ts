import { describe, expect, test } from '@jest/globals'
import { checkRules, type Rule, VERDICTS, type Verdict } from '#policy'

const vocabulary = {
  intents: ['refund-status', 'order-status'],
  topics: ['delivery'],
  articles: ['returns'],
  sayings: ['praise', 'complaint'],
}
const rule = (id: string, then: Verdict, when: Rule['when'] = {}, more: Partial<Rule> = {}): Rule => ({
  id,
  when,
  then,
  because: 'because we say so',
  ...more,
})
const found = (rules: readonly Rule[], today?: string) =>
  checkRules(rules, vocabulary, today === undefined ? {} : { today }).map(
    (one) => `${one.severity}: ${one.rule}: ${one.problem}`,
  )

describe('a rule that never decides is named, with the rules that always decide instead', () => {
  const never = (id: string, ...by: string[]) => [
    `warning: ${id}: it never decides: wherever it fits, ${by.map((one) => `\`${one}\``).join(', ')} ${by.length === 1 ? 'is' : 'are'} as cautious or more`,
  ]

  test.each<[title: string, rules: readonly Rule[], said: string[]]>([
    [
      'one more cautious rule fits all that it fits',
      [
        rule('open', 'answer', { audience: 'public', intent: 'order-status' }),
        rule('shut', 'escalate', { audience: 'public' }),
      ],
      never('open', 'shut'),
    ],
    [
      'several rules cover it together',
      [
        rule('faq', 'answer'),
        rule('out', 'move-to-private', { audience: 'public' }),
        rule('in', 'escalate', { audience: 'private' }),
      ],
      never('faq', 'out', 'in'),
    ],
    [
      'ranges of numbers meet without a gap',
      [
        rule('r', 'answer', { sentiment: { 'at-least': -0.5, 'at-most': 0.5 } }),
        rule('low', 'ask', { sentiment: { below: 0 } }),
        rule('high', 'ask', { sentiment: { 'at-least': 0 } }),
      ],
      never('r', 'low', 'high'),
    ],
    [
      'ranges of numbers leave one point',
      [
        rule('r', 'answer', { sentiment: { 'at-least': -0.5, 'at-most': 0.5 } }),
        rule('low', 'ask', { sentiment: { below: 0 } }),
        rule('high', 'ask', { sentiment: { above: 0 } }),
      ],
      [],
    ],
    [
      'there is nothing between two whole numbers',
      [
        rule('r', 'answer'),
        rule('few', 'ask', { contacts: { 'at-most': 2 } }),
        rule('many', 'ask', { contacts: { 'at-least': 3 } }),
      ],
      never('r', 'few', 'many'),
    ],
    [
      'a set has to contain what a more cautious rule minds',
      [
        rule('a', 'answer', { signals: { all: ['abuse', 'spam'] } }),
        rule('b', 'escalate', { signals: ['spam', 'threat'] }),
      ],
      never('a', 'b'),
    ],
    [
      'a set may still lack it',
      [rule('a', 'answer', { signals: ['abuse', 'spam'] }), rule('b', 'escalate', { signals: 'spam' })],
      [],
    ],
    [
      'a set contains it or does not',
      [rule('a', 'answer'), rule('b', 'ask', { signals: 'spam' }), rule('c', 'ask', { signals: { not: 'spam' } })],
      never('a', 'b', 'c'),
    ],
    [
      'a fact that must be asked for may be unknown',
      [
        rule('a', 'answer'),
        rule('b', 'escalate', { amount: { 'at-most': 30 } }),
        rule('c', 'escalate', { amount: { above: 30 } }),
      ],
      [],
    ],
    [
      'a word may be another than those named',
      [
        rule('a', 'answer', { 'order-number': { not: 'HL-1' } }),
        rule('b', 'escalate', { 'order-number': ['HL-2', 'HL-3'] }),
      ],
      [],
    ],
    [
      'all words of the content are named',
      [
        rule('a', 'answer', { topic: ['delivery', 'none'] }),
        rule('b', 'escalate', { topic: 'delivery' }),
        rule('c', 'escalate', { topic: { not: 'delivery' } }),
      ],
      never('a', 'b', 'c'),
    ],
    [
      'a channel is a fact like others',
      [rule('a', 'answer', { channel: 'x' }), rule('b', 'escalate', {}, { channels: ['x', 'facebook'] })],
      never('a', 'b'),
    ],
    [
      'days that are over cover nothing',
      [
        rule('a', 'answer', {}, { from: '2026-12-01' }),
        rule('b', 'escalate', {}, { until: '2026-12-01' }),
        rule('c', 'escalate', {}, { from: '2026-12-03' }),
      ],
      [],
    ],
    [
      'days without a gap cover it',
      [
        rule('a', 'answer', {}, { from: '2026-12-01' }),
        rule('b', 'escalate', {}, { until: '2026-12-02' }),
        rule('c', 'escalate', {}, { from: '2026-12-03' }),
      ],
      never('a', 'b', 'c'),
    ],
    [
      'of two alike the later name has nothing left to say',
      [
        rule('a', 'escalate', { form: true }, { team: 'care' }),
        rule('b', 'escalate', { form: true }, { team: 'care' }),
      ],
      never('b', 'a'),
    ],
    [
      'of two alike the later name still says whom to call',
      [rule('a', 'escalate', { form: true }), rule('b', 'escalate', { form: true }, { team: 'care' })],
      [],
    ],
  ])('%s', (_title, rules, said) => {
    expect(found(rules)).toEqual(said)
  })

  test('a rule whose days are over is named as such', () => {
    expect(found([rule('sale', 'answer', {}, { until: '2026-11-20' }), rule('all', 'escalate')], '2026-11-21')).toEqual(
      ['warning: sale: it no longer holds: `until` 2026-11-20 is over; remove it or give it new days'],
    )
  })

  test.each<[title: string, when: Rule['when'], more: Partial<Rule>]>([
    ['every option is excluded', { audience: { not: ['public', 'private'] } }, {}],
    ['its channel is none of its channels', { channel: 'x' }, { channels: ['facebook'] }],
  ])('a rule that nothing fits cannot serve: %s', (_title, when, more) => {
    expect(found([rule('a', 'answer', when, more)])).toEqual([
      'error: a: it never fires: no facts fit all its conditions',
    ])
  })
})

describe('two rules for the same facts that want different things cannot serve', () => {
  const tie = (one: string, other: string, facts: string, key: string) => [
    `error: ${one}: wherever it fits, \`${other}\` fits too (${facts}), as cautious and as urgent, but with another \`${key}\`: only the order of their names would decide; give one of them another \`priority\`, or facts of its own`,
  ]
  const care = { team: 'care' }
  const legal = { team: 'legal' }

  test.each<[title: string, rules: readonly Rule[], said: string[]]>([
    [
      'the same conditions',
      [rule('a', 'escalate', { form: true }, care), rule('b', 'escalate', { form: true }, legal)],
      tie('b', 'a', 'form true', 'team'),
    ],
    [
      'one within the other',
      [
        rule('a', 'acknowledge', { signals: ['praise', 'thanks'] }, { say: 'Thank you.' }),
        rule('b', 'acknowledge', { signals: 'praise', audience: 'public' }, { say: 'praise' }),
      ],
      tie('b', 'a', 'audience public, signals praise', 'say'),
    ],
    [
      'unless one is more urgent',
      [
        rule('a', 'escalate', { form: true }, care),
        rule('b', 'escalate', { form: true, audience: 'public' }, { ...legal, priority: 'high' }),
      ],
      [],
    ],
    [
      'unless a more cautious rule decides there',
      [
        rule('a', 'acknowledge', { form: true }, { say: 'Thank you.' }),
        rule('b', 'acknowledge', { form: true, audience: 'public' }, { say: 'praise' }),
        rule('c', 'escalate', { audience: 'public' }),
      ],
      [expect.stringContaining('warning: b: it never decides') as unknown as string],
    ],
    [
      'but not because two things may be said at once',
      [rule('a', 'escalate', { signals: 'press' }, care), rule('b', 'escalate', { signals: 'legal-threat' }, legal)],
      [],
    ],
    [
      'or where they want the same',
      [rule('a', 'escalate', { form: true }, care), rule('b', 'escalate', { audience: 'public' }, care)],
      [],
    ],
  ])('%s', (_title, rules, said) => {
    expect(found(rules)).toEqual(said)
  })
})

describe('what no policy may do', () => {
  const published = { 'community-rule': 'Be kind.' }
  const criticism = expect.stringMatching(/it would hide criticism/)
  const money = expect.stringMatching(/the same case gets the same offer everywhere/)

  test.each<[title: string, rule: Rule, said: unknown[]]>([
    ['hide a complaint', rule('a', 'moderate', { complaint: 'major' }, published), [criticism]],
    ['hide a bad mood', rule('a', 'moderate', { sentiment: { below: -0.9 } }, published), [criticism]],
    ['hide whoever insulted us before', rule('a', 'moderate', { strikes: { 'at-least': 3 } }, published), [criticism]],
    [
      'hide a threat with the law',
      rule('a', 'moderate', { signals: ['abuse', 'legal-threat'] }, published),
      [criticism],
    ],
    ['hide what is merely not praise', rule('a', 'moderate', { signals: { not: 'praise' } }, published), [criticism]],
    ['(hiding abuse is in order)', rule('a', 'moderate', { signals: ['abuse', 'threat'] }, published), []],
    [
      '(hiding abuse that is sarcastic too is)',
      rule('a', 'moderate', { signals: { all: ['abuse', 'sarcasm'] } }, published),
      [],
    ],
    ['(hiding somebody’s data is)', rule('a', 'moderate', { 'private-data': 'address' }, published), []],
    [
      'give more to the well-known',
      rule('a', 'answer', { amount: { 'at-most': 50 }, reach: { above: 9000 } }),
      [money],
    ],
    ['give more to the angry', rule('a', 'answer', { amount: { 'at-most': 50 }, sentiment: { below: 0 } }), [money]],
    ['give more on one network', rule('a', 'answer', { offered: 0, amount: 10 }, { channels: ['x'] }), [money]],
    [
      '(giving in private what is not named in public is)',
      rule('a', 'answer', { amount: 10, audience: 'private' }),
      [],
    ],
    ['(sending the angry to a person is)', rule('a', 'escalate', { amount: 10, sentiment: { below: 0 } }), []],
  ])('%s', (_title, one, said) => {
    expect(found([one])).toEqual(said)
  })

  test('name what its verdict never uses', () => {
    expect(found([rule('a', 'ignore', {}, { say: 'praise', team: 'care' })])).toEqual([
      'warning: a: `say` is never used, because the rule says `ignore`',
      'warning: a: `team` is never used, because the rule says `ignore`',
    ])
  })
})

test('every verdict has its place in the order of caution', () => {
  expect(VERDICTS).toEqual(['answer', 'acknowledge', 'ask', 'move-to-private', 'ignore', 'moderate', 'escalate'])
})
