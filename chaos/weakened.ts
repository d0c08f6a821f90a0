// The checker, tested on the real thing: with one safety mechanism taken out, it has to find what goes wrong.
import { CIRCUMSTANCES } from './circumstances.ts'
import { startFleet } from './fleet.ts'
import { type Weakness, weakenedSource } from './weaknesses.ts'

/** What was found with a mechanism taken out; `noticed` if that is what its absence has to break. */
export type Weakened = { readonly name: string; readonly found: readonly string[]; readonly noticed: boolean }

/** Runs the circumstances of a weakness, `tries` seeds at most, until it is noticed. */
export async function runWeakened(weakness: Weakness, seed: number, tries = 4): Promise<Weakened> {
  weakenedSource(weakness)
  const { name, under, breaks } = weakness
  const fleet = await startFleet({ without: name })
  try {
    const found = new Set<string>()
    for (let n = 0; n < tries; n++) {
      for (const kind of await CIRCUMSTANCES[under](fleet, seed + n)) found.add(kind)
      if (breaks.some((kind) => found.has(kind))) return { name, found: [...found], noticed: true }
    }
    return { name, found: [...found], noticed: false }
  } finally {
    await fleet.close()
  }
}
