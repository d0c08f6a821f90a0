// Networks that misbehave, lie, and deliver again and again.
import { setTimeout as wait } from 'node:timers/promises'
import { chanceOf } from '../chance.ts'
import { CALM, drawPlan } from '../plan.ts'
import { judged, onFleet, onStage, planned, type Scenario } from '../scenario.ts'
import { tallyOf } from '../tally.ts'

export const network: Readonly<Record<string, Scenario>> = {
  C8: {
    fault:
      'limits with Retry-After, failures, connections cut before and after, calls that hang, answers without sense',
    pass: 'one visible reply each; no call is repeated while the limit it hit stands, nor by any other worker for long',
    run: (seed) =>
      onFleet({ workers: 2 }, async (fleet) => {
        const temper = {
          ...CALM,
          tooMany: 0.05,
          fails: 0.08,
          cut: 0.08,
          loses: 0.08,
          hangs: 0.02,
          broken: 0.05,
          slow: 0.1,
        }
        const { wrong, history, impatient } = await planned(fleet, seed, { customers: 80, temper })
        const { inDoubt, refused } = tallyOf(history)
        return {
          wrong: [...wrong, ...(impatient > 0 ? [`${impatient} calls were repeated while their limit stood`] : [])],
          says: `${history.said.length} messages, ${history.seen.length} seen, ${inDoubt} left in doubt and shown, ${refused} refused; no breaker beyond limits and backoff`,
        }
      }),
  },
  C9: {
    fault: 'the network carries out half of what we say and answers 500 all the same',
    pass: 'no second post',
    run: (seed) =>
      onFleet({ workers: 2 }, async (fleet) => {
        const { wrong, history } = await planned(fleet, seed, { customers: 80, temper: { ...CALM, ghost: 0.5 } })
        const { inDoubt } = tallyOf(history)
        const events = history.store.customers.flatMap((kept) => kept.history)
        const doubted = events.filter(({ type }) => type === 'effect-doubted').length
        return { wrong, says: `${history.seen.length} seen, ${doubted} doubted, ${inDoubt} left in doubt and shown` }
      }),
  },
  C10: {
    fault:
      'every webhook is delivered three times, shuffled, and again when all is over and clocks say ten minutes later',
    pass: 'one reply each; what was acknowledged first stays first',
    run: (seed) =>
      onFleet({ workers: 2, skewed: true }, (fleet) =>
        onStage(fleet, seed, async (stage) => {
          const { lines } = drawPlan(seed, { customers: 60, networks: ['facebook'] })
          const chance = chanceOf(seed, 'shuffle')
          const copies = lines.flatMap((line) => [line, line, line])
          const deliver = () =>
            Promise.all(copies.map((line) => wait(chance.between(0, 2_500)).then(() => stage.say([line]))))
          await deliver()
          await stage.settle()
          const seen = stage.platform.seen.length
          for (const process of fleet.all) process.jump()
          await deliver()
          const { wrong, history } = await judged(fleet, stage)
          const more = history.seen.length - seen
          return {
            wrong: [...wrong, ...(more > 0 ? [`${more} more replies to what was delivered again`] : [])],
            says: `${lines.length} messages, ${6 * lines.length} deliveries, ${seen} seen`,
          }
        }),
      ),
  },
}
