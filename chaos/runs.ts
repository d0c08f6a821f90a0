// Many seeded runs on one fleet, and what they come to.
import { check, type Violation } from './check.ts'
import { type Fault, sayFault } from './fault.ts'
import { type FleetOptions, startFleet } from './fleet.ts'
import { drawPlan, type Size } from './plan.ts'
import { runPlan } from './run.ts'
import { storyOf } from './story.ts'
import { type Tally, tallyOf } from './tally.ts'

export type Broken = { readonly seed: number; readonly fault: Fault; readonly story: string } & (
  | Violation
  | { readonly kind: 'unsettled' | 'crashed'; readonly says: string }
)

export type Results = {
  readonly runs: number
  readonly tally: Tally
  readonly violations: readonly Broken[]
}

const CUSTOMERS = 200
/** Stories of one run that are told; more say the same again. */
const TOLD = 5

/** Runs the seeds from `seed` on; `until` ends it early. */
export async function runMany(options: {
  runs: number
  seed: number
  say: (line: string) => void
  fleet?: FleetOptions
  size?: Partial<Size>
  until?: (violations: readonly Broken[]) => boolean
}): Promise<Results> {
  const { runs, seed: first, say, until = () => false } = options
  const fleet = await startFleet({ workers: 3, ...options.fleet })
  const violations: Broken[] = []
  let tally = tallyOf()
  let ran = 0
  try {
    for (; ran < runs && !until(violations); ran++) {
      const seed = first + ran
      const plan = drawPlan(seed, { customers: CUSTOMERS, ...options.size })
      const from = performance.now()
      const { history, unsettled } = await runPlan(fleet, plan)
      const found = check(history)
      tally = tallyOf(history, tally)
      const about = { seed, fault: plan.fault }
      const broken: Broken[] = [
        ...found.map((violation, n) => ({
          ...about,
          ...violation,
          story: n < TOLD ? storyOf(history, violation.customer) : '',
        })),
        ...(unsettled.length > 0
          ? [{ ...about, kind: 'unsettled' as const, says: unsettled.join('; '), story: '' }]
          : []),
        ...fleet.crashes().map(({ process, how, said }) => {
          return { ...about, kind: 'crashed' as const, says: `${process} ended by itself (${how})`, story: said }
        }),
      ]
      violations.push(...broken)
      const seconds = ((performance.now() - from) / 1000).toFixed(1)
      say(
        `seed ${seed}: ${history.said.length} messages, ${history.seen.length} seen, ${sayFault(plan.fault)}, ${seconds} s, ${broken.length === 0 ? 'kept' : `${broken.length} BROKEN`}`,
      )
      for (const { kind, says, story } of broken.slice(0, 2 * TOLD)) say(`  ${kind}: ${says}\n${story}`)
    }
  } finally {
    await fleet.close()
  }
  return { runs: ran, tally, violations }
}
