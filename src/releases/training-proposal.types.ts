// A proposal to learn a wording, as it is kept with a draft.
import type { Lesson } from './training-proposal.ts'

/** Words that somebody wants learnt, and from which ticket. */
export type Asked = Lesson & { readonly wording: string; readonly by: string; readonly ticket: string }
export type Learnt = Asked & { readonly at: number }
