// Reads digits in words, in six languages and Chinese signs: `four one five`, `double oh seven`.
import { type Edit, edit, replaceAll, type TextView } from './text-view.ts'

/** Digits in words; in small letters. */
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
// Four or more without a blank between them, in English.
const ENGLISH = '(?:zero|one|two|three|four|five|six|seven|eight|nine)'
const RUN = new RegExp(`(?<!\\p{L})${ENGLISH}{4,}(?!\\p{L})`, 'giu')
const RUN_TOKEN = new RegExp(ENGLISH, 'giu')

const CHINESE = '零一二三四五六七八九'
const CHINESE_RUN = /[零〇一二三四五六七八九](?:[ .-]?[零〇一二三四五六七八九\d]){3,}/gu

/** The view with digits for what is said in words; a single word beside whole numbers stays a word. */
export function spellOut(view: TextView): TextView {
  const edits: Edit[] = []
  for (const spoken of view.text.matchAll(SPOKEN)) {
    const tokens = [...spoken[0].matchAll(SPOKEN_TOKEN)]
    // `0123. One of us`
    if (tokens.length < 2 && /\d\d/.test(spoken[0])) continue
    for (const token of tokens) {
      const start = spoken.index + token.index
      const digit = token[4] ?? NUMBER_WORDS[(token[2] ?? '').toLowerCase()] ?? ''
      const times = (token[1] ?? token[3])?.toLowerCase()
      const text = times === undefined ? digit : digit.repeat(times === 'double' ? 2 : 3)
      edits.push({ start, end: start + token[0].length, text })
    }
  }
  const run = (text: string) => text.replace(RUN_TOKEN, (word) => NUMBER_WORDS[word.toLowerCase()] ?? word)
  const spelled = replaceAll(edit(view, edits), RUN, ([words]) => run(words))
  const written = replaceAll(spelled, CHINESE_RUN, ([signs]) =>
    signs.replace(/[^\d .-]/g, (sign) => String(Math.max(0, CHINESE.indexOf(sign)))),
  )
  // `HL- two zero four one nine`: the blanks around a dash belong to the words.
  return edits.length === 0 ? written : replaceAll(written, /(?<=[\p{L}\p{N}])(?: -|- | - )(?=\d)/gu, () => '-')
}
