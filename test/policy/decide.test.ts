import { describe, expect, test } from '@jest/globals'
import type { Facts } from '#domain'
import { compile, decide, type Rule, type Verdict } from '#policy'

function rule(id: string, then: Verdict, when: Rule['when'] = {}, more: Partial<Rule> = {}): Rule {
  return { id, when, then, because: `because of ${id}`, ...more }
}
function judge(rules: readonly Rule[], facts: Facts, today?: string) {
  return decide({ rules, version: 'v1' }, facts, today === undefined ? {} : { today })
}

describe('of the rules that fit, the most cautious decides', () => {
  test('no rule at all means a person', () => {
    expect(judge([], {})).toEqual({
      verdict: 'escalate',
      reasons: [{ rule: 'no-rule', because: 'no policy covers this, so a person decides' }],
      version: 'v1',
    })
  })

  test('the deciding rule comes first, the others after it by caution and name', () => {
    const rules = [
      rule('b', 'answer'),
      rule('d', 'escalate'),
      rule('a', 'answer'),
      rule('c', 'ask'),
      rule('x', 'ask', { form: true }),
    ]
    const { verdict, reasons } = judge(rules, {})
    expect(verdict).toBe('escalate')
    expect(reasons.map((reason) => reason.rule)).toEqual(['d', 'c', 'a', 'b'])
    expect(reasons[0]).toEqual({ rule: 'd', because: 'because of d' })
  })

  test('what a rule says first is said beside whatever another rule says, and not beside its own words', () => {
    const data = rule('data', 'move-to-private', {}, { say: 'write to us', 'say-first': 'delete it' })
    const other = rule('about', 'move-to-private', {}, { say: 'elsewhere' })
    expect(judge([data, rule('x', 'escalate', {}, { say: 'sorry' })], {})).toMatchObject({
      say: 'sorry',
      sayFirst: 'delete it',
    })
    expect(judge([data, other], {})).toMatchObject({ say: 'elsewhere', sayFirst: 'delete it' })
    expect(judge([data, rule('x', 'ignore')], {}).sayFirst).toBe('delete it')
    expect(judge([data, rule('x', 'answer', {}, { say: 'yes' })], {})).not.toHaveProperty('sayFirst')
    expect(
      judge([rule('data', 'answer', { audience: 'public' }, { 'say-first': 'delete it' })], { audience: 'private' }),
    ).not.toHaveProperty('sayFirst')
  })

  test('what is said and who is called comes from the rules that decide, the most urgent first', () => {
    const rules = [
      rule('a', 'escalate', {}, { team: 'care', priority: 'low', say: 'sorry' }),
      rule('b', 'escalate', {}, { team: 'safety', priority: 'urgent', skills: ['first-aid'] }),
      rule('c', 'answer', {}, { say: 'hello', priority: 'urgent' }),
    ]
    expect(judge(rules, {})).toMatchObject({ say: 'sorry', team: 'safety', skills: ['first-aid'], priority: 'urgent' })
  })

  test('a hidden post names the published rule it breaks', () => {
    const rules = [rule('spam', 'moderate', {}, { 'community-rule': 'no-spam' })]
    expect(judge(rules, {})).toMatchObject({ verdict: 'moderate', communityRule: 'no-spam' })
  })

  test('rules prepared beforehand decide the same', () => {
    const rules = [rule('a', 'answer', { intent: 'faq' })]
    expect(decide(compile(rules, 'v1'), { intent: 'faq' })).toEqual(judge(rules, { intent: 'faq' }))
  })
})

