import { describe, expect, test } from '@jest/globals'
import { type Rule, tiedDecisions, uncoveredTurns, type Verdict } from '#policy'

const rule = (id: string, then: Verdict, when: Rule['when'], more: Partial<Rule> = {}): Rule => ({
  id,
  when,
  then,
  because: 'because we say so',
  ...more,
})
const rules = (...all: Rule[]) => ({ rules: all, version: 'v1' })

describe('recorded turns that no rule covers', () => {
  const covering = rules(
    rule('faq', 'answer', { knowledge: 'sure' }),
    rule('none', 'escalate', { knowledge: 'none', audience: 'public', form: false }),
  )

  test('are told once for the same facts, the most frequent first, with the rule that comes nearest', () => {
    const gaps = uncoveredTurns(covering, [
      { id: 1, facts: { knowledge: 'sure' } },
      { id: 2, facts: { knowledge: 'unsure', audience: 'public', contacts: 1 } },
      { id: 3, facts: { knowledge: 'none', audience: 'private' } },
      { id: 4, facts: { knowledge: 'none', audience: 'private', contacts: 7 } },
      { id: 5, facts: { knowledge: 'none', audience: 'public' } },
    ])
    expect(gaps).toEqual([
      {
        turns: [3, 4],
        facts: { knowledge: 'none', audience: 'private' },
        nearest: { rule: 'none', but: ['audience'] },
      },
      { turns: [2], facts: { knowledge: 'unsure', audience: 'public' }, nearest: { rule: 'none', but: ['knowledge'] } },
    ])
  })

  test('are none where a rule asks because something is not known', () => {
    const doubtful = rules(rule('small', 'answer', { amount: { 'at-most': 30 } }))
    expect(uncoveredTurns(doubtful, [{ id: 1, facts: {} }])).toEqual([])
    expect(uncoveredTurns(doubtful, [{ id: 1, facts: { amount: 31 } }])).toMatchObject([{ turns: [1] }])
  })

  test('count the day they are looked at', () => {
    const sale = rules(rule('sale', 'answer', {}, { until: '2026-11-25' }))
    expect(uncoveredTurns(sale, [{ id: 1, facts: {} }], '2026-11-25')).toEqual([])
    expect(uncoveredTurns(sale, [{ id: 1, facts: {} }], '2026-11-26')).toHaveLength(1)
  })

  test('without any rule have no nearest one', () => {
    expect(uncoveredTurns(rules(), [{ id: 'a', facts: {} }])).toEqual([{ turns: ['a'], facts: {} }])
  })
})

test('recorded turns show which rules only their names told apart', () => {
  const meeting = rules(
    rule('legal', 'escalate', { signals: 'legal-threat' }, { team: 'legal' }),
    rule('press', 'escalate', { signals: 'press' }, { team: 'press' }),
    rule('care', 'escalate', { signals: 'press' }, { team: 'care', priority: 'low' }),
  )
  const ties = tiedDecisions(meeting, [
    { id: 1, facts: { signals: ['press'] } },
    { id: 2, facts: { signals: ['press', 'legal-threat'] } },
    { id: 3, facts: { signals: ['legal-threat', 'press'] } },
  ])
  expect(ties).toEqual([{ turns: [2, 3], rules: ['legal', 'press'], over: 'team' }])
})
