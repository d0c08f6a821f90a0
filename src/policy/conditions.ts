// Tests a rule's conditions against facts: true, false or unknown.

import type { Facts, FactValue } from '#domain'
import { FACTS, type FactDefinition } from './facts.ts'
import type { Condition } from './rule.ts'

type Scalar = string | number | boolean
type Test = (value: FactValue) => boolean

const definitions: { readonly [name: string]: FactDefinition | undefined } = FACTS
const names = Object.keys(FACTS)

function isSet(value: FactValue): value is readonly string[] {
  return typeof value === 'object'
}

function has(value: FactValue, wanted: Scalar): boolean {
  return isSet(value) ? value.some((item) => item === wanted) : value === wanted
}

function hasAny(value: FactValue, wanted: readonly Scalar[]): boolean {
  return isSet(value) ? value.some((item) => wanted.includes(item)) : wanted.includes(value)
}

type Members = Extract<Condition, { not: unknown } | { all: unknown }>

/** The words that a value has to contain, and those that it may not. */
export function membersOf(condition: Members): { readonly all: readonly Scalar[]; readonly not: readonly Scalar[] } {
  return { all: 'all' in condition ? condition.all : [], not: 'not' in condition ? [condition.not].flat() : [] }
}

/** What one condition asks of a value. A set meets a value that it contains, and a list when it contains any of it. */
export function compileCondition(condition: Condition): Test {
  if (typeof condition !== 'object') return (value) => has(value, condition)
  if (Array.isArray(condition)) return (value) => hasAny(value, condition)
  if ('not' in condition || 'all' in condition) {
    const { all, not } = membersOf(condition)
    return (value) => all.every((wanted) => has(value, wanted)) && !hasAny(value, not)
  }
  const {
    'at-least': atLeast = -Infinity,
    'at-most': atMost = Infinity,
    above = -Infinity,
    below = Infinity,
  } = condition
  return (value) => typeof value === 'number' && value >= atLeast && value <= atMost && value > above && value < below
}

/** Whether a value meets a condition; without one, any does. */
export const meetsCondition = (condition: Condition | undefined, value: FactValue): boolean =>
  condition === undefined || compileCondition(condition)(value)

function isOfKind(definition: FactDefinition, value: FactValue): boolean {
  switch (definition.kind) {
    case 'number':
      return typeof value === 'number' && !Number.isNaN(value)
    case 'yes-no':
      return typeof value === 'boolean'
    case 'set':
      return Array.isArray(value)
    default:
      return typeof value === 'string'
  }
}

/** Where a fact stands in complete facts; -1 for one that is not in the table, which is never known. */
export function placeOf(name: string): number {
  return names.indexOf(name)
}

/**
 * The facts as rules see them, by place: an always-known fact that is missing is absent by definition, an askable one
 * that is missing stays unknown, and a value of the wrong kind counts as missing.
 */
export function completeFacts(facts: Facts): readonly (FactValue | undefined)[] {
  return names.map((name) => {
    const definition = definitions[name]
    const value = facts[name] ?? undefined
    if (!definition) return undefined
    if (value !== undefined && isOfKind(definition, value)) return value
    return definition.known === 'always' ? definition.absent : undefined
  })
}
