import { describe, expect, test } from '@jest/globals'
import { dropLinks, findNotVerbatim, findUngrounded, isQuoted } from '../../src/answer/grounding.ts'

const PASSAGE =
  'You can return unused items within 30 days of delivery. Items that were opened for hygiene reasons cannot be returned. The refund arrives 5 to 7 days after we have the parcel.'

describe('what a model may say', () => {
  test.each([
    'You can return unused items within 30 days of delivery.',
    'Sure! You can return your unused item within 30 days of delivery. Happy to help!',
    'Opened items cannot be returned for hygiene reasons.',
    'The refund arrives 5 to 7 days after we have the parcel, thanks!',
  ])('`%s`', (text) => {
    expect(findUngrounded(text, PASSAGE)).toBeUndefined()
  })

  test.each([
    ['a number', 'You can return unused items within 60 days of delivery.'],
    ['a sentence', 'You can return unused items within 30 days. We also offer free gift wrapping in every store.'],
    ['the opposite', 'You cannot return unused items within 30 days of delivery.'],
    ['the opposite', 'Items that were opened for hygiene reasons can be returned.'],
    ['a masked', 'You can return unused items within 30 days, <EMAIL_1>.'],
    ['a sentence', 'Our competitor is better, buy a voucher at their website instead.'],
  ])('%s is not in the article: `%s`', (what, text) => {
    expect(findUngrounded(text, PASSAGE)).toContain(what)
  })

  test('a quote is word for word', () => {
    expect(isQuoted(PASSAGE, 'within 30 days  of delivery')).toBe(true)
    expect(isQuoted(PASSAGE, 'within thirty days of delivery')).toBe(false)
    expect(isQuoted(PASSAGE, '')).toBe(false)
  })

  test('links are dropped', () => {
    expect(dropLinks('See [our page](https://evil.example) or https://evil.example/x.')).toBe('See our page or')
  })
})

