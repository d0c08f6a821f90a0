// Numbers as people write them: in digits or in words.
import type { Range } from './squeeze.ts'

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
const MONEY = new RegExp(
  String.raw`(?:[£€$]|(?<![\p{L}])(?:gbp|eur|usd)) ?(${FIGURE})(?![\d%])|(?<![\p{L}\d.,])(${FIGURE}|(?:an? )?(?:${WORD})(?:[ -](?:and[ -])?(?:${WORD}))*) ?(?:[£€]|(?:gbp|eur|usd|pounds?|quid|fiver|tenner|euros?|dollars?|bucks)(?![\p{L}]))`,
  'giu',
)
const PERCENT = new RegExp(
  String.raw`(?<![\p{L}\d.,])(${FIGURE}|(?:${WORD})(?:[ -](?:${WORD}))*) ?(?:%|per ?cent(?![\p{L}]))`,
  'giu',
)

/** `twenty-five` is 25, `one hundred and fifty` is 150; figures are themselves. */
function amountOf(said: string): number {
  if (/\d/.test(said)) return Number(canonical(said))
  return said
    .toLowerCase()
    .split(/[ -]/)
    .reduce((sum, word) => {
      const number = Number(WORDS[word] ?? 0)
      return number >= 100 ? Math.max(1, sum) * number : sum + number
    }, 0)
}

/** Sums of money or percentages in a text, with their places. */
export function amountsIn(text: string, of: 'money' | 'percent'): (Range & { readonly amount: number })[] {
  return Array.from(text.matchAll(of === 'money' ? MONEY : PERCENT), (match) => ({
    amount: amountOf(match[1] ?? match[2] ?? ''),
    start: match.index,
    end: match.index + match[0].length,
  }))
}
