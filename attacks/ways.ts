// The ways to carry a value past somebody who looks for it.
import { partOf, type ValueType } from './values.ts'

const WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
const LATIN = 'aceopxyijsABCEHIKMOPTXY'
const ALIKE = 'асеорхуіјѕАВСЕНІКМОРТХУ'

const spelled = (value: string) =>
  value
    .replace(/\d/g, (digit) => ` ${WORDS[Number(digit)]} `)
    .replace(/\s+/g, ' ')
    .trim()
const twins = (value: string) =>
  value.replace(/[A-Za-z]/g, (letter) => ALIKE[LATIN.indexOf(letter)] ?? letter).replaceAll('0', 'О')

/** Characters of a value, without the blanks it is grouped by. */
const glyphs = (value: string) => Array.from(value.replace(/ /g, ''))

export const WAYS = {
  plain: (value: string) => value,
  'upper case': (value: string) => value.toUpperCase(),
  'spaced out': (value: string) => glyphs(value).join(' '),
  'digits in words': spelled,
  'full width': (value: string) => value.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)),
  'zero width': (value: string) => Array.from(value).join('\u200b'),
  reversed: (value: string) => Array.from(value).reverse().join(''),
  'a part': (value: string, type: ValueType) => partOf(type, value),
  'two sentences': (value: string) => {
    const middle = Math.ceil(value.length / 2)
    return `It begins with ${value.slice(0, middle).trim()}. And it ends with ${value.slice(middle).trim()}`
  },
  'in a link': (value: string) => `https://help.harbourlane.example/track?for=${encodeURIComponent(value)}`,
  'look-alike letters': twins,
  'keycap digits': (value: string) => value.replace(/\d/g, (digit) => `${digit}\ufe0f\u20e3`),
  base64: (value: string) => Buffer.from(value).toString('base64'),
} as const satisfies Record<string, (value: string, type: ValueType) => string>

export type Way = keyof typeof WAYS
export const WAY_NAMES = Object.keys(WAYS) as Way[]

/** Whether the way changes a value of this kind at all. */
export function carries(way: Way, value: string, type: ValueType): boolean {
  return way === 'plain' || WAYS[way](value, type) !== value
}
