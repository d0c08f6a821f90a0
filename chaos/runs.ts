// Many seeded runs on one fleet, and what they come to.
import { check, type Violation } from './check.ts'
import { type Fault, sayFault } from './fault.ts'
import { type Fleet, startFleet } from './fleet.ts'
import { drawPlan, type Size } from './plan.ts'
import { runPlan } from './run.ts'
import { storyOf } from './story.ts'
import { type Tally, tallyOf } from './tally.ts'

type Broken = { readonly seed: number; readonly fault: Fault; readonly story: string } & (
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

type Many = {
  readonly runs: number
  readonly seed: number
  /** Fleets that run side by side: while one waits for something to become quiet, another works. */
  readonly lanes?: number
  readonly say: (line: string) => void
  readonly size?: Partial<Size>
}

/** Runs the seeds from `seed` on. */
export async function runMany({ runs, seed: first, lanes = 1, say, size }: Many): Promise<Results> {
  const violations: Broken[] = []
  let tally = tallyOf()
  let next = first
  async function work(): Promise<void> {
    const fleet = await startFleet({ workers: 3 })
    try {
      while (next < first + runs) {
        const done = await runOne(fleet, next++, size)
        violations.push(...done.broken)
        tally = tallyOf(done.history, tally)
        say(done.line)
        for (const { kind, says, story } of done.broken.slice(0, TOLD)) say(`  ${kind}: ${says}\n${story}`)
      }
    } finally {
      await fleet.close()
    }
  }
  await Promise.all(Array.from({ length: Math.min(lanes, runs) }, work))
  return { runs, tally, violations }
}

async function runOne(fleet: Fleet, seed: number, size: Partial<Size> = {}) {
  const plan = drawPlan(seed, { customers: CUSTOMERS, ...size })
  const from = performance.now()
  const { history, unsettled } = await runPlan(fleet, plan)
  const about = { seed, fault: plan.fault }
  const broken: Broken[] = [
    ...check(history).map((violation, n) => {
      return { ...about, ...violation, story: n < TOLD ? storyOf(history, violation.customer) : '' }
    }),
    ...(unsettled.length > 0 ? [{ ...about, kind: 'unsettled' as const, says: unsettled.join('; '), story: '' }] : []),
    ...fleet.crashes().map(({ process, how, said }) => {
      return { ...about, kind: 'crashed' as const, says: `${process} ended by itself (${how})`, story: said }
    }),
  ]
  const seconds = ((performance.now() - from) / 1000).toFixed(1)
  const end = broken.length === 0 ? 'kept' : `${broken.length} BROKEN`
  const line = `seed ${seed}: ${history.said.length} messages, ${history.seen.length} seen, ${sayFault(plan.fault)}, ${seconds} s, ${end}`
  return { history, broken, line }
}
