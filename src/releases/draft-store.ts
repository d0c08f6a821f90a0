// Drafts in Redis: begun, changed, proposed, approved; each step happens only if the draft is as it was read.
import { randomBytes } from 'node:crypto'
import { MAX_BYTES, type Problem, pathProblem } from '#content'
import { KEYS } from '#redis/keys'
import {
  approved,
  type ContentDraft,
  changed,
  type DraftAction,
  proposed,
  rejected,
  withdrawn,
} from './content-draft.ts'
import { type CheckResult, type Files, nameOf, type PolicySandbox } from './policy-sandbox.ts'
import { conflict, invalid, isRefusal, notFound, type Refusal } from './refusal.ts'
import { relaid } from './training-proposal.ts'
import { overlaid, overlayOf, textsOf } from './version.ts'
import type { AuditEntry, Seen, VersionStore } from './version-store.ts'

export type DraftStore = ReturnType<typeof openDraftStore>

const NO_DRAFT = notFound('there is no such draft')

export function openDraftStore(options: {
  store: VersionStore
  bench: PolicySandbox
  /** How many people have to approve. */
  approvals: number
  now: () => number
}) {
  const { store, bench, approvals, now } = options

  async function filesOf(version: string): Promise<Files> {
    const files = await store.files(version)
    if (!files) throw new Error(`version ${version} is gone`)
    return files
  }

  async function live(): Promise<string> {
    const { value } = await store.state()
    if (!value) throw new Error('nothing is released yet')
    return value.live
  }

  const note = (
    { id: draft, version }: ContentDraft,
    { by, at }: DraftAction,
    what: string,
    detail: string,
  ): AuditEntry => ({
    at,
    by,
    what,
    version,
    draft,
    detail,
  })

  /** Steps a draft on; whoever was quicker makes the step be looked at again. */
  async function step(
    id: string,
    by: string,
    what: string,
    decide: (draft: ContentDraft, doing: DraftAction) => Promise<ContentDraft | Refusal> | ContentDraft | Refusal,
    detail = '',
  ): Promise<ContentDraft | Refusal> {
    for (;;) {
      const { raw, value } = await store.draft(id)
      if (!value) return NO_DRAFT
      const doing = { by, at: now() }
      const next = await decide(value, doing)
      if (isRefusal(next)) return next
      if (await store.swap([{ key: KEYS.release.draft(id), raw, value: next }], note(next, doing, what, detail)))
        return next
    }
  }

  /** The draft over the version that is live now, unless that changed the same files. */
  async function rebased(draft: ContentDraft): Promise<ContentDraft | Refusal> {
    const base = await live()
    if (base === draft.base) return draft
    const [was, is] = await Promise.all([filesOf(draft.base), filesOf(base)])
    const [old, present] = [textsOf(was), textsOf(is)]
    const laid = relaid(draft, old, present)
    const both = Object.entries(draft.files).flatMap(([path, text]) =>
      old.get(path) !== present.get(path) && (present.get(path) ?? null) !== text && laid[path] === text ? [path] : [],
    )
    if (both.length > 0)
      return conflict(
        `version ${base} is live meanwhile and changed the same: ${both.join(', ')}; withdraw this draft and make its change again in a new one`,
      )
    const files = overlayOf(is, overlaid(is, laid))
    return { ...draft, base, files, version: nameOf(overlaid(is, files)) }
  }

  /** The draft's files as they would serve. */
  const whole = async ({ base, files }: Pick<ContentDraft, 'base' | 'files'>): Promise<Files> =>
    overlaid(await filesOf(base), files)

  async function read(id: string): Promise<ContentDraft | Refusal> {
    return (await store.draft(id)).value ?? NO_DRAFT
  }

  async function start(
    draft: Omit<ContentDraft, 'schema' | 'revision' | 'state' | 'approvals' | 'writers'>,
  ): Promise<boolean> {
    const begun: ContentDraft = {
      ...draft,
      schema: 1,
      revision: 1,
      state: 'editing',
      approvals: [],
      writers: [draft.by],
    }
    await store.list(draft.id, draft.at)
    const doing = { by: draft.by, at: draft.at }
    const entry = note(begun, doing, 'draft-begun', draft.title)
    return store.swap([{ key: KEYS.release.draft(draft.id), raw: '', value: begun }], entry)
  }

  return {
    read,
    whole,
    rebased,
    base: ({ base }: ContentDraft) => filesOf(base),

    async begin(title: string, by: string): Promise<ContentDraft | Refusal> {
      const base = await live()
      const at = now()
      const id = randomBytes(6).toString('hex')
      await start({ id, title, by, at, changedBy: by, changedAt: at, base, files: {}, version: base })
      return read(id)
    },

    /** What the folder has otherwise than the live version; the same folder makes one draft only. */
    async fromFolder(version: string, files: Files, by: string): Promise<void> {
      const base = await live()
      const overlay = overlayOf(await filesOf(base), files)
      if (Object.keys(overlay).length === 0) return
      const at = now()
      const title = 'Changes of the folder'
      await start({
        id: `${version}-${base}`,
        title,
        by,
        at,
        changedBy: by,
        changedAt: at,
        base,
        files: overlay,
        version,
      })
    },

    async save(
      id: string,
      by: string,
      { path, text, revision }: { path: string; text: string | null; revision: number },
    ): Promise<ContentDraft | Refusal> {
      const wrong = pathProblem(path) ?? (text === null ? undefined : textProblem(text))
      if (wrong) return invalid(wrong)
      return step(
        id,
        by,
        'draft-changed',
        async (draft, doing) => {
          if (draft.revision !== revision)
            return conflict(
              `${draft.changedBy} saved this draft meanwhile; load it again and make your change in what it says now`,
            )
          const base = await filesOf(draft.base)
          const all = overlaid(base, { ...draft.files, [path]: text })
          return changed(draft, { files: overlayOf(base, all), version: nameOf(all) }, doing)
        },
        text === null ? `removed ${path}` : path,
      )
    },

    async check(id: string): Promise<CheckResult | Refusal> {
      const draft = await read(id)
      return isRefusal(draft) ? draft : bench.check(await whole(draft), await filesOf(draft.base))
    },

    propose: (id: string, by: string, message: string) =>
      step(
        id,
        by,
        'draft-proposed',
        async (draft, doing) => {
          const done = proposed(draft, message, approvals, doing)
          if (isRefusal(done)) return done
          const based = await rebased(done)
          if (isRefusal(based)) return based
          if (Object.keys(based.files).length === 0) return conflict('this draft changes nothing')
          const objection = objectionTo(await bench.check(await whole(based), await filesOf(based.base)))
          return objection ?? based
        },
        message,
      ),

    approve: (id: string, by: string, comment?: string) =>
      step(
        id,
        by,
        'draft-approved',
        async (draft, doing) => {
          const done = approved(draft, comment, approvals, doing)
          if (isRefusal(done) || !draft.learnt) return done
          // Whoever learns a wording proposes it without a check.
          return objectionTo(await bench.check(await whole(draft), await filesOf(draft.base))) ?? done
        },
        comment,
      ),
    reject: (id: string, by: string, comment: string) =>
      step(id, by, 'draft-rejected', (draft, doing) => rejected(draft, comment, doing), comment),
    withdraw: (id: string, by: string) => step(id, by, 'draft-withdrawn', withdrawn),

    /** A draft as it is stored, for whoever changes it together with something else. */
    seen: (id: string): Promise<Seen<ContentDraft>> => store.draft(id),
  }
}

const isError = ({ severity }: Problem) => severity === 'error'

/** Why what was checked must not serve. */
export function objectionTo({ problems, examples: { failed } }: CheckResult): Refusal | undefined {
  const errors = problems.filter(isError)
  if (errors.length > 0)
    return { refused: 'invalid', because: `mend ${counted(errors.length, 'problem')} first`, problems: errors }
  if (failed.length > 0)
    return { refused: 'invalid', because: `${counted(failed.length, 'example')} would no longer hold`, failed }
  return undefined
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`

/** Why a text cannot be a file of the content. */
export function textProblem(text: string): string | undefined {
  if (text.trim() === '') return 'the file would be empty; remove it instead'
  if (!text.isWellFormed()) return 'the text has half a character in it; type it again'
  return Buffer.byteLength(text) > MAX_BYTES ? `the file is longer than ${MAX_BYTES / 1024} KiB` : undefined
}
