// Stores drafts in Redis: begin, edit, propose, approve; each step only if the draft is as it was read.
import { bind } from '#lib'
import {
  approveDraft,
  beginDraft,
  checkDraft,
  draftFromFolder,
  proposeDraft,
  rejectDraft,
  saveFile,
  withdrawDraft,
} from './drafts/actions.ts'
import { baseFiles, type DraftContext, draftFiles, readDraft, rebaseDraft } from './drafts/record.ts'

export type DraftStore = ReturnType<typeof openDraftStore>

export const openDraftStore = (context: DraftContext) => ({
  read: bind(readDraft, context),
  /** A draft as it is stored, for whoever changes it together with something else. */
  seen: context.store.draft,
  whole: bind(draftFiles, context),
  base: bind(baseFiles, context),
  rebased: bind(rebaseDraft, context),
  begin: bind(beginDraft, context),
  fromFolder: bind(draftFromFolder, context),
  save: bind(saveFile, context),
  check: bind(checkDraft, context),
  propose: bind(proposeDraft, context),
  approve: bind(approveDraft, context),
  reject: bind(rejectDraft, context),
  withdraw: bind(withdrawDraft, context),
})
