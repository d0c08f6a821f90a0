// Numbers and promises: what the bot says of either stands in a source, and in public nobody says a number that does not.
import { type Check, findingAt, isInside, type Reading } from './draft.ts'

const WORDS: { readonly [word: string]: string } = Object.fromEntries(
  'zero _ two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'
    .split(' ')
    .map((word, number) => [word, String(number)])
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
const NUMBER = new RegExp(String.raw`\d+(?:[.,]\d+)*|(?<![\p{L}])(?:${Object.keys(WORDS).join('|')})(?![\p{L}])`, 'giu')
const PROMISE =
  /(?<![\p{L}])(?:guarantee|promise|compensat|voucher|discount|goodwill|free of charge|for free|(?:will|'ll) refund|be refunded|refund you|full refund|(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tonight|january|february|april|june|july|august|september|october|november|december)/giu
const LONG = /\d{4,}/g

/** One spelling for one amount: `1,250.00` and `1250` are the same. */
function canonical(number: string): string {
  const word = WORDS[number.toLowerCase()]
  if (word !== undefined) return word
  const plain = number.replace(/,(?=\d{3}(?!\d))/g, '').replace(',', '.')
  return /^\d+(?:\.\d+)?$/.test(plain) && plain.length < 16 ? String(Number(plain)) : plain
}

function numbersIn(text: string): string[] {
  return Array.from(text.matchAll(NUMBER), ([number]) => canonical(number))
}

/** A link is judged as a link; the numbers of a page's address are not statements. */
function inLink(reading: Reading, range: { start: number; end: number }): boolean {
  return isInside(range, reading.links)
}

/** For bot drafts: every number, day and promise is a source's. */
export const checkGrounds: Check = (reading) => {
  if (reading.author !== 'bot') return []
  const grounds = [...reading.sources, ...reading.contacts]
  const numbers = new Set(grounds.flatMap(numbersIn))
  const words = grounds.join('\n').toLowerCase()
  const matches = [
    ...Array.from(reading.view.text.matchAll(NUMBER)).filter(([number]) => !numbers.has(canonical(number))),
    ...Array.from(reading.view.text.matchAll(PROMISE)).filter(([promise]) => !words.includes(promise.toLowerCase())),
  ]
  return matches
    .map((match) => ({ said: match[0], start: match.index, end: match.index + match[0].length }))
    .filter((range) => !inLink(reading, range))
    .map(({ said, ...range }) =>
      findingAt(reading, range, {
        rule: 'ungrounded',
        because: `no source says \`${said}\`; say only what the quoted article says`,
        absolute: false,
      }),
    )
}

/** For everybody's public drafts: no number of four digits or more that is neither in a source nor in our contacts. */
export const checkDigits: Check = (reading) => {
  if (reading.audience === 'private') return []
  const join = (text: string) => text.replace(/(?<=\d)[ ,.\-/()]{1,2}(?=\d)/g, '')
  const grounds = [...reading.sources, ...reading.contacts].flatMap((text) => [text, join(text)])
  const known = new Set(grounds.flatMap((text) => text.match(LONG) ?? []))
  return [...reading.view.text.matchAll(LONG)]
    .map((match) => ({ said: match[0], start: match.index, end: match.index + match[0].length }))
    .filter((range) => !known.has(range.said) && !inLink(reading, range))
    .map(({ said: _said, ...range }) =>
      findingAt(reading, range, {
        rule: 'digits',
        because: 'a number this long may be somebody’s, and no source has it; take it out or say why it is safe',
        absolute: false,
      }),
    )
}
