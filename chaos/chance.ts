// Chance that can be had again: the same seed makes the same choices.

export type Chance = {
  /** From 0 to below 1. */
  next(): number
  /** True with this probability. */
  is(share: number): boolean
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  pick<T>(items: readonly T[]): T
  /** A chance of its own, so that what is drawn there moves nothing here. */
  fork(name: string): Chance
}

/** mulberry32, seeded by a number or, for forks, by a name too. */
export function chanceOf(seed: number, name = ''): Chance {
  let state = hash(`${seed}:${name}`)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    is: (share) => next() < share,
    between,
    pick: (items) => items[between(0, items.length - 1)] as (typeof items)[number],
    fork: (more) => chanceOf(seed, `${name}/${more}`),
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return value >>> 0
}
