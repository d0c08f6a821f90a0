// Release actions: publish, roll out, complete, roll back. Each changes the state once and writes the audit log.
import { randomBytes } from 'node:crypto'
import { bind } from '#lib'
import { KEYS } from '#redis/keys'
import { type ContentDraft, released } from './content-draft.ts'
import type { DraftStore } from './draft-store.ts'
import { objectionTo } from './drafts/checks.ts'
import type { PolicySandbox } from './policy-sandbox.ts'
import { conflict, isRefusal, notFound, type Refusal } from './refusal.ts'
import {
  begin,
  complete,
  firstState,
  isRunning,
  publish,
  rollBack,
  type Share,
  type State,
  stop,
  widen,
} from './release-state.ts'
import { FILES, type Manifest } from './version.ts'
import type { VersionStore } from './version-store.ts'

type ReleaseContext = {
  readonly store: VersionStore
  readonly drafts: DraftStore
  readonly sandbox: PolicySandbox
  readonly now: () => number
}

export type ReleaseActions = ReturnType<typeof openReleaseActions>

export const openReleaseActions = (context: ReleaseContext) => ({
  publishFolder: bind(publishFolder, context),
  sawFolder: bind(noteFolder, context),
  release: bind(releaseDraft, context),
  widen: bind(widenRollout, context),
  complete: bind(completeRollout, context),
  rollBack: bind(rollBackTo, context),
  stop: bind(stopRollout, context),
})

type Note = { readonly by: string; readonly what: string; readonly version?: string; readonly detail: string }

/** Changes the state until it holds; a state that stays as it is is noted nowhere. */
async function stepState(
  { store, now }: ReleaseContext,
  decide: (state: State, at: number) => State | Refusal,
  note: (before: State, after: State) => Note,
): Promise<State | Refusal> {
  for (;;) {
    const { raw, value } = await store.state()
    if (!value) return notFound('nothing is released yet')
    const at = now()
    const next = decide(value, at)
    if (isRefusal(next) || next === value) return next
    if (await store.swap([{ key: KEYS.release.state(), raw, value: next }], { at, ...note(value, next) })) return next
  }
}

/** The folder's version becomes what everybody gets, unless that was done before. */
async function publishFolder({ store, now }: ReleaseContext, folder: string): Promise<void> {
  const because = `the files changed, and version ${folder} serves everybody now`
  for (;;) {
    const { raw, value } = await store.state()
    if (value?.folder === folder) return
    const at = now()
    const next = value ? { ...publish(value, folder, at, because), folder } : firstState(folder)
    const ended = value && isRunning(value) && !isRunning(next) ? `; the rollout of ${value.rollout.version} ended` : ''
    const detail = (value ? `was ${value.live}` : 'the first version') + ended
    const entry = { at, by: FILES, what: 'released', version: folder, detail }
    if (await store.swap([{ key: KEYS.release.state(), raw, value: next }], entry)) return
  }
}

/** Notes that this version of the folder was seen; the first one serves. */
async function noteFolder({ store, now }: ReleaseContext, folder: string): Promise<void> {
  for (;;) {
    const { raw, value } = await store.state()
    if (value?.folder === folder) return
    const next = value ? { ...value, folder } : firstState(folder)
    const entry = { at: now(), by: FILES, what: value ? 'folder-changed' : 'released', version: folder, detail: '' }
    if (await store.swap([{ key: KEYS.release.state(), raw, value: next }], entry)) return
  }
}

/** Gives an approved draft to everybody, or to some, or lets it decide silently. */
async function releaseDraft(context: ReleaseContext, id: string, by: string, share: Share): Promise<State | Refusal> {
  const { store, drafts, now } = context
  for (;;) {
    const [seen, state] = [await drafts.seen(id), await store.state()]
    if (!seen.value) return notFound('there is no such draft')
    if (!state.value) return notFound('nothing is released yet')
    const ready = await readyDraft(context, seen.value, state.value)
    if (isRefusal(ready)) return ready
    const at = now()
    const version = await store.keep(await drafts.whole(ready), aboutOf(ready, at))
    const next = isWhole(share)
      ? publish(state.value, version, at, 'another version was released')
      : begin(state.value, rolloutOf(version, share, by, at))
    if (isRefusal(next)) return next
    const swaps = [
      { key: KEYS.release.state(), raw: state.raw, value: next },
      { key: KEYS.release.draft(id), raw: seen.raw, value: ready },
    ]
    const what = isWhole(share) ? 'released' : 'rollout-begun'
    if (await store.swap(swaps, { at, by, what, version, draft: id, detail: inWords(share) })) return next
  }
}

/** The draft, released and over the live version, if it may serve. */
async function readyDraft(
  { drafts, sandbox }: ReleaseContext,
  draft: ContentDraft,
  state: State,
): Promise<ContentDraft | Refusal> {
  const next = released(draft)
  if (isRefusal(next)) return next
  if (isRunning(state))
    return conflict(`a rollout of ${state.rollout.version} is running; complete it or roll it back first`)
  const based = await drafts.rebased(next)
  // It was checked when it was proposed; over another version it is something else.
  if (isRefusal(based) || based.base === draft.base) return based
  return objectionTo(await sandbox.check(await drafts.whole(based), await drafts.base(based))) ?? based
}

/** The share of a rollout that is none: everybody at once. */
const isWhole = ({ percent = 100, channels, shadow }: Share) => percent === 100 && !channels && !shadow

const rolloutOf = (version: string, { percent = 100, channels, shadow = false }: Share, by: string, at: number) => ({
  id: randomBytes(6).toString('hex'),
  version,
  percent,
  ...(channels ? { channels } : {}),
  shadow,
  startedAt: at,
  by,
})

const widenRollout = (context: ReleaseContext, by: string, share: Share) =>
  stepState(
    context,
    (state) => widen(state, share),
    (before) => ({ by, what: 'rollout-changed', ...versionIn(before), detail: inWords(share) }),
  )

const completeRollout = (context: ReleaseContext, by: string) =>
  stepState(context, complete, (before) => ({
    by,
    what: 'rollout-completed',
    ...versionIn(before),
    detail: 'it serves everybody',
  }))

const rollBackTo = (context: ReleaseContext, by: string, to: string | undefined, because: string) =>
  stepState(
    context,
    (state, at) => rollBack(state, to, at, because),
    (_, { live }) => ({ by, what: 'rolled-back', version: live, detail: because }),
  )

/** The guard ends a rollout, if it is still the one that was judged. */
const stopRollout = (context: ReleaseContext, rollout: string, because: string) =>
  stepState(
    context,
    (state, at) => (isRunning(state) && state.rollout.id === rollout ? stop(state, at, because) : state),
    (before) => ({ by: 'guard', what: 'rolled-back', ...versionIn(before), detail: because }),
  )

const versionIn = ({ rollout }: State) => (rollout ? { version: rollout.version } : {})

function aboutOf(draft: ContentDraft, at: number): Omit<Manifest, 'schema' | 'version' | 'files'> {
  return {
    at,
    by: draft.changedBy,
    title: draft.title,
    message: draft.message ?? '',
    parent: draft.base,
    approvedBy: draft.approvals.map(({ by }) => by),
  }
}

function inWords({ percent, channels, shadow }: Share): string {
  if (shadow) return 'silently, beside what serves'
  const share = percent === undefined ? [] : [`${percent} % of customers`]
  const where = channels ? [`on ${channels.join(', ')}`] : []
  return [...share, ...where].join(' ') || 'everybody'
}
