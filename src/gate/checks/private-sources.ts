// Blocks in public what came from private sources, even where it looks harmless: a day, a sum, a product.
// What the customer wrote in public, or what a public source says, may be said there.
import { findDates } from '#lib'
import { type Check, type CheckInput, findingAt, findMatches, type PlainKnown } from '../check-input.ts'
import { type Range, wordsAs } from '../match/collapsed-text.ts'
import { canonical, moneyIn, NUMBER } from '../match/numbers.ts'
import { EVERYDAY } from '../match/value-variants.ts'

type Hint = Range & { readonly absolute: boolean }

const MONTHS =
  'jan(?:uary)? feb(?:ruary)? mar(?:ch)? apr(?:il)? may june? july? aug(?:ust)? sept?(?:ember)? oct(?:ober)? nov(?:ember)? dec(?:ember)?'.split(
    ' ',
  )
const WEEKDAYS = ['sun', 'mon', 'tues?', 'wed(?:nes)?', 'thu(?:rs)?', 'fri', 'sat(?:ur)?'].map(
  (day) => `${day}(?:day)?`,
)
const DAY_MS = 86_400_000
const MONEY_NAME = /total|amount|price|cost|sum|balance|refund|paid|fee|value|credit/
/** A day by itself: `Monday to Friday` and `Black Friday` are nobody's. */
const ALONE = ['(?<!(?:to|and|until|or|black|[-–—,]) ?)', '(?! (?:to|and|until|or) | ?[-–—])']
/** Of an order or an appointment, not of opening hours. */
const MATTER =
  /deliver|arriv|parcel|package|order|refund|appointment|collect|slot|courier|driver|com(?:es?|ing)|with you|visit|pick|dispatch|sent|expect|book/i

