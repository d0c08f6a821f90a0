// What it costs to take one word for a misspelling of another: the likelier the slip of the fingers or the ear, the less. Pure.

/** Keys that are side by side, on a QWERTY keyboard. */
const KEYS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']
/** How far a row is moved to the right, beside the one above it. */
const OFFSET = 0.5
/** Letters that sound alike somewhere. */
const ALIKE = [
  'ck',
  'cs',
  'sz',
  'gj',
  'fv',
  'mn',
  'dt',
  'bp',
  'iy',
  'xz',
  'kq',
  'uw',
  'ae',
  'ai',
  'ao',
  'au',
  'ei',
  'eo',
  'eu',
  'io',
  'iu',
  'ou',
]

const COST = {
  double: 0.4,
  swapped: 0.55,
  dropped: 0.7,
  alike: 0.7,
  near: 0.75,
  pressedToo: 0.8,
  first: 0.25,
  other: 1.3,
}

const LETTERS = 26
const A = 97
const codeOf = (letter: string) => letter.charCodeAt(0) - A

/** What it costs that one letter stands for another, row after row. */
const INSTEAD = new Float64Array(LETTERS ** 2).fill(COST.other)
const isNear = new Uint8Array(LETTERS ** 2)
const place = new Map(
  KEYS.flatMap((row, y) => Array.from(row, (letter, x) => [letter, { x: x + y * OFFSET, y }] as const)),
)
for (const [one, at] of place)
  for (const [other, to] of place) {
    if (one === other || Math.abs(at.x - to.x) > 1 || Math.abs(at.y - to.y) > 1) continue
    isNear[codeOf(one) * LETTERS + codeOf(other)] = 1
    INSTEAD[codeOf(one) * LETTERS + codeOf(other)] = COST.near
  }
for (const [one = '', other = ''] of ALIKE) {
  INSTEAD[codeOf(one) * LETTERS + codeOf(other)] = COST.alike
  INSTEAD[codeOf(other) * LETTERS + codeOf(one)] = COST.alike
}

const at = (word: string, place: number) => word.charCodeAt(place) - A
const isLetter = (code: number) => code >= 0 && code < LETTERS
const instead = (one: number, other: number) =>
  one === other ? 0 : isLetter(one) && isLetter(other) ? (INSTEAD[one * LETTERS + other] as number) : COST.other
const near = (one: number, other: number) => isLetter(one) && isLetter(other) && isNear[one * LETTERS + other] === 1

/** Words are compared up to this length. */
const LONGEST_WORD = 24
const WIDE = LONGEST_WORD + 1
const table = new Float64Array(WIDE * WIDE)

/** 0 for equal words; about 0.4 to 0.8 for one common slip; above that two of them, or one that hardly happens. */
export function typingCost(typed: string, meant: string): number {
  const rows = Math.min(typed.length, LONGEST_WORD)
  const columns = Math.min(meant.length, LONGEST_WORD)
  table[0] = 0
  for (let i = 1; i <= rows; i++) table[i * WIDE] = (table[(i - 1) * WIDE] as number) + extra(typed, i - 1)
  for (let j = 1; j <= columns; j++) table[j] = (table[j - 1] as number) + missing(meant, j - 1)
  for (let i = 1; i <= rows; i++)
    for (let j = 1; j <= columns; j++) {
      const here = i * WIDE + j
      const [one, other] = [at(typed, i - 1), at(meant, j - 1)]
      const first = i === 1 && j === 1 && one !== other ? COST.first : 0
      let least = (table[here - WIDE - 1] as number) + instead(one, other) + first
      least = Math.min(least, (table[here - WIDE] as number) + extra(typed, i - 1))
      least = Math.min(least, (table[here - 1] as number) + missing(meant, j - 1))
      const [before, wanted] = [at(typed, i - 2), at(meant, j - 2)]
      if (i > 1 && j > 1 && one === wanted && before === other && one !== other)
        least = Math.min(least, (table[here - 2 * WIDE - 2] as number) + COST.swapped)
      // "ph" and "f".
      if (j > 1 && wanted === P && other === H && one === F)
        least = Math.min(least, (table[here - WIDE - 2] as number) + COST.alike)
      if (i > 1 && before === P && one === H && other === F)
        least = Math.min(least, (table[here - 2 * WIDE - 1] as number) + COST.alike)
      table[here] = least
    }
  return table[rows * WIDE + columns] as number
}

const [F, H, P] = [codeOf('f'), codeOf('h'), codeOf('p')]

/** A letter too many: typed twice, or the key beside it pressed too. */
function extra(typed: string, place: number): number {
  const [letter, before, after] = [at(typed, place), at(typed, place - 1), at(typed, place + 1)]
  if (letter === before) return COST.double
  return near(letter, before) || near(letter, after) ? COST.pressedToo : COST.other
}

/** A letter that was not typed. */
function missing(meant: string, place: number): number {
  if (place === 0) return COST.dropped + COST.first
  const letter = at(meant, place)
  return letter === at(meant, place - 1) ? COST.double : COST.dropped
}
