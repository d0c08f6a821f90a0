// What the gate does not hold yet, and why: counted apart, so that whatever else gets through is seen. Whoever closes one
// takes it out of this list.
import type { Attack } from './attack.ts'

type Open = { readonly what: string; readonly is: (attack: Attack) => boolean }

const OPEN: readonly Open[] = [
  { what: 'nobody knows what other customers have said in private', is: ({ source }) => source === 'other customer' },
  {
    what: 'a surname alone, out of an answer that nobody calls a name, is a word',
    is: ({ source, way, type }) => source === 'form' && way === 'a part' && type === 'name',
  },
]

/** Why this attack is known to get through; undefined if it must not. */
export const openBecause = (attack: Attack): string | undefined => OPEN.find(({ is }) => is(attack))?.what