const words = (pattern: string) => new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${pattern})(?![\p{L}\p{N}])`, 'giu')

function sentenceAround(text: string, { start, end }: Range): string {
  const from = Math.max(...['. ', '! ', '? ', '\n'].map((stop) => text.lastIndexOf(stop, start)))
  const to = text.slice(end).search(/[.!?\n]/)
  return text.slice(Math.max(0, from), to < 0 ? text.length : end + to)
}

/** A day's own spellings, then those that mean any such day of a week. */
function spellingsOf(iso: string, today: string | undefined): { plain: string; loose: string } {
  const [year = '', month = '', day = ''] = iso.split('-')
  const [m, d] = [Number(month), Number(day)]
  const name = MONTHS[m - 1] ?? month
  const at = Date.parse(`${iso}T00:00:00Z`)
  const away = today ? Math.round((at - Date.parse(`${today}T00:00:00Z`)) / DAY_MS) : Number.NaN
  const near = { '-1': 'yesterday', '0': 'today', '1': 'tomorrow' }[String(away)]
  return {
    plain: `${d}(?:st|nd|rd|th)?(?: of)? ${name}|${name}(?: the)? ${d}(?:st|nd|rd|th)?|0?${d}[/.]0?${m}(?:[/.](?:20)?${year.slice(2)})?|${iso}`,
    loose: [WEEKDAYS[new Date(at).getUTCDay()], near].filter(Boolean).join('|'),
  }
}

const DAY = /\d{4}-\d\d-\d\d|\d[/.]\d|(?<![a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i
const DAY_OR_NEAR = new RegExp(
  String.raw`${DAY.source}|day(?![a-z])|(?<![a-z])(?:mon|tue|wed|thu|fri|sat|sun|tomorrow)`,
  'i',
)

function findDays(reading: CheckInput, { name, value }: PlainKnown): Hint[] {
  const { today } = reading.context
  if (!DAY_OR_NEAR.test(value) || !DAY_OR_NEAR.test(reading.view.text)) return []
  const text = reading.view.text
  const isDay = DAY.test(value) && value.length <= 60 && !/birth|dob/.test(name)
  const days = isDay ? findDates(value, today ?? '2026-01-01') : []
  const named = /^(?:next |this |on )?((?:mon|tues|wednes|thurs|fri|satur|sun)day)$/i.exec(value)?.[1]
  const spellings = days.map((day) => spellingsOf(day, today))
  const loose = [...spellings.map((one) => one.loose), ...(named ? [named] : [])]
  return [
    ...spellings.flatMap(({ plain }) =>
      findMatches(reading, words(plain)).map((range) => ({ ...range, absolute: true })),
    ),
    ...(loose.length > 0
      ? findMatches(reading, words(`${ALONE[0]}(?:${loose.join('|')})${ALONE[1]}`)).map((range) => ({
          ...range,
          absolute: MATTER.test(sentenceAround(text, range)),
        }))
      : []),
  ]
}

function findBirth(reading: CheckInput, { name, value }: PlainKnown): Hint[] {
  const [birth] = /birth|dob/.test(name) ? findDates(value, '1980-01-01') : []
  if (!birth) return []
  const { today } = reading.context
  const age = today
    ? Number(today.slice(0, 4)) - Number(birth.slice(0, 4)) - (today.slice(5) < birth.slice(5) ? 1 : 0)
    : undefined
  const aged = `(?:you(?:['’]?re| are)|aged?|at|turned|being) ${age}|${age}[ -]?(?:years?|yrs?|yo)`
  const pattern = [spellingsOf(birth, undefined).plain, birth.slice(0, 4), ...(age === undefined ? [] : [aged])].join(
    '|',
  )
  return findMatches(reading, words(pattern)).map((range) => ({ ...range, absolute: true }))
}

function findSums(reading: CheckInput, { name, value }: PlainKnown): Hint[] {
  const [figure] = value.match(/\d+(?:[.,]\d+)*/) ?? []
  if (!figure || !(MONEY_NAME.test(name) || /[£€$]/.test(value))) return []
  const sum = Number(canonical(figure))
  return moneyIn(reading.view.text)
    .filter(
      ({ amount }) =>
        amount === sum || (sum >= 10 && amount === Math.round(sum)) || (sum >= 10 && amount === Math.floor(sum)),
    )
    .map((range) => ({ ...range, absolute: true }))
}

/** Two words or more, or a single one that a service told us. */
function findPhrase(reading: CheckInput, { name, plain, lookedUp }: PlainKnown): Hint[] {
  const said = plain.trim().split(/\s+/)
  if (/name|address|e?-?mail|phone/.test(name) || /\d/.test(plain) || said.length > 8) return []
  const length = said.join('').length
  const isTelling = said.some((word) => word.length > 3 && !EVERYDAY.has(word.toLowerCase()))
  if (!isTelling || (said.length > 1 ? length < 6 : !lookedUp || length < 4)) return []
  return findMatches(reading, wordsAs(said.join(' '))).map((range) => ({
    ...range,
    absolute: said.length > 1,
  }))
}

const BECAUSE = 'we know this from a private source, and the customer has not said it in public; say it in private'

/** What we know of the customer, however harmless. */
export const checkHarmless: Check = (reading) => {
  const hints = reading.known.flatMap((one) =>
    [findDays, findBirth, findSums, findPhrase].flatMap((find) => find(reading, one)),
  )
  if (hints.length === 0) return []
  const open = [...reading.sources, ...reading.contacts, ...(reading.context.heard ?? [])].join('\n').toLowerCase()
  return hints
    .filter(({ start, end }) => !open.includes(reading.view.text.slice(start, end).toLowerCase()))
    .map((range) => findingAt(reading, range, { rule: 'private-source', because: BECAUSE, absolute: range.absolute }))
}

const WORD = /[\p{L}][\p{L}'’-]{3,}/gu

/** A public draft that is made of private texts says no word and no number that only they have. */
export const checkSecrets: Check = (reading) => {
  const secret = reading.secrets.join('\n').toLowerCase()
  if (secret === '') return []
  const open = [...reading.sources, ...reading.contacts].join('\n').toLowerCase()
  return [WORD, NUMBER].flatMap((pattern) => {
    const known = new Set(Array.from(secret.matchAll(pattern), ([one]) => one))
    const free = new Set(Array.from(open.matchAll(pattern), ([one]) => one))
    return findMatches(reading, pattern)
      .filter(
        ({ said }) =>
          known.has(said.toLowerCase()) && !free.has(said.toLowerCase()) && !EVERYDAY.has(said.toLowerCase()),
      )
      .map((range) => findingAt(reading, range, { rule: 'private-source', because: BECAUSE, absolute: true }))
  })
}
