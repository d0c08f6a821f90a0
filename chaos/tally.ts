// What runs were made of, counted.
import type { Act, History } from './record.ts'

export type Tally = {
  readonly messages: number
  readonly seen: number
  /** Turns, and how many sends ended each way. */
  readonly turns: number
  readonly suppressed: number
  readonly refused: number
  /** Nobody could tell whether it arrived: each was shown to a person. */
  readonly inDoubt: number
  readonly tickets: number
  readonly claims: number
  /** Tickets handed on, put aside, reopened, merged and split. */
  readonly moves: number
  /** Of these, merged and split. */
  readonly merges: number
}

const NONE: Tally = {
  messages: 0,
  seen: 0,
  turns: 0,
  suppressed: 0,
  refused: 0,
  inDoubt: 0,
  tickets: 0,
  claims: 0,
  moves: 0,
  merges: 0,
}

const MOVES = new Set<Act['what']>(['transfer', 'snooze', 'unsnooze', 'reopen', 'merge', 'split'])

export function tallyOf(history?: History, before: Tally = NONE): Tally {
  if (!history) return before
  const { said, seen, acts, store } = history
  const events = store.customers.flatMap((kept) => kept.history)
  const states = store.customers.flatMap((kept) => Object.values(kept.effects))
  const count = <T>(all: readonly T[], fits: (one: T) => boolean) => all.filter(fits).length
  return {
    messages: before.messages + said.length,
    seen: before.seen + seen.length,
    turns: before.turns + count(events, (event) => event.type === 'turn-taken'),
    suppressed: before.suppressed + count(states, (state) => state === 'suppressed'),
    refused: before.refused + count(states, (state) => state === 'refused'),
    inDoubt: before.inDoubt + count(states, (state) => state === 'in-doubt'),
    tickets: before.tickets + count(events, (event) => event.type === 'ticket-opened'),
    claims: before.claims + count(acts, ({ what, status }) => what === 'claim' && status === 200),
    merges: before.merges + count(acts, ({ what, status }) => (what === 'merge' || what === 'split') && status === 200),
    moves: before.moves + count(acts, ({ what, status }) => MOVES.has(what) && status === 200),
  }
}
