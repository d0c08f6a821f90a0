// A content draft: files over the version it began from, and its approvals. Pure.

import { conflict, isRefusal, type Refusal } from './refusal.ts'
import type { TrainingProposals } from './training-proposal.types.ts'

const STATES = ['editing', 'proposed', 'approved', 'released', 'withdrawn'] as const
export type DraftState = (typeof STATES)[number]

export type ContentDraft = {
  readonly schema: 1
  readonly id: string
  readonly title: string
  readonly by: string
  readonly at: number
  readonly changedBy: string
  readonly changedAt: number
  /** Rises with every change; whoever saves says which one they saw. */
  readonly revision: number
  readonly state: DraftState
  /** The version that the files are laid over. */
  readonly base: string
  /** Text by path; null takes the file away. */
  readonly files: Readonly<Record<string, string | null>>
  /** Name of the version that it would be. */
  readonly version: string
  readonly message?: string
  readonly approvals: readonly { readonly by: string; readonly at: number; readonly comment?: string }[]
  /** Why it came back, when it did. */
  readonly rejected?: { readonly by: string; readonly at: number; readonly comment: string }
  /** Everybody who changed or proposed it: they do not approve it. */
  readonly writers: readonly string[]
  /** Customers' wordings that it adds to articles, oldest first; absent in drafts that people write. */
  readonly learnt?: readonly TrainingProposals[]
}

/** What becomes of a draft; `no`: it cannot be. An approval counts one step until there are enough. */
export const DRAFT_TRANSITIONS = {
  //         editing      proposed     approved     released  withdrawn
  change: ['editing', 'editing', 'editing', 'no', 'no'],
  propose: ['proposed', 'no', 'no', 'no', 'no'],
  approve: ['no', 'approved', 'no', 'no', 'no'],
  reject: ['no', 'editing', 'editing', 'no', 'no'],
  withdraw: ['withdrawn', 'withdrawn', 'withdrawn', 'no', 'no'],
  release: ['no', 'no', 'released', 'no', 'no'],
} as const satisfies Record<string, readonly (DraftState | 'no')[]>
type Step = keyof typeof DRAFT_TRANSITIONS

const PAST: Record<Step, string> = {
  change: 'changed',
  propose: 'proposed',
  approve: 'approved',
  reject: 'sent back',
  withdraw: 'withdrawn',
  release: 'released',
}
const IS: Record<DraftState, string> = {
  editing: 'is being edited',
  proposed: 'waits for approval',
  approved: 'is approved',
  released: 'is released',
  withdrawn: 'is withdrawn',
}

function next(draft: ContentDraft, step: Step): DraftState | Refusal {
  const state = DRAFT_TRANSITIONS[step][STATES.indexOf(draft.state)]
  if (state !== undefined && state !== 'no') return state
  const first = step === 'release' ? '; it has to be approved first' : ''
  return conflict(`this draft ${IS[draft.state]}, so it cannot be ${PAST[step]}${first}`)
}

/** Who does something, and when. */
export type DraftAction = { readonly by: string; readonly at: number }

function stepped(draft: ContentDraft, step: Step, more: Partial<ContentDraft> = {}): ContentDraft | Refusal {
  const state = next(draft, step)
  return typeof state === 'object' ? state : { ...draft, state, revision: draft.revision + 1, ...more }
}

const among = (people: readonly string[], one: string) => [...new Set([...people, one])]

/** Other files: whatever was said of the former ones is void. */
export function changed(
  draft: ContentDraft,
  { files, version }: Pick<ContentDraft, 'files' | 'version'>,
  { by, at }: DraftAction,
): ContentDraft | Refusal {
  return stepped(draft, 'change', {
    files,
    version,
    approvals: [],
    changedBy: by,
    changedAt: at,
    writers: among(draft.writers, by),
  })
}

/** `needed`: how many have to approve; none makes it approved at once. */
export function proposed(
  draft: ContentDraft,
  message: string,
  needed: number,
  { by }: DraftAction,
): ContentDraft | Refusal {
  const done = stepped(draft, 'propose', { message, approvals: [], writers: among(draft.writers, by) })
  if (isRefusal(done)) return done
  const { rejected: _, ...rest } = done
  return needed === 0 ? { ...rest, state: 'approved' } : rest
}

export function approved(
  draft: ContentDraft,
  comment: string | undefined,
  needed: number,
  { by, at }: DraftAction,
): ContentDraft | Refusal {
  if (needed > 0 && draft.writers.includes(by))
    return conflict('you wrote or proposed this draft, so somebody else has to approve it')
  if (draft.approvals.some((one) => one.by === by)) return conflict('you have approved this draft already')
  const approvals = [...draft.approvals, { by, at, ...(comment ? { comment } : {}) }]
  const done = stepped(draft, 'approve', { approvals })
  return isRefusal(done) || approvals.length >= needed ? done : { ...done, state: 'proposed' }
}

export const rejected = (draft: ContentDraft, comment: string, { by, at }: DraftAction): ContentDraft | Refusal =>
  stepped(draft, 'reject', { approvals: [], rejected: { by, at, comment } })
export const withdrawn = (draft: ContentDraft): ContentDraft | Refusal => stepped(draft, 'withdraw')
export const released = (draft: ContentDraft): ContentDraft | Refusal => stepped(draft, 'release')
