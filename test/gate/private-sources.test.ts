import { describe, expect, test } from '@jest/globals'
import { privateSource, publicSource } from '#gate'
import { lookAt, objections } from './gate-drafts.ts'

const why = { override: 'the customer wants it', today: '2026-11-25' }

describe('what came from private sources stays out of public, however harmless', () => {
  const known = [
    { name: 'day', value: '2026-11-27', lookedUp: true },
    { name: 'product', value: 'Alder desk' },
    { name: 'total', value: '89.50', lookedUp: true },
    { name: 'carrier', value: 'Evri', lookedUp: true },
    { name: 'date-of-birth', value: '12 April 1988' },
  ]

  test.each([
    'Your delivery is on Friday.',
    'It comes on 27 November.',
    'Expect it on November 27th.',
    'Expect it on 27/11.',
    'The driver comes on Fri.',
    'The Alder desk is on its way.',
    'Your order of £89.50 is on its way.',
    'Your £90 order is packed.',
    'You are 38, so that is fine.',
    'At 38 years old you may buy it.',
    'You were born on 12 April.',
    'Somebody born in 1988 may.',
  ])('%s', (text) => {
    expect({ text, verdict: lookAt({ text }, { known, ...why }).verdict }).toEqual({ text, verdict: 'block' })
  })

  test('a single word that a service told us may be argued', () => {
    expect(objections({ text: 'Evri brings it.' }, { known, today: '2026-11-25' })).toEqual(['private-source: Evri'])
  })

  test.each([
    'Our people are here Monday to Friday 8am to 8pm.',
    'We have desks and tables of oak.',
    'Standard delivery is £4.95.',
    'Orders arrive within 38 hours? No, within 3 days.',
    'Our sale ends soon.',
    'The desk is 89 cm wide.',
  ])('but not: %s', (text) => {
    expect(lookAt({ text }, { known, ...why }).verdict).toBe('pass')
  })

  test('what the customer asks about in public is answered there', () => {
    const heard = ['Is the Alder desk dishwasher safe, and do you deliver on Friday?']
    const text = 'The Alder desk is not, and yes, we deliver on Friday.'
    expect(objections({ text }, { known, heard, today: '2026-11-25' })).toEqual([])
  })

  test('what the customer wrote in public may still be private data, and is not repeated', () => {
    const order = [{ name: 'order-number', value: 'HL-20419' }]
    expect(lookAt({ text: 'We found HL-20419.' }, { known: order, heard: ['HL-20419 is late'], ...why }).verdict).toBe(
      'block',
    )
  })

  test('in private all of it is said', () => {
    const text = 'The Alder desk comes on Friday, 27 November; you paid £89.50.'
    expect(objections({ text, audience: 'private' }, { known, today: '2026-11-25' })).toEqual([])
  })
})

describe('a public draft that is made of private texts', () => {
  test('says nothing that only they have', () => {
    const sources = [...publicSource('It comes on {day}.'), ...privateSource('Tuesday', 'Loft bed, walnut', '3')]
    const bot = (text: string) => objections({ text, author: 'template', sources })
    expect(bot('It comes on Tuesday.')).toEqual(['private-source!: Tuesday'])
    expect(bot('Your walnut thing, 3 of them.')).toEqual(['private-source!: walnut', 'private-source!: 3'])
    expect(bot('It comes on time.')).toEqual([])
  })

  test('and a private article is not said to everybody', () => {
    const text = 'The difference goes to the way you paid within 5 working days of our yes.'
    expect(objections({ text, author: 'bot', sources: privateSource(text) })).toContainEqual(
      expect.stringMatching(/^private-source!: /),
    )
    expect(objections({ text, author: 'bot', sources: privateSource(text), audience: 'private' })).toEqual([])
  })
})
