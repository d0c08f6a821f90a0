// Finds numbers in digits and in words.

import type { Range } from './collapsed-text.ts'
import { AFTER_FIGURE, BEFORE_FIGURE, currenciesOf } from './currencies.ts'

const WORDS: { readonly [word: string]: string } = Object.fromEntries(
  'zero _ two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'
    .split(' ')
    .map((word, number) => [word, String(number)])
    // `one` is more often a pronoun.
    .filter(([word]) => word !== '_')
    .concat([
      ['thirty', '30'],
      ['forty', '40'],
      ['fifty', '50'],
      ['sixty', '60'],
      ['seventy', '70'],
      ['eighty', '80'],
      ['ninety', '90'],
      ['hundred', '100'],
      ['thousand', '1000'],
      ['half', '0.5'],
    ]),
)
export const NUMBER = new RegExp(
  String.raw`\d+(?:[.,]\d+)*|(?<![\p{L}])(?:${Object.keys(WORDS).join('|')})(?![\p{L}])`,
  'giu',
)

/** One spelling for one amount: `1,250.00` and `1250` are the same. */
export function canonical(number: string): string {
  const word = WORDS[number.toLowerCase()]
  if (word !== undefined) return word
  const plain = number.replace(/,(?=\d{3}(?!\d))/g, '').replace(',', '.')
  return /^\d+(?:\.\d+)?$/.test(plain) && plain.length < 16 ? String(Number(plain)) : plain
}

export function numbersIn(text: string): string[] {
  return Array.from(text.matchAll(NUMBER), ([number]) => canonical(number))
}

const WORD = Object.keys(WORDS).join('|')
const FIGURE = String.raw`\d+(?:[.,]\d+)*`
const MANY = String.raw`(?: ?(?:k|m|thousand|million|grand)(?![\p{L}]))`
const SPOKEN = String.raw`(?:an? )?(?:${WORD})(?:[ -](?:and[ -])?(?:${WORD}))*`
/** `£20`, `£20-30`, `20 pounds`, `fifty euros`, `£5k`, `50p`, `a tenner`. */
const MONEY = new RegExp(
  [
    String.raw`(?<sign>${BEFORE_FIGURE}) ?(?:${FIGURE} ?[-–] ?)?(?<figure>${FIGURE}${MANY}?)(?![\d%])`,
    String.raw`(?<![\p{L}\d.,])(?<count>${FIGURE}${MANY}?|${SPOKEN}) ?(?<name>${AFTER_FIGURE})`,
    String.raw`(?<![\p{L}\d.,])(?<small>\d{1,3}) ?(?<unit>p|pence|pennies|cents?)(?![\p{L}])`,
    String.raw`(?<![\p{L}\d.,])(?<notes>an?|\d{1,3}|${WORD}) (?<note>fivers?|tenners?|grand)(?![\p{L}])`,
  ].join('|'),
  'giu',
)
const PERCENT = new RegExp(
  String.raw`(?<![\p{L}\d.,])(${FIGURE}|(?:${WORD})(?:[ -](?:${WORD}))*) ?(?:%|per ?cent(?![\p{L}]))`,
  'giu',
)
const MULTIPLES: { readonly [word: string]: number } = { k: 1e3, thousand: 1e3, grand: 1e3, m: 1e6, million: 1e6 }

/** `twenty-five` is 25, `one hundred and fifty` is 150; figures are themselves. What cannot be read is without limit. */
function amountOf(said: string): number {
  if (/\d/.test(said)) {
    const [figure = '', many = ''] = said.split(/ ?(?=\p{L})/u)
    // `1.000,00` and `1.250` as they are written on the continent: no currency has thousandths.
    const plain = /^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(figure) ? figure.replaceAll('.', '') : figure
    const number = Number(canonical(plain)) * (MULTIPLES[many.toLowerCase()] ?? 1)
    return Number.isNaN(number) ? Number.POSITIVE_INFINITY : number
  }
  return said
    .toLowerCase()
    .split(/[ -]/)
    .reduce((sum, word) => {
      const number = word === 'a' || word === 'an' ? 0 : Number(WORDS[word] ?? 0)
      return number >= 100 ? Math.max(1, sum) * number : sum + number
    }, 0)
}

/** `currencies`: the ISO 4217 codes that it may be in, the most usual first. */
type Money = Range & { readonly amount: number; readonly currencies: readonly string[] }

const NOTES: { readonly [note: string]: number } = { fiver: 5, tenner: 10, grand: 1000 }

/** Sums of money in a text, with their places. */
export function moneyIn(text: string): Money[] {
  return Array.from(text.matchAll(MONEY), ({ 0: said, index, groups = {} }) => {
    const { sign, figure, count, name, small, unit = '', notes = '', note } = groups
    const range = { start: index, end: index + said.length }
    if (note) {
      const many = /^an?$/i.test(notes) ? 1 : amountOf(notes)
      return { ...range, amount: many * (NOTES[note.toLowerCase().replace(/s$/, '')] ?? 1), currencies: ['GBP'] }
    }
    if (small)
      return { ...range, amount: amountOf(small) / 100, currencies: /^c/i.test(unit) ? ['USD', 'EUR'] : ['GBP'] }
    return { ...range, amount: amountOf(figure ?? count ?? ''), currencies: currenciesOf(sign ?? name ?? '') }
  })
}

/** Percentages in a text, with their places. */
export function percentIn(text: string): (Range & { readonly amount: number })[] {
  return Array.from(text.matchAll(PERCENT), ({ 0: said, 1: number = '', index }) => ({
    amount: amountOf(number),
    start: index,
    end: index + said.length,
  }))
}
