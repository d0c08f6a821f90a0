// The values that facts may have in a content: intents, topics, articles, incidents, sayings.
import type { FactDefinition } from './facts.ts'

/** What the content brings of them. */
export type Vocabulary = {
  readonly intents: readonly string[]
  readonly topics: readonly string[]
  readonly articles: readonly string[]
  readonly incidents?: readonly string[]
  readonly sayings: readonly string[]
  /** Signals that the content teaches, the engine's among them. */
  readonly signals?: readonly string[]
  /** Absent: any team goes. */
  readonly teams?: readonly string[]
}

/** The values a fact may have; undefined where any goes. */
export function valuesOf(definition: FactDefinition, vocabulary: Vocabulary): readonly string[] | undefined {
  if (definition.kind === 'one-of') return definition.values
  if (definition.kind === 'set') {
    const own = definition.from === undefined ? [] : (vocabulary[definition.from] ?? [])
    return [...new Set([...definition.values, ...own])]
  }
  if (definition.kind !== 'word' || definition.from === undefined) return undefined
  return [...(vocabulary[definition.from] ?? []), 'none']
}
