// Typing errors as people make them, in words of four letters and more: a letter dropped, doubled, swapped with the next, hit beside
// its key, or written as it sounds.

const BESIDE: Readonly<Record<string, string>> = {
  q: 'wa',
  w: 'qes',
  e: 'wrd',
  r: 'etf',
  t: 'ryg',
  y: 'tuh',
  u: 'yij',
  i: 'uok',
  o: 'ipl',
  p: 'ol',
  a: 'qsz',
  s: 'awdx',
  d: 'sefc',
  f: 'drgv',
  g: 'fthb',
  h: 'gyjn',
  j: 'hukm',
  k: 'jil',
  l: 'kop',
  z: 'asx',
  x: 'zsdc',
  c: 'xdfv',
  v: 'cfgb',
  b: 'vghn',
  n: 'bhjm',
  m: 'njk',
}
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/ie/, 'ei'],
  [/ei/, 'ie'],
  [/ph/, 'f'],
  [/ck/, 'k'],
  [/c(?=[eiy])/, 's'],
  [/c(?=[aou])/, 'k'],
  [/ea/, 'ee'],
  [/ee/, 'ea'],
  [/tion/, 'shun'],
  [/igh/, 'y'],
  [/ou/, 'u'],
  [/ai/, 'ay'],
  [/y$/, 'ie'],
  [/er$/, 'a'],
  [/or$/, 'er'],
  [/(?<=[a-z])a(?=[a-z])/, 'e'],
  [/(?<=[a-z])e(?=[a-z])/, 'a'],
  [/(?<=[a-z])i(?=[a-z])/, 'e'],
  [/(?<=[a-z])o(?=[a-z])/, 'a'],
  [/([b-df-hj-np-tv-z])\1/, '$1'],
  [/s(?=[aeiou])/, 'z'],
]

type Chance = () => number
const oneOf = <T>(all: readonly T[], random: Chance): T => all[Math.floor(random() * all.length)] as T

/** The text with so many of its words misspelt, as far as it has words that are long enough. */
export function withTypingErrors(text: string, errors: number, random: Chance): string {
  const words = [...text.matchAll(/(?<![\p{L}\p{N}@#'’-])[a-z]{4,}(?![\p{L}\p{N}'’-])/giu)].map(
    ({ index, 0: word }) => ({ index, word }),
  )
  const chosen = new Set<number>()
  while (chosen.size < Math.min(errors, words.length)) chosen.add(Math.floor(random() * words.length))
  let made = text
  for (const one of [...chosen].sort((a, b) => b - a)) {
    const { index, word } = words[one] as { index: number; word: string }
    made = made.slice(0, index) + misspelt(word, random) + made.slice(index + word.length)
  }
  return made
}

function misspelt(word: string, random: Chance): string {
  for (;;) {
    const made = oneOf([dropped, doubled, swapped, beside, sounded], random)(word, random)
    if (made !== word) return made
  }
}

const cut = (word: string, at: number, length: number, by: string) => word.slice(0, at) + by + word.slice(at + length)
const placeIn = (word: string, random: Chance, from = 0) => from + Math.floor(random() * (word.length - from))

const dropped = (word: string, random: Chance) => cut(word, placeIn(word, random, 1), 1, '')
function doubled(word: string, random: Chance): string {
  const at = placeIn(word, random)
  return cut(word, at, 0, word[at] as string)
}
function swapped(word: string, random: Chance): string {
  const at = placeIn(word.slice(1), random)
  return cut(word, at, 2, `${word[at + 1]}${word[at]}`)
}
function beside(word: string, random: Chance): string {
  const at = placeIn(word, random)
  const keys = BESIDE[(word[at] as string).toLowerCase()] ?? ''
  return cut(word, at, 1, oneOf([...keys], random) ?? '')
}
function sounded(word: string, random: Chance): string {
  const [pattern, by] = oneOf(SOUNDS, random)
  return word.replace(pattern, by)
}
