// An index of rules by bitmaps, so that only rules that may match are tested.

import type { FactValue } from '#domain'
import { meetsCondition, membersOf } from './conditions.ts'
import { FACTS, type FactDefinition } from './facts.ts'
import type { Condition, Rule } from './rule.ts'

type Bits = Uint32Array
/** For one fact: the rules that its values leave in. */
type Mesh = {
  readonly place: number
  /** A value leaves in what is under it. Of a set, each word leaves in what waits for it, and `other` always stays. */
  readonly kind: 'value' | 'set'
  readonly by: ReadonlyMap<FactValue, Bits>
  /** Under a value that no rule names. */
  readonly other: Bits
}

/** Calls back with the index of each rule that the facts may fit, in order. */
export type RuleIndex = (facts: readonly (FactValue | undefined)[], each: (index: number) => void) => void

function bitsWhere(rules: readonly Rule[], test: (rule: Rule) => boolean): Bits {
  const bits = new Uint32Array(Math.ceil(rules.length / 32))
  rules.forEach((rule, index) => {
    if (test(rule)) bits[index >> 5] = (bits[index >> 5] ?? 0) | (1 << (index & 31))
  })
  return bits
}

/** The words of which a set has to contain at least one; undefined where it may lack them all. */
function wanted(condition: Condition | undefined): readonly FactValue[] | undefined {
  if (condition === undefined) return undefined
  if (typeof condition !== 'object') return [condition]
  if (Array.isArray(condition)) return condition
  return 'all' in condition ? condition.all : undefined
}

function namedIn(condition: Condition | undefined): readonly FactValue[] {
  const not = typeof condition === 'object' && 'not' in condition ? membersOf(condition).not : []
  return [...not, ...(wanted(condition) ?? [])]
}

function weave(name: string, definition: FactDefinition, place: number, rules: readonly Rule[]): Mesh[] {
  if (definition.kind === 'number' || !rules.some(({ when }) => name in when)) return []
  const named = new Set(rules.flatMap(({ when }) => namedIn(when[name])))
  if (definition.kind === 'set') {
    const by = [...named].map(
      (word) => [word, bitsWhere(rules, ({ when }) => wanted(when[name])?.includes(word) ?? false)] as const,
    )
    return [{ kind: 'set', place, by: new Map(by), other: bitsWhere(rules, ({ when }) => !wanted(when[name])) }]
  }
  const fits = (value: FactValue) => bitsWhere(rules, ({ when }) => meetsCondition(when[name], value))
  const by = [...named].map((value) => [value, fits(value)] as const)
  return [{ kind: 'value', place, by: new Map(by), other: fits(`\u0000${name}`) }]
}

export function buildRuleIndex(rules: readonly Rule[]): RuleIndex {
  const meshes = Object.entries<FactDefinition>(FACTS).flatMap(([name, definition], place) =>
    weave(name, definition, place, rules),
  )
  const all = bitsWhere(rules, () => true)
  return (facts, each) => {
    const left = all.slice()
    for (const { kind, place, by, other } of meshes) {
      const value = facts[place]
      // What is not known rules nothing out.
      if (value === undefined) continue
      const words = kind === 'set' && Array.isArray(value) ? value.flatMap((word) => by.get(word) ?? []) : undefined
      const one = words ? other : (by.get(value) ?? other)
      for (let at = 0; at < left.length; at++) {
        let bits = one[at] ?? 0
        if (words) for (const more of words) bits |= more[at] ?? 0
        left[at] = (left[at] ?? 0) & bits
      }
    }
    for (let at = 0; at < left.length; at++) {
      for (let bits = left[at] ?? 0; bits !== 0; bits &= bits - 1) each(at * 32 + 31 - Math.clz32(bits & -bits))
    }
  }
}
