// Computes which facts meet a rule, as boxes in the space of all facts. Exact, also for sets.

import type { FactValue } from '#domain'
import { compileCondition, membersOf } from '../conditions.ts'
import { FACTS, type FactDefinition } from '../facts.ts'
import type { Condition, Rule } from '../rule.ts'
import { type Vocabulary, valuesOf } from '../vocabulary.ts'

type Scalar = string | number | boolean

/** The pieces of one fact, each by a value that stands for it; undefined stands for not known. */
type Cut = { readonly pieces: readonly (FactValue | undefined)[]; readonly all: bigint }
/** Per cut the bits of the pieces that are meant; a cut that is not named is meant whole. */
export type Box = ReadonlyMap<string, bigint>
export type Space = { readonly cuts: ReadonlyMap<string, Cut>; regionOf(rule: Rule): readonly Box[] }

/** Days are cut like a fact. */
const DAY = 'day'
const DAY_MS = 86_400_000
const dayOf = (date: string) => Date.parse(date) / DAY_MS
/** A word that nobody names. */
const OTHER = '\u0000other'
const definitions: { readonly [name: string]: FactDefinition | undefined } = FACTS

function scalarsOf(condition: Condition): readonly Scalar[] {
  if (typeof condition !== 'object') return [condition]
  if (Array.isArray(condition)) return condition
  if (!('not' in condition || 'all' in condition)) return Object.values(condition)
  const { all, not } = membersOf(condition)
  return [...all, ...not]
}

/** Points and what lies between them, within bounds. */
function cutNumbers(named: readonly number[], { min, max, whole }: { min?: number; max?: number; whole?: boolean }) {
  const low = min ?? -Infinity
  const high = max ?? Infinity
  const bounds = [low, high].filter(Number.isFinite)
  const points = [...new Set([...named, ...bounds])].filter((one) => one >= low && one <= high).sort((a, b) => a - b)
  const pieces: number[] = []
  points.forEach((point, index) => {
    const before = points[index - 1]
    if (before === undefined) {
      if (low === -Infinity) pieces.push(point - 1)
    } else if (!whole) pieces.push((before + point) / 2)
    else if (Math.floor(before) + 1 < point) pieces.push(Math.floor(before) + 1)
    if (!whole || Number.isInteger(point)) pieces.push(point)
  })
  const last = points.at(-1)
  if (last === undefined) return [0]
  if (high === Infinity) pieces.push(Math.floor(last) + 1)
  return pieces
}

function piecesOf(name: string, definition: FactDefinition, named: readonly Scalar[], vocabulary: Vocabulary) {
  if (definition.kind === 'number')
    return cutNumbers(
      named.filter((one) => typeof one === 'number'),
      definition,
    )
  if (definition.kind === 'yes-no') return [false, true]
  const options = valuesOf(definition, vocabulary)
  const words = [...new Set(named.filter((one) => typeof one === 'string'))]
  return options?.every((one) => words.includes(one)) ? words : [...words, OTHER + name]
}

const cut = (pieces: Cut['pieces']): Cut => ({ pieces, all: (1n << BigInt(pieces.length)) - 1n })
/** Bit 0: it is not in the set; bit 1: it is. */
const MEMBER = cut([false, true])
const memberOf = (fact: string, word: Scalar) => `${fact}:${String(word)}`

/** Cuts every fact at what the rules say of it. `today`: days before it are over. */
export function cutSpace(rules: readonly Rule[], vocabulary: Vocabulary, today?: string): Space {
  const named = new Map<string, Scalar[]>()
  const days: number[] = []
  for (const { when, channels = [], from, until } of rules) {
    const said = Object.entries(when).map(([fact, condition]) => [fact, scalarsOf(condition)] as const)
    for (const [fact, scalars] of [...said, ['channel', channels] as const]) {
      const known = named.get(fact)
      if (known) known.push(...scalars)
      else named.set(fact, [...scalars])
    }
    if (from !== undefined) days.push(dayOf(from))
    if (until !== undefined) days.push(dayOf(until))
  }
  const cuts = new Map<string, Cut>()
  for (const [fact, scalars] of named) {
    const definition = definitions[fact]
    if (!definition) continue
    if (definition.kind === 'set') for (const word of scalars) cuts.set(memberOf(fact, word), MEMBER)
    else {
      const pieces = piecesOf(fact, definition, scalars, vocabulary)
      cuts.set(fact, cut(definition.known === 'askable' ? [...pieces, undefined] : pieces))
    }
  }
  const first = today === undefined ? {} : { min: dayOf(today) }
  cuts.set(DAY, cut(cutNumbers(days, { ...first, whole: true })))
  return { cuts, regionOf: (rule) => regionOf(rule, cuts) }
}

