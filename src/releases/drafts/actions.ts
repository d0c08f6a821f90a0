// Draft actions: begin, save, check, propose, approve, reject, withdraw.
import { randomBytes } from 'node:crypto'
import { pathProblem } from '#content'
import { approved, type ContentDraft, changed, proposed, rejected, withdrawn } from '../content-draft.ts'
import { type CheckResult, type Files, nameOf } from '../policy-sandbox.ts'
import { conflict, invalid, isRefusal, type Refusal } from '../refusal.ts'
import { overlaid, overlayOf } from '../version.ts'
import { objectionTo, textProblem } from './checks.ts'
import {
  addDraft,
  baseFiles,
  type DraftContext,
  draftFiles,
  liveVersion,
  readDraft,
  rebaseDraft,
  stepDraft,
  versionFiles,
} from './record.ts'

export async function beginDraft(context: DraftContext, title: string, by: string): Promise<ContentDraft | Refusal> {
  const base = await liveVersion(context)
  const at = context.now()
  const id = randomBytes(6).toString('hex')
  await addDraft(context, { id, title, by, at, changedBy: by, changedAt: at, base, files: {}, version: base })
  return readDraft(context, id)
}

/** What the folder has otherwise than the live version; the same folder makes one draft only. */
export async function draftFromFolder(context: DraftContext, version: string, files: Files, by: string): Promise<void> {
  const base = await liveVersion(context)
  const overlay = overlayOf(await versionFiles(context, base), files)
  if (Object.keys(overlay).length === 0) return
  const at = context.now()
  const made = { by, at, changedBy: by, changedAt: at }
  const title = 'Changes of the folder'
  await addDraft(context, { id: `${version}-${base}`, title, ...made, base, files: overlay, version })
}

/** A text of null removes the file. `revision` is the one that was seen. */
export async function saveFile(
  context: DraftContext,
  id: string,
  by: string,
  { path, text, revision }: { path: string; text: string | null; revision: number },
): Promise<ContentDraft | Refusal> {
  const problem = pathProblem(path) ?? (text === null ? undefined : textProblem(text))
  if (problem) return invalid(problem)
  const detail = text === null ? `removed ${path}` : path
  return stepDraft(context, {
    ...{ id, by, what: 'draft-changed', detail },
    async decide(draft, action) {
      if (draft.revision !== revision)
        return conflict(
          `${draft.changedBy} saved this draft meanwhile; load it again and make your change in what it says now`,
        )
      const base = await baseFiles(context, draft)
      const all = overlaid(base, { ...draft.files, [path]: text })
      return changed(draft, { files: overlayOf(base, all), version: nameOf(all) }, action)
    },
  })
}

const checkFiles = async (context: DraftContext, draft: ContentDraft): Promise<CheckResult> =>
  context.sandbox.check(await draftFiles(context, draft), await baseFiles(context, draft))

export async function checkDraft(context: DraftContext, id: string): Promise<CheckResult | Refusal> {
  const draft = await readDraft(context, id)
  return isRefusal(draft) ? draft : checkFiles(context, draft)
}

export const proposeDraft = (
  context: DraftContext,
  id: string,
  by: string,
  message: string,
): Promise<ContentDraft | Refusal> =>
  stepDraft(context, {
    ...{ id, by, what: 'draft-proposed', detail: message },
    async decide(draft, action) {
      const next = proposed(draft, message, context.approvals, action)
      if (isRefusal(next)) return next
      const based = await rebaseDraft(context, next)
      if (isRefusal(based)) return based
      if (Object.keys(based.files).length === 0) return conflict('this draft changes nothing')
      return objectionTo(await checkFiles(context, based)) ?? based
    },
  })

export const approveDraft = (
  context: DraftContext,
  id: string,
  by: string,
  comment?: string,
): Promise<ContentDraft | Refusal> =>
  stepDraft(context, {
    ...{ id, by, what: 'draft-approved', detail: comment },
    async decide(draft, action) {
      const next = approved(draft, comment, context.approvals, action)
      if (isRefusal(next) || !draft.learnt) return next
      // Whoever learns a wording proposes it without a check.
      return objectionTo(await checkFiles(context, draft)) ?? next
    },
  })

export const rejectDraft = (
  context: DraftContext,
  id: string,
  by: string,
  comment: string,
): Promise<ContentDraft | Refusal> =>
  stepDraft(context, {
    ...{ id, by, what: 'draft-rejected', detail: comment },
    decide: (draft, action) => rejected(draft, comment, action),
  })

export const withdrawDraft = (context: DraftContext, id: string, by: string): Promise<ContentDraft | Refusal> =>
  stepDraft(context, { id, by, what: 'draft-withdrawn', decide: withdrawn })
