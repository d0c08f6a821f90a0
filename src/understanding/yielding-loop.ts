// Runs long work in small steps and lets others in the process have their turn.
import { setImmediate as pause } from 'node:timers/promises'

const STRIDE = 200

/** Does something with each, and lets whoever else waits for this process in between. */
export async function mapYielding<T, Made>(all: readonly T[], work: (one: T, at: number) => Made): Promise<Made[]> {
  const made: Made[] = []
  for (const [at, one] of all.entries()) {
    if (at % STRIDE === 0) await pause()
    made.push(work(one, at))
  }
  return made
}
