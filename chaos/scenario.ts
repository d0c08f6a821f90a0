// A named fault with what must hold under it, and how a scenario tells what it saw.
import { check } from './check.ts'
import { type Fleet, type FleetOptions, startFleet } from './fleet.ts'
import { CALM, drawPlan, type Size } from './plan.ts'
import type { History } from './record.ts'
import { runPlan } from './run.ts'
import { openStage, type Stage } from './stage.ts'
import { storyOf } from './story.ts'

/** `wrong` is empty when it passed; `says` are the figures for the table. */
export type Verdict = { readonly wrong: readonly string[]; readonly says: string }

export type Scenario = {
  readonly fault: string
  /** What has to hold, in a few words. */
  readonly pass: string
  /** Tells `say` how far it is, where it takes long. */
  run(seed: number, say: (line: string) => void): Promise<Verdict>
}

/** Stories that are told for one scenario; more say the same again. */
const TOLD = 3

/** Everything that is wrong with what happened, each with its story. */
function judge(fleet: Fleet, history: History, unsettled: readonly string[]): string[] {
  const violations = check(history).map(({ kind, customer, says }, n) => {
    return `${kind}: ${says}${n < TOLD ? `\n${storyOf(history, customer)}` : ''}`
  })
  const crashes = fleet.crashes().map(({ process, how, said }) => `${process} ended by itself (${how})\n${said}`)
  return [...violations, ...(unsettled.length > 0 ? [`never quiet: ${unsettled.join('; ')}`] : []), ...crashes]
}

/** A run of a plan, judged. */
export async function planned(fleet: Fleet, seed: number, size: Partial<Size> = {}) {
  const plan = drawPlan(seed, { customers: 60, temper: CALM, fault: { type: 'none' }, ...size })
  const ran = await runPlan(fleet, plan)
  return { ...ran, wrong: judge(fleet, ran.history, ran.unsettled) }
}

/** Starts a fleet, and closes it whatever happens. */
export async function onFleet<T>(options: FleetOptions, work: (fleet: Fleet) => Promise<T>): Promise<T> {
  const fleet = await startFleet(options)
  try {
    return await work(fleet)
  } finally {
    await fleet.close()
  }
}

/** Opens a stage with a calm platform, and closes it whatever happens. */
export async function onStage<T>(fleet: Fleet, seed: number, work: (stage: Stage) => Promise<T>): Promise<T> {
  const stage = await openStage(fleet, { seed, temper: CALM })
  try {
    return await work(stage)
  } finally {
    await stage.close()
  }
}

/** Waits until all is quiet and judges the stage. */
export async function judged(fleet: Fleet, stage: Stage) {
  const unsettled = await stage.settle()
  const history = await stage.history()
  return { history, wrong: judge(fleet, history, unsettled) }
}
