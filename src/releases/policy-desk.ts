// The desk of whoever writes policies; the console's API is this, over HTTP.
import type { Content, Problem } from '#content'
import type { Audience, ChannelName } from '#domain'
import { redact } from '#privacy'
import type { ConfidenceReport } from './confidence-report.ts'
import type { ContentDraft } from './content-draft.ts'
import type { SourceKind } from './content-folder.ts'
import type { DraftStore } from './draft-store.ts'
import { type PolicyReference, policyReference } from './policy-reference.ts'
import { type CheckResult, type Files, nameOf, type PolicySandbox, type TrialResult } from './policy-sandbox.ts'
import { invalid, isRefusal, notFound, type Refusal } from './refusal.ts'
import { type RolloutMetrics, THRESHOLDS } from './regression-guard.ts'
import type { ReleaseActions } from './release-actions.ts'
import { type Rollout, type Share, type State, standingOf } from './release-state.ts'
import type { Agreement, RolloutCounters } from './rollout-metrics.ts'
import type { TurnOutcome } from './simulator/turn-outcome.ts'
import type { PastTurn, TurnRecordings } from './simulator/turn-recordings.ts'
import { changesOf, type FileChange, type Manifest, overlaid } from './version.ts'
import type { AuditEntry, VersionStore } from './version-store.ts'

type VersionHead = Omit<Manifest, 'schema' | 'files'> & { readonly state: ReturnType<typeof standingOf> }
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
type Replayed = {
  readonly turns: number
  readonly changed: readonly (Omit<PastTurn, 'facts' | 'id'> & {
    readonly before: TurnOutcome
    readonly after: TurnOutcome
  })[]
  readonly notReplayed: number
}
type Unsaved = { readonly path?: string | undefined; readonly content?: string | undefined }

type May<T> = Promise<T | Refusal>

export type PolicyDesk = {
  overview(): Promise<Overview>
  /** What a policy may say; for completion and help. */
  words(): PolicyReference
  /** What the live version's own questions prove of its answers; begins to measure it where nobody has. */
  certainty(): May<ConfidenceReport>
  versions(): Promise<readonly VersionHead[]>
  version(
    version: string,
    against?: string,
  ): May<
    VersionHead & {
      /** Policies with their text. */
      readonly files: readonly { readonly path: string; readonly size: number; readonly text?: string }[]
      readonly against?: string
      readonly diff: readonly FileChange[]
    }
  >
  /** The files of a version, byte for byte. */
  files(version: string): May<{ readonly at: number; readonly files: Files }>
  draft(id: string): May<DraftView>
  begin(title: string, by: string): May<DraftView>
  /** A text of null removes the file. `revision` is the one that was seen. */
  save(id: string, by: string, file: { path: string; text: string | null; revision: number }): May<DraftView>
  check(id: string): May<CheckResult>
  lint(id: string, file: { path: string; text: string }): May<CheckResult>
  try(id: string, said: { text: string; audience: Audience; channel: ChannelName } & Unsaved): May<TrialResult>
  replay(id: string, last: number): May<Replayed>
  propose(id: string, by: string, message: string): May<DraftView>
  approve(id: string, by: string, comment?: string): May<DraftView>
  reject(id: string, by: string, comment: string): May<DraftView>
  withdraw(id: string, by: string): May<DraftView>
  release(id: string, by: string, share: Share): May<Overview>
  widen(by: string, share: Share): May<Overview>
  complete(by: string): May<Overview>
  rollBack(by: string, because: string, to?: string): May<Overview>
  audit(): Promise<readonly AuditEntry[]>
  /** Calls back for every change, of any process, until the returned function is called. */
  listen(listener: () => void): () => void
}

