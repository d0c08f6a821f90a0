import { describe, expect, test } from '@jest/globals'
import { findPrivateData, type PrivateType } from '#privacy'

type Disguise = (value: string) => string

const WORDS = 'zero one two three four five six seven eight nine'.split(' ')
const each =
  (change: (sign: string, at: number) => string): Disguise =>
  (value) =>
    Array.from(value, change).join('')
const digits = (change: (digit: number) => string) => each((sign) => (/\d/.test(sign) ? change(Number(sign)) : sign))
const from = (zero: number) => digits((digit) => String.fromCodePoint(zero + digit))
const bare = (value: string) => value.replace(/[^A-Za-z0-9+]/g, '')
const apart =
  (between: string): Disguise =>
  (value) =>
    Array.from(bare(value)).join(between)
const groups =
  (size: number, between: string): Disguise =>
  (value) =>
    (bare(value).match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join(between)
const cut: Disguise = (value) =>
  `${value.slice(0, Math.ceil(value.length / 2))}\n${value.slice(Math.ceil(value.length / 2))}`
const spoken = (between: string, every = 1): Disguise => {
  return (value) =>
    Array.from(bare(value), (sign, at) => (/\d/.test(sign) && at % every === 0 ? WORDS[Number(sign)] : sign)).join(
      between,
    )
}

const LETTERS: { readonly [name: string]: Disguise } = {
  'as it is': (value) => value,
  'full-width': each((sign) => (sign > ' ' ? String.fromCodePoint(sign.charCodeAt(0) + 0xfee0) : sign)),
  'zero-width spaces': each((sign) => `${sign}\u200b`),
  'soft hyphens': each((sign, at) => (at % 3 === 2 ? `${sign}\u00ad` : sign)),
  'struck through': each((sign) => `${sign}\u0336`),
  'decimal entities': each((sign) => `&#${sign.charCodeAt(0)};`),
  'hexadecimal entities': each((sign) => `&#x${sign.charCodeAt(0).toString(16)};`),
  'over two messages': cut,
}
const NUMBERS: { readonly [name: string]: Disguise } = {
  ...LETTERS,
  'keycap emoji': digits((digit) => `${digit}\ufe0f\u20e3`),
  circled: digits((digit) => (digit === 0 ? '⓪' : String.fromCodePoint(0x245f + digit))),
  'in brackets as one sign': digits((digit) => (digit === 0 ? '0' : String.fromCodePoint(0x2473 + digit))),
  superscript: digits((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(digit)),
  'Arabic digits': from(0x660),
  'Devanagari digits': from(0x966),
  'bold mathematical digits': from(0x1d7ce),
  blanks: apart(' '),
  'two blanks': apart('  '),
  dashes: apart('-'),
  dots: apart('.'),
  slashes: apart('/'),
  commas: apart(', '),
  'lines of their own': apart('\n'),
  emoji: apart('🔥'),
  'groups of three': groups(3, ' '),
  'groups with dots': groups(4, '.'),
  words: spoken(' '),
  'words and commas': spoken(', '),
  'every other digit in words': spoken(' ', 2),
  'letters O and l': (value) => value.replaceAll('0', 'O').replaceAll('1', 'l'),
}
const MAIL: { readonly [name: string]: Disguise } = {
  ...LETTERS,
  'Cyrillic letters': each((sign) => ({ a: 'а', e: 'е', o: 'о', p: 'р', c: 'с' })[sign] ?? sign),
  'percent signs': (value) => value.replace('@', '%40'),
  'at and dot': (value) => value.replace('@', ' at ').replaceAll('.', ' dot '),
  'AT and DOT': (value) => value.replace('@', 'AT').replaceAll('.', 'DOT'),
  'capitals apart': (value) => value.replace('@', ' AT ').replaceAll('.', ' DOT '),
  'round brackets': (value) => value.replace('@', '(at)').replaceAll('.', '(dot)'),
  'square brackets': (value) => value.replace('@', ' [at] ').replaceAll('.', ' [dot] '),
  asterisks: (value) => value.replace('@', '*at*').replaceAll('.', '*dot*'),
  'low lines': (value) => value.replace('@', '_at_').replaceAll('.', '_dot_'),
  dashes: (value) => value.replace('@', '-at-').replaceAll('.', '-dot-'),
  'at the rate': (value) => value.replace('@', ' at the rate '),
  'blanks around signs': (value) => value.replace('@', ' @ ').replaceAll('.', ' . '),
  'commas for dots after the sign': (value) => value.replace(/@.*/, (domain) => domain.replaceAll('.', ',')),
  'letters apart': (value) => Array.from(value).join(' '),
}

const VALUES: readonly (readonly [PrivateType, string, string, typeof NUMBERS])[] = [
  ['email', 'maria.lopez77@webpost.org', 'my email is {} thanks', MAIL],
  ['email', 'tom.hardy@hotmail.co.uk', 'contact: {}', MAIL],
  ['phone', '07700 900456', 'my number is {} call me', NUMBERS],
  ['phone', '+44 7700 900456', 'call me on {}', NUMBERS],
  ['card', '4242 4242 4242 4242', 'why was {} charged twice??', NUMBERS],
  ['card', '3782-822463-10005', 'card {} got charged', NUMBERS],
  ['iban', 'DE89 3704 0044 0532 0130 00', 'refund to {} please', NUMBERS],
  ['order', 'HL-20419', 'order number {} pls', NUMBERS],
  ['secret', '739155', 'verification code {} wont work', NUMBERS],
]

describe.each(VALUES)('%s %s, said as "%s", is found when it is written with', (type, value, said, disguises) => {
  test.each(Object.entries(disguises))('%s', (_, disguise) => {
    const written = disguise(value)
    const text = said.replace('{}', () => written)
    const start = said.indexOf('{}')
    const found = findPrivateData(text).filter((span) => span.type === type)
    const inside = found.reduce(
      (sum, span) => sum + Math.max(0, Math.min(span.end, start + written.length) - Math.max(span.start, start)),
      0,
    )
    expect({ text, found: inside >= 0.9 * written.length }).toEqual({ text, found: true })
  })
})

test.each([
  'sizes 36, 37, 38, 39 and 40',
  'rooms 1, 2, 3 and 4',
  'I said no. one two three',
  'a stay-at-home mum of two',
  'see you at home.\nthanks a lot',
  'the code (at the till) does not work',
  'I bought shoes at nike dot com',
  'delivered on 2026-01-14 03:07:43, order is complete',
])('%s: a habit of writing is not a disguise', (text) => {
  expect(findPrivateData(text)).toEqual([])
})
