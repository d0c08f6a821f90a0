// Reads a network's JSON safely: whole numbers beyond 2^53 stay exact as strings, and a missing field never throws.

import { parse } from 'lossless-json'

/** Parses JSON without losing digits of ids. Throws on what is not JSON. */
export function readJson(text: string): unknown {
  return parse(text, undefined, {
    parseNumber: (digits) =>
      /^-?\d+$/.test(digits) && !Number.isSafeInteger(Number(digits)) ? digits : Number(digits),
    onDuplicateKey: ({ newValue }) => newValue,
  })
}

/** What stands at a path of own properties. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let here: unknown = value
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined
    here = Reflect.get(here, key)
  }
  return here
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export function keysOf(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
}

/** A text that can be stored and sent: half a surrogate pair is replaced. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value.toWellFormed() : ''
}

/** The first of the values that is an id. Networks write ids as strings and, in places, as numbers. */
export function idOf(...values: readonly unknown[]): string | undefined {
  for (const value of values) {
    if (typeof value === 'string' && value !== '') return value.toWellFormed()
    if (Number.isSafeInteger(value)) return String(value)
  }
  return undefined
}

export function countOf(value: unknown): number | undefined {
  return Number.isSafeInteger(value) ? Number(value) : undefined
}

/** The first of the values that is a time, in milliseconds since 1970: seconds, milliseconds or a date in words. */
export function timeOf(...values: readonly unknown[]): number {
  for (const value of values) {
    // Of an object not even `Number` can be asked: its `toString` may be anything.
    if ((typeof value !== 'string' && typeof value !== 'number') || value === '') continue
    const number = typeof value === 'string' && !/^\d+$/.test(value) ? Date.parse(value) : Number(value)
    // Seconds reach 10^11 in the year 5138; milliseconds passed it in 1973.
    if (Number.isSafeInteger(number) && number > 0) return number < 1e11 ? number * 1000 : number
  }
  return Date.now()
}
