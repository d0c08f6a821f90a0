// A rule's conditions in words.
import type { ReadRule } from './parse-policies.ts'

export type Clause = { readonly fact: string; readonly is: string; readonly value: string }

const either = (values: readonly unknown[], word = 'or'): string => {
  const names = values.map(String)
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`
}

const RANGES = [
  ['at-least', 'at least'],
  ['at-most', 'at most'],
  ['above', 'above'],
  ['below', 'below'],
] as const

function clauseOf(fact: string, condition: unknown): Clause {
  if (condition === true) return { fact, is: '', value: '' }
  if (condition === false) return { fact, is: 'not', value: '' }
  if (Array.isArray(condition)) return { fact, is: 'is', value: either(condition) }
  if (typeof condition !== 'object' || condition === null) return { fact, is: 'is', value: String(condition) }
  const asked = condition as Record<string, unknown>
  if (Array.isArray(asked.all)) {
    const but = 'not' in asked ? `, and not ${either([asked.not].flat())}` : ''
    return { fact, is: 'has', value: `${either(asked.all, 'and')}${but}` }
  }
  if ('not' in asked) return { fact, is: 'is not', value: either([asked.not].flat()) }
  const bounds = RANGES.flatMap(([name, words]) => (name in asked ? [`${words} ${asked[name]}`] : []))
  return { fact, is: 'is', value: bounds.join(' and ') || JSON.stringify(condition) }
}

/** Every condition of a rule; none: it always fits. */
export function clausesOf({ when, channels, from, until }: ReadRule): readonly Clause[] {
  const clauses = Object.entries(when).map(([fact, condition]) => clauseOf(fact, condition))
  if (channels) clauses.push({ fact: 'channel', is: 'is', value: either(channels) })
  if (from) clauses.push({ fact: 'day', is: 'from', value: String(from) })
  if (until) clauses.push({ fact: 'day', is: 'until', value: String(until) })
  return clauses
}
