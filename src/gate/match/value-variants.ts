// Lists the ways in which a value may be written: whole, in part, and derived.
import type { PlainKnown } from '../check-input.ts'
import { collapse, type Needle } from './collapsed-text.ts'

/** Letters and digits of a value that may be cut in two, and of the shortest piece of it. */
const LONG_ENOUGH = 8
export const HALF = 3

const PERSONAL = /name|address|street|town|city|company|employer|handle|user/
// Surnames and mailboxes that are words of everyday replies.
export const EVERYDAY = new Set(
  (
    'info mail email post home shop sales hello contact care help team admin office support customer customers account ' +
    'accounts order orders service services test user name best good long short young white black brown green grey gray ' +
    'blue gold silver king wood woods hill stone field fields bank banks cash price prices page cook baker day days may ' +
    'june april august summer winter spring sunday monday friday weeks rich love hope faith grace joy bright light new ' +
    'street road house room rooms table chair lamp sofa large small little great free last first next back with from ' +
    'your have will this that they them than then when what here there would could should about please thank thanks ' +
    'you our the and for are not kind kindest warm regards wishes dear sorry delivery deliveries return returns refund'
  ).split(' '),
)

function letters(text: string): boolean {
  return !/\d/.test(text)
}

/** First and last of a name, as people are called who have names between them; nothing else has any. */
function firstAndLast({ name, plain }: PlainKnown): string[] {
  const words = /name/.test(name) ? plain.split(/\s+/) : []
  return words.length > 1 ? [`${words[0]} ${words.at(-1)}`] : []
}

/** A value, squeezed, and where it may be cut in two: not between words, which stand for themselves. */
export function cutsOf(known: PlainKnown): { readonly text: string; readonly cuts: readonly number[] }[] {
  return [known.plain, ...firstAndLast(known)].flatMap((whole) => {
    const text = collapse(whole)
    const words = letters(whole) ? whole.split(/\s+/) : []
    const ends = new Set(words.map((_, n) => collapse(words.slice(0, n + 1).join('')).length))
    const cuts = Array.from({ length: text.length }, (_, at) => at).slice(HALF, 1 - HALF)
    return text.length < LONG_ENOUGH ? [] : [{ text, cuts: cuts.filter((at) => !ends.has(at)) }]
  })
}

/** A value's spellings; `plain` is the value without disguises. What would be found in any reply does not count. */
export function needlesOf(known: PlainKnown): Needle[] {
  const { name, plain } = known
  const texts: Needle[] = []
  const add = (text: string, whole: boolean, least: number) => {
    const squeezed = collapse(text)
    if (squeezed.length >= least && !EVERYDAY.has(squeezed)) texts.push({ text: squeezed, whole })
  }
  const [local, domain] = plain.split('@')
  if (domain !== undefined && local !== undefined) {
    add(plain, false, 4)
    add(local, letters(collapse(local)) || collapse(local).length < 6, 4)
    for (const part of local.split(/[._+-]/)) add(part, true, 5)
    return texts
  }
  if (!letters(plain)) {
    // Numbers alone are compared as numbers.
    if (/\p{L}/u.test(plain)) add(plain, collapse(plain).length < 5, 4)
  } else if (PERSONAL.test(name)) add(plain, true, 4)
  else add(plain, true, 12)
  // First names are how people are greeted; surnames are not said.
  if (/name/.test(name)) {
    const surname = plain.split(/\s+/).slice(1).at(-1) ?? ''
    for (const short of firstAndLast(known)) add(short, true, 6)
    add(surname, true, 4)
    add(surname.split('-').at(-1) ?? '', true, 4)
  }
  if (/address|street/.test(name)) {
    const [line = ''] = plain.split(',')
    add(line, false, 6)
    add(line.replace(/^\d+\w?\s+/, ''), true, 8)
    for (const [code] of plain.matchAll(/\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b/gi)) add(code, false, 5)
  }
  for (const birthday of birthdaysOf(plain)) add(birthday, true, 4)
  // The district alone says in which few streets somebody lives.
  for (const [, district = ''] of plain.matchAll(/\b([A-Z]{1,2}\d[A-Z\d]?)\s?\d[A-Z]{2}\b/gi)) add(district, true, 2)
  return texts
}

/** Years in which whoever writes to us may be born. */
const YEAR = String.raw`(?:19\d\d|20[01]\d)`
const DATES = [
  String.raw`(?<day>\d{1,2})(?:st|nd|rd|th|\.)? (?:of )?(?<month>\p{L}{3,10})\.?,? ${YEAR}`,
  String.raw`(?<month>\p{L}{3,10})\.? (?<day>\d{1,2})(?:st|nd|rd|th)?,? ${YEAR}`,
  String.raw`(?<day>\d{1,2})[./-](?<month>\d{1,2})[./-]${YEAR}`,
  String.raw`(?<month>\d{1,2})[./-](?<day>\d{1,2})[./-]${YEAR}`,
  String.raw`${YEAR}[./-](?<month>\d{1,2})[./-](?<day>\d{1,2})`,
].map((date) => new RegExp(String.raw`(?<![\p{L}\p{N}])${date}(?![\p{L}\p{N}])`, 'u'))
const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const ORDINALS = ['', 'st', 'nd', 'rd', 'th']

/** Day and month of a date that may be somebody's birth, in the ways they are written without the year. */
function birthdaysOf(plain: string): string[] {
  return DATES.flatMap((date) => {
    const { day = '', month = '' } = date.exec(plain)?.groups ?? {}
    const named = /^\d/.test(month) ? MONTHS[Number(month) - 1] : month
    if (!named || Number(day) < 1 || Number(day) > 31) return []
    const days = [String(Number(day)), day.padStart(2, '0')].flatMap((one) => ORDINALS.map((end) => one + end))
    const months = [named, named.slice(0, 3)]
    const words = days.flatMap((one) => months.flatMap((name) => [one + name, `${one} of ${name}`, name + one]))
    const number = String(MONTHS.indexOf(named) + 1).padStart(2, '0')
    const digits = number === '00' ? [] : [day.padStart(2, '0') + number, number + day.padStart(2, '0')]
    return [...words, ...digits]
  })
}

/** The numbers of a value that say whose it is. */
export function numbersOf(plain: string): string[] {
  // Blanks group a number; letters and signs divide one from another.
  const joined = plain.replace(/(?<=\d) (?=\d)/g, '')
  const groups = /\p{L}/u.test(plain)
    ? [...(plain.match(/\d+/g) ?? []), ...(joined.match(/\d+/g) ?? [])]
    : [plain.replace(/\D/g, '')]
  return groups.filter((digits) => digits.length >= 4)
}
