import { describe, expect, test } from '@jest/globals'
import { dropLinks, findUngrounded, isQuoted } from '../../src/answer/grounding.ts'

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
