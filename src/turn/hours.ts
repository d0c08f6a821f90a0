// Whether people are on duty, and when they are again; days and hours of the brand's own zone. Pure.
import type { Brand } from '#policy'

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

function local(now: number, zone: string): { day: string; time: string; date: string } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    weekday: 'long',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return {
    day: part('weekday').toLowerCase(),
    time: `${part('hour')}:${part('minute')}`,
    date: `${part('year')}-${part('month')}-${part('day')}`,
  }
}

/** The brand's day, as 2026-11-22. */
export const todayOf = (brand: Brand, now: number): string => local(now, brand.hours.zone).date

/** `opens` says when people are back, as "today at 08:00"; undefined while they are here. */
export function dutyOf(brand: Brand, now: number): { open: boolean; opens: string } {
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
