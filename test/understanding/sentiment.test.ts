import { describe, expect, test } from '@jest/globals'
import { classifyComplaint, rateUrgency } from '../../src/understanding/nlu/complaint.ts'
import { sentiment } from '../../src/understanding/nlu/sentiment.ts'
import { findSignals } from '../../src/understanding/nlu/signals/signals.ts'

const turn = (text: string) => ({
  text,
  signals: findSignals(text, []),
  sentiment: sentiment(text),
  isSpecific: false,
})

describe('mood', () => {
  test.each(['I love this blanket, thank you!', 'You were so helpful 😊', 'great service'])('`%s` is glad', (text) => {
    expect(sentiment(text)).toBeGreaterThan(0.2)
  })

  test.each([
    'This is the worst service ever',
    'not happy at all',
    'not good',
    'I have been waiting for 3 hours 😡',
    'WHAT A TERRIBLE COMPANY',
  ])('`%s` is cross', (text) => {
    expect(sentiment(text)).toBeLessThan(-0.2)
  })

  test.each(['What are your opening hours?', 'I ordered a lamp on Monday', ''])('`%s` is neither', (text) => {
    expect(Math.abs(sentiment(text))).toBeLessThan(0.2)
  })

  test('shouting makes it stronger, never stronger than 1', () => {
    expect(sentiment('WORST SHOP EVER')).toBeLessThan(sentiment('worst shop ever'))
    expect(sentiment('worst '.repeat(500))).toBeGreaterThanOrEqual(-1)
  })
})

describe('complaints', () => {
  test.each([
    ['none', 'How long does delivery take?'],
    ['none', 'Thank you, the lamp is beautiful!'],
    ['none', 'Where is my order?'],
    ['none', 'I want to return a jacket'],
    ['rant', 'You people are the worst. Absolutely pathetic.'],
    ['rant', 'never again. hate this place'],
    ['minor', 'My parcel arrived broken'],
    ['minor', 'The app keeps crashing when I check out, so annoying'],
    ['minor', 'Your delivery is terrible, my order is late'],
    ['minor', 'Great, another week of waiting for my refund'],
    ['major', 'your kettle burned my hand'],
    ['major', 'I am going to sue you'],
    ['major', 'this is the third time I write to you about this'],
    ['major', 'my account has been hacked'],
    ['major', "I can see someone else's order in my account"],
  ])('%s: `%s`', (complaint, text) => {
    expect(classifyComplaint(turn(text))).toBe(complaint)
  })
})

describe('urgency', () => {
  test('harm to a person is as urgent as can be', () => {
    expect(rateUrgency(turn('your heater caught fire'), 'none')).toBe(1)
  })

  test('rises from a question over a deadline to an emergency', () => {
    const calm = rateUrgency(turn('how do I wash linen?'), 'none')
    const soon = rateUrgency(turn('I need to change the address, it ships tomorrow'), 'none')
    const now = rateUrgency(turn('URGENT please help, the wedding is tomorrow'), 'none')
    expect(calm).toBeLessThan(soon)
    expect(soon).toBeLessThan(now)
  })
})