export function openPolicyDesk(options: {
  store: VersionStore
  drafts: DraftStore
  releasing: ReleaseActions
  bench: PolicySandbox
  recorded: TurnRecordings
  counts: RolloutCounters
  source: SourceKind
  approvals: number
  problems: () => readonly Problem[]
  live: () => Content
  /** Has this process serve what is released now. */
  look: () => Promise<void>
  listen: PolicyDesk['listen']
}): PolicyDesk {
  const { store, drafts, releasing, bench, recorded, counts, source, approvals, problems, live, look, listen } = options

  async function state(): Promise<State> {
    const { value } = await store.state()
    if (!value) throw new Error('nothing is released yet')
    return value
  }

  function headOf({ schema: _, files: __, ...about }: Manifest, given: State): VersionHead {
    return { ...about, state: standingOf(given, about.version) }
  }

  async function rolloutOf(rollout: Rollout): Promise<RolloutView> {
    const [figures, agreement] = await Promise.all([
      counts.figures(rollout),
      rollout.shadow ? counts.agreement(rollout) : undefined,
    ])
    return { ...rollout, figures, guard: THRESHOLDS, ...(agreement ? { agreement } : {}) }
  }

  async function overview(): Promise<Overview> {
    const given = await state()
    const [about, all, rollout] = await Promise.all([
      store.manifest(given.live),
      store.drafts(),
      given.rollout && rolloutOf(given.rollout),
    ])
    if (!about) throw new Error(`version ${given.live} is gone`)
    return {
      source,
      approvalsNeeded: approvals,
      live: headOf(about, given),
      ...(rollout ? { rollout } : {}),
      drafts: all.map(draftHead),
      problems: problems(),
    }
  }

  async function shown(draft: ContentDraft | Refusal): May<DraftView> {
    if (isRefusal(draft)) return draft
    const [base, files] = await Promise.all([drafts.base(draft), drafts.whole(draft)])
    const read = await bench.read(files)
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

  /** What is released has changed, and this process knows. */
  async function done(next: State | Refusal): May<Overview> {
    if (isRefusal(next)) return next
    await look()
    return overview()
  }

  /** The draft's files, with what was not saved yet. */
  async function filesOf(id: string, { path, content }: Unsaved): May<{ base: Files; files: Files }> {
    const draft = await drafts.read(id)
    if (isRefusal(draft)) return draft
    const [base, files] = await Promise.all([drafts.base(draft), drafts.whole(draft)])
    return { base, files: path === undefined || content === undefined ? files : overlaid(files, { [path]: content }) }
  }

  const liveFiles = async (): Promise<Files> => (await store.files((await state()).live)) ?? []

  return {
    overview,
    words: () => policyReference(live()),
    certainty: async () => bench.certainty(await liveFiles()),
    async versions() {
      const given = await state()
      return (await store.versions()).map((about) => headOf(about, given))
    },
    async version(version, against) {
      const about = await store.manifest(version)
      const other = against ?? about?.parent
      const [files, before] = await Promise.all([store.files(version), other ? store.files(other) : []])
      if (!about || !files) return notFound(`there is no version \`${version}\``)
      if (!before) return notFound(`there is no version \`${other}\``)
      return {
        ...headOf(about, await state()),
        files: files.map(({ path, text }, index) => ({
          path,
          size: about.files[index]?.size ?? 0,
          ...(path.startsWith('policies/') ? { text } : {}),
        })),
        ...(other ? { against: other } : {}),
        diff: changesOf(before, files),
      }
    },
    async files(version) {
      const [about, files] = await Promise.all([store.manifest(version), store.files(version)])
      return about && files ? { at: about.at, files } : notFound(`there is no version \`${version}\``)
    },
    draft: async (id) => shown(await drafts.read(id)),
    begin: async (title, by) => shown(await drafts.begin(title, by)),
    save: async (id, by, file) => shown(await drafts.save(id, by, file)),
    check: (id) => drafts.check(id),
    async lint(id, { path, text }) {
      const found = await filesOf(id, { path, content: text })
      return 'refused' in found ? found : bench.lint(found.files, path)
    },
    async try(id, { text, audience, channel, ...unsaved }) {
      const [found, before] = await Promise.all([filesOf(id, unsaved), liveFiles()])
      return 'refused' in found ? found : bench.try(before, found.files, { text, audience, channel })
    },
    async replay(id, last) {
      const [found, before, past] = await Promise.all([filesOf(id, {}), liveFiles(), recorded.last(last)])
      if ('refused' in found) return found
      if (nameOf(found.files) === nameOf(before)) return invalid('this draft changes nothing yet')
      const compared = await bench.replay(before, found.files, past.turns)
      if ('refused' in compared) return compared
      const changes = compared.filter(({ changed }) => changed)
      return {
        turns: past.turns.length,
        changed: changes.map(({ turn: { facts: _, id: __, text, ...about }, before, after }) => ({
          ...about,
          text: redact(text).text,
          before,
          after,
        })),
        notReplayed: past.notReplayed,
      }
    },
    propose: async (id, by, message) => shown(await drafts.propose(id, by, message)),
    approve: async (id, by, comment) => shown(await drafts.approve(id, by, comment)),
    reject: async (id, by, comment) => shown(await drafts.reject(id, by, comment)),
    withdraw: async (id, by) => shown(await drafts.withdraw(id, by)),
    release: async (id, by, share) => done(await releasing.release(id, by, share)),
    widen: async (by, share) => done(await releasing.widen(by, share)),
    complete: async (by) => done(await releasing.complete(by)),
    rollBack: async (by, because, to) => done(await releasing.rollBack(by, to, because)),
    audit: () => store.audit(),
    listen,
  }
}

function draftHead({ schema: _, files, writers: __, ...head }: ContentDraft): DraftHead {
  return { ...head, changes: Object.keys(files).length }
}
