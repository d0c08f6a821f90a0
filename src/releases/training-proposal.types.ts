// A training proposal as it is stored with a draft.
import type { Lesson } from './training-proposal.ts'

/** Words that somebody wants learnt, and from which ticket. */
export type ProposedQuestion = Lesson & { readonly wording: string; readonly by: string; readonly ticket: string }
export type TrainingProposals = ProposedQuestion & { readonly at: number }
