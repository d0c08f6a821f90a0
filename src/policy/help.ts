import { FACTS, type FactDefinition } from './facts.ts'

/** One line of the table that help texts and editors show. */
export type FactHelp = {
  readonly fact: string
  readonly means: string
  /** What it may be, in words. */
  readonly values: string
  /** What a rule sees when nothing was heard of it. */
  readonly unknown: string
}

function describeValues(definition: FactDefinition): string {
  switch (definition.kind) {
    case 'one-of':
      return definition.values.join(', ')
    case 'set':
      return `any of ${definition.values.join(', ')}`
    case 'yes-no':
      return 'true or false'
    case 'number': {
      const { min, max } = definition
      if (min !== undefined && max !== undefined) return `a number from ${min} to ${max}`
      return min === undefined ? 'a number' : `a number, ${min} or more`
    }
    default:
      return 'a word'
  }
}

/** Everything a policy may speak of. */
export function factsHelp(): FactHelp[] {
  return Object.entries<FactDefinition>(FACTS).map(([fact, definition]) => ({
    fact,
    means: definition.means,
    values: describeValues(definition),
    unknown:
      definition.known === 'askable'
        ? 'the customer is asked'
        : Array.isArray(definition.absent)
          ? 'none of them'
          : String(definition.absent),
  }))
}
