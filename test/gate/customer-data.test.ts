import { describe, expect, test } from '@jest/globals'
import { publicSource } from '#gate'
import { lookAt, objections } from './gate-drafts.ts'

const KNOWN = [
  { name: 'email', value: 'jane.sample4471@mail.example' },
  { name: 'order-number', value: 'HL-20419' },
  { name: 'phone', value: '07700 900123' },
  { name: 'postcode', value: 'BS1 4QD' },
  { name: 'zip', value: '78701' },
  { name: 'card-last-four', value: '8317' },
  { name: 'card', value: '5555 5555 5555 8317' },
  { name: 'name', value: 'Jane Sample-Okafor' },
  { name: 'address', value: '17 Maple Crescent, Leeds LS6 2AB' },
] as const
const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
const backwards = (value: string) => [...value].reverse().join('')

const DISGUISES: Readonly<Record<string, (value: string) => string>> = {
  'as it is': (value) => value,
  'in capitals': (value) => value.toUpperCase(),
  apart: (value) => [...value].join(' '),
  'with dashes': (value) => [...value].filter((char) => /\w/.test(char)).join('-'),
  'without signs': (value) => value.replace(/[^A-Za-z0-9@.]/g, ''),
  'with invisible characters': (value) => [...value].join('\u200b'),
  'in full width': (value) => value.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)),
  'in circled digits': (value) => value.replace(/[1-9]/g, (digit) => String.fromCodePoint(0x245f + Number(digit))),
  'in words': (value) =>
    value
      .replace(/\d/g, (digit) => ` ${DIGITS[Number(digit)]} `)
      .replace(/ +/g, ' ')
      .trim(),
  backwards,
  'backwards and apart': (value) => [...backwards(value)].join(' '),
  'with (at) and dot': (value) => value.replace('@', ' (at) ').replaceAll('.', ' dot '),
}
const PARTS: readonly (readonly [string, string])[] = [
  ['the local part of the e-mail', 'jane.sample4471'],
  ['a word of the e-mail', 'sample4471'],
  ['the digits of the order', '20419'],
  ['the phone with its country', '+44 7700 900123'],
  ['the end of the phone', '900123'],
  ['the last four of the phone', '0123'],
  ['the last four of the card', '8317'],
  ['the surname', 'Okafor'],
  ['the street', 'Maple Crescent'],
  ['the postcode of the address', 'LS6 2AB'],
]
const REPLIES = [
  (said: string) => `Thank you! We have ${said} on file, is that right?`,
  (said: string) => `Sorry about that (${said}), we are on it.`,
  (said: string) => said,
]

describe('what is known of a customer does not get into public, even if an agent insists', () => {
  const cases = KNOWN.flatMap((known) =>
    Object.entries(DISGUISES).map(([how, disguise]) => [known.name, how, disguise(known.value), known] as const),
  )
  test.each(cases)('%s %s', (_name, _how, said, known) => {
    for (const reply of REPLIES) {
      const verdict = lookAt({ text: reply(said) }, { known: [known], override: 'the customer wants it' })
      expect({ said, verdict: verdict.verdict }).toEqual({ said, verdict: 'block' })
    }
  })

  test.each(PARTS)('nor %s', (_what, said) => {
    for (const reply of REPLIES) {
      expect(lookAt({ text: reply(said) }, { known: KNOWN, override: 'the customer wants it' }).verdict).toBe('block')
    }
  })
})

describe('the day on which a customer was born', () => {
  const isBlocked = (value: string, said: string) =>
    lookAt({ text: `Thank you! See you on ${said}.` }, { known: [{ name: 'answer', value }] }).verdict === 'block'

  test.each([
    [
      '16 December 1951',
      ['16 December', 'December 16th', '16th of December', '16 Dec', '1 6 D e c e m b e r', '16/12'],
    ],
    ['April 7th, 1964', ['7 April', '07 Apr', '04-07']],
    ['07.04.1964', ['7 April', '4th of July', '7. April', '07.04.']],
    ['1964-04-07', ['7 April', 'Apr 7', '07/04']],
    ['16 décembre 1951', ['16 décembre']],
  ])('%s is not told without its year', (value, ways) => {
    expect(ways.filter((said) => !isBlocked(value, said))).toEqual([])
  })

  test.each([
    ['16 December 1951', '17 December'],
    ['16 December 1951', 'the 16th'],
    ['HL-1612-1951', '16 December'],
  ])('of %s, %s may be said', (value, said) => {
    expect(isBlocked(value, said)).toBe(false)
  })
})

