// The stored record of a draft, and its files over the version it began from.
import { KEYS } from '#redis/keys'
import type { ContentDraft, DraftAction } from '../content-draft.ts'
import { type Files, nameOf, type PolicySandbox } from '../policy-sandbox.ts'
import { conflict, isRefusal, notFound, type Refusal } from '../refusal.ts'
import { relaid } from '../training-proposal.ts'
import { overlaid, overlayOf, textsOf } from '../version.ts'
import type { AuditEntry, VersionStore } from '../version-store.ts'

export type DraftContext = {
  readonly store: VersionStore
  readonly sandbox: PolicySandbox
  /** How many people have to approve. */
  readonly approvals: number
  readonly now: () => number
}

const NO_DRAFT = notFound('there is no such draft')

export async function readDraft({ store }: DraftContext, id: string): Promise<ContentDraft | Refusal> {
  return (await store.draft(id)).value ?? NO_DRAFT
}

export async function liveVersion({ store }: DraftContext): Promise<string> {
  const { value } = await store.state()
  if (!value) throw new Error('nothing is released yet')
  return value.live
}

export async function versionFiles({ store }: DraftContext, version: string): Promise<Files> {
  const files = await store.files(version)
  if (!files) throw new Error(`version ${version} is gone`)
  return files
}

export const baseFiles = (context: DraftContext, { base }: Pick<ContentDraft, 'base'>): Promise<Files> =>
  versionFiles(context, base)

/** The draft's files as they would serve. */
export const draftFiles = async (
  context: DraftContext,
  { base, files }: Pick<ContentDraft, 'base' | 'files'>,
): Promise<Files> => overlaid(await versionFiles(context, base), files)

const auditEntry = (
  { id: draft, version }: ContentDraft,
  { by, at }: DraftAction,
  what: string,
  detail: string,
): AuditEntry => ({ at, by, what, version, draft, detail })

/** Adds a draft, unless there is one of this id. */
export async function addDraft(
  { store }: DraftContext,
  draft: Omit<ContentDraft, 'schema' | 'revision' | 'state' | 'approvals' | 'writers'>,
): Promise<void> {
  const value: ContentDraft = {
    ...draft,
    schema: 1,
    revision: 1,
    state: 'editing',
    approvals: [],
    writers: [draft.by],
  }
  await store.list(draft.id, draft.at)
  const entry = auditEntry(value, draft, 'draft-begun', draft.title)
  await store.swap([{ key: KEYS.release.draft(draft.id), raw: '', value }], entry)
}

/** What is done to a draft, and how the audit names it. */
export type DraftStep = {
  readonly id: string
  readonly by: string
  readonly what: string
  readonly detail?: string | undefined
  readonly decide: (
    draft: ContentDraft,
    action: DraftAction,
  ) => Promise<ContentDraft | Refusal> | ContentDraft | Refusal
}

/** Steps a draft on; whoever was quicker makes the step be looked at again. */
export async function stepDraft(
  { store, now }: DraftContext,
  { id, by, what, detail = '', decide }: DraftStep,
): Promise<ContentDraft | Refusal> {
  for (;;) {
    const { raw, value } = await store.draft(id)
    if (!value) return NO_DRAFT
    const action = { by, at: now() }
    const next = await decide(value, action)
    if (isRefusal(next)) return next
    const entry = auditEntry(next, action, what, detail)
    if (await store.swap([{ key: KEYS.release.draft(id), raw, value: next }], entry)) return next
  }
}

/** The draft over the version that is live now, unless that changed the same files. */
export async function rebaseDraft(context: DraftContext, draft: ContentDraft): Promise<ContentDraft | Refusal> {
  const base = await liveVersion(context)
  if (base === draft.base) return draft
  const [before, live] = await Promise.all([versionFiles(context, draft.base), versionFiles(context, base)])
  const [old, present] = [textsOf(before), textsOf(live)]
  const laid = relaid(draft, old, present)
  const both = Object.entries(draft.files).flatMap(([path, text]) =>
    old.get(path) !== present.get(path) && (present.get(path) ?? null) !== text && laid[path] === text ? [path] : [],
  )
  if (both.length > 0)
    return conflict(
      `version ${base} is live meanwhile and changed the same: ${both.join(', ')}; withdraw this draft and make its change again in a new one`,
    )
  const files = overlayOf(live, overlaid(live, laid))
  return { ...draft, base, files, version: nameOf(overlaid(live, files)) }
}
