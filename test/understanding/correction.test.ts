import { describe, expect, test } from '@jest/globals'
import { withoutCorrection } from '../../src/understanding/nlu/correction.ts'

describe('a correction of how the customer was understood', () => {
  test.each([
    ['no I meant the gift card', 'the gift card'],
    ["that's not what I asked. I was asking about parking", 'parking'],
    ['sorry, what I meant was can I collect it', 'can I collect it'],
    ['I mean the bed not the mattress', 'the bed not the mattress'],
    ["I'm not unhappy, just curious how the tap comes off", 'how the tap comes off'],
    ["we don't want our money back, we only want to know when it comes", 'when it comes'],
    ['no scrap that, how do I swap sizes', 'how do I swap sizes'],
    ['forget it. is there parking', 'is there parking'],
    ['not here to moan. only asking about parking', 'parking'],
  ])('`%s` is about `%s`', (text, meant) => {
    expect(withoutCorrection(text)).toBe(meant)
  })

  test.each([
    'no',
    'I asked you yesterday',
    'my parcel is late, just asking where it is',
    "that's not what I asked",
    'no thanks',
    'never mind',
    'forget it, thanks',
    'what does that mean',
  ])('`%s` stays as it is', (text) => {
    expect(withoutCorrection(text)).toBe(text)
  })
})
