// A short part of `npm run chaos`: a few seeded runs on real processes, and builds that each lack one safety mechanism,
// which the checker has to notice.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { check } from '../../chaos/check.ts'
import type { Fault } from '../../chaos/fault.ts'
import { type Fleet, startFleet } from '../../chaos/fleet.ts'
import { CALM, drawPlan } from '../../chaos/plan.ts'
import { runPlan } from '../../chaos/run.ts'
import { storyOf } from '../../chaos/story.ts'
import { runWeakened } from '../../chaos/weakened.ts'
import { findWeakness } from '../../chaos/weaknesses.ts'

describe('nothing is lost, doubled, reordered or talked over', () => {
  let fleet: Fleet
  beforeAll(async () => {
    fleet = await startFleet({ workers: 2 })
  }, 240_000)
  afterAll(() => fleet?.close(), 30_000)

  const FAULTS: readonly [string, number, Fault][] = [
    ['a worker is killed', 11, { type: 'kill', role: 'worker', which: 0, at: 1_000, ms: 0 }],
    ['the web process is killed', 12, { type: 'kill', role: 'web', which: 0, at: 900, ms: 0 }],
    ['Redis is killed', 13, { type: 'kill-redis', at: 1_100, ms: 300 }],
  ]
  test.each(FAULTS)(
    '%s (seed %i)',
    async (_, seed, fault) => {
      const temper = { ...CALM, slow: 0.2, tooMany: 0.01, loses: 0.03 }
      const { history, unsettled } = await runPlan(fleet, drawPlan(seed, { customers: 48, temper, fault }))
      const broken = check(history).map(({ kind, customer, says }) => `${kind}: ${says}\n${storyOf(history, customer)}`)
      expect([...broken, ...unsettled, ...fleet.crashes()]).toEqual([])
      expect(history.seen.length).toBeGreaterThan(40)
    },
    300_000,
  )
})

describe('the checker notices what a build lacks:', () => {
  test.each(['seen-ids', 'epoch-at-start', 'silence-while-owned'])(
    '%s',
    async (name) => {
      const weakness = findWeakness(name)
      expect(await runWeakened(weakness, 21)).toMatchObject({ name, noticed: true })
    },
    300_000,
  )
})
