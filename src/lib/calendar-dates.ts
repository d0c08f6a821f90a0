// Reads calendar dates in customers' words as ISO dates. Pure: the present day is an argument.

export const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
export const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const
type Weekday = (typeof WEEKDAYS)[number]
const MONTH = `(${MONTHS.join('|')})[a-z]*\\.?`
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?'
const YEAR = '(?:,?\\s+(\\d{4}))?'

const ISO = /\b(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/g
/** British order: the day comes first. */
const NUMBERS = /(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d{2}))?(?![\d/-]|\.\d)/g
const DAY_MONTH = new RegExp(`\\b${DAY}\\s+(?:of\\s+)?${MONTH}${YEAR}(?![a-z\\d])`, 'gi')
const MONTH_DAY = new RegExp(`\\b${MONTH}\\s+(?:the\\s+)?${DAY}${YEAR}(?![a-z\\d])`, 'gi')
const RELATIVE = /\b(today|yesterday|tomorrow|the day before yesterday|the day after tomorrow)\b/gi
const NEAR: Record<string, number> = {
  today: 0,
  yesterday: -1,
  tomorrow: 1,
  'the day before yesterday': -2,
  'the day after tomorrow': 2,
}
const WEEKDAY = new RegExp(`\\b(last|next)\\s+(${WEEKDAYS.join('|')})\\b`, 'gi')

/** Every day that a text names, as `2026-11-22`, each once. A day without a year is the one nearest to `today`. */
export function findDates(text: string, today: string): string[] {
  const now = daysOf(today)
  const found: (string | undefined)[] = []
  let rest = text
  take(ISO, ([, year, month, day]) => dateOf(Number(year), Number(month), Number(day)))
  take(DAY_MONTH, ([, day, month, year]) => spelt(day, month, year))
  take(MONTH_DAY, ([, month, day, year]) => spelt(day, month, year))
  take(NUMBERS, ([, day, , month, year]) => {
    const full = year?.length === 2 ? 2000 + Number(year) : Number(year ?? Number.NaN)
    return Number.isNaN(full) ? nearestYear(Number(month), Number(day)) : dateOf(full, Number(month), Number(day))
  })
  take(/\bthe day (?:before yesterday|after tomorrow)\b/gi, ([word]) => isoOf(now + (NEAR[word.toLowerCase()] ?? 0)))
  take(RELATIVE, ([word]) => isoOf(now + (NEAR[word.toLowerCase()] ?? 0)))
  take(WEEKDAY, ([, which, name = '']) => {
    const ahead = (weekdayIndex(name.toLowerCase()) - weekdayOf(now) + 7) % 7
    return isoOf(which?.toLowerCase() === 'last' ? now - ((7 - ahead) % 7 || 7) : now + (ahead || 7))
  })
  return [...new Set(found.filter((date) => date !== undefined))]

  /** Blanks out what was read, so that no second form reads part of it again. */
  function take(form: RegExp, read: (match: RegExpMatchArray) => string | undefined): void {
    for (const match of rest.matchAll(form)) found.push(read(match))
    rest = rest.replace(form, ' ')
  }

  function spelt(day = '', month = '', year?: string): string | undefined {
    const number = MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1
    return year ? dateOf(Number(year), number, Number(day)) : nearestYear(number, Number(day))
  }

  function nearestYear(month: number, day: number): string | undefined {
    const year = Number(today.slice(0, 4))
    return [year - 1, year, year + 1]
      .map((one) => dateOf(one, month, day))
      .filter((date) => date !== undefined)
      .sort((one, other) => Math.abs(daysOf(one) - now) - Math.abs(daysOf(other) - now))[0]
  }
}

/** `22 November 2026` for an ISO date or time; anything else as it is. */
export function showDate(iso: string): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(iso) ?? []
  const name = MONTH_NAMES[Number(month) - 1]
  return name ? `${Number(day)} ${name} ${year}` : iso
}

/** `Friday 4 December 2026`. */
export function showDay(iso: string): string {
  const name = weekdayName(iso)
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} ${showDate(iso)}`
}

/** `friday`. */
export function weekdayName(iso: string): Weekday {
  return WEEKDAYS[weekdayOf(daysOf(iso))] ?? 'sunday'
}

/** The date if there is such a day. */
export function dateOf(year: number, month: number, day: number): string | undefined {
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1) return undefined
  const iso = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  return isoOf(daysOf(iso)) === iso ? iso : undefined
}

// Days since 1970-01-01 in the proleptic Gregorian calendar, with years that begin in March.
export function daysOf(iso: string): number {
  const [year = 0, month = 0, day = 0] = iso.split('-').map(Number)
  const shifted = month <= 2 ? year - 1 : year
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const leaps = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400)
  return shifted * 365 + leaps + dayOfYear - 719_468
}

export function isoOf(days: number): string {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const ofEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  )
  const dayOfYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** 0 is Sunday; -1 for what is no weekday. */
export const weekdayIndex = (name: string): number => (WEEKDAYS as readonly string[]).indexOf(name)

/** 0 is Sunday; 1970-01-01 was a Thursday. */
export function weekdayOf(days: number): number {
  return (((days + 4) % 7) + 7) % 7
}
