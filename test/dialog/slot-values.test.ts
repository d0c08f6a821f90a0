import { describe, expect, test } from '@jest/globals'
import { findValue, readValue } from '../../src/dialog/slot-values.ts'
import { processorMs } from '../setup/processor-time.ts'
import { needOf, ORDER } from './sample-dialog.ts'

/** A Sunday. */
const TODAY = '2026-11-22'

describe('an order number is found', () => {
  test.each([
    ['HL-20419', 'HL-20419'],
    ['hl-20419', 'HL-20419'],
    ['HL 20419', 'HL-20419'],
    ['hl20419 please', 'HL-20419'],
    ['It is #HL-20419.', 'HL-20419'],
    ['HL–20419', 'HL-20419'],
    ["it's HL-20420, not HL-20419", 'HL-20420'],
    ['ＨＬ-20419', 'HL-20419'],
    ['any news on HL-20419? HL-20419!', 'HL-20419'],
    ['HL-20419 or HL-20420', undefined],
    ['HL-204190', undefined],
    ['XHL-20419', undefined],
    ['HL-20419-2', undefined],
    ['20419', undefined],
    ['', undefined],
  ])('in %j: %s', (text, value) => expect(findValue(ORDER, text, TODAY)).toBe(value))

  test('without a pattern, wherever a word has three digits', () => {
    const need = needOf('order')
    expect(findValue(need, 'my order is 4711-88 ok', TODAY)).toBe('4711-88')
    expect(findValue(need, 'in 24 hours', TODAY)).toBeUndefined()
  })
})

test('an owner’s pattern with nested repetitions ends on a message made to keep it busy', () => {
  const need = needOf('order', { pattern: '^HL-?(?:\\d+-?)+\\d{3}$' })
  expect(findValue(need, `where is my order HL${'1'.repeat(35)}x`, TODAY)).toBeUndefined()
  expect(readValue(needOf('text', { pattern: '(?:\\w+\\s?)+!' }), 'word '.repeat(199), TODAY)).toBeUndefined()
  expect(findValue(need, 'where is my order hl 11-22-333?', TODAY)).toBe('HL-11-22-333')
})

describe('an e-mail address is found', () => {
  test.each([
    ['ana@example.com', 'ana@example.com'],
    ['Write to <Ana.Lima+shop@Mail.Example.CO.UK>.', 'Ana.Lima+shop@mail.example.co.uk'],
    ["it's o'neil@example.com, thanks", "o'neil@example.com"],
    ['ana@example', undefined],
    ['ana@@example.com', undefined],
    ['ana..lima@example.com', undefined],
    ['.ana@example.com', undefined],
    ['ana@-example.com', undefined],
    ['@harbourlane hi', undefined],
    ['a@example.com or b@example.com', undefined],
    [`${'a'.repeat(65)}@example.com`, undefined],
  ])('in %j: %s', (text, value) => expect(findValue(needOf('email'), text, TODAY)).toBe(value))
})

describe('a phone number is found', () => {
  test.each([
    ['07400 123456', '+447400123456'],
    ['call me on +44 7400 123 456 please', '+447400123456'],
    ['0121 234 5678', '+441212345678'],
    ['+353 86 123 4567', '+353861234567'],
    ['12345', undefined],
    ['HL-20419', undefined],
  ])('in %j: %s', (text, value) => expect(findValue(needOf('phone'), text, TODAY)).toBe(value))
})

describe('a postcode or an Eircode is found', () => {
  test.each([
    ['ba1 5ln', 'BA1 5LN'],
    ['SW1A1AA', 'SW1A 1AA'],
    ['7 Mill Street, Bath, BA1 5LN', 'BA1 5LN'],
    ['D13 X2K7', 'D13 X2K7'],
    ['d6wxy45', 'D6W XY45'],
    ['HL-20419', undefined],
    ['12345', undefined],
  ])('in %j: %s', (text, value) => expect(findValue(needOf('postcode'), text, TODAY)).toBe(value))
})

