// Reads the value of a slot from what a customer wrote.
import { findPhoneNumbersInText } from 'libphonenumber-js'
import { FUNCTION_WORDS, findDates, readDay, weekdayName } from '#lib'
import { deobfuscate, findPrivateData } from '#privacy'
import { dialogueActOf } from './dialogue-act.ts'
import { linearPattern } from './linear-pattern.ts'
import { digitsOf, findOrders } from './order-numbers.ts'
import type { Need } from './schema.ts'
import { chosen, mentions } from './slot-choice.ts'

/** Longer messages are read up to here, in characters. */
const READ = 2000
const LONGEST_TEXT = 1000
/** What people say in place of a name. */
const NOT_NAMES =
  'actually make add one ones two three another change wait hang hold sec second minute moment idk dunno sorry huh eh same name none nobody person agent human already told what who cancel stop sure ok okay hmm'.split(
    ' ',
  )
/** Common words, but those that names have too. */
const NOT_IN_NAMES = new Set(
  [...(FUNCTION_WORDS.en ?? []), ...NOT_NAMES].filter((word) => word !== 'will' && word !== 'an'),
)
/** As many words tell something, where yes or no was asked for. */
const OWN_WORDS = 4

/** The one value in free text that can only be this need's; undefined when there is none, or more than one. */
export function findValue(need: Need, text: string, today: string, but?: string): string | undefined {
  const clean = plain(text)
  return only(candidates(need, clean, today).filter((value) => value !== but))
}

/** The one value of a list that may say it twice. */
function only(values: readonly string[]): string | undefined {
  const found = new Set(values)
  return found.size === 1 ? values[0] : undefined
}

/** The value in a message that answers this need's question, normalised; undefined when it does not fit. */
export function readValue(need: Need, text: string, today: string): string | undefined {
  const clean = plain(text).trim()
  switch (need.type) {
    case 'text':
      if (clean === '' || clean.length > LONGEST_TEXT) return undefined
      return fits(need, clean) ? clean : (findValue(need, clean, today) ?? wordOf(need, clean))
    case 'name':
      return nameIn(clean)
    case 'choice':
      return chosen(need.choices ?? {}, clean)
    case 'yes-no':
      return yesOrNo(clean)
    case 'amount':
      return findValue(need, clean, today) ?? amountOf(/^\D*?(\d[\d.,]*\d|\d)\D*$/.exec(clean)?.[1])
    case 'order':
      return only(findOrders(need, clean, true).map(({ value }) => value))
    case 'email':
      return findValue(need, clean, today) ?? only(addresses(repairedAddress(clean)))
    case 'date': {
      const day = readDay(clean, today, need.direction)
      return day && !day.isWrongSide && isTaken(need, day.date) ? day.date : undefined
    }
    default:
      return findValue(need, clean, today)
  }
}

/** The one word of a text that is such a value: “the last four are 4021”. */
function wordOf({ pattern }: Need, text: string): string | undefined {
  if (pattern === undefined) return undefined
  const found = linearPattern(pattern).findWords(text)
  return only(found.map(({ value }) => value).filter((value) => !/\s/.test(value)))
}

const PART = String.raw`([\p{L}\p{N}]*\p{N}[\p{L}\p{N}]*|\p{L})`
/** “54, not 50” and “not 50 but 54”: the right part and the wrong one, or the other way round. */
const RIGHT_FIRST = new RegExp(
  String.raw`(?<![\p{L}\p{N}])${PART}[^.!?\n\p{N}]{0,30}?\b(?:not|instead of|rather than) (?:an? |the )?${PART}(?![\p{L}\p{N}])`,
  'iu',
)
const WRONG_FIRST = new RegExp(
  String.raw`\bnot (?:an? |the )?${PART}[,;]?(?: but| it'?s| its| it is| should be| the right one is)* (?:an? |the )?${PART}(?![\p{L}\p{N}])`,
  'iu',
)

/** A value of letters and figures with the part that a text puts right; undefined where it names none, or one that fits twice. */
export function withOtherPart(need: Need, value: string, text: string, today: string): string | undefined {
  if (need.type !== 'order' && need.type !== 'phone' && need.type !== 'postcode') return undefined
  const clean = plain(text)
  const [, first, second] = WRONG_FIRST.exec(clean) ?? []
  const [, right = second, wrong = first] = RIGHT_FIRST.exec(clean) ?? []
  const parts = wrong ? value.toUpperCase().split(wrong.toUpperCase()) : []
  if (right === undefined || parts.length !== 2) return undefined
  return readValue(need, parts.join(right.toUpperCase()), today)
}

