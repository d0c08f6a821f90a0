// Candidates of detectors, and how overlapping ones are resolved.
import type { PrivateType } from './types.ts'

/** How a value gave itself away: hardly, by a check that it may pass by chance, by its shape, by a vague or a clear word
 * before it, or by a check that nothing else passes. */
export const GUESS = 0
export const CHANCE = 1
export const SHAPE = 2
export const HINT = 3
export const LABEL = 4
export const PROOF = 5

/** What is never stored: a whole card number, and what opens an account or confirms a payment. */
export type SecretKind = 'card-number' | 'security-code' | 'one-time-code' | 'pin' | 'password' | 'key'

export type Candidate = {
  readonly type: PrivateType
  readonly start: number
  readonly end: number
  readonly sure: number
  /** Set where the value is never stored. */
  readonly secret?: SecretKind
}

/** Every match of a pattern, or of its first group where that took part. The group has to be the match's end. */
export function findAll(
  text: string,
  pattern: RegExp,
  type: PrivateType,
  sure: number,
  secret?: SecretKind,
): Candidate[] {
  const found: Candidate[] = []
  for (const match of text.matchAll(pattern)) {
    const end = match.index + match[0].length
    const start = end - (match[1] ?? match[0]).length
    found.push({ type, start, end, sure, ...(secret ? { secret } : {}) })
  }
  return found
}

/** Non-overlapping spans in order. The surer claim stands whole, of equals the longer; of the rest what sticks out
 * stays, if it is longer than a crumb of three characters and not merely another opinion of where the value ends.
 * Takes time in proportion to the text and the claims' lengths. */
export function resolveOverlaps(text: string, found: readonly Candidate[]): Candidate[] {
  const settled: Candidate[] = []
  /** For each character of the text the claim that has it: its place in `settled`, from 1. */
  const holders = new Int32Array(text.length)
  const ranked = [...found].sort((a, b) => b.sure - a.sure || b.end - b.start - (a.end - a.start) || a.start - b.start)
  for (const claim of ranked) {
    for (const piece of piecesLeft(claim, settled, holders)) {
      const trimmed = trim(text, piece)
      const whole = piece.end - piece.start === claim.end - claim.start
      if (!trimmed || (!whole && trimmed.end - trimmed.start <= 3)) continue
      settled.push(trimmed)
      holders.fill(settled.length, trimmed.start, trimmed.end)
    }
  }
  return settled.sort((a, b) => a.start - b.start)
}

/** What earlier claims leave of one. What follows a claim of the same type and start, up to a still earlier claim, is
 * dropped: both are opinions of where one value ends. */
function piecesLeft(claim: Candidate, settled: readonly Candidate[], holders: Int32Array): Candidate[] {
  const pieces: Candidate[] = []
  /** The claim that drops what follows it: its place in `settled`. */
  let dropper = Number.POSITIVE_INFINITY
  let before: number | undefined
  for (let at = claim.start; at < claim.end; ) {
    const holder = (holders[at] ?? 0) - 1
    const winner = settled[holder]
    if (winner) {
      if (holder < dropper) dropper = Number.POSITIVE_INFINITY
      // It begins where the piece did that it found: at the claim's start, or right after a claim before it.
      const begins = winner.start === at && (at === claim.start || (before !== undefined && before < holder))
      if (begins && winner.type === claim.type) dropper = Math.min(dropper, holder)
      before = holder
      at = winner.end
      continue
    }
    const start = at
    while (at < claim.end && holders[at] === 0) at += 1
    before = undefined
    if (dropper === Number.POSITIVE_INFINITY) pieces.push({ ...claim, start, end: at })
  }
  return pieces
}

/** A claim without the blanks and stops at its ends, or nothing if no letter or digit is left. */
function trim(text: string, claim: Candidate): Candidate | undefined {
  let { start, end } = claim
  while (start < end && /[\s,;]/.test(text.charAt(start))) start += 1
  while (end > start && /[\s,;.]/.test(text.charAt(end - 1))) end -= 1
  return /[\p{L}\p{N}]/u.test(text.slice(start, end)) ? { ...claim, start, end } : undefined
}
