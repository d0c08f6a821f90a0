// Policy desk: how versions, drafts and rollouts are shown.
import type { Content, Problem } from '#content'
import type { ContentDraft } from '../content-draft.ts'
import type { Source, SourceKind } from '../content-folder.ts'
import type { DraftStore } from '../draft-store.ts'
import type { PolicySandbox } from '../policy-sandbox.ts'
import { isRefusal, type Refusal } from '../refusal.ts'
import { type RolloutMetrics, THRESHOLDS } from '../regression-guard.ts'
import type { ReleaseActions } from '../release-actions.ts'
import { type Rollout, type State, standingOf } from '../release-state.ts'
import type { Agreement, RolloutCounters } from '../rollout-metrics.ts'
import type { TurnRecordings } from '../simulator/turn-recordings.ts'
import { changesOf, type FileChange, type Manifest } from '../version.ts'
import type { Following } from '../version-follower.ts'
import type { VersionStore } from '../version-store.ts'

export type PolicyDeskContext = {
  readonly store: VersionStore
  readonly drafts: DraftStore
  readonly releasing: ReleaseActions
  readonly sandbox: PolicySandbox
  readonly recorded: TurnRecordings
  readonly counts: RolloutCounters
  /** How many people have to approve. */
  readonly approvals: number
  readonly folder: Pick<Source, 'problems'> & { readonly kind: SourceKind }
  /** What serves in this process. */
  readonly serving: Pick<Following<{ readonly content: Content }>, 'live' | 'look' | 'listen'>
}

export type VersionHead = Omit<Manifest, 'schema' | 'files'> & { readonly state: ReturnType<typeof standingOf> }
type DraftHead = Omit<ContentDraft, 'schema' | 'files' | 'writers'> & { readonly changes: number }
export type DraftView = DraftHead & {
  /** Policies with their text, and whatever else the draft changes; the others by name. */
  readonly files: readonly { readonly path: string; readonly text?: string; readonly changed: boolean }[]
  readonly diff: readonly FileChange[]
  readonly problems: readonly Problem[]
}
type RolloutView = Rollout & {
  readonly figures: Readonly<Record<string, RolloutMetrics>>
  readonly agreement?: Agreement
  readonly guard: typeof THRESHOLDS
}
export type Overview = {
  readonly source: SourceKind
  readonly approvalsNeeded: number
  readonly live: VersionHead
  readonly rollout?: RolloutView
  readonly drafts: readonly DraftHead[]
  readonly problems: readonly Problem[]
}

export async function releaseState({ store }: PolicyDeskContext): Promise<State> {
  const { value } = await store.state()
  if (!value) throw new Error('nothing is released yet')
  return value
}

export const versionHead = ({ schema: _, files: __, ...about }: Manifest, state: State): VersionHead => ({
  ...about,
  state: standingOf(state, about.version),
})

const draftHead = ({ schema: _, files, writers: __, ...head }: ContentDraft): DraftHead => ({
  ...head,
  changes: Object.keys(files).length,
})

async function rolloutView({ counts }: PolicyDeskContext, rollout: Rollout): Promise<RolloutView> {
  const [figures, agreement] = await Promise.all([
    counts.figures(rollout),
    rollout.shadow ? counts.agreement(rollout) : undefined,
  ])
  return { ...rollout, figures, guard: THRESHOLDS, ...(agreement ? { agreement } : {}) }
}

export async function overview(context: PolicyDeskContext): Promise<Overview> {
  const { store, folder, approvals } = context
  const state = await releaseState(context)
  const [about, all, rollout] = await Promise.all([
    store.manifest(state.live),
    store.drafts(),
    state.rollout && rolloutView(context, state.rollout),
  ])
  if (!about) throw new Error(`version ${state.live} is gone`)
  return {
    source: folder.kind,
    approvalsNeeded: approvals,
    live: versionHead(about, state),
    ...(rollout ? { rollout } : {}),
    drafts: all.map(draftHead),
    problems: folder.problems(),
  }
}

/** What is released now, once this process serves it. */
export async function overviewAfter(context: PolicyDeskContext, next: State | Refusal): Promise<Overview | Refusal> {
  if (isRefusal(next)) return next
  await context.serving.look()
  return overview(context)
}

export async function draftView(
  { drafts, sandbox }: PolicyDeskContext,
  draft: ContentDraft | Refusal,
): Promise<DraftView | Refusal> {
  if (isRefusal(draft)) return draft
  const [base, files] = await Promise.all([drafts.base(draft), drafts.whole(draft)])
  const read = await sandbox.read(files)
  return {
    ...draftHead(draft),
    files: files.map(({ path, text }) => {
      const changed = path in draft.files
      return { path, changed, ...(changed || path.startsWith('policies/') ? { text } : {}) }
    }),
    diff: changesOf(base, files),
    problems: 'problems' in read ? read.problems : read.content.warnings,
  }
}