/** Whether a text gives some digits of an order number, and too few: “it ends in 419”. */
export function isPartOf(need: Need, text: string): boolean {
  const digits = need.type === 'order' ? digitsOf(need) : undefined
  if (digits === undefined) return false
  const runs = plain(text).match(/(?<![\p{L}\p{N}£$€])\d+(?![\p{N}%])/gu) ?? []
  const [run = ''] = runs
  return runs.length === 1 && run.length >= FEWEST_DIGITS && run.length < digits
}
const FEWEST_DIGITS = 2

/** Whether a text gives something else by which one is found: a name, a telephone number, a postcode. */
export function givesAnotherKey(need: Need, text: string): boolean {
  if (need.type !== 'order' && need.type !== 'email') return false
  const clean = plain(text)
  if (/\b(?:under|name)\b/i.test(clean) && nameIn(clean) !== undefined) return true
  return findPrivateData(clean).some(({ type }) => type === 'name' || type === 'phone' || type === 'address')
}

/** Whether a text asks for what the need's question is about: where its number stands, which address is meant. */
export function asksAbout(need: Need, text: string): boolean {
  const noun =
    need.type === 'order'
      ? /\b(?:number|no\.|reference|ref)/i
      : need.type === 'email'
        ? /\b(?:e-?mail|address)\b/i
        : undefined
  return noun?.test(text) === true && /\b(?:where|how|what|which)\b/i.test(text)
}

/** Whether a text names choices, though not the one that is meant: several of them, all, or one that is denied. */
export const namesChoice = (need: Need, text: string): boolean =>
  /\b(?:both|either|any|neither|whichever|whatever)\b/i.test(text) || mentions(need.choices ?? {}, text)

/** The order numbers or addresses of a text that gives more than one. */
export function severalValues(need: Need, text: string): string[] {
  const found =
    need.type === 'order' || need.type === 'email' ? new Set(candidates(need, plain(text), '')) : new Set<string>()
  return found.size > 1 ? [...found] : []
}

/** A day that was understood and that does not do: on the wrong side of today, or none of the need's days. */
export function refusedDay(need: Need, text: string, today: string): string | undefined {
  const day = need.type === 'date' ? readDay(plain(text).trim(), today, need.direction) : undefined
  return day && (day.isWrongSide || !isTaken(need, day.date)) ? day.date : undefined
}

const isTaken = ({ days }: Need, date: string): boolean => days === undefined || days.includes(weekdayName(date))

const NAME_LEAD_IN =
  /^(?:(?:yes|sure|ok(?:ay)?|hi|please|just|sorry|it'?s|it is|that'?s|this is|the name(?:'s| is)?|my name(?:'s| is)?|i'?m|i am|(?:it'?s )?(?:under|for|to|put|in the name of)|(?:her|his|their) name (?:is|was)|she was|he was|make it(?: out to)?|call me)\b[\s,:]*)+/i
/** Words that a name may have. */
const MOST_NAMES = 5

/** The name of a person, without the words that bring it: `it was my dad, John Carter`. */
function nameIn(text: string): string | undefined {
  return [text, text.replace(/^.*[,:]/su, '')].map(withoutLeadIn).find(isName)
}

const withoutLeadIn = (text: string): string =>
  text
    .trim()
    .replace(NAME_LEAD_IN, '')
    .replace(/[,\s]*(?:please|thanks|thank you|cheers)[\s.!]*$/i, '')
    .replace(/[\s.!,]+$/, '')
    .trim()

