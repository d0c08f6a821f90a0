// Reads the value of a slot from what a customer wrote.
import { findPhoneNumbersInText } from 'libphonenumber-js'
import { findDates } from '#lib'
import { dialogueActOf } from './dialogue-act.ts'
import { linearPattern } from './linear-pattern.ts'
import type { Need } from './schema.ts'

/** Longer messages are read up to here, in characters. */
const READ = 2000
const LONGEST_TEXT = 1000
/** As many words tell something, where yes or no was asked for. */
const OWN_WORDS = 4

/** The one value in free text that can only be this need's; undefined when there is none, or more than one. */
export function findValue(need: Need, text: string, today: string, but?: string): string | undefined {
  const clean = plain(text)
  const found = [...new Set(candidates(need, clean, today))].filter((value) => value !== but)
  return found.length === 1 ? found[0] : undefined
}

/** The value in a message that answers this need's question, normalised; undefined when it does not fit. */
export function readValue(need: Need, text: string, today: string): string | undefined {
  const clean = plain(text).trim()
  switch (need.type) {
    case 'text':
      return clean !== '' && clean.length <= LONGEST_TEXT && fits(need, clean) ? clean : undefined
    case 'choice':
      return chosen(need, clean)
    case 'yes-no':
      return yesOrNo(clean)
    case 'amount':
      return findValue(need, clean, today) ?? amountOf(/^\D*?(\d[\d.,]*\d|\d)\D*$/.exec(clean)?.[1])
    default:
      return findValue(need, clean, today)
  }
}

/** Yes or no; in other words than these, what they said themselves. */
function yesOrNo(text: string): string | undefined {
  const act = dialogueActOf(text, { kind: 'yes-no' })
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
      return orders(need, text)
    case 'email':
      return matches(
        text,
        /(?<![\w.!#$%&'*+/=?^`{|}~-])[\w.!#$%&'*+/=?^`{|}~-]+@(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,63}(?![\w-])/gi,
      )
        .map((address) => address.replace(/^['`]+/, ''))
        .filter((address) => /^(?!\.)(?!.*\.\.)[^@]{1,64}(?<!\.)@/.test(address) && address.length <= 254)
        .map((address) => address.replace(/@.*/, (host) => host.toLowerCase()))
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
    case 'date':
      return findDates(text, today)
    default:
      return []
  }
}

/** Four or more capitals, digits and dashes, three digits in a row among them. */
const ANY_ORDER = String.raw`[A-Z\d][A-Z\d-]*\d{3}[A-Z\d-]*|\d{3}[A-Z\d-]+`
/** What customers write before a number that is not the one they mean. */
const NOT_THIS = /\b(?:not|instead of|rather than|isn't|wasn't)\s+(?:order\s+)?$/i

/** Order numbers as the pattern has them, also typed in small letters, with a space for the dash, or without either. */
function orders(need: Need, text: string): string[] {
  const pattern = linearPattern(need.pattern ?? ANY_ORDER)
  const upper = text.toUpperCase()
  const spellings = [
    text,
    upper,
    upper.replace(/([A-Z])[\s_–—-]*(?=\d)/g, '$1-'),
    upper.replace(/([A-Z])[\s_–—-]+(?=\d)/g, '$1'),
  ]
  for (const spelling of new Set(spellings)) {
    const found = pattern
      .findWords(spelling)
      .filter(({ at }) => !NOT_THIS.test(spelling.slice(0, at)))
      .map(({ value }) => value)
    if (found.length > 0) return found
  }
  return []
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

function chosen(need: Need, text: string): string | undefined {
  const said = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')} `
  const meant = Object.entries(need.choices ?? {}).filter(([value, words]) =>
    [value, ...words].some((word) =>
      said.includes(
        ` ${word
          .toLowerCase()
          .replace(/[^\p{L}\p{N}]+/gu, ' ')
          .trim()} `,
      ),
    ),
  )
  return meant.length === 1 ? meant[0]?.[0] : undefined
}

function fits(need: Need, text: string): boolean {
  return need.pattern === undefined || linearPattern(need.pattern).matches(text)
}
