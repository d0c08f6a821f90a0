// Business hours: whether people are on duty, when they are again, and when a ticket is due (SLA). Pure.
import type { Brand } from './brand.ts'

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** Longer than any wait that is set in minutes of opening time. */
const MOST_DAYS = 400
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    weekday: 'long',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  formats.set(zone, format)
  return format
}

function local(now: number, zone: string): { day: string; time: string; date: string } {
  const parts = formatOf(zone).formatToParts(now)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return {
    day: part('weekday').toLowerCase(),
    time: `${part('hour')}:${part('minute')}`,
    date: `${part('year')}-${part('month')}-${part('day')}`,
  }
}

/** The brand's day, as 2026-11-22. */
export const localDate = (brand: Brand, now: number): string => local(now, brand.hours.zone).date

/** `opens` says when people are back, as "today at 08:00"; undefined while they are here. */
export function openingState(brand: Brand, now: number): { open: boolean; opens: string } {
  const { day, time } = local(now, brand.hours.zone)
  const today = (DAYS as readonly string[]).indexOf(day)
  const [from = '', to = ''] = brand.hours[DAYS[today] ?? 'monday'].split('-')
  if (from <= time && time < to) return { open: true, opens: '' }
  for (let ahead = from > time && to ? 0 : 1; ahead <= 7; ahead++) {
    const next = DAYS[(today + ahead) % 7] ?? 'monday'
    const [opens = '', closes] = brand.hours[next].split('-')
    if (!closes) continue
    const when = ahead === 0 ? 'today' : ahead === 1 ? 'tomorrow' : `on ${next[0]?.toUpperCase()}${next.slice(1)}`
    return { open: false, opens: `${when} at ${opens}` }
  }
  return { open: false, opens: 'soon' }
}

/** A moment of the next days in words, as "16:30 today" or "09:00 on Monday". */
export function localTime({ hours }: Pick<Brand, 'hours'>, at: number, now: number): string {
  const { date, time, day } = local(at, hours.zone)
  if (date === local(now, hours.zone).date) return `${time} today`
  if (date === local(now + DAY_MS, hours.zone).date) return `${time} tomorrow`
  return `${time} on ${day[0]?.toUpperCase()}${day.slice(1)}`
}

/** What a clock on the brand's wall shows, counted as if it hung in Greenwich. */
function wallOf(now: number, zone: string): number {
  const { date, time } = local(now, zone)
  return Date.parse(`${date}T${time}Z`) + (now % MINUTE_MS)
}

/** When the wall shows `wall`; `near` is a moment not far from it. */
function whenShown(wall: number, near: number, zone: string): number {
  const guess = wall - (wallOf(near, zone) - near)
  return wall - (wallOf(guess, zone) - guess)
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** When people have been on duty for so many minutes since `from`. A brand that never opens counts every minute. */
export function addBusinessMinutes({ hours }: Pick<Brand, 'hours'>, from: number, minutes: number): number {
  let left = minutes * MINUTE_MS
  const wall = wallOf(from, hours.zone)
  const midnight = wall - (wall % DAY_MS)
  const today = (DAYS as readonly string[]).indexOf(local(from, hours.zone).day)
  for (let ahead = 0; ahead < MOST_DAYS; ahead++) {
    const [opens, closes] = hours[DAYS[(today + ahead) % 7] ?? 'monday'].split('-')
    if (!opens || !closes) continue
    const [start, end] = [opens, closes].map((time) => {
      const shown = midnight + ahead * DAY_MS + minutesOf(time) * MINUTE_MS
      return whenShown(shown, from + ahead * DAY_MS, hours.zone)
    }) as [number, number]
    const since = Math.max(from, start)
    if (since >= end) continue
    if (left <= end - since) return since + left
    left -= end - since
  }
  return from + minutes * MINUTE_MS
}

/** When a ticket of each priority is due that is opened now. What is urgent does not wait until people are on duty. */
export const slaDueAt =
  (brand: Pick<Brand, 'hours' | 'due'>, now: number) =>
  (priority: keyof Brand['due']): number =>
    priority === 'urgent' ? now + brand.due.urgent * MINUTE_MS : addBusinessMinutes(brand, now, brand.due[priority])