describe('in public a model says the article word for word', () => {
  const BLOCKS = [
    'You can return unused items within 30 days of delivery. Items that were opened for hygiene reasons cannot be returned, unless they are faulty. The refund arrives 5 to 7 working days after we have the parcel.',
    'Standard delivery is £4.95, free when you spend £50 or more. Next-day delivery is £7.95 and comes Monday to Saturday. It is not offered to islands.',
    'Not covered:\n• Batteries\n• Damage by water, unless the item is sold as waterproof',
    'Moving a delivery is free until noon two working days before it. After that moving it costs £25.',
    'Our showroom is open from 9 to 5. Dogs are welcome. Parking is behind the house.',
    'https://help.shop.example/returns',
  ]
  const [RETURNS = '', COSTS = '', , MOVING = '', SHOWROOM = ''] = BLOCKS

  test.each([
    RETURNS,
    `Hi there! ${RETURNS}`,
    `Thanks for your question. ${COSTS} I hope this helps!`,
    COSTS,
    MOVING,
    'Next-day delivery is £7.95 and comes Monday to Saturday. It is not offered to islands.',
    'The refund arrives 5 to 7 working days after we have the parcel.',
    `${SHOWROOM}\n\nHappy to help!`,
    'Our showroom is open from 9 to 5.',
    'Dogs are welcome. Parking is behind the house.',
    'Not covered:\n• Batteries\n• Damage by water, unless the item is sold as waterproof',
    `${RETURNS}\n\n${MOVING}`,
    'our showroom is open from 9 to 5! dogs are welcome.',
  ])('passes: %s', (text) => expect(findNotVerbatim(text, BLOCKS)).toBeUndefined())

  const swap = (text: string, from: string, to: string) => {
    expect(text).toContain(from)
    return text.replace(from, to)
  }
  const MUTATIONS: readonly string[] = [
    // Numbers.
    swap(RETURNS, '30 days', '60 days'),
    swap(RETURNS, '30 days', 'thirty-five days'),
    swap(RETURNS, '5 to 7', '5 to 9'),
    swap(RETURNS, '5 to 7', '5'),
    swap(RETURNS, '5 to 7', '7 to 5'),
    swap(COSTS, '£4.95', '£4.59'),
    swap(COSTS, '£50', '£5'),
    swap(COSTS, '£4.95', '£7.95'),
    swap(MOVING, '£25', '£0'),
    swap(MOVING, 'two working', 'three working'),
    swap(SHOWROOM, '9 to 5', '5 to 9'),
    // Units.
    swap(RETURNS, '30 days', '30 weeks'),
    swap(RETURNS, '30 days', '30 working days'),
    swap(RETURNS, '7 working days', '7 days'),
    swap(RETURNS, '7 working days', '7 hours'),
    swap(RETURNS, '7 working days', '7 working hours'),
    swap(COSTS, '£4.95', '€4.95'),
    swap(COSTS, '£50', '50 items'),
    swap(MOVING, 'two working days', 'two days'),
    swap(MOVING, 'noon', 'midnight'),
    // Negations.
    swap(RETURNS, 'cannot', 'can'),
    swap(RETURNS, 'You can', 'You cannot'),
    swap(RETURNS, 'unused items', 'no items'),
    swap(COSTS, 'is not offered', 'is offered'),
    swap(MOVING, 'is free', 'is not free'),
    swap(SHOWROOM, 'welcome', 'not welcome'),
    swap(SHOWROOM, 'Dogs', 'No dogs'),
    // Clauses added.
    swap(RETURNS, 'delivery.', 'delivery, and we refund it.'),
    swap(RETURNS, 'delivery.', 'delivery, no questions asked.'),
    swap(RETURNS, 'delivery.', 'delivery, whatever its state.'),
    swap(RETURNS, 'parcel.', 'parcel, at the latest.'),
    swap(COSTS, 'or more.', 'or more, always.'),
    swap(COSTS, 'Saturday.', 'Saturday, and on Sunday too.'),
    swap(SHOWROOM, '9 to 5.', '9 to 5, and on Sundays as well.'),
    `Yes, ${RETURNS}`,
    `${RETURNS} We pay the postage.`,
    `${RETURNS} You get a voucher for the trouble.`,
    `Of course! ${RETURNS}`,
    `${COSTS} Thanks, and it is free for you!`,
    `We promise: ${COSTS}`,
    `Hello, your refund is on its way. ${COSTS}`,
    `${SHOWROOM} Sorry, we also compensate you.`,
    `${SHOWROOM} Happy to help you get a refund.`,
    // Words.
    swap(RETURNS, 'unused items', 'items'),
    swap(RETURNS, 'unused', 'used'),
    swap(RETURNS, 'of delivery', 'of the order'),
    swap(RETURNS, 'return', 'keep'),
    swap(COSTS, 'Standard', 'Next-day'),
    swap(COSTS, 'Monday to Saturday', 'Saturday to Monday'),
    swap(COSTS, 'or more', 'or less'),
    swap(MOVING, 'until', 'after'),
    // Conditions swapped between sentences.
    'Items that were opened for hygiene reasons can be returned within 30 days of delivery.',
    'Next-day delivery is free when you spend £50 or more.',
    'Moving a delivery costs £25 until noon two working days before it. After that moving it is free.',
    // Sentences left out that change the sense, or out of their order.
    'You can return unused items within 30 days of delivery.',
    'Next-day delivery is £7.95 and comes Monday to Saturday.',
    'It is not offered to islands.',
    'Moving a delivery is free until noon two working days before it.',
    'After that moving it costs £25.',
    '• Batteries',
    '• Damage by water, unless the item is sold as waterproof',
    'You can return unused items within 30 days of delivery. The refund arrives 5 to 7 working days after we have the parcel.',
    'The refund arrives 5 to 7 working days after we have the parcel. You can return unused items within 30 days of delivery.',
    `${MOVING} ${RETURNS}`,
    `${SHOWROOM} ${SHOWROOM}`,
  ]

  test('none of the mutations passes', () => {
    expect(MUTATIONS.length).toBeGreaterThanOrEqual(60)
    expect(MUTATIONS.filter((text) => findNotVerbatim(text, BLOCKS) === undefined)).toEqual([])
  })
})

describe('in private numbers keep their units', () => {
  const said = 'We mend it within 6 working days, in 2 to 3 hours, for £20 at most.'

  test.each(['We mend it for £20 at most.', 'In 2 to 3 hours we mend it.', 'We mend it within six working days.'])(
    '`%s`',
    (text) => expect(findUngrounded(text, said)).toBeUndefined(),
  )

  test.each([
    'We mend it within 6 hours.',
    'We mend it within 6 days.',
    'We mend it within 6 working hours.',
    'We mend it within six weeks.',
    'In 2 to 3 days we mend it.',
    'We mend it for €20 at most.',
    'We mend it for 20 hours.',
  ])('not `%s`', (text) => expect(findUngrounded(text, said)).toContain('a number'))
})
