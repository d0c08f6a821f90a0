import { describe, expect, test } from '@jest/globals'
import { addBusinessMinutes, type Brand, localDate, openingState, slaDueAt } from '#policy'

const brand = {
  hours: {
    zone: 'Europe/London',
    monday: '08:00-20:00',
    tuesday: '08:00-20:00',
    wednesday: '08:00-20:00',
    thursday: '08:00-20:00',
    friday: '08:00-20:00',
    saturday: '09:00-17:00',
    sunday: 'closed',
  },
} as Brand

const at = (iso: string) => Date.parse(iso)

describe('whether people are on duty', () => {
  test.each([
    ['on a weekday at noon', '2026-11-23T12:00:00Z', true, ''],
    ['at the minute of opening', '2026-11-23T08:00:00Z', true, ''],
    ['at the minute of closing', '2026-11-23T20:00:00Z', false, 'tomorrow at 08:00'],
    ['before opening', '2026-11-23T06:30:00Z', false, 'today at 08:00'],
    ['on Saturday night', '2026-11-21T22:00:00Z', false, 'on Monday at 08:00'],
    ['on Sunday', '2026-11-22T12:00:00Z', false, 'tomorrow at 08:00'],
    ['in summer time, by the brand’s clock', '2026-07-20T07:30:00Z', true, ''],
  ])('%s', (_, iso, open, opens) => {
    expect(openingState(brand, at(iso))).toEqual({ open, opens })
  })

  test('the customer’s day is the brand’s day, also around midnight', () => {
    expect(localDate(brand, at('2026-07-20T23:30:00Z'))).toBe('2026-07-21')
  })
})

test('what is urgent is due by the clock, also at night; anything else in opening time', () => {
  const due = { urgent: 15, high: 60, normal: 120, low: 480 }
  const night = slaDueAt({ ...brand, due }, at('2026-11-23T22:00:00Z'))
  expect(night('urgent')).toBe(at('2026-11-23T22:15:00Z'))
  expect(night('high')).toBe(at('2026-11-24T09:00:00Z'))
})

describe('minutes of opening time', () => {
  test.each([
    ['in the middle of a day', '2026-11-23T12:00:00Z', 90, '2026-11-23T13:30:00Z'],
    ['to the minute of closing', '2026-11-23T19:00:00Z', 60, '2026-11-23T20:00:00Z'],
    ['over a night', '2026-11-23T19:30:00Z', 60, '2026-11-24T08:30:00Z'],
    ['from before opening', '2026-11-23T03:00:00Z', 15, '2026-11-23T08:15:00Z'],
    ['over a Sunday', '2026-11-21T16:30:00Z', 120, '2026-11-23T09:30:00Z'],
    ['over days', '2026-11-23T08:00:00Z', 24 * 60, '2026-11-24T20:00:00Z'],
    ['over the night in which summer time ends', '2026-10-24T15:30:00Z', 60, '2026-10-26T08:30:00Z'],
    ['over the night in which it begins', '2026-03-28T16:59:00Z', 60, '2026-03-30T07:59:00Z'],
    ['none at all', '2026-11-23T12:00:00Z', 0, '2026-11-23T12:00:00Z'],
  ])('%s', (_, from, minutes, expected) => {
    expect(new Date(addBusinessMinutes(brand, at(from), minutes)).toISOString()).toBe(new Date(expected).toISOString())
  })

  test('are any minutes for a brand that never opens', () => {
    const days = Object.keys(brand.hours).filter((name) => name !== 'zone')
    const hours = { zone: 'Europe/London', ...Object.fromEntries(days.map((day) => [day, 'closed'])) } as Brand['hours']
    expect(addBusinessMinutes({ hours }, at('2026-11-23T12:00:00Z'), 30)).toBe(at('2026-11-23T12:30:00Z'))
  })
})
