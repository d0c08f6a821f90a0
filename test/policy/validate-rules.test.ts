import { describe, expect, test } from '@jest/globals'
import { checkRules, FACTS, factReference, type Rule } from '#policy'

const vocabulary = {
  intents: ['refund-status', 'order-status'],
  topics: ['delivery'],
  articles: ['returns'],
  sayings: ['praise', 'which-one'],
  teams: ['refunds', 'care'],
}

function problems(...rules: (Partial<Rule> & Pick<Rule, 'when'>)[]): string[] {
  const whole = rules.map((rule): Rule => ({ id: 'a', then: 'answer', because: 'because we say so', ...rule }))
  return checkRules(whole, vocabulary).map(({ problem }) => problem)
}

describe('a mistake in a rule is named before it decides anything', () => {
  test.each<[string, Partial<Rule> & Pick<Rule, 'when'>]>([
    ['there is no fact `sentimant`; did you mean `sentiment`?', { when: { sentimant: { below: 0 } } }],
    ['there is no fact `moon`', { when: { moon: 'full' } }],
    ['`intent` is never `refund-statsu`; did you mean `refund-status`?', { when: { intent: 'refund-statsu' } }],
    ['`topic` is never `weather`', { when: { topic: { not: 'weather' } } }],
    ['`article` is never `return`; did you mean `returns`?', { when: { article: ['return', 'none'] } }],
    [
      '`signals` is never `abusive`; did you mean `abuse`? signals of your own are taught by examples, under `signals:`',
      { when: { signals: { all: ['abusive'] } } },
    ],
    [
      '`signals` is never `abusive`; did you mean `abuse`? signals of your own are taught by examples, under `signals:`',
      { when: { signals: { all: ['spam'], not: 'abusive' } } },
    ],
    ['it never fires: no facts fit all its conditions', { when: { signals: { all: ['spam'], not: ['spam'] } } }],
    ['`audience` is never `Public`; did you mean `public`?', { when: { audience: 'Public' } }],
    ['`form` is true or false, not `yes`', { when: { form: 'yes' } }],
    ['`contacts` is a number, not `two`', { when: { contacts: 'two' } }],
    ['`sentiment` is never `-2`; it goes from -1 to 1', { when: { sentiment: -2 } }],
    ['`intent` is a word, not `7`', { when: { intent: 7 } }],
    ['`english` is no language code; expected one such as `en`', { when: { language: 'english' } }],
    ['`intent` is not a number and has no range', { when: { intent: { above: 1 } } }],
    ['`intent` has one value at a time; `all` is for sets', { when: { intent: { all: ['order-status'] } } }],
    ['no `urgency` fits this range', { when: { urgency: { above: 0.8, 'at-most': 0.5 } } }],
    ['no `urgency` fits this range', { when: { urgency: { above: 1 } } }],
    ['there is no saying `prais`; did you mean `praise`?', { when: {}, say: 'prais' }],
    [
      'a post is only hidden for breaking a published rule; name it in `community-rule`',
      { when: {}, then: 'moderate' },
    ],
    ['there is no team `refund`; did you mean `refunds`?', { when: {}, then: 'escalate', team: 'refund' }],
    ['there is no channel `fax`', { when: {}, channels: ['fax'] }],
    [
      'it never holds: `from` 2026-12-01 is after `until` 2026-11-01',
      { when: {}, from: '2026-12-01', until: '2026-11-01' },
    ],
  ])('%s', (problem, rule) => {
    expect(problems(rule)).toEqual([problem])
  })

  test('two rules of one name', () => {
    expect(problems({ when: {} }, { when: {} })).toEqual(['another rule is called `a` too; ids tell rules apart'])
  })

  test('a rule without mistakes has none', () => {
    const rule = {
      when: { intent: 'order-status', urgency: { 'at-least': 1 }, signals: ['abuse'], 'order-number': 'HL-1' },
    }
    expect(problems({ ...rule, then: 'escalate', say: 'praise', team: 'care', channels: ['x'] })).toEqual([])
  })

  test('words of its own are no saying’s name', () => {
    expect(problems({ when: {}, say: 'Thank you for writing.' })).toEqual([])
  })
})

test('every fact is explained', () => {
  const help = factReference()
  expect(help.map(({ fact }) => fact)).toEqual(Object.keys(FACTS))
  expect(help).toContainEqual({
    fact: 'sentiment',
    kind: 'number',
    known: 'always',
    means: 'mood, -1 furious to 1 delighted',
    values: 'a number from -1 to 1',
    unknown: '0',
  })
  expect(help).toContainEqual({
    fact: 'order-number',
    kind: 'word',
    known: 'askable',
    means: 'the order it is about',
    values: 'a word',
    unknown: 'the customer is asked',
  })
})

test('an editor’s menu has every value there is, and the words of the content', () => {
  const optionsOf = (fact: string) => factReference(vocabulary).find((one) => one.fact === fact)?.options
  expect(optionsOf('audience')).toEqual(['public', 'private'])
  expect(optionsOf('form')).toEqual(['true', 'false'])
  expect(optionsOf('intent')).toEqual(['refund-status', 'order-status', 'none'])
  expect(optionsOf('signals')).toContain('self-harm')
  expect(optionsOf('contacts')).toBeUndefined()
  expect(optionsOf('order-number')).toBeUndefined()
})
