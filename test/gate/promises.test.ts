import { describe, expect, test } from '@jest/globals'
import { openly } from '#gate'
import { lookAt, objections } from './drafts.ts'

const promises = {
  compensation: { most: 20, currency: 'GBP' },
  refund: { most: 20, currency: 'GBP' },
  discount: { most: 10 },
  'by-bot': [],
} as const

describe('nobody offers more than the brand allows', () => {
  test.each([
    ["We'll send you a £50 voucher.", '£50'],
    ['As an apology, here is a gift card of 25 pounds.', '25 pounds'],
    ["We'd like to offer you €30 as compensation.", '€30'],
    ['We can give you 20% off your next order.', '20%'],
    ['You will get fifty pounds of credit for the trouble.', 'fifty pounds'],
    ['We will refund you £500.', '£500'],
    ["I've credited £21.00 to your account.", '£21.00'],
    ['A goodwill gesture of £100 has been added to your account.', '£100'],
    ["We'll knock £40 off.", '£40'],
    ['How about twenty-five per cent off?', 'twenty-five per cent'],
    ['We will pay you £1,000.', '£1,000'],
  ])('%s', (text, said) => {
    for (const author of ['bot', 'form', 'template'] as const)
      expect(objections({ text, author, audience: 'private', sources: [] }, { promises })).toContain(
        `promise!: ${said}`,
      )
    expect(objections({ text }, { promises })).toContain(`promise!: ${said}`)
    expect(objections({ text, audience: 'private' }, { promises })).toEqual([`promise: ${said}`])
  })

  test('an agent may in private, with a reason, and never in public', () => {
    const draft = { text: "We'll send you a £50 voucher." }
    const context = { promises, override: 'my team leader agreed' }
    expect(lookAt({ ...draft, audience: 'private' }, context).verdict).toBe('pass')
    expect(lookAt({ ...draft, audience: 'public' }, context).verdict).toBe('block')
  })

  test('and what the brand offers nothing of, nobody offers', () => {
    expect(objections({ text: "We'll send you a £5 voucher.", audience: 'private' })).toEqual(['promise: £5'])
  })
})

describe('within what is allowed', () => {
  test.each(["We'll send you a £20 voucher.", 'We can give you 10% off your next order.', "We'll refund the £7.95."])(
    'an agent may say: %s',
    (text) => expect(objections({ text, audience: 'private' }, { promises })).toEqual([]),
  )

  test('the bot may not, unless the brand lets it', () => {
    const text = "We'll send you a £5 voucher."
    const draft = { text, author: 'template' as const, sources: openly(text), audience: 'private' as const }
    expect(objections(draft, { promises })).toEqual(['promise!: £5'])
    expect(objections(draft, { promises: { ...promises, 'by-bot': ['compensation'] } })).toEqual([])
  })

  test('the bot quotes what an article offers everybody, but no compensation above the cap', () => {
    const quote = (text: string) =>
      objections({ text, author: 'bot', audience: 'private', sources: openly(text) }, { promises })
    expect(quote('Sign up and you get 15 percent off your first order.')).toEqual([])
    expect(quote('We refund the £39 when the crew is late.')).toEqual([])
    expect(quote('For every late parcel we give you £500 in compensation.')).toEqual(['promise!: £500'])
  })

  test('what the case knows was paid is given back', () => {
    const known = [{ name: 'total', value: '129.00' }]
    expect(objections({ text: "We'll refund you £129.", audience: 'private' }, { promises, known })).toEqual([])
    expect(objections({ text: "We'll refund you £130.", audience: 'private' }, { promises, known })).toEqual([
      'promise: £130',
    ])
  })
})

describe('no better deal for shouting in public', () => {
  const offered = [{ kind: 'compensation', amount: 10 }] as const

  test('a case that was offered £10 is not offered £15 in public', () => {
    const verdict = lookAt({ text: "We'll send you a £15 voucher." }, { promises, offered, override: 'please' })
    expect(verdict.findings.map(({ rule, absolute }) => [rule, absolute])).toEqual([['other-offer', true]])
    expect(verdict.verdict).toBe('block')
  })

  test('the same offer is the same offer', () => {
    expect(objections({ text: "We'll send you a £10 voucher." }, { promises, offered })).toEqual([])
  })
})

describe('sums that are no offer', () => {
  test.each([
    'Standard delivery is £4.95, free when you spend £50 or more.',
    'Gift cards come from £10 to £500.',
    'You can add assembly for £45 an item.',
    'We charge £25 for moving the delivery.',
    'Your order came to £240, and it is on its way.',
    'You need no certificate for refunds under £500.',
    'A second visit costs £39.',
    'The sofa is 20% wool and 80% cotton.',
    'Your refund of £129 is on its way: five working days.',
    'Yes, from £30 to £1,500 with Klarna.',
    'You saved 20% in the sale.',
  ])('%s', (text) => {
    expect(objections({ text, audience: 'private' }, { promises })).toEqual([])
  })
})
