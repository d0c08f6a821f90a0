// What makes two tickets look like one person's: the same values given, the same account, the same words. Pure.
import type { Case, CaseTicket } from '#domain'
import { findPrivateData, normaliseValue, PRIVATE_TYPES, type PrivateType } from '#privacy'

/** `key` is the same in tickets that are alike; `because`: what an agent reads of it, without private data. */
export type Mark = { readonly key: string; readonly because: string; readonly weight: number }

/** Values that belong to one person or one order, what they are called, and how much they say. */
const TELLING: Partial<Record<PrivateType, { readonly name: string; readonly weight: number }>> = {
  email: { name: 'the same e-mail address', weight: 4 },
  phone: { name: 'the same telephone number', weight: 4 },
  order: { name: 'the same order number', weight: 4 },
  account: { name: 'the same customer number', weight: 4 },
  iban: { name: 'the same bank account', weight: 4 },
}
/** Shorter words are said by many. */
const SHORTEST_WORDS = 24
const SHORTEST_HANDLE = 4
const MOST = 16

const isType = (name: string): name is PrivateType => (PRIVATE_TYPES as readonly string[]).includes(name)

/** By what a ticket may be found to be another's duplicate, the most telling first, each once. */
export function marksOf({ customer, facts, said, wants = '' }: Case, ticket: CaseTicket): readonly Mark[] {
  const marks = new Map<string, Mark>()
  const add = (kind: string, value: string, because: string, weight: number) => {
    const key = `${kind} ${value}`
    if (value && !marks.has(key)) marks.set(key, { key, because, weight })
  }
  const addValue = (type: PrivateType, value: string) => {
    const telling = TELLING[type]
    if (telling) add(type, normaliseValue(type, value), telling.name, telling.weight)
  }
  for (const { name, value } of [...facts, ...said]) {
    if (isType(name)) addValue(name, value)
    for (const { type, start, end } of findPrivateData(value)) addValue(type, value.slice(start, end))
  }
  add('user', `${customer.channel}:${customer.user}`, 'the same account', 4)
  const handle = (customer.handle ?? '').replace(/^@/, '').toLowerCase()
  if (handle.length >= SHORTEST_HANDLE) add('handle', handle, `the same name, @${handle}`, 2)
  const words = (ticket.ended?.wants ?? wants)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  if (words.length >= SHORTEST_WORDS) add('words', words, 'the same words', 2)
  return [...marks.values()].toSorted((one, other) => other.weight - one.weight).slice(0, MOST)
}