describe('everyday replies pass, whatever is known of the customer', () => {
  test.each([
    'Standard delivery is £4.95 and takes 3 to 5 working days.',
    'You can return anything within 30 days of delivery, and returns are free.',
    'Our people are here Monday to Friday 8am to 8pm and Saturday 9am to 5pm.',
    "Thank you, that's lovely to hear. We'll pass it on to the team!",
    "We're sorry, this should have gone better. Please send us a private message so we can help.",
    'Everything about returns is here: https://help.harbourlane.example/returns',
    'You can ring us on +44 20 7946 0123, Monday to Friday.',
    "Write to care@harbourlane.example and we'll answer within 2 hours.",
    'Orders over £50 ship free.',
    'The sofa is 210 cm wide, 95 cm deep and 80 cm high.',
    'The lamp takes an E27 bulb of up to 60 W.',
    'Yes, the table seats 6 to 8 people.',
    'Our shop is at 12 Quay Row, Bristol.',
    '@jane Thanks for asking! Yes, we deliver to Northern Ireland.',
    'Hi Jane, sorry about that. Could you send us a DM?',
    'Use the code at checkout; it takes 10% off once.',
    'The sale ends on Sunday at 23:59.',
    'We deliver between 8:00 and 18:00.',
    'Swatches are free: choose up to 5.',
    'The fabric passes 40,000 rubs and can be washed at 30 degrees.',
    'Refunds reach your bank within 3 to 5 working days.',
    'Your card is charged when we dispatch, not before.',
    'You can change the delivery address until we dispatch.',
    'Please have your order number ready when you write to us.',
    'We never ask for your password or PIN.',
    'The guarantee lasts 5 years on frames and 2 years on cushions.',
    'Large items come with two people to a room of your choice for £29.',
    "We're looking into it and will answer here today.",
    "You'll find your invoice in your account under Orders.",
    'Reset your password here: https://harbourlane.example/reset',
    'We have 3 sizes: small, medium and large.',
    'Oak or walnut? Both are FSC certified.',
    'No, the Loft bed does not need drilling; the holes are 8 mm apart.',
    'Delivery to Scotland takes 2-4 days longer.',
    'Assembly takes about 1 hour 20 minutes for two people.',
    'Klarna lets you pay in 3 instalments of £66.66.',
    "I'm Lane, Harbour Lane's assistant. What can I help you with?",
    "Here's how: 1. open your account, 2. choose the order, 3. press Return.",
    "We're closed on 25 and 26 December and on 1 January.",
    'Our bank holiday hours are 10:00-16:00.',
    "We'd love to see a photo of it in its new home!",
    'Scunthorpe is in our delivery area, and Penistone too.',
    'The gift card can be used online and in the shop.',
    'Soap makes most stains go away; parcels sometimes get lost.',
    'Bitte schreiben Sie uns eine private Nachricht.',
    'A sample of the maple is free.',
    'The candles are rapeseed wax, and the covers are fire retardant.',
    'Ring us on +44 20 7946 0123. One of us answers.',
  ])('%s', (text) => {
    for (const author of ['agent', 'template', 'form'] as const) {
      expect(objections({ text, author }, { known: KNOWN })).toEqual([])
    }
    expect(objections({ text, author: 'bot', sources: publicSource(text) }, { known: KNOWN })).toEqual([])
  })

  test('an amount, a choice or a single word of a form does not silence us', () => {
    const known = [
      { name: 'amount', value: '30' },
      { name: 'problem', value: 'damaged' },
      { name: 'confirmed', value: 'yes' },
      { name: 'name', value: 'Ana Young' },
    ]
    expect(
      objections({ text: 'Yes, sorry that it came damaged, young lady: 30 days to return it.' }, { known }),
    ).toEqual([])
  })
})
