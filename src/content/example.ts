// The schemas of examples in policies, dialogs and articles.
import type { Dialog } from '#dialog'
import type { Incident, PolicyExample } from '#policy'

/** Something the content says about itself that can be tried, and where it says so. */
export type Example = { readonly file: string; readonly line: number } & (
  | { readonly kind: 'policy'; readonly example: PolicyExample }
  /** What a customer says that is about an incident, or is not. */
  | { readonly kind: 'incident'; readonly incident: Incident; readonly says: string; readonly about: boolean }
  /** What a customer says that is heard as a signal which policies teach, or is not. */
  | { readonly kind: 'signal'; readonly signal: string; readonly says: string; readonly heard: boolean }
  | { readonly kind: 'transcript'; readonly dialog: Dialog; readonly example: Dialog['examples'][number] }
  /** What a customer says who wants this dialog. */
  | { readonly kind: 'phrase'; readonly dialog: Dialog; readonly phrase: string }
  /** A question that an article must win, or must not. */
  | { readonly kind: 'question'; readonly article: string; readonly question: string; readonly wins: boolean }
)
