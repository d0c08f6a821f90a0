// What an act does to a ticket's holder. Pure.
import type { Act } from './record.ts'

/** Whether nobody holds a ticket after this, so that the bot may speak again. */
export const letsGo = ({ what, to }: Act): boolean =>
  what === 'release' || what === 'resolve' || what === 'return' || (what === 'transfer' && to === undefined)

/** Who holds a ticket after this. */
export const givenTo = ({ what, agent, to }: Act): string | undefined =>
  what === 'claim' || what === 'reopen' ? agent : what === 'transfer' ? to : undefined

/** Surely without any effect. */
export const isRefused = ({ status }: Act): boolean => status >= 400 && status < 500
