// Releasing: each step is one change of the state, with its line in the audit, by whoever was first.

import { randomBytes } from 'node:crypto'
import { KEYS } from '#redis/keys'
import { type ContentDraft, released } from './content-draft.ts'
import { type DraftStore, objectionTo } from './draft-store.ts'
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

export type ReleaseActions = ReturnType<typeof openReleaseActions>

type Note = { readonly by: string; readonly what: string; readonly version?: string; readonly detail: string }

export function openReleaseActions(options: {
  store: VersionStore
  drafts: DraftStore
  bench: PolicySandbox
  now: () => number
}) {
  const { store, drafts, bench, now } = options

  /** Changes the state until it holds; a state that stays as it is is noted nowhere. */
  async function step(
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

  /** The share of a rollout that is none: everybody at once. */
  const isWhole = ({ percent = 100, channels, shadow }: Share) => percent === 100 && !channels && !shadow

  return {
    /** The folder's version becomes what everybody gets, unless that was done before. */
    async publishFolder(folder: string): Promise<void> {
      const because = `the files changed, and version ${folder} serves everybody now`
      for (;;) {
        const { raw, value } = await store.state()
        if (value?.folder === folder) return
        const at = now()
        const next = value ? { ...publish(value, folder, at, because), folder } : firstState(folder)
        const ended =
          value && isRunning(value) && !isRunning(next) ? `; the rollout of ${value.rollout.version} ended` : ''
        const detail = (value ? `was ${value.live}` : 'the first version') + ended
        const entry = { at, by: FILES, what: 'released', version: folder, detail }
        if (await store.swap([{ key: KEYS.release.state(), raw, value: next }], entry)) return
      }
    },

    /** Notes that this version of the folder was seen; the first one serves. */
    async sawFolder(folder: string): Promise<void> {
      for (;;) {
        const { raw, value } = await store.state()
        if (value?.folder === folder) return
        const next = value ? { ...value, folder } : firstState(folder)
        const entry = { at: now(), by: FILES, what: value ? 'folder-changed' : 'released', version: folder, detail: '' }
        if (await store.swap([{ key: KEYS.release.state(), raw, value: next }], entry)) return
      }
    },

    /** Gives an approved draft to everybody, or to some, or lets it decide silently. */
    async release(id: string, by: string, share: Share): Promise<State | Refusal> {
      for (;;) {
        const [seen, state] = [await drafts.seen(id), await store.state()]
        if (!seen.value) return notFound('there is no such draft')
        if (!state.value) return notFound('nothing is released yet')
        const done = released(seen.value)
        if (isRefusal(done)) return done
        if (isRunning(state.value))
          return conflict(`a rollout of ${state.value.rollout.version} is running; complete it or roll it back first`)
        const based = await drafts.rebased(done)
        if (isRefusal(based)) return based
        const files = await drafts.whole(based)
        // It was checked when it was proposed; over another version it is something else.
        const objection =
          based.base === seen.value.base ? undefined : objectionTo(await bench.check(files, await drafts.base(based)))
        if (objection) return objection
        const at = now()
        const version = await store.keep(files, aboutOf(based, at))
        const next = isWhole(share)
          ? publish(state.value, version, at, 'another version was released')
          : begin(state.value, {
              id: randomBytes(6).toString('hex'),
              version,
              percent: share.percent ?? 100,
              ...(share.channels ? { channels: share.channels } : {}),
              shadow: share.shadow ?? false,
              startedAt: at,
              by,
            })
        if (isRefusal(next)) return next
        const swaps = [
          { key: KEYS.release.state(), raw: state.raw, value: next },
          { key: KEYS.release.draft(id), raw: seen.raw, value: based },
        ]
        const what = isWhole(share) ? 'released' : 'rollout-begun'
        if (await store.swap(swaps, { at, by, what, version, draft: id, detail: inWords(share) })) return next
      }
    },

    widen: (by: string, share: Share) =>
      step(
        (state) => widen(state, share),
        (before) => ({ by, what: 'rollout-changed', ...versionIn(before), detail: inWords(share) }),
      ),

    complete: (by: string) =>
      step(complete, (before) => ({
        by,
        what: 'rollout-completed',
        ...versionIn(before),
        detail: 'it serves everybody',
      })),

    rollBack: (by: string, to: string | undefined, because: string) =>
      step(
        (state, at) => rollBack(state, to, at, because),
        (_, { live }) => ({ by, what: 'rolled-back', version: live, detail: because }),
      ),

    /** The guard ends a rollout, if it is still the one that was judged. */
    stop: (rollout: string, because: string) =>
      step(
        (state, at) => (isRunning(state) && state.rollout.id === rollout ? stop(state, at, because) : state),
        (before) => ({ by: 'guard', what: 'rolled-back', ...versionIn(before), detail: because }),
      ),
  }
}

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
