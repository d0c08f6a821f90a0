// Puts proposed wordings into an open draft of whoever proposes, or begins one; nothing serves before approval.

import { createHash } from 'node:crypto'
import { KEYS } from '#redis/keys'
import { type ContentDraft, changed, proposed } from './content-draft.ts'
import type { DraftStore } from './draft-store.ts'
import { textProblem } from './drafts/checks.ts'
import { type Files, nameOf, type PolicySandbox } from './policy-sandbox.ts'
import { invalid, isRefusal, type Refusal } from './refusal.ts'
import { acceptsProposals, judge, LEARNT_TITLE, messageOf, placeOf, withProposal } from './training-proposal.ts'
import type { ProposedQuestion } from './training-proposal.types.ts'
import { overlaid, overlayOf } from './version.ts'
import type { AuditEntry, VersionStore } from './version-store.ts'

/** In which draft it waits, and what it is learnt as: an article’s title, or a kind of message. */
export type TrainingDrafts = (
  asked: ProposedQuestion,
) => Promise<{ readonly draft: string; readonly what: string } | Refusal>

const OVER: readonly ContentDraft['state'][] = ['released', 'withdrawn']

export function openTrainingDrafts(options: {
  store: VersionStore
  drafts: DraftStore
  bench: PolicySandbox
  /** How many people have to approve; none: whoever writes policies proposes it, which checks it. */
  approvals: number
  now: () => number
}): TrainingDrafts {
  const { store, drafts, bench: sandbox, approvals, now } = options

  /** The open draft of wordings of this person over what is live now, and its files. */
  async function openOf(by: string, all: readonly ContentDraft[]) {
    for (const draft of all.filter((one) => one.by === by && acceptsProposals(one))) {
      const { raw, value } = await store.draft(draft.id)
      const based = value && acceptsProposals(value) ? await drafts.rebased(value) : undefined
      if (!based || isRefusal(based)) continue
      const files = await drafts.whole(based)
      const read = await sandbox.read(files)
      if ('content' in read) return { raw, draft: based, files, content: read.content }
    }
    return undefined
  }

  /** A draft that is not there yet. Whoever presses twice at once begins the same. */
  async function begun(by: string, all: readonly ContentDraft[], at: number, tries: number) {
    const { value: state } = await store.state()
    const base = state?.live ?? ''
    const files = await store.files(base)
    if (!files) throw new Error('nothing is released yet')
    const read = await sandbox.read(files)
    if (!('content' in read)) return invalid('the live version cannot be read by this version of Warmline')
    const former = all.filter((one) => one.by === by && one.learnt).map(({ id }) => id)
    const id = createHash('sha256')
      .update(JSON.stringify([by, base, former, Math.max(0, tries - 2)]))
      .digest('hex')
      .slice(0, 12)
    const who = { by, at, changedBy: by, changedAt: at }
    const made = { files: {}, version: base, approvals: [], writers: [by], learnt: [] }
    const draft: ContentDraft = {
      schema: 1,
      id,
      title: LEARNT_TITLE,
      ...who,
      revision: 0,
      state: 'editing',
      base,
      ...made,
    }
    return { raw: '', draft, files, content: read.content }
  }

  async function added(
    draft: ContentDraft,
    files: Files,
    asked: ProposedQuestion,
    at: number,
  ): Promise<ContentDraft | Refusal> {
    const { by } = asked
    const path = placeOf(
      asked,
      files.map((file) => file.path),
    )
    const text = withProposal(files.find((file) => file.path === path)?.text, asked)
    if (!path || !text) return invalid(`nothing can be added to \`${path ?? asked.article}\` here; ask whoever owns it`)
    const base = await drafts.base(draft)
    const all = overlaid(files, { [path]: text })
    const wrong = textProblem(text) ?? ('content' in (await sandbox.read(all)) ? undefined : 'the file would be broken')
    if (wrong) return invalid(wrong)
    const next = changed(draft, { files: overlayOf(base, all), version: nameOf(all) }, { by, at })
    if (isRefusal(next)) return next
    const learnt = [...(draft.learnt ?? []), { ...asked, at }]
    // Its examples are tried when somebody approves it: all of them each time would be too slow for one press.
    const ready = approvals > 0 ? proposed(next, messageOf(learnt), approvals, { by, at }) : next
    return isRefusal(ready) ? ready : { ...ready, learnt }
  }

  return async function learn(asked) {
    for (let tries = 0; ; tries += 1) {
      const all = await store.drafts()
      const at = now()
      const present = (await openOf(asked.by, all)) ?? (await begun(asked.by, all, at, tries))
      if (isRefusal(present)) return present
      const open = all.filter(({ state }) => !OVER.includes(state))
      const verdict = judge(asked, present.content, open)
      if (isRefusal(verdict)) return verdict
      const { what, known } = verdict
      if (known) return { draft: known.id, what }
      const next = await added(present.draft, present.files, asked, at)
      if (isRefusal(next)) return next
      const { id, version } = next
      if (!present.raw) await store.list(id, at)
      const detail = `${asked.label ? `as ${what}` : `for \`${asked.article}\``}, from ticket ${asked.ticket}`
      const entry: AuditEntry = { at, by: asked.by, what: 'wording-learnt', version, draft: id, detail }
      if (await store.swap([{ key: KEYS.release.draft(id), raw: present.raw, value: next }], entry))
        return { draft: id, what }
    }
  }
}
