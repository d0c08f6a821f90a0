// Opens releases in one process: which version serves a customer, recordings, and the policy desk.
import type { Logger } from 'pino'
import type { Content, Problem } from '#content'
import { BOT, type CustomerId } from '#domain'
import type { Connections } from '#redis/connect'
import type { TurnContext } from '#turn'
import { openSource, type SourceKind } from './content-folder.ts'
import { openDraftStore } from './draft-store.ts'
import { openPolicyDesk, type PolicyDesk } from './policy-desk.ts'
import type { PolicySandbox } from './policy-sandbox.ts'
import { regressedAgainst } from './regression-guard.ts'
import { openReleaseActions } from './release-actions.ts'
import { isAbout } from './rollout-bucket.ts'
import { type CommittedTurn, isTaken, openRolloutMetrics } from './rollout-metrics.ts'
import { openShadow } from './shadow.ts'
import { openTurnRecordings, type TurnRecordings } from './simulator/turn-recordings.ts'
import { openTrainingDrafts, type TrainingDrafts } from './training-drafts.ts'
import { followVersions } from './version-follower.ts'
import { openVersionStore } from './version-store.ts'

export type Releases<T> = {
  /** What serves a customer now; whoever begins something with it ends with it. */
  forCustomer(customer: CustomerId): T
  /** What serves everybody who is in no rollout. */
  live(): T
  /** What is wrong with the files of the folder as they are now. */
  problems(): readonly Problem[]
  /** Notes a turn that was committed; never rejects, and what it comes to changes nothing of the turn. */
  took(done: CommittedTurn): Promise<void>
  readonly recorded: TurnRecordings
  /** Proposes a customer's wording for an article, in a draft. */
  readonly learn: TrainingDrafts
  readonly desk: PolicyDesk
  close(): Promise<void>
}

/** Throws `BrokenContent` when the folder is broken and nothing was ever released. */
export async function openReleases<T extends { readonly content: Content }>(options: {
  connections: Connections
  dir: string
  source: SourceKind
  /** How many people have to approve a draft. */
  approvals: number
  /** How long a customer's words are kept, in milliseconds. */
  keepMs: number
  /** Makes of a content what serves. */
  learn: (content: Content) => Promise<T>
  /** Where content is tried before it serves. */
  bench: PolicySandbox
  /** The context of the service over what serves nobody: it asks nothing outside that was not asked already. */
  silentMind: (serving: T) => TurnContext
  log: Pick<Logger, 'info' | 'error' | 'warn'>
  now: () => number
}): Promise<Releases<T>> {
  const { connections, dir, source: kind, approvals, keepMs, learn, bench: sandbox, silentMind, log, now } = options
  const redis = connections.main
  const store = openVersionStore(redis)
  const drafts = openDraftStore({ store, sandbox: sandbox, approvals, now })
  const releasing = openReleaseActions({ store, drafts, sandbox: sandbox, now })
  const recorded = openTurnRecordings(redis, { keepMs, now })
  const counts = openRolloutMetrics(redis)
  const shadow = openShadow(counts, log)
  const source = await openSource({ dir, kind, store, drafts, releasing, log, now })
  const serving = await followVersions({ connections, store, learn, log })

  async function note(done: CommittedTurn): Promise<void> {
    // A person has the case.
    if (done.open.owner !== BOT) return
    // Where the bot failed nothing was decided.
    const decided = done.thought.change.events?.find((event) => isTaken(event) && event.facts)
    if (decided && isTaken(decided)) await recorded.note(done.customer, decided)
    const { rollout } = serving.state()
    if (!rollout || rollout.stopped || !isAbout(rollout, done.thought.change.case.customer.channel)) return
    if (rollout.shadow) {
      const silent = serving.of(rollout.version)
      if (silent && decided) shadow.add(rollout, silentMind(silent), done)
      return
    }
    await counts.count(rollout, done)
    const { [rollout.version]: candidate, [rollout.base]: base } = await counts.figures(rollout)
    const worse = candidate && base && regressedAgainst(candidate, base)
    if (!worse) return
    await releasing.stop(rollout.id, worse)
    log.error({ version: rollout.version, because: worse }, 'the regression guard stopped a rollout')
    await serving.look()
  }

  return {
    forCustomer: serving.forCustomer,
    live: serving.live,
    problems: source.problems,
    took: (done) =>
      note(done).catch((error: Error) => log.warn({ reason: error.message }, 'a turn could not be counted')),
    recorded,
    learn: openTrainingDrafts({ store, drafts, bench: sandbox, approvals, now }),
    desk: openPolicyDesk({
      ...{ store, drafts, releasing, sandbox: sandbox, recorded, counts, approvals, serving },
      folder: { kind, problems: source.problems },
    }),
    async close() {
      await source.close()
      await shadow.close()
      await serving.close()
    },
  }
}
