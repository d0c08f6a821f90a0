// When a rollout is ended by itself, and when what is seen proves nothing.
import { expect, test } from '@jest/globals'
import { NO_FIGURES, type RolloutMetrics, regressedAgainst, THRESHOLDS } from '../../src/releases/regression-guard.ts'

const figures = (turns: number, more: Partial<RolloutMetrics> = {}): RolloutMetrics => ({
  ...NO_FIGURES,
  turns,
  ...more,
})

test.each([
  [
    'many more turns go to a person',
    { escalated: 40 },
    { escalated: 10 },
    /40\.0 % of 100 turns went to a person, against 10\.0 % of 100/,
  ],
  ['the gate stops many more words', { blocked: 20 }, {}, /20\.0 % of 100 turns had words that the gate stopped/],
  ['many more customers complain afterwards', { complaints: 30 }, { complaints: 5 }, /followed by a complaint/],
  ['many more customers are annoyed afterwards', { negative: 30 }, { negative: 5 }, /followed by a bad mood/],
])('worse: %s', (_, candidate, base, says) => {
  expect(regressedAgainst(figures(100, candidate), figures(100, base))).toMatch(says)
})

test.each([
  ['nothing differs', figures(1000, { escalated: 100 }), figures(1000, { escalated: 100 })],
  ['it is better', figures(1000, { escalated: 10 }), figures(1000, { escalated: 300 })],
  ['a little worse may be chance', figures(100, { escalated: 17 }), figures(100, { escalated: 10 })],
  [
    'surely worse, and by too little to matter',
    figures(100_000, { escalated: 12_000 }),
    figures(100_000, { escalated: 10_000 }),
  ],
  [
    'too few turns of the new one',
    figures(THRESHOLDS.minTurns - 1, { escalated: THRESHOLDS.minTurns - 1 }),
    figures(1000),
  ],
  ['too few turns of the old one', figures(1000, { escalated: 1000 }), figures(THRESHOLDS.minTurns - 1)],
])('not worse: %s', (_, candidate, base) => {
  expect(regressedAgainst(candidate, base)).toBeUndefined()
})

test('two versions that do the same are hardly ever taken for different, however often one looks', () => {
  // A small generator of its own, so that every run draws the same.
  let seed = 7
  const chance = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return seed / 2 ** 32
  }
  let wrong = 0
  for (let run = 0; run < 200; run += 1) {
    const counted = { candidate: { turns: 0, escalated: 0 }, base: { turns: 0, escalated: 0 } }
    let alarmed = false
    for (let turn = 0; turn < 1000 && !alarmed; turn += 1) {
      const one = chance() < 0.5 ? counted.candidate : counted.base
      one.turns += 1
      if (chance() < 0.2) one.escalated += 1
      alarmed =
        regressedAgainst({ ...NO_FIGURES, ...counted.candidate }, { ...NO_FIGURES, ...counted.base }) !== undefined
    }
    if (alarmed) wrong += 1
  }
  expect(wrong).toBeLessThanOrEqual(4)
})
