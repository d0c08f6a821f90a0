// What policy owners may do; the console's policy API is this over HTTP.
import { bind } from '#lib'
import { lintFile, liveFiles, replayDraft, tryDraft } from './desk/trials.ts'
import { listVersions, readFiles, readVersion } from './desk/versions.ts'
import { draftView, overview, overviewAfter, type PolicyDeskContext } from './desk/views.ts'
import { policyReference } from './policy-reference.ts'
import type { Share } from './release-state.ts'

export type PolicyDesk = ReturnType<typeof openPolicyDesk>

export function openPolicyDesk(context: PolicyDeskContext) {
  const { store, drafts, releasing, sandbox, serving } = context
  return {
    overview: () => overview(context),
    /** What a policy may say; for completion and help. */
    words: () => policyReference(serving.live().content),
    /** What the live version's own questions prove of its answers; begins to measure it where nobody has. */
    certainty: async () => sandbox.certainty(await liveFiles(context)),
    audit: () => store.audit(),
    /** Calls back for every change, of any process, until the returned function is called. */
    listen: serving.listen,

    versions: () => listVersions(context),
    version: bind(readVersion, context),
    files: bind(readFiles, context),

    draft: async (id: string) => draftView(context, await drafts.read(id)),
    begin: async (title: string, by: string) => draftView(context, await drafts.begin(title, by)),
    /** A text of null removes the file. `revision` is the one that was seen. */
    save: async (id: string, by: string, file: { path: string; text: string | null; revision: number }) =>
      draftView(context, await drafts.save(id, by, file)),
    propose: async (id: string, by: string, message: string) =>
      draftView(context, await drafts.propose(id, by, message)),
    approve: async (id: string, by: string, comment?: string) =>
      draftView(context, await drafts.approve(id, by, comment)),
    reject: async (id: string, by: string, comment: string) => draftView(context, await drafts.reject(id, by, comment)),
    withdraw: async (id: string, by: string) => draftView(context, await drafts.withdraw(id, by)),

    check: drafts.check,
    lint: bind(lintFile, context),
    try: bind(tryDraft, context),
    replay: bind(replayDraft, context),

    release: async (id: string, by: string, share: Share) =>
      overviewAfter(context, await releasing.release(id, by, share)),
    widen: async (by: string, share: Share) => overviewAfter(context, await releasing.widen(by, share)),
    complete: async (by: string) => overviewAfter(context, await releasing.complete(by)),
    rollBack: async (by: string, because: string, to?: string) =>
      overviewAfter(context, await releasing.rollBack(by, to, because)),
  }
}
