// Describes every fact for help texts, editors and docs/reference/facts.md.
import { FACTS, type FactDefinition } from './facts.ts'
import { type Vocabulary, valuesOf } from './vocabulary.ts'

/** One line of the table that help texts and editors show. */
export type FactReference = {
  readonly fact: string
  readonly kind: FactDefinition['kind']
  readonly means: string
  /** Every value there is, for a menu; absent where any number or word goes. */
  readonly options?: readonly string[]
  readonly known: FactDefinition['known']
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
      return `any of ${definition.values.join(', ')}${definition.from ? ', or one that a policy teaches' : ''}`
    case 'yes-no':
      return 'true or false'
    case 'number': {
      const { min, max } = definition
      if (min !== undefined && max !== undefined) return `a number from ${min} to ${max}`
      return min === undefined ? 'a number' : `a number, ${min} or more`
    }
    default:
      return definition.from ? `one of the ${definition.from}, or none` : 'a word'
  }
}

const NONE: Vocabulary = { intents: [], topics: [], articles: [], incidents: [], sayings: [] }

function optionsOf(definition: FactDefinition, vocabulary: Vocabulary | undefined): Pick<FactReference, 'options'> {
  if (definition.kind === 'yes-no') return { options: ['true', 'false'] }
  const options = vocabulary || definition.kind !== 'word' ? valuesOf(definition, vocabulary ?? NONE) : undefined
  return options ? { options: [...new Set(options)] } : {}
}

/** Everything a policy may speak of; with a vocabulary, also the words that the content brings. */
export function factReference(vocabulary?: Vocabulary): FactReference[] {
  return Object.entries<FactDefinition>(FACTS).map(([fact, definition]) => ({
    fact,
    kind: definition.kind,
    means: definition.means,
    values: describeValues(definition),
    ...optionsOf(definition, vocabulary),
    known: definition.known,
    unknown:
      definition.known === 'askable'
        ? 'the customer is asked'
        : Array.isArray(definition.absent)
          ? 'none of them'
          : String(definition.absent),
  }))
}
