// What `{name}` may stand for in saved replies, and what is left where nothing is known.
import type { Dialog } from '#dialog'

/** Said to everybody; facts of the customer are filled in in private only. */
export const PEOPLE = ['customer', 'agent'] as const

/** The facts that a reply may name, as dialogs ask for them and services answer them, with the kind of each. */
export const factKinds = (dialogs: readonly Dialog[]): Readonly<Record<string, string>> =>
  Object.assign(
    {},
    ...dialogs.map(({ needs, action }) => ({
      ...action?.expects,
      ...Object.fromEntries(needs.map(({ name, type }) => [name, type])),
    })),
  )

/** `[order number]`: the agent sees it, and the gate lets no reply with it out. */
export const gapOf = (variable: string): string => `[${variable.replaceAll('-', ' ')}]`

/** Every gap that a reply of this content may have. */
export const gapsOf = (dialogs: readonly Dialog[]): readonly string[] =>
  [...PEOPLE, ...Object.keys(factKinds(dialogs))].map(gapOf)