describe('an amount', () => {
  test.each([
    ['I paid £1,200.50 for it', '1200.5', '1200.5'],
    ['£30', '30', '30'],
    ['12 quid', '12', '12'],
    ['1.200,50 €', '1200.5', '1200.5'],
    ['30', undefined, '30'],
    ['about 30.', undefined, '30'],
    ['two of 3 cost £20', '20', '20'],
    ['lots', undefined, undefined],
    ['between 20 and 30', undefined, undefined],
  ])('in %j: %s in passing, %s as an answer', (text, inPassing, asAnswer) => {
    expect(findValue(needOf('amount'), text, TODAY)).toBe(inPassing)
    expect(readValue(needOf('amount'), text, TODAY)).toBe(asAnswer)
  })
})

describe('a date is found', () => {
  test.each([
    ['2026-11-05', '2026-11-05'],
    ['5/11/2026', '2026-11-05'],
    ['05.11.26', '2026-11-05'],
    ['5/11', '2026-11-05'],
    ['on the 5th of November', '2026-11-05'],
    ['Nov 5th, 2025', '2025-11-05'],
    ['5 December 2026', '2026-12-05'],
    ['10 Jan', '2027-01-10'],
    ['28 december', '2026-12-28'],
    ['today', '2026-11-22'],
    ['Yesterday!', '2026-11-21'],
    ['the day before yesterday', '2026-11-20'],
    ['tomorrow', '2026-11-23'],
    ['last Friday', '2026-11-20'],
    ['last sunday', '2026-11-15'],
    ['next Monday', '2026-11-23'],
    ['29 February 2024', '2024-02-29'],
    ['29 February 2026', undefined],
    ['31/04/2026', undefined],
    ['13/13/2026', undefined],
    ['Monday', undefined],
    ['5 or 6 December', undefined],
    ['5 December or 6 December', undefined],
    ['in a while', undefined],
    ['HL-20419', undefined],
    ['v1.2.3', undefined],
  ])('in %j: %s', (text, value) => expect(findValue(needOf('date'), text, TODAY)).toBe(value))

  test('over the turn of the year', () => {
    expect(findValue(needOf('date'), 'yesterday', '2027-01-01')).toBe('2026-12-31')
    expect(findValue(needOf('date'), '30 December', '2027-01-02')).toBe('2026-12-30')
    expect(findValue(needOf('date'), 'the day before yesterday', '2028-03-01')).toBe('2028-02-28')
  })
})

describe('an answer to a question', () => {
  const size = needOf('choice', {
    choices: { 'size or colour': ['size', 'colour', "doesn't fit"], faulty: ['faulty', 'broken'] },
  })
  test.each([
    [size, 'wrong SIZE', 'size or colour'],
    [size, "it doesn't fit", 'size or colour'],
    [size, 'size or colour', 'size or colour'],
    [size, 'broken and wrong size', undefined],
    [size, 'oversized', undefined],
    [needOf('yes-no'), 'yes please', 'yes'],
    [needOf('yes-no'), 'Nope.', 'no'],
    [needOf('yes-no'), 'yes I looked everywhere in the house and found nothing', 'yes'],
    [needOf('yes-no'), 'maybe', undefined],
    [needOf('text'), '  the blue vase ', 'the blue vase'],
    [needOf('text'), '   ', undefined],
    [needOf('text'), 'x'.repeat(1001), undefined],
    [needOf('text', { pattern: '[A-Z]{3}' }), 'ABC', 'ABC'],
    [needOf('text', { pattern: '[A-Z]{3}' }), 'ABCD', undefined],
  ])('%# %j', (need, text, value) => expect(readValue(need, text, TODAY)).toBe(value))

  test('free text and choices are never guessed in passing', () => {
    expect(findValue(size, 'it is broken', TODAY)).toBeUndefined()
    expect(findValue(needOf('text'), 'hello', TODAY)).toBeUndefined()
  })
})

test('a long message is read in good time', () => {
  const texts = ['a@'.repeat(50_000), '1'.repeat(100_000), '1 november '.repeat(10_000), 'HL '.repeat(30_000)]
  const read = () => {
    for (const text of texts)
      for (const type of ['order', 'email', 'phone', 'postcode', 'amount', 'date'] as const)
        findValue(needOf(type), text, TODAY)
  }
  expect(processorMs(read)).toBeLessThan(2000)
})
