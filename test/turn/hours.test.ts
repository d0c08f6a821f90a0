import { describe, expect, test } from '@jest/globals'
import type { Brand } from '#policy'
import { dutyOf, todayOf } from '../../src/turn/hours.ts'

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
    expect(dutyOf(brand, at(iso))).toEqual({ open, opens })
  })

  test('the customer’s day is the brand’s day, also around midnight', () => {
    expect(todayOf(brand, at('2026-07-20T23:30:00Z'))).toBe('2026-07-21')
  })
})
