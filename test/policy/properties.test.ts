// What holds whatever the rules and the facts are, tried on thousands of generated ones; a failure shows the smallest.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Facts, SIGNALS } from '#domain'
import { checkRules, compile, decide, FACTS, PRIORITIES, type Rule, VERDICTS, type Verdict } from '#policy'

const RUNS = { numRuns: 1000 }
const caution = (verdict: Verdict) => VERDICTS.indexOf(verdict)
const judge = (rules: readonly Rule[], facts: Facts, today?: string) =>
  decide({ rules, version: 'v1' }, facts, today === undefined ? {} : { today })

const SOME_SIGNALS = SIGNALS.slice(0, 4)
const few = (words: readonly string[]) => fc.subarray([...words], { minLength: 1 })
const word = (words: readonly string[]) => {
  const one = fc.constantFrom(...words)
  return fc.oneof(
    one,
    few(words),
    one.map((not) => ({ not })),
    few(words).map((not) => ({ not })),
  )
}
const number = (values: readonly number[]) => {
  const one = fc.constantFrom(...values)
  return fc.oneof(
    one,
    one.map((least) => ({ 'at-least': least })),
    one.map((least) => ({ above: least })),
    one.map((most) => ({ 'at-most': most })),
    one.map((most) => ({ below: most })),
    fc.tuple(one, one).map(([from, to]) => ({ 'at-least': Math.min(from, to), 'at-most': Math.max(from, to) })),
  )
}
/** Conditions as owners write them. */
const when: fc.Arbitrary<Rule['when']> = fc.record(
  {
    audience: word(['public', 'private']),
    intent: word(['refund', 'order', 'none']),
    signals: fc.oneof(
      word(SOME_SIGNALS),
      few(SOME_SIGNALS).map((all) => ({ all })),
      fc.tuple(few(SOME_SIGNALS), few(SOME_SIGNALS)).map(([all, not]) => ({ all, not })),
    ),
    sentiment: number([-0.5, 0, 0.5]),
    contacts: number([1, 2, 3]),
    form: fc.boolean(),
    amount: number([10, 30]),
    'order-number': word(['HL-1', 'HL-2']),
  },
  { requiredKeys: [] },
)
const because = 'because we say so'
const ruleOf = fc.record({ when, then: fc.constantFrom(...VERDICTS) })
const moreOf = fc.record(
  {
    priority: fc.constantFrom(...PRIORITIES),
    say: fc.constantFrom('sorry', 'thanks'),
    team: fc.constantFrom('care', 'legal'),
    channels: few(['x', 'facebook']),
    from: fc.constantFrom('2026-11-20', '2026-11-22'),
    until: fc.constantFrom('2026-11-22', '2026-11-24'),
  },
  { requiredKeys: [] },
)
const named = (rules: readonly Omit<Rule, 'id' | 'because'>[]): Rule[] =>
  rules.map((rule, index) => ({ id: `r${index}`, because, ...rule }))
const rulesOf = fc
  .array(
    fc.tuple(ruleOf, moreOf).map(([rule, more]) => ({ ...rule, ...more })),
    { maxLength: 8 },
  )
  .map(named)
const factsOf: fc.Arbitrary<Facts> = fc.record(
  {
    audience: fc.constantFrom('public', 'private'),
    intent: fc.constantFrom('refund', 'order', 'none'),
    signals: fc.subarray([...SOME_SIGNALS]),
    sentiment: fc.constantFrom(-0.75, -0.5, -0.25, 0, 0.25, 0.5),
    contacts: fc.constantFrom(1, 2, 3, 4),
    form: fc.boolean(),
    channel: fc.constantFrom('x', 'playground'),
    amount: fc.constantFrom(5, 10, 20, 30, 100),
    'order-number': fc.constantFrom('HL-1', 'HL-2', 'HL-3'),
  },
  { requiredKeys: [] },
)
const today = fc.option(fc.constantFrom('2026-11-19', '2026-11-20', '2026-11-22', '2026-11-25'), { nil: undefined })
/** Anything at all under the names of facts and others. */
const anyFacts = fc.dictionary(
  fc.oneof(fc.constantFrom(...Object.keys(FACTS)), fc.string()),
  fc.anything(),
) as fc.Arbitrary<Facts>
const anyWhen = fc.dictionary(
  fc.string(),
  fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.array(fc.string(), { minLength: 1 })),
)

describe('there is always a decision with a reason', () => {
  test('of rules as owners write them', () => {
    fc.assert(
      fc.property(rulesOf, factsOf, today, (rules, facts, day) => {
        const { verdict, reasons } = judge(rules, facts, day)
        expect(VERDICTS).toContain(verdict)
        expect(reasons.length).toBeGreaterThan(0)
      }),
      RUNS,
    )
  })

  test('of any rules and any facts', () => {
    const any = fc.array(fc.record({ when: fc.oneof(when, anyWhen), then: fc.constantFrom(...VERDICTS) })).map(named)
    fc.assert(
      fc.property(any, anyFacts, (rules, facts) => {
        const { verdict, reasons } = judge(rules, facts)
        expect(VERDICTS).toContain(verdict)
        expect(reasons.length).toBeGreaterThan(0)
      }),
      RUNS,
    )
  })
})

test('the order of rules and of files makes no difference', () => {
  const shuffled = rulesOf.chain((rules) =>
    fc.tuple(fc.constant(rules), fc.shuffledSubarray(rules, { minLength: rules.length })),
  )
  fc.assert(
    fc.property(shuffled, factsOf, today, ([rules, other], facts, day) => {
      expect(judge(other, facts, day)).toEqual(judge(rules, facts, day))
    }),
    RUNS,
  )
})

