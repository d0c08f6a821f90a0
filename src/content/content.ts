// The type of a content: one frozen, versioned snapshot of dialogs, articles and policies.
import type { Dialog } from '#dialog'
import type { Brand, Incident, LabelledMessage, PolicyExample, Rule, SavedReply, TaughtSignal } from '#policy'
import type { Article } from './article.ts'

/** Something wrong in a content file, in the owner's words. Lines count from 1. */
export type Problem = {
  readonly file: string
  readonly line: number
  readonly problem: string
  /** `error`: the content cannot serve. `warning`: it can, but somebody should look. */
  readonly severity: 'error' | 'warning'
}

/** One frozen snapshot of dialogs, knowledge and policies. */
export type Content = {
  /** Hash over all files, 12 hex digits. */
  readonly version: string
  readonly dir: string
  readonly brand: Brand
  readonly rules: readonly (Rule & { readonly topic: string; readonly file: string })[]
  readonly incidents: readonly Incident[]
  readonly policyExamples: readonly (PolicyExample & { readonly file: string; readonly line: number })[]
  readonly messages: readonly LabelledMessage[]
  /** Signals that policies teach, with who answers for them. */
  readonly signals: readonly (TaughtSignal & { readonly owner: string; readonly file: string })[]
  /** Texts for agents, with who answers for them. */
  readonly savedReplies: readonly (SavedReply & { readonly owner: string })[]
  readonly dialogs: readonly Dialog[]
  readonly articles: readonly Article[]
  /** Warnings only; content with errors is never a snapshot. */
  readonly warnings: readonly Problem[]
}
