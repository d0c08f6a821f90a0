// Shadow mode: a silent version decides the same turns, and the difference is recorded. Nothing is sent.
import { NotCached, type TurnContext, takeTurn } from '#turn'
import type { Rollout } from './release-state.ts'
import type { CommittedTurn, RolloutCounters } from './rollout-metrics.ts'
import { outcomeOf } from './simulator/turn-outcome.ts'

/** Turns that may wait; more are left out, for they cost customers' turns the sentence model. */
const MOST_WAITING = 50

export type Shadow = {
  /** Has `context` decide a turn when there is time. */
  add(rollout: Rollout, context: TurnContext, done: CommittedTurn): void
  /** Resolves when nothing waits. */
  idle(): Promise<void>
  close(): Promise<void>
}

export function openShadow(counts: RolloutCounters, log: { warn(about: object, message: string): void }): Shadow {
  let waiting = 0
  let isClosed = false
  let last: Promise<void> = Promise.resolve()

  async function decide(rollout: Rollout, context: TurnContext, { open, thought }: CommittedTurn): Promise<void> {
    if (isClosed) return
    const at = thought.change.events?.[0]?.at ?? 0
    // Nobody is given a ticket, and the time is that of the turn.
    const silent: TurnContext = { ...context, nextTicketId: async () => 'T-0', now: () => at }
    const after = await takeTurn(silent, open).catch((error) => {
      if (error instanceof NotCached) return undefined
      throw error
    })
    if (!after) return counts.leaveOut(rollout)
    await counts.compare(rollout, { case: thought.change.case.id, at }, outcomeOf(thought), outcomeOf(after))
  }

  return {
    add(rollout, context, done) {
      if (waiting >= MOST_WAITING || isClosed) return
      waiting += 1
      last = last
        .then(() => decide(rollout, context, done))
        .catch((error: Error) => log.warn({ error: error.name }, 'a shadow version could not decide'))
        .finally(() => {
          waiting -= 1
        })
    },
    idle: () => last,
    async close() {
      isClosed = true
      await last
    },
  }
}
