// Reads the one day that somebody names in ordinary words: `Friday week`, `about two weeks ago`, `the 12th`. Pure.
import { dateOf, daysOf, findDates, isoOf, MONTHS, WEEKDAYS, weekdayIndex, weekdayOf } from './calendar-dates.ts'

/** Whether the day has to lie before or after today; today itself is either. */
type Direction = 'past' | 'future'

type NamedDay = {
  readonly date: string
  /** Whether it lies on the side that was not asked for. */
  readonly isWrongSide: boolean
}

const NUMBERS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]
const ORDINALS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first'.split(
    ' ',
  )
const SHORT_WEEKDAYS: Readonly<Record<string, string>> = {
  mon: 'monday',
  tue: 'tuesday',
  tues: 'tuesday',
  wed: 'wednesday',
  weds: 'wednesday',
  thu: 'thursday',
  thur: 'thursday',
  thurs: 'thursday',
  fri: 'friday',
  sat: 'saturday',
  sun: 'sunday',
}
/** One way to write what has several. */
const REPAIRS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:t(?:o)?m+o?r+o?w?|tomm?orr?ow|tmrw|tmr|tomoz|tomo|2moro|2morrow)\b/g, 'tomorrow'],
  [/\b(?:yday|yest|yesterdy|yesturday|ystd)\b/g, 'yesterday'],
  [/\b(?:2day|tonight|this (?:morning|afternoon|evening))\b/g, 'today'],
  [/\blast night\b/g, 'yesterday'],
  [/\bfort?night('?s)?\b/g, '2 weeks'],
  [/\b(?:an?|the past|the last) (?=(?:2 weeks|days?|weeks?|months?|years?)\b)/g, '1 '],
  [/\b1 2 weeks\b/g, '2 weeks'],
  [/\b(?:a )?couple(?: of)?\b/g, '2'],
  [/\bwk(?=s?\b)/g, 'week'],
  [/\bb4\b/g, 'before'],
  [/\b(?:half a (?:year|yr))\b/g, '6 months'],
  [/\byrs?\b/g, 'years'],
  [/\b(\d+) ?(d|w)\b(?= ago| back)/g, '$1 $2'],
]
const WEEKDAY = `(${WEEKDAYS.join('|')})`
const UNIT = '(day|week|month|year)s?'
const AGO = '(?:ago|back|before|since|earlier|prior)'
const ROUGHLY = '(?:about |around |roughly |maybe |approx(?:imately)? |like |or so |over |nearly |almost )?'
const MONTH = `(${MONTHS.join('|')})[a-z]*`
/** Before a short weekday that is one: `Sat 14th`, `on sun`; not `I sat down`. */
const BEFORE_SHORT =
  /(?:^|[,.;:!?(]|\b(?:on|this|next|last|by|before|after|for|until|till|coming|past|or|not|every|and|the|maybe|yes|week|of|a))\s*$/
const COUNTED = /^\s*(?:the\s+)?\d{1,2}(?:st|nd|rd|th)\b/

/** Every day that a text can mean, with what is asked for; undefined where it is none, or where more than one is named. */
export function readDay(text: string, today: string, direction?: Direction): NamedDay | undefined {
  const now = daysOf(today)
  const found: number[] = []
  let isUnclear = false
  let rest = ` ${plain(text)} `

  // Several days are offered, or all but one.
  if (
    /\b(?:any|every|which|between|either|whenever|anytime|unless|until|till|except|apart from|(?:not|never) (?:before|after))\b/.test(
      rest,
    )
  )
    isUnclear = true
  rest = rest.replace(
    /\b(?:not|isn'?t|wasn'?t|instead of|rather than) (?:on )?(?:the )?(?:last |next |this )?(?:[a-z]+day|\d{1,2}(?:st|nd|rd|th)?(?: of)?(?: [a-z]{3,9})?)\b/g,
    ' ',
  )
  if (
    /\d(?:st|nd|rd|th)?\s*(?:or|to|and|\/|maybe|perhaps)\s*(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?(?=\s*(?:of\s+)?(?:[a-z]|$))/.test(
      rest,
    ) &&
    !/\d\/\d/.test(rest)
  )
    isUnclear = true

  take(`the day before yesterday|day before yesterday`, () => now - 2)
  take(`the day after tomorrow|day after tomorrow`, () => now + 2)
  take(`(\\d+) ${WEEKDAY}s? ${AGO}`, ([, count, name]) => previous(name) - 7 * (Number(count) - 1))
  take(`${WEEKDAY} before last`, ([, name]) => previous(name) - 7)
  take(`${WEEKDAY} after next`, ([, name]) => following(name) + 7)
  take(
    `(?:(\\d+) weeks?(?: on| from)? |(?<!(?:last|next) )weeks? on )${WEEKDAY}`,
    ([, count, name]) => following(name) + 7 * Number(count ?? 1),
  )
  take(
    `${WEEKDAY}(?: in)?(?: (\\d+))? weeks?(?! ago| back| before)`,
    ([, name, count]) => following(name) + 7 * Number(count ?? 1),
  )
  take(`(\\d+) weeks? (?:ago|back) (?:on |last )?(?:a )?${WEEKDAY}`, ([, count, name]) =>
    nearest(name, now - 7 * Number(count)),
  )
  take(`${WEEKDAY} (\\d+) weeks? (?:ago|back)`, ([, name, count]) => nearest(name, now - 7 * Number(count)))
  take(
    `(\\d+) weeks? (?:from )?(today|tomorrow|yesterday)`,
    ([, count, day]) => near(day) + 7 * Number(count) * (direction === 'past' ? -1 : 1),
  )
  take(`(\\d+) ${UNIT} ${AGO}(?: (?:today|now))?`, ([, count, unit]) => moved(-Number(count), unit))
  take(`(?:before|since) ${ROUGHLY}(\\d+) ${UNIT}`, ([, count, unit]) => moved(-Number(count), unit))
  take(`in ${ROUGHLY}(\\d+) ${UNIT}(?:'?s?'? time)?`, ([, count, unit]) => moved(Number(count), unit))
  take(`(\\d+) ${UNIT}'? (?:from (?:now|today)|hence|time|later)`, ([, count, unit]) => moved(Number(count), unit))
  take(`(?:week|the week) before last`, () => (direction === 'past' ? now - 14 : undefined))
  take(`(last|next|this) month,?(?: on)?(?: the)? (\\d{1,2})(?:st|nd|rd|th)?`, ([, which, day]) =>
    dayOfMonth(Number(day), which),
  )
  take(`last (week|month|year)(?! ${WEEKDAY}| on)`, ([, unit]) => (direction === 'past' ? moved(-1, unit) : undefined))
  take(`(today|tomorrow|yesterday)`, ([, day]) => near(day))

  // A day by its date; a weekday beside it has to be that day's.
  const dates = findDates(rest, today)
  const beside = rest.match(new RegExp(`\\b${WEEKDAY}s?\\b`))?.[1]
  for (const iso of dates) found.push(aroundYear(iso))
  if (dates.length > 0) rest = rest.replace(new RegExp(`\\b${WEEKDAY}\\b`, 'g'), ' ').replace(/\d/g, ' ')
  take(
    `(start|beginning|middle|mid|end)[ -](?:of )?(?:the )?(this |last |next )?(?:${MONTH}|month)`,
    ([, part, which, name]) => ofMonth(part, which?.trim(), name),
  )
  take(`(?:the )?(\\d{1,2})(?:st|nd|rd|th)(?: of (this|last|next|the) month)?`, ([, day, which]) =>
    dayOfMonth(Number(day), which),
  )
  if (/^\W*\d{1,2}\W*$/.test(rest)) found.push(dayOfMonth(Number(rest.replace(/\D/g, '')), undefined) ?? Number.NaN)
  if (found.length > 0 && beside && dates.length === 0) {
    // `Sat 14th`
    rest = rest.replace(new RegExp(`\\b${WEEKDAY}s?\\b`, 'g'), ' ')
  }
  take(`(?:last|past|previous) ${WEEKDAY}|${WEEKDAY} (?:just )?(?:gone|past|last)`, ([, one, other]) =>
    previous(one ?? other),
  )
  take(
    `next week(?: on)? ${WEEKDAY}|${WEEKDAY}(?: of)? next week`,
    ([, one, other]) => monday() + 7 + fromMonday(one ?? other),
  )
  take(
    `last week(?: on)? ${WEEKDAY}|${WEEKDAY}(?: of)? last week`,
    ([, one, other]) => monday() - 7 + fromMonday(one ?? other),
  )
  take(`next ${WEEKDAY}`, ([, name]) => following(name))
  take(`(?:this |coming |this coming )?${WEEKDAY}s?`, ([, name]) => {
    if (direction === 'past') return previous(name)
    return direction === 'future' ? following(name) : nearest(name, now)
  })
  if (/\b(?:week|weekend|month)\b/.test(rest) && found.length === 0) isUnclear = true

  const days = [...new Set(found.filter((day) => !Number.isNaN(day)))]
  const [day] = days
  if (isUnclear || day === undefined || days.length > 1) return undefined
  if (beside !== undefined && (dates.length > 0 || /\d(?:st|nd|rd|th)/.test(plain(text))) && !isWeekday(beside, day))
    return undefined
  const isWrongSide = (direction === 'past' && day > now) || (direction === 'future' && day < now)
  return { date: isoOf(day), isWrongSide }

  function take(form: string, read: (match: RegExpMatchArray) => number | undefined): void {
    const expression = new RegExp(`(?<![a-z\\d])(?:${form})(?![a-z\\d])`, 'g')
    for (const match of rest.matchAll(expression)) found.push(read(match) ?? Number.NaN)
    rest = rest.replace(expression, ' ')
  }

  function near(day = ''): number {
    return now + ({ yesterday: -1, tomorrow: 1 }[day] ?? 0)
  }
  function ahead(name = '', from = now): number {
    return (weekdayIndex(name) - weekdayOf(from) + 7) % 7
  }
  function following(name?: string): number {
    return now + (ahead(name) || 7)
  }
  function previous(name?: string): number {
    return now - ((7 - ahead(name)) % 7 || 7)
  }
  function nearest(name: string | undefined, to: number): number {
    const steps = ahead(name, to)
    return to + (steps > 3 ? steps - 7 : steps)
  }
  function monday(): number {
    return now - ((weekdayOf(now) + 6) % 7)
  }
  function fromMonday(name = ''): number {
    return (weekdayIndex(name) + 6) % 7
  }
  function isWeekday(name: string, day: number): boolean {
    return weekdayIndex(name) === weekdayOf(day)
  }

  function moved(count: number, unit = ''): number | undefined {
    if (Math.abs(count) > 400) return undefined
    if (unit === 'day') return now + count
    if (unit === 'week') return now + 7 * count
    return sameDay(unit === 'year' ? 12 * count : count)
  }

  /** The same day some months away, or that month's last one. */
  function sameDay(months: number): number {
    const [year = 0, month = 0, day = 0] = today.split('-').map(Number)
    return lastUpTo(year, month + months, day)
  }

  function lastUpTo(year: number, month: number, day: number): number {
    const index = year * 12 + month - 1
    const [inYear, inMonth] = [Math.floor(index / 12), (index % 12) + 1]
    for (let one = day; one > 27; one -= 1) {
      const iso = dateOf(inYear, inMonth, one)
      if (iso) return daysOf(iso)
    }
    return daysOf(dateOf(inYear, inMonth, Math.min(day, 27)) ?? today)
  }

  /** The 12th of this month, or of the one beside it on the side that is asked for. */
  function dayOfMonth(day: number, which: string | undefined): number | undefined {
    if (day < 1 || day > 31) return undefined
    const [year = 0, month = 0] = today.split('-').map(Number)
    const inMonth = (step: number) => {
      const index = year * 12 + month - 1 + step
      const iso = dateOf(Math.floor(index / 12), (index % 12) + 1, day)
      return iso === undefined ? undefined : daysOf(iso)
    }
    if (which === 'last') return inMonth(-1)
    if (which === 'next') return inMonth(1)
    const here = inMonth(0)
    if (which !== undefined || direction === undefined) return here
    if (direction === 'past') return here !== undefined && here <= now ? here : inMonth(-1)
    return here !== undefined && here >= now ? here : inMonth(1)
  }

  function ofMonth(part = '', which: string | undefined, name: string | undefined): number | undefined {
    const [year = 0, month = 0] = today.split('-').map(Number)
    const day = part === 'end' ? 31 : part.startsWith('mid') ? 15 : 1
    if (name === undefined) {
      if (which) return lastUpTo(year, month + (which === 'last' ? -1 : which === 'next' ? 1 : 0), day)
      const here = lastUpTo(year, month, day)
      if (direction === 'past' && here > now) return lastUpTo(year, month - 1, day)
      return direction === 'future' && here < now ? lastUpTo(year, month + 1, day) : here
    }
    const index = MONTHS.indexOf(name.slice(0, 3)) + 1
    const years = [year - 1, year, year + 1].map((one) => lastUpTo(one, index, day))
    const fits = years.filter((one) => (direction === 'past' ? one <= now : direction === 'future' ? one >= now : true))
    return fits.sort((one, other) => Math.abs(one - now) - Math.abs(other - now))[0]
  }

  /** A day without a year that is far on the wrong side is meant a year away; one that is near is a mistake. */
  function aroundYear(iso: string): number {
    const day = daysOf(iso)
    const year = iso.slice(0, 4)
    const isFar = Math.abs(day - now) > 60
    if (!direction || text.includes(year) || !isFar) return day
    const step = direction === 'past' && day > now ? -1 : direction === 'future' && day < now ? 1 : 0
    return daysOf(dateOf(Number(year) + step, Number(iso.slice(5, 7)), Number(iso.slice(8))) ?? iso)
  }
}

/** Small letters, weekdays in full, numbers in digits, one way to write each thing. */
function plain(text: string): string {
  let said = text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/\s+/g, ' ')
    .replace(/\b[a-z]+\b/g, (word, at: number, all: string) =>
      weekdayIn(word, all.slice(0, at), all.slice(at + word.length)),
    )
    .replace(
      /\bthe ((?:twenty-|thirty-)?[a-z]+)\b(?! (?:weeks?|ones?|days?|time|thing|half|slot|available))/g,
      (all, word) => {
        const day = ORDINALS.indexOf(word) + 1
        return day > 0 ? `the ${day}th` : all
      },
    )
    .replace(/\b[a-z]+\b/g, (word) => (NUMBERS.includes(word) ? String(NUMBERS.indexOf(word)) : word))
  for (const [form, instead] of REPAIRS) said = said.replace(form, instead)
  return said.replace(/\b(\d+) (?:or so|odd) /g, '$1 ')
}

function weekdayIn(word: string, before: string, after: string): string {
  const short = SHORT_WEEKDAYS[word]
  if (short) return word.length > 3 || BEFORE_SHORT.test(before) || COUNTED.test(after) ? short : word
  if (word.length < 6) return word
  const isPlural = word.endsWith('days')
  const single = isPlural ? word.slice(0, -1) : word
  const day = WEEKDAYS.find((name) => name === single || (name[0] === single[0] && isOneOff(single, name)))
  return day ? `${day}${isPlural ? 's' : ''}` : word
}

/** One letter more, less, other or swapped. */
function isOneOff(word: string, name: string): boolean {
  let at = 0
  while (at < word.length && word[at] === name[at]) at += 1
  const [a, b] = [word.slice(at), name.slice(at)]
  return (
    a.slice(1) === b ||
    a === b.slice(1) ||
    a.slice(1) === b.slice(1) ||
    (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
  )
}
