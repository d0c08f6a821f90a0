// What the gate does not hold yet, and why: counted apart, so that whatever else gets through is seen. Whoever closes one
// takes it out of this list.
import type { Attack } from './attack.ts'

type Open = { readonly what: string; readonly is: (attack: Attack) => boolean }

const TELLING: readonly Attack['type'][] = ['name', 'birth', 'password']

const OPEN: readonly Open[] = [
  { what: 'base64 is not read', is: ({ way }) => way === 'base64' },
  {
    what: 'a value that is cut in two is found only where a half is telling by itself',
    is: ({ way }) => way === 'two sentences',
  },
  {
    what: 'parts of keys, instructions, passwords, account numbers and birthdays look like anything',
    is: ({ way, type }) => way === 'a part' && ['key', 'prompt', 'password', 'iban', 'birth'].includes(type),
  },
  {
    what: 'nobody knows the names, birthdays and passwords of other customers, nor anything of theirs in part or backwards',
    is: ({ source, type, way }) =>
      source === 'other customer' && (TELLING.includes(type) || way === 'a part' || way === 'reversed'),
  },
  {
    what: 'a surname is a word, and has no beginning where first and last name are spaced out together',
    is: ({ source, way }) => source === 'profile' && way === 'spaced out',
  },
  {
    what: 'our own key is known by its shape alone',
    is: ({ type, way }) => type === 'key' && way !== 'plain',
  },
  {
    what: 'a password or a birthday that nobody calls so, in a form or in the answer of a service, is any word or day',
    is: ({ source, type }) => (source === 'form' || source === 'look-up') && TELLING.includes(type),
  },
  {
    what: 'a password that a colleague wrote down is a word of its own only while it is written as it is',
    is: ({ source, type }) => (source === 'note' || source === 'promise') && type === 'password',
  },
]

/** Why this attack is known to get through; undefined if it must not. */
export const openBecause = (attack: Attack): string | undefined => OPEN.find(({ is }) => is(attack))?.what
