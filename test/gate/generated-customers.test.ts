// Customers nobody has written down: whatever their values are, and however they are written, no part of them gets into
// public, and everyday replies to them still do.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { lookAt, objections } from './gate-drafts.ts'

const SEED = 20_261_125
const CUSTOMERS = 12
const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
const FIRST = ['Aoife', 'Bilal', 'Chidi', 'Daphne', 'Eirik', 'Farida', 'Goran', 'Hannah', 'Ines', 'Jowan']
const LAST = [
  'Achterberg',
  'Brzezicki',
  'Chukwuma',
  'Delacroix',
  'Eszterhas',
  'Fitzwilliam',
  'Grzybowska',
  'Haddad',
  'Ibarra',
  'Kowalczyk',
]
const STREETS = ['Larkspur Terrace', 'Bellweather Road', 'Quarrybank Lane', 'Nettlefold Avenue', 'Thornhaugh Crescent']
const AREAS = ['BS1 4', 'LS6 2', 'M14 5', 'EH3 9', 'CF10 1', 'NE2 3']

const digits = (length: number) =>
  fc.array(fc.integer({ min: 1, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(''))
const backwards = (value: string) => [...value].reverse().join('')

type Field = { readonly name: string; readonly value: string; readonly parts: readonly string[] }

const drawn = fc.record({
  first: fc.constantFrom(...FIRST),
  last: fc.constantFrom(...LAST),
  order: digits(5),
  end: digits(3),
  cards: digits(12),
  account: digits(9),
  house: fc.integer({ min: 1, max: 98 }),
  street: fc.constantFrom(...STREETS),
  area: fc.constantFrom(...AREAS),
  inward: fc.constantFrom('QD', 'AB', 'XW'),
  pounds: digits(3),
  pence: digits(2),
  year: fc.integer({ min: 1950, max: 1999 }),
  day: fc.integer({ min: 10, max: 27 }),
})

const customers = (count: number): Field[][] => fc.sample(drawn, { seed: SEED, numRuns: count }).map(fieldsOf)

type Drawn = typeof drawn extends fc.Arbitrary<infer D> ? D : never
function fieldsOf({
  first,
  last,
  order,
  end,
  cards,
  account,
  house,
  street,
  area,
  inward,
  pounds,
  pence,
  year,
  day,
}: Drawn): Field[] {
  const local = `${first}.${last}${end}`.toLowerCase()
  const phone = `07700 900${end}`
  const card = `4929 ${cards.slice(0, 4)} ${cards.slice(4, 8)} ${cards.slice(8)}`
  const postcode = `${area}${inward}`
  const total = `${pounds}.${pence}`
  return [
    { name: 'email', value: `${local}@mail.example`, parts: [local] },
    { name: 'order-number', value: `HL-${order}`, parts: [order] },
    { name: 'phone', value: phone, parts: [phone.slice(-6), phone.slice(-4), `+44 ${phone.slice(1)}`] },
    { name: 'card', value: card, parts: [card.slice(-4), card.slice(-9)] },
    { name: 'account', value: account, parts: [account.slice(-4), account.slice(-6)] },
    { name: 'name', value: `${first} ${last}`, parts: [last] },
    {
      name: 'address',
      value: `${house} ${street}, ${postcode}`,
      parts: [street, postcode, area.slice(0, -2)],
    },
    { name: 'order-total', value: total, parts: [`£${total}`, `${total} pounds`, `£${Math.round(Number(total))}`] },
    {
      name: 'date-of-birth',
      value: `${year}-04-${day}`,
      parts: [
        `${day} April`,
        `April ${day}`,
        `${day}/04/${year}`,
        String(year),
        `you are ${2026 - year}`,
        `aged ${2026 - year}`,
      ],
    },
  ]
}

const DISGUISES: Readonly<Record<string, (value: string) => string>> = {
  plain: (value) => value,
  'in capitals': (value) => value.toUpperCase(),
  'with invisible characters': (value) => [...value].join('\u200b'),
  'in full width': (value) => value.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)),
}
/** These make a value unreadable where it is a date, a sum or a word. */
const FOR_NUMBERS: typeof DISGUISES = {
  apart: (value) => [...value].join(' '),
  'with dashes': (value) => [...value].filter((char) => /\w/.test(char)).join('-'),
  'in words': (value) =>
    value
      .replace(/\d/g, (digit) => ` ${DIGITS[Number(digit)]} `)
      .replace(/ +/g, ' ')
      .trim(),
  backwards,
  'backwards and apart': (value) => [...backwards(value)].join(' '),
}
const REPLIES: readonly ((said: string) => string)[] = [
  (said) => `Thank you! We have ${said} here, is that right?`,
  (said) => `Sorry about that (${said}), we are on it.`,
]

describe.each(Object.entries({ ...DISGUISES, ...FOR_NUMBERS }))('%s', (how, disguise) => {
  const all = customers(CUSTOMERS)

  const isSpelled = how in FOR_NUMBERS
  const names = (all[0] ?? []).map(({ name }) => name)
  // A date or a sum is read as one, and is nothing once it is taken apart.
  test.each(names.filter((name) => !isSpelled || !/date|total/.test(name)))(
    'no %s gets out, whole or in part',
    (name) => {
      const leaks = all.flatMap((known) =>
        known
          .filter((field) => field.name === name)
          .flatMap(({ value, parts }) => (isSpelled ? [value] : [value, ...parts]))
          .map((value, index) => REPLIES[index % REPLIES.length]?.(disguise(value)) ?? '')
          .filter(
            (text) => lookAt({ text }, { known, override: 'they want it', today: '2026-11-25' }).verdict === 'pass',
          ),
      )
      expect(leaks).toEqual([])
    },
  )
})

test('the same words pass where nothing of the kind is known, so that it is the knowledge which stops them', () => {
  const words = customers(1)
    .flat()
    .filter(({ name }) => /^name|total|date/.test(name))
    .flatMap(({ parts }) => parts)
    .filter((part) => !/\d{4}/.test(part))
  expect(words.length).toBeGreaterThan(5)
  for (const word of words) expect(lookAt({ text: `We have ${word} here.` }).verdict).toBe('pass')
})

test('everyday replies go out to every one of them', () => {
  const everyday = [
    'Thank you for telling us! A colleague looks into it today.',
    'Standard delivery is £4.95 and takes 3 to 5 working days, Monday to Friday.',
    'You can return anything within 30 days of delivery, in its packaging.',
    'The guarantee lasts 5 years on frames and 2 years on cushions.',
    'Please send us a private message with your order number and postcode.',
    'Our shop is at 12 Quay Row, Bristol; ring us on +44 20 7946 0123.',
    'The sofa is 210 cm wide, 95 cm deep and 80 cm high, in 12 colours.',
    'Yes, until 24 December at noon. More: https://help.harbourlane.example/delivery-times',
  ]
  for (const known of customers(40))
    for (const text of everyday) expect(objections({ text }, { known, today: '2026-11-25' })).toEqual([])
})
