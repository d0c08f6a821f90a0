// Undoes what people do to a value so that a machine will not see it: spelled digits, look-alike letters,
// `w r i t t e n  a p a r t`, HTML entities, percent signs.
import { type Edit, edit, fold, type View } from './view.ts'

/** Digits in words, in six languages; in small letters. */
export const NUMBER_WORDS: { readonly [word: string]: string } = Object.fromEntries(
  [
    'zero oh nil nought null zéro cero',
    'one eins ein un uno um',
    'two zwei zwo deux dos dois',
    'three drei trois tres três',
    'four vier quatre cuatro quatro',
    'five fünf fuenf cinq cinco',
    'six sechs seis',
    'seven sieben sept siete sete',
    'eight acht huit ocho oito',
    'nine neun neuf nueve nove',
  ].flatMap((words, digit) => words.split(' ').map((word) => [word, String(digit)])),
)
const WORD = `(?:${Object.keys(NUMBER_WORDS).join('|')})`
const TIMES = '(?:double|triple|treble)'
const TOKEN = `(?:${TIMES} )?(?:${WORD}|\\d{1,4})`
const SPOKEN = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${TOKEN})(?:[\\s,.\\-_/]{1,3}(?:${TOKEN})(?![\\p{L}\\p{N}])){1,}`,
  'giu',
)
const SPOKEN_TOKEN = new RegExp(`(?:(${TIMES}) )?(${WORD})(?![\\p{L}])|(${TIMES}) (\\d)`, 'giu')

const ENTITY = /&(?:#(\d{2,6})|#x([0-9a-f]{2,5})|(commat|period|lowbar|nbsp|plus|num|hyphen));/gi
const NAMED: { readonly [name: string]: string } = {
  commat: '@',
  period: '.',
  lowbar: '_',
  nbsp: ' ',
  plus: '+',
  num: '#',
  hyphen: '-',
}
const PERCENT = /(?<=[A-Za-z0-9._+-])%([2-7][0-9a-f])(?=[A-Za-z0-9%])/gi

// Letters that stand for 0 and 1: between digits or after them, in a word of digits, or as a whole group beside one.
const LOOK_ALIKE = [
  /(?<=\d)[OoIl]{1,12}(?=\d)/g,
  /(?<=[A-Za-z]\d)[OoIl]{1,4}(?![\p{L}\p{N}])/gu,
  /(?<![\p{L}\p{N}])(?=[OoIl]{0,9}\d)[\dOoIl]{2,}(?![\p{L}\p{N}])/gu,
  /(?<=\d[ .-])(?!lol)[OoIl]{2,5}(?![\p{L}\p{N}])/giu,
]

// Single characters apart by the same sign, four or more: `W-2-3-7`, `j a n e @ m a i l . c o m`.
const APART =
  /(?<![\p{L}\p{N}])[\p{L}\p{N}@+#]([ ._\-/*|~])[\p{L}\p{N}@.+#_-](?:\1[\p{L}\p{N}@.+_-]){2,}(?![\p{L}\p{N}])/gu

function changes(view: View, pattern: RegExp, replace: (match: RegExpExecArray) => string): View {
  const edits: Edit[] = []
  for (const match of view.text.matchAll(pattern)) {
    edits.push({ start: match.index, end: match.index + match[0].length, text: replace(match) })
  }
  return edit(view, edits)
}

function decode(view: View): View {
  const entities = view.text.includes('&')
    ? changes(view, ENTITY, ([whole, decimal, hex, name]) => {
        if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole
        const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
        return point >= 0x20 && point <= 0x10ffff ? fold(String.fromCodePoint(point)).text : whole
      })
    : view
  if (!entities.text.includes('%')) return entities
  return changes(entities, PERCENT, ([, hex]) => String.fromCharCode(Number.parseInt(hex ?? '', 16)))
}

function spellOut(view: View): View {
  const edits: Edit[] = []
  for (const spoken of view.text.matchAll(SPOKEN)) {
    const tokens = [...spoken[0].matchAll(SPOKEN_TOKEN)]
    // `0123. One of us`: a single word beside whole numbers is a word.
    if (tokens.length < 2 && /\d\d/.test(spoken[0])) continue
    for (const token of tokens) {
      const start = spoken.index + token.index
      const digit = token[4] ?? NUMBER_WORDS[(token[2] ?? '').toLowerCase()] ?? ''
      const times = (token[1] ?? token[3])?.toLowerCase()
      const text = times === undefined ? digit : digit.repeat(times === 'double' ? 2 : 3)
      edits.push({ start, end: start + token[0].length, text })
    }
  }
  const spelled = edit(view, edits)
  // `HL- two zero four one nine`: the blanks around a dash belong to the words.
  return edits.length === 0 ? view : changes(spelled, /(?<=[\p{L}\p{N}])(?: -|- | - )(?=\d)/gu, () => '-')
}

function closeUp(view: View): View {
  const edits: Edit[] = []
  for (const apart of view.text.matchAll(APART)) {
    const spaced = apart[1] === ' '
    // An address of a machine, such as `1.1.1.1`, is not written apart.
    if (/^\d(?:\.\d){3}$/.test(apart[0])) continue
    // `I typed a 4 8 3 9 u know`: a letter that is a word of its own is not part of the value.
    const from = spaced && /^[aAiI] \d/.test(apart[0]) ? 2 : 0
    const to = spaced && /\d [aAiIuU]$/.test(apart[0]) ? apart[0].length - 2 : apart[0].length
    for (let at = from + 1; at < to; at += 2) {
      edits.push({ start: apart.index + at, end: apart.index + at + 1, text: '' })
    }
  }
  return edit(view, edits)
}

/** The view that detectors read. */
export function plainView(text: string): View {
  let view = spellOut(decode(fold(text)))
  if (/\d/.test(view.text)) {
    for (const pattern of LOOK_ALIKE) {
      view = changes(view, pattern, ([letters]) => letters.replace(/[Oo]/g, '0').replace(/[Il]/g, '1'))
    }
  }
  return closeUp(view)
}