function isName(text: string): boolean {
  const words = text.split(/\s+/)
  return (
    /^[\p{L}\p{M}.'&,\s-]+$/u.test(text) &&
    words.length <= MOST_NAMES &&
    words.every((word) => !NOT_IN_NAMES.has(word.toLowerCase().replace(/[^\p{L}]/gu, '')))
  )
}

/** Yes or no; in other words than these, what they said themselves. */
function yesOrNo(text: string): string | undefined {
  const act = dialogueActOf(text, { kind: 'slot:yes-no' })
  const words = text.toLowerCase().replace(/[^a-z ]/g, '')
  const own =
    /^(?:no |nope |yes |yeah |oh |well |but |and )*(?:i|we) (?:have|did|do|am|tried|looked|asked|checked)\b(?! not\b)/.test(
      words,
    )
  if (act === 'affirm' || (own && act !== 'ask')) return 'yes'
  if (act === 'deny' || (act === 'wait' && /\bnot\b/.test(words))) return 'no'
  if (/^(?:no |nope |oh |well )*(?:(?:i|we) )?(?:havent|didnt|have not|did not|not yet|not as yet|never)\b/.test(words))
    return 'no'
  const isTold =
    (act === 'unclear' || act === 'cannot' || act === 'correct') && words.trim().split(/\s+/).length >= OWN_WORDS
  return isTold ? text : undefined
}

function plain(text: string): string {
  return text.slice(0, READ).normalize('NFKC').replaceAll('’', "'")
}

function candidates(need: Need, text: string, today: string): string[] {
  switch (need.type) {
    case 'order':
      return findOrders(need, text).map(({ value }) => value)
    case 'email':
      return addresses(text)
    case 'phone':
      // Numbers without a country code are British.
      return findPhoneNumbersInText(text, 'GB')
        .filter(({ number }) => number.isValid())
        .map(({ number }) => number.number)
    case 'postcode':
      // British postcodes and Irish Eircodes.
      return [
        ...matches(text, /(?<![a-z\d])[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}(?![a-z\d])/gi).map((code) => spaced(code, 3)),
        ...matches(text, /(?<![a-z\d])[a-z]\d[\dw]\s?(?=[a-z]*\d)[a-z\d]{4}(?![a-z\d])/gi).map((code) =>
          spaced(code, 4),
        ),
      ]
    case 'amount':
      return [...text.matchAll(/[£€$]\s?(\d[\d.,]*)|(\d[\d.,]*)\s?(?:[£€$]|pounds?\b|quid\b|euros?\b|gbp\b|eur\b)/gi)]
        .map((match) => amountOf(match[1] ?? match[2]))
        .filter((amount) => amount !== undefined)
    case 'date': {
      // What is told in passing counts only where it stands there as a date.
      const day = readDay(text, today, need.direction)
      const isUsable = day && !day.isWrongSide && isTaken(need, day.date)
      return isUsable && findDates(text, today).includes(day.date) ? [day.date] : []
    }
    case 'text':
      return addressIn(need, text)
    default:
      return []
  }
}

/** The postal address of a text, where that is what the pattern wants. */
function addressIn(need: Need, text: string): string[] {
  if (need.pattern === undefined) return []
  const spans = findPrivateData(text).filter(({ type }) => type === 'address')
  const [first, last] = [spans[0], spans.at(-1)]
  const found = first && last ? text.slice(first.start, last.end).trim() : ''
  return found !== '' && fits(need, found) ? [found] : []
}

const ADDRESS =
  /(?<![\w.!#$%&'*+/=?^`{|}~-])[\w.!#$%&'*+/=?^`{|}~-]+@(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,63}(?![\w-])/gi

function addresses(text: string): string[] {
  return matches(text, ADDRESS)
    .map((address) => address.replace(/^['`]+/, ''))
    .filter((address) => /^(?!\.)(?!.*\.\.)[^@]{1,64}(?<!\.)@/.test(address) && address.length <= 254)
    .map((address) => address.replace(/@.*/, (host) => host.toLowerCase()))
}

/** `ana at example dot com`: who spells the sign spells the dot as well. */
const SPOKEN_ADDRESS =
  /(?<![\w@])([\w.+-]{1,64}(?: (?:dot|underscore|dash|hyphen) [\w+-]{1,64}){0,4}) at ([\w-]{1,63}(?: (?:dot|dash|hyphen) [\w-]{1,63}){1,5})(?![\w@])/gi
const SPOKEN_SIGN: Readonly<Record<string, string>> = { dot: '.', underscore: '_', dash: '-', hyphen: '-' }
/** Blanks or a comma about the signs of an address. */
const LOOSE_ADDRESS = /([\w.+%-]{1,64})\s?@\s?([\w-]{1,63}(?:(?:\s?[.,]|[.,]\s(?=[a-z]{2,4}\W*$))[\w-]{1,63}){1,5})/gi

/** Only where an address was asked for: no host is corrected. */
function repairedAddress(text: string): string {
  return deobfuscate(text)
    .text.replace(SPOKEN_ADDRESS, (_, local: string, host: string) =>
      [local, host]
        .map((part) => part.replace(/ (\w+) /g, (word, sign: string) => SPOKEN_SIGN[sign.toLowerCase()] ?? word))
        .join('@'),
    )
    .replace(LOOSE_ADDRESS, (_, local: string, host: string) => `${local}@${host.replace(/\s?[.,]\s?/g, '.')}`)
}

const matches = (text: string, form: RegExp): string[] => text.match(form) ?? []

/** A code in capitals, with one space before its last part. */
function spaced(code: string, last: number): string {
  const plain = code.toUpperCase().replace(/\s/g, '')
  return `${plain.slice(0, -last)} ${plain.slice(-last)}`
}

/** `1,200.50` and `1.200,50` as `1200.5`. */
function amountOf(typed: string | undefined): string | undefined {
  if (typed === undefined) return undefined
  const digits = typed.replace(/[.,]+$/, '')
  const cents = /[.,](\d{1,2})$/.exec(digits)?.[1] ?? ''
  const whole = (cents ? digits.slice(0, -cents.length - 1) : digits).replace(/[.,]/g, '')
  const amount = Number(cents ? `${whole}.${cents}` : whole)
  return Number.isFinite(amount) && amount < 1e9 ? String(amount) : undefined
}

function fits(need: Need, text: string): boolean {
  return need.pattern === undefined || linearPattern(need.pattern).matches(text)
}
