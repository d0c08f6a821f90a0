// Policy desk: lints a draft, tries it on a text, replays it over recorded turns.
import type { Audience, ChannelName } from '#domain'
import { redact } from '#privacy'
import { type CheckResult, type Files, nameOf, type TrialResult } from '../policy-sandbox.ts'
import { invalid, isRefusal, type Refusal } from '../refusal.ts'
import type { TurnOutcome } from '../simulator/turn-outcome.ts'
import type { PastTurn } from '../simulator/turn-recordings.ts'
import { overlaid } from '../version.ts'
import { type PolicyDeskContext, releaseState } from './views.ts'

/** A file of a draft as it is typed, before it is saved. */
type Unsaved = { readonly path?: string | undefined; readonly content?: string | undefined }

type Replayed = {
  readonly turns: number
  readonly changed: readonly (Omit<PastTurn, 'facts' | 'id'> & {
    readonly before: TurnOutcome
    readonly after: TurnOutcome
  })[]
  readonly notReplayed: number
}

export async function liveFiles(context: PolicyDeskContext): Promise<Files> {
  const { live } = await releaseState(context)
  return (await context.store.files(live)) ?? []
}

/** The draft's files, with what was not saved yet. */
async function filesWith(
  { drafts }: PolicyDeskContext,
  id: string,
  { path, content }: Unsaved = {},
): Promise<{ readonly files: Files } | Refusal> {
  const draft = await drafts.read(id)
  if (isRefusal(draft)) return draft
  const files = await drafts.whole(draft)
  return { files: path === undefined || content === undefined ? files : overlaid(files, { [path]: content }) }
}

export async function lintFile(
  context: PolicyDeskContext,
  id: string,
  { path, text }: { path: string; text: string },
): Promise<CheckResult | Refusal> {
  const draft = await filesWith(context, id, { path, content: text })
  return 'refused' in draft ? draft : context.sandbox.lint(draft.files, path)
}

export async function tryDraft(
  context: PolicyDeskContext,
  id: string,
  { text, audience, channel, ...unsaved }: { text: string; audience: Audience; channel: ChannelName } & Unsaved,
): Promise<TrialResult | Refusal> {
  const [draft, before] = await Promise.all([filesWith(context, id, unsaved), liveFiles(context)])
  return 'refused' in draft ? draft : context.sandbox.try(before, draft.files, { text, audience, channel })
}

export async function replayDraft(context: PolicyDeskContext, id: string, last: number): Promise<Replayed | Refusal> {
  const { sandbox, recorded } = context
  const [draft, before, past] = await Promise.all([filesWith(context, id), liveFiles(context), recorded.last(last)])
  if ('refused' in draft) return draft
  if (nameOf(draft.files) === nameOf(before)) return invalid('this draft changes nothing yet')
  const compared = await sandbox.replay(before, draft.files, past.turns)
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
}