function regionOf({ when, channels, from, until }: Rule, cuts: Space['cuts']): readonly Box[] {
  const parts = Object.entries(when).map(([fact, condition]) => boxesOf(fact, condition, cuts))
  if (channels) parts.push(boxesOf('channel', channels, cuts))
  if (from !== undefined || until !== undefined) {
    const range = { ...(from && { 'at-least': dayOf(from) }), ...(until && { 'at-most': dayOf(until) }) }
    parts.push(boxesOf(DAY, range, cuts))
  }
  return parts.reduce<readonly Box[]>(
    (region, boxes) => region.flatMap((one) => boxes.flatMap((other) => meet(one, other, cuts) ?? [])),
    [new Map()],
  )
}

/** The boxes of one condition; none when nothing fits it. */
function boxesOf(fact: string, condition: Condition, cuts: Space['cuts']): readonly Box[] {
  if (definitions[fact]?.kind === 'set') {
    const words = scalarsOf(condition)
    const no = (word: Scalar): [string, bigint] => [memberOf(fact, word), 1n]
    const yes = (word: Scalar): [string, bigint] => [memberOf(fact, word), 2n]
    if (typeof condition === 'object' && ('not' in condition || 'all' in condition)) {
      const { all, not } = membersOf(condition)
      return [meet(new Map(all.map(yes)), new Map(not.map(no)), cuts)].filter((box) => box !== undefined)
    }
    return words.map((word, index) => new Map([...words.slice(0, index).map(no), yes(word)]))
  }
  const here = cuts.get(fact)
  if (!here) return [new Map()]
  const fits = compileCondition(condition)
  const bits = here.pieces.reduce<bigint>(
    (sum, piece, index) => (piece !== undefined && fits(piece) ? sum | (1n << BigInt(index)) : sum),
    0n,
  )
  return bits === 0n ? [] : [new Map([[fact, bits]])]
}

const bitsOf = (box: Box, name: string, cuts: Space['cuts']) => box.get(name) ?? cuts.get(name)?.all ?? 0n

/** What lies in both; undefined when nothing does. */
export function meet(one: Box, other: Box, cuts: Space['cuts']): Box | undefined {
  for (const [name, bits] of other) if ((bitsOf(one, name, cuts) & bits) === 0n) return undefined
  const both = new Map(one)
  for (const [name, bits] of other) both.set(name, bitsOf(one, name, cuts) & bits)
  return both
}

export type OwnedBox = { readonly box: Box; readonly rule: string }
export type OverlapSearch = { readonly cuts: Space['cuts']; readonly touched?: Set<string>; steps: number }

/**
 * A part of `box` that lies in none of `others`; undefined when they cover it whole. Subtracts one box after the other,
 * depth first. `unclear` when that would take more than the search's steps.
 */
export function outside(
  box: Box,
  others: readonly OwnedBox[],
  search: OverlapSearch,
  from = 0,
): Box | undefined | 'unclear' {
  let left = box
  for (let at = from; at < others.length; at++) {
    const other = others[at]
    if (!other || !meet(left, other.box, search.cuts)) continue
    if (--search.steps < 0) return 'unclear'
    search.touched?.add(other.rule)
    for (const [name, bits] of other.box) {
      const mine = bitsOf(left, name, search.cuts)
      const rest = mine & ~bits
      if (rest === 0n) continue
      const found = outside(new Map(left).set(name, rest), others, search, at + 1)
      if (found !== undefined) return found
      left = new Map(left).set(name, mine & bits)
    }
    return undefined
  }
  return left
}

/** One turn in a box, in the owner's words. */
export function describeBox(box: Box, { cuts }: Pick<Space, 'cuts'>): string {
  const scalars: string[] = []
  const sets = new Map<string, string[]>()
  for (const [name, bits] of box) {
    const here = cuts.get(name)
    if (!here || bits === here.all) continue
    const [fact = '', word] = name.split(':')
    if (word !== undefined) {
      if (bits === 2n) sets.set(fact, [...(sets.get(fact) ?? []), word])
      continue
    }
    const piece = here.pieces.find((_, index) => (bits >> BigInt(index)) & 1n)
    if (name === DAY || piece === undefined) continue
    const isOther = typeof piece === 'string' && piece.startsWith(OTHER)
    scalars.push(isOther ? `another ${name}` : `${name} ${String(piece)}`)
  }
  const said = [...scalars, ...[...sets].map(([fact, words]) => `${fact} ${words.join(' and ')}`)]
  return said.length === 0 ? 'anything' : said.join(', ')
}