test('one more rule never makes a decision bolder than without it, nor than the rule itself where it surely fits', () => {
  fc.assert(
    fc.property(rulesOf, ruleOf, factsOf, (rules, extra, facts) => {
      const before = judge(rules, facts)
      const more = named([...rules, { ...extra, priority: 'low' }])
      const after = judge(more, facts)
      const isNew = /^no(?:-rule|t-asked)$/.test(before.reasons[0]?.rule ?? '')
      const asks = after.reasons.some(({ doubts }) => doubts)
      if (!isNew) expect(caution(after.verdict)).toBeGreaterThanOrEqual(caution(before.verdict))
      const fired = after.reasons.find(({ rule }) => rule === more.at(-1)?.id)
      if (fired && !fired.doubts) expect(caution(after.verdict)).toBeGreaterThanOrEqual(caution(extra.then))
      if (fired?.doubts && asks) expect(caution(after.verdict)).toBeGreaterThanOrEqual(caution('ask'))
    }),
    RUNS,
  )
})

test('doubt never acts: with a doubt among the reasons it asks, or is more careful still', () => {
  fc.assert(
    fc.property(rulesOf, factsOf, (rules, facts) => {
      const { verdict, reasons } = judge(rules, facts)
      if (reasons.some(({ doubts }) => doubts)) expect(caution(verdict)).toBeGreaterThanOrEqual(caution('ask'))
    }),
    RUNS,
  )
})

test('leaving out a fact never makes it bolder, unless it makes it ask for that very fact', () => {
  let asked = 0
  fc.assert(
    fc.property(rulesOf, factsOf, fc.constantFrom('amount', 'order-number'), (rules, facts, name) => {
      const knowing = judge(rules, facts)
      const guessing = judge(rules, { ...facts, [name]: undefined })
      if (caution(guessing.verdict) >= caution(knowing.verdict)) return
      asked += 1
      expect(['ask', 'move-to-private']).toContain(guessing.verdict)
      expect(guessing.reasons.flatMap(({ doubts = [] }) => doubts)).toContain(name)
    }),
    RUNS,
  )
  expect(asked).toBeGreaterThan(0)
})

test('many rules decide as each of them does alone: the quick look at facts leaves none out', () => {
  const many = fc.array(ruleOf, { minLength: 40, maxLength: 80 }).map(named)
  fc.assert(
    fc.property(many, factsOf, (rules, facts) => {
      const alone = rules.filter((rule) => judge([rule], facts).reasons[0]?.rule === rule.id).map(({ id }) => id)
      const together = decide(compile(rules, 'v1'), facts).reasons.map(({ rule }) => rule)
      expect(together.filter((id) => id !== 'no-rule' && id !== 'not-asked').toSorted()).toEqual(alone.toSorted())
    }),
    { numRuns: 300 },
  )
})

describe('what the check says of rules together is so, on every turn there can be', () => {
  /** Small enough to try all of it. */
  const small: fc.Arbitrary<Rule['when']> = fc.record(
    {
      audience: word(['public', 'private']),
      signals: fc.oneof(
        word(['abuse', 'spam']),
        fc.constant(['abuse', 'spam'] as string[]).map((all) => ({ all })),
        fc.tuple(few(['abuse', 'spam']), fc.constantFrom('abuse', 'spam')).map(([all, not]) => ({ all, not })),
      ),
      contacts: number([1, 2, 3]),
      form: fc.boolean(),
      amount: number([10, 30]),
    },
    { requiredKeys: [] },
  )
  const smallRules = fc
    .array(
      fc.record({ when: small, then: fc.constantFrom('ask' as const, 'move-to-private' as const, 'ignore' as const) }),
      {
        minLength: 2,
        maxLength: 7,
      },
    )
    .map(named)
  const turns: Facts[] = ['public', 'private'].flatMap((audience) =>
    [[], ['abuse'], ['spam'], ['abuse', 'spam']].flatMap((signals) =>
      [0, 1, 2, 3, 4].flatMap((contacts) =>
        [true, false].flatMap((form) =>
          [undefined, 5, 10, 20, 30, 40].map((amount) => ({ audience, signals, contacts, form, amount })),
        ),
      ),
    ),
  )
  const vocabulary = { intents: [], topics: [], articles: [], sayings: [] }

  test('a rule is said never to decide, or never to fire, exactly if no turn is decided by it', () => {
    let flagged = 0
    fc.assert(
      fc.property(smallRules, (rules) => {
        const problems = checkRules(rules, vocabulary)
        // Rules with a mistake of their own are not looked at together.
        fc.pre(!problems.some(({ problem }) => problem.includes('range')))
        const silent = new Set(problems.map(({ rule }) => rule))
        flagged += silent.size
        const deciding = decidingIn(rules)
        for (const { id } of rules) expect({ id, silent: silent.has(id) }).toEqual({ id, silent: !deciding.has(id) })
      }),
      { numRuns: 100 },
    )
    expect(flagged).toBeGreaterThan(0)
  })

  /** The rules that decide some turn among those that surely fit it. */
  function decidingIn(rules: readonly Rule[]): Set<string | undefined> {
    const alone = rules.map((rule) => [rule])
    const firsts = turns.map((facts) => {
      const sure = alone.flatMap((one) => {
        const [first] = judge(one, facts).reasons
        return first?.rule === one[0]?.id && !first?.doubts ? one : []
      })
      const [best] = sure.toSorted((a, b) => caution(b.then) - caution(a.then) || (a.id < b.id ? -1 : 1))
      return best?.id
    })
    return new Set(firsts)
  }
})
