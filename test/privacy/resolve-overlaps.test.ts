import { expect, test } from '@jest/globals'
import { findPrivateData } from '#privacy'
import { type Candidate, resolveOverlaps } from '../../src/privacy/candidates.ts'

/** What settling means, read off claim by claim; too slow for long texts. */
function settleOneByOne(text: string, found: readonly Candidate[]): Candidate[] {
  const settled: Candidate[] = []
  const ranked = [...found].sort((a, b) => b.sure - a.sure || b.end - b.start - (a.end - a.start) || a.start - b.start)
  for (const claim of ranked) {
    let pieces = [claim]
    for (const winner of settled) {
      pieces = pieces.flatMap((piece) => {
        if (piece.end <= winner.start || piece.start >= winner.end) return [piece]
        if (winner.type === piece.type && winner.start === piece.start) return []
        return [
          { ...piece, end: winner.start },
          { ...piece, start: winner.end },
        ].filter(({ start, end }) => start < end)
      })
    }
    for (const piece of pieces) {
      let { start, end } = piece
      while (start < end && /[\s,;]/.test(text.charAt(start))) start += 1
      while (end > start && /[\s,;.]/.test(text.charAt(end - 1))) end -= 1
      const whole = piece.end - piece.start === claim.end - claim.start
      if (/[\p{L}\p{N}]/u.test(text.slice(start, end)) && (whole || end - start > 3))
        settled.push({ ...claim, start, end })
    }
  }
  return settled.sort((a, b) => a.start - b.start)
}

/** A small generator of numbers below `n`, the same for the same seed. */
function randomFrom(seed: number): (n: number) => number {
  let state = seed
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
}

test('the sweep over claims gives what settling them one by one gives', () => {
  const random = randomFrom(16)
  for (let round = 0; round < 3_000; round += 1) {
    const length = 5 + random(40)
    const text = Array.from({ length }, () => 'aaaaab1 ,.;'.charAt(random(11))).join('')
    const claims = Array.from({ length: random(14) }, (): Candidate => {
      const start = random(length)
      const end = Math.min(length, start + random(length))
      return { type: random(2) === 0 ? 'card' : 'order', start, end, sure: random(4) }
    })
    expect({ text, claims, settled: resolveOverlaps(text, claims) }).toEqual({
      text,
      claims,
      settled: settleOneByOne(text, claims),
    })
  }
})

// Settling claim by claim, 900,000 characters took many minutes; they take seconds.
test('a text of 900,000 characters full of private data is searched, and all of it is found', () => {
  const unit = 'SW1A 1AA '
  const spans = findPrivateData(unit.repeat(100_000))
  expect(spans).toHaveLength(100_000)
  expect(spans.every(({ type, start, end }) => type === 'address' && start % 9 === 0 && end === start + 8)).toBe(true)
})
