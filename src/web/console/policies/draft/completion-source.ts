// Ties what may be written to the editor's own completion.
import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import type { Words } from '../api.ts'
import { suggest } from './completion.ts'

export const completeFrom =
  (words: () => Words | undefined) =>
  ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
    const known = words()
    const found = known && suggest(state.sliceDoc(0, pos).split('\n'), known)
    const from = found && state.doc.lineAt(pos).from + found.from
    if (!found || from === undefined || found.options.length === 0) return null
    // Not at each blank: only where a word has begun, or where it was asked for.
    if (!explicit && from === pos && !/[{,:[]\s?$/.test(state.sliceDoc(Math.max(0, pos - 2), pos))) return null
    return {
      from,
      options: found.options.map(({ label, means, insert }) => ({
        label,
        ...(means ? { detail: means } : {}),
        ...(insert ? { apply: insert } : {}),
      })),
      validFor: /^[\w.-]*$/,
    }
  }