describe('a condition fits', () => {
  const EITHER: Rule['when'] = { signals: { all: ['spam'], not: ['abuse', 'threat'] } }

  test.each<[string, Rule['when'], Facts, boolean]>([
    ['a value that is the same', { intent: 'refund' }, { intent: 'refund' }, true],
    ['not another value', { intent: 'refund' }, { intent: 'order' }, false],
    ['any of several', { intent: ['refund', 'order'] }, { intent: 'order' }, true],
    ['a set that contains it', { signals: 'abuse' }, { signals: ['thanks', 'abuse'] }, true],
    ['a set that contains any of several', { signals: ['abuse', 'spam'] }, { signals: ['spam'] }, true],
    ['not a set that contains none', { signals: ['abuse', 'spam'] }, { signals: ['thanks'] }, false],
    [
      'a set that contains all',
      { signals: { all: ['abuse', 'spam'] } },
      { signals: ['spam', 'abuse', 'thanks'] },
      true,
    ],
    ['not a set that lacks one of all', { signals: { all: ['abuse', 'spam'] } }, { signals: ['spam'] }, false],
    ['a set that contains all and none of the others', EITHER, { signals: ['spam'] }, true],
    ['not a set that contains one of the others too', EITHER, { signals: ['spam', 'abuse'] }, false],
    ['not a set that contains none of the others and not all', EITHER, { signals: ['thanks'] }, false],
    ['what is not said to be', { intent: { not: 'refund' } }, { intent: 'order' }, true],
    ['not what is said not to be', { signals: { not: ['abuse', 'spam'] } }, { signals: ['spam'] }, false],
    [
      'a number at the edge of a closed range',
      { sentiment: { 'at-least': -0.5, 'at-most': 0.5 } },
      { sentiment: 0.5 },
      true,
    ],
    ['not a number at the edge of an open range', { sentiment: { above: 0.5 } }, { sentiment: 0.5 }, false],
    ['yes and no', { personal: true }, { personal: true }, true],
    ['an always-known fact that is missing, by what absence means', { audience: 'public', contacts: 1 }, {}, true],
    ['a value of the wrong kind as if it were missing', { sentiment: 0 }, { sentiment: 'furious' }, true],
    ['all conditions together', { intent: 'refund', form: true }, { intent: 'refund' }, false],
  ])('%s', (_title, when, facts, fits) => {
    expect(judge([rule('r', 'answer', when)], facts).verdict).toBe(fits ? 'answer' : 'escalate')
  })

  test('on its channels only', () => {
    const rules = [rule('x-only', 'answer', {}, { channels: ['x'] })]
    expect(judge(rules, { channel: 'x' }).verdict).toBe('answer')
    expect(judge(rules, { channel: 'facebook' }).verdict).toBe('escalate')
  })

  test.each([
    ['2026-11-19', 'escalate'],
    ['2026-11-20', 'answer'],
    ['2026-11-25', 'answer'],
    ['2026-11-26', 'escalate'],
    [undefined, 'answer'],
  ])('within its days only: on %s it is %s', (today, verdict) => {
    const rules = [rule('sale', 'answer', {}, { from: '2026-11-20', until: '2026-11-25' })]
    expect(judge(rules, {}, today).verdict).toBe(verdict)
  })
})

describe('a rule in doubt asks', () => {
  const small = rule('refunds.small', 'answer', { amount: { 'at-most': 30 } }, { say: 'granted' })
  const large = rule('refunds.large', 'escalate', { amount: { above: 30 } }, { team: 'refunds' })
  const openly = rule('refunds.public', 'move-to-private', { audience: 'public' })
  const spam = rule('spam', 'ignore', { signals: 'spam' })

  test('instead of acting, and says what it has to know', () => {
    const decision = judge([small, large], {})
    expect(decision).toEqual({
      verdict: 'ask',
      reasons: [
        { rule: 'refunds.large', because: 'because of refunds.large', doubts: ['amount'] },
        { rule: 'refunds.small', because: 'because of refunds.small', doubts: ['amount'] },
      ],
      version: 'v1',
    })
  })

  test.each([
    [20, 'answer'],
    [31, 'escalate'],
    ['a lot', 'ask'],
    [Number.NaN, 'ask'],
  ])('until it is known: %s is %s', (amount, verdict) => {
    expect(judge([small, large], { amount }).verdict).toBe(verdict)
  })

  test('in private, when the matter has to leave the public first', () => {
    const { verdict, reasons } = judge([small, large, openly], { audience: 'public' })
    expect(verdict).toBe('move-to-private')
    expect(reasons.flatMap(({ doubts = [] }) => doubts)).toContain('amount')
  })

  test('but where nobody will be asked it counts, so that doubt never ends in silence', () => {
    const facts = { signals: ['spam'] }
    expect(judge([spam, large], facts)).toMatchObject({ verdict: 'escalate', team: 'refunds' })
    expect(judge([spam, small], facts).verdict).toBe('ignore')
  })

  test('and not when a condition that is known does not fit', () => {
    const rules = [rule('faq', 'answer'), rule('r', 'escalate', { intent: 'refund', amount: { above: 30 } })]
    expect(judge(rules, { intent: 'order' }).verdict).toBe('answer')
  })
})
