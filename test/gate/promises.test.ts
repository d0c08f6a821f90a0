import { describe, expect, test } from '@jest/globals'
import { publicSource } from '#gate'
import { lookAt, objections } from './gate-drafts.ts'

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
    const draft = { text, author: 'template' as const, sources: publicSource(text), audience: 'private' as const }
    expect(objections(draft, { promises })).toEqual(['promise!: £5'])
    expect(objections(draft, { promises: { ...promises, 'by-bot': ['compensation'] } })).toEqual([])
  })

  test('the bot quotes what an article offers everybody, but no compensation above the cap', () => {
    const quote = (text: string) =>
      objections({ text, author: 'bot', audience: 'private', sources: publicSource(text) }, { promises })
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

describe('a cap counts in its own currency', () => {
  const euros = { ...promises, compensation: { most: 10, currency: 'EUR' }, refund: { most: 10, currency: 'EUR' } }
  const kronor = { ...promises, compensation: { most: 200, currency: 'SEK' } }
  const because = (text: string, caps: object) =>
    lookAt({ text, audience: 'private' }, { promises: caps }).findings.map(({ because }) => because)

  test.each([
    'We will give you 9 pounds as goodwill.',
    "We'll send you a £9 voucher.",
    'Have nine quid on us for the trouble.',
    "I'll send you a fiver as an apology.",
    'We can offer you $9 of credit.',
    'We will refund you 9 US dollars.',
    "We'll add 9 bucks of goodwill credit.",
    'We offer you 9 GBP as compensation.',
    'Here is GBP 9 as a gesture of goodwill.',
    'We will pay you 90 kr for the trouble.',
    'We will give you 9 Swiss francs as an apology.',
    "We'll send you a voucher of 40 zł.",
    'We will credit you 900 yen for the inconvenience.',
    'We offer you 9 Polish zlotys as compensation.',
    'You get 99p of credit as an apology.',
  ])('10 EUR: %s', (text) => {
    const [said, ...others] = because(text, euros)
    expect(others).toEqual([])
    expect(said).toMatch(/in EUR alone, at most 10 EUR .* name the sum in EUR$/)
  })

  test.each([
    'We will give you 9 euros as goodwill.',
    "We'll send you a €9 voucher.",
    'We offer you 9 EUR as compensation.',
    "We'll refund you €7,95.",
    'We offer you nine euro of credit.',
  ])('10 EUR allows: %s', (text) => expect(because(text, euros)).toEqual([]))

  test.each([
    ["We'll send you a €11 voucher.", 'at most 10 EUR'],
    ["We'll send you a voucher of 1.000 euros.", 'at most 10 EUR'],
    ["We'll send you a €5k voucher.", 'at most 10 EUR'],
    ["We'll send you a voucher of 5-15 euros.", 'at most 10 EUR'],
    ["We'll send you a €6 voucher and €5 of credit.", 'more than 10 EUR'],
    ["We'll send you a €6 voucher for the lamp and a €6 voucher for the rug.", 'more than 10 EUR'],
    ["We'll send you a voucher worth €50.", 'at most 10 EUR'],
  ])('10 EUR forbids: %s', (text, why) => expect(because(text, euros).join()).toContain(why))

  test('a sign that several currencies share is the brand’s own', () => {
    expect(because('We will pay you 90 kr for the trouble.', kronor)).toEqual([])
    expect(because('We will pay you 90 Swedish kronor for the trouble.', kronor)).toEqual([])
    expect(because('We will pay you 90 Norwegian kroner for the trouble.', kronor).join()).toContain('SEK alone')
    const dollars = { ...promises, compensation: { most: 20, currency: 'CAD' } }
    expect(because('We will pay you $9 for the trouble.', dollars)).toEqual([])
    expect(because('We will pay you US$9 for the trouble.', dollars).join()).toContain('CAD alone')
  })

  test('what was offered in another currency is not added up', () => {
    const offered = [{ kind: 'compensation', amount: 5, currency: 'USD' }] as const
    const { findings } = lookAt(
      { text: 'We will give you £5 as goodwill.', audience: 'private' },
      { promises, offered },
    )
    expect(findings.map(({ because }) => because).join()).toContain('another currency before')
  })

  test('what was recorded without a currency was in the brand’s', () => {
    const offered = [{ kind: 'compensation', amount: 5 }] as const
    expect(
      objections({ text: 'We will give you £9 as goodwill.', audience: 'private' }, { promises, offered }),
    ).toEqual([])
    expect(
      objections({ text: 'We will give you £16 as goodwill.', audience: 'private' }, { promises, offered }),
    ).toEqual(['promise: £16'])
  })
})

describe('prices, rates and limits of any trade are no offer', () => {
  test.each([
    'Cash up to £200 a month is free; above that we take 2 %.',
    'You can have up to £500 cash a day from a machine.',
    'Exchanging up to £1,000 a month in the app is free on weekdays.',
    'Credit cards and cards from outside the UK cost 1.5 %.',
    'You can top up £1,000 a day by card and £20,000 by bank transfer.',
    'We pay 2.1 % a year on what is in a Pot.',
    'Topping up with a credit card costs £2, and you get a receipt.',
    'We offer credit of up to £5,000 to account holders.',
    'You get a credit limit of £1,500 to begin with.',
    'We take a deposit of £100 when you book.',
    'We take 2% of each transfer, at least 50p.',
    'The arranged overdraft is free for the first £15.',
    'You can receive £1,000 a day before we ask for more papers.',
    'A month at the gym is £24.99, and you can have a locker for £5 a month.',
    'Joining costs £25, and we take nothing if you leave within 14 days.',
    'Guests pay £12 a visit.',
    'You get a towel for £2 a visit.',
    'Personal training: you get ten sessions for £350.',
    'We charge £10 for a missed class.',
    'A hold bag is £35 each way; you can have one up to 23 kg.',
    'We charge £55 for a change of name.',
    'Infants travel for £25 each way.',
    'You can have a seat with more room from £8.',
    'A visa costs $160, and we arrange it for £40 a person.',
    'You get a room from £60 a night.',
    'We put £50 a night on your card as a deposit.',
    'Excess: you pay the first £250 of a claim.',
    'You can claim up to £2,000 an item under the policy.',
    'The premium is £18 a month, and you can pay it yearly.',
    'A SIM is free and you get 20 GB for £10 a month.',
    'Calls to Ireland cost 3p a minute, and you can have a bundle for £4 a month.',
    'You can get gift cards from £10 to £500.',
    'We add a booking fee of £1.50 per ticket.',
    'You can get parking for £3 an hour.',
    'We deliver free when you spend £50 or more.',
  ])('%s', (text) => {
    expect(objections({ text, audience: 'private' }, { promises })).toEqual([])
    expect(objections({ text, audience: 'private', author: 'bot', sources: publicSource(text) }, { promises })).toEqual(
      [],
    )
  })

  test.each([
    'Refer a friend and you get a £50 bonus.',
    'Switch to us and we give you £175.',
    'Sign up for the newsletter and you get 15 percent off your first order.',
  ])('an article offers it to everybody: %s', (text) => {
    expect(objections({ text, audience: 'public', author: 'bot', sources: publicSource(text) }, { promises })).toEqual(
      [],
    )
    expect(objections({ text, audience: 'private' }, { promises })).not.toEqual([])
  })
})
