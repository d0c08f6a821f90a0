import { describe, expect, test } from '@jest/globals'
import { publicSource } from '#gate'
import { objections } from './gate-drafts.ts'

describe('nobody gives medical advice', () => {
  test.each([
    'Take 400 mg of ibuprofen and you will be fine.',
    'You should take an antihistamine for that.',
    'Try some paracetamol and have a rest.',
    'It sounds like an allergic reaction to the dye.',
    "That's probably a second-degree burn.",
    'Put some hydrocortisone cream on the rash.',
    'Stop taking your medication for a few days.',
    "You don't need to see a doctor about it.",
    'There is no need to go to hospital.',
    'Run it under cold water for twenty minutes.',
    'Just burst the blister and it will heal.',
    'The candle is safe for you while pregnant.',
  ])('%s', (text) => {
    for (const audience of ['public', 'private'] as const)
      expect(objections({ text, audience })).toContainEqual(expect.stringMatching(/^medical-advice: /))
  })

  test('but a safety note of our own article is quoted as it is', () => {
    const text = 'If glass breaks on skin, run it under cold water and see a doctor.'
    expect(objections({ text, author: 'bot', sources: publicSource(text) })).toEqual([])
    expect(objections({ text, author: 'bot' })).toEqual([expect.stringMatching(/^medical-advice: /)])
  })
})

describe('nobody gives legal advice', () => {
  test.each([
    'You are entitled to sue us for that.',
    'You could take the courier to court.',
    'I would advise you to take legal action.',
    'You have a strong case against the manufacturer.',
    'Under the Consumer Rights Act you get your money back.',
    'Legally you have six years to claim.',
    'The law says that the seller has to pay.',
    'You would win in court with this.',
    'We admit liability for the damage.',
    'We are not legally liable for it.',
    'Your statutory rights include a repair.',
    'You are owed to damages? No: you are entitled to some damages.',
  ])('%s', (text) => {
    for (const audience of ['public', 'private'] as const)
      expect(objections({ text, audience })).toContainEqual(expect.stringMatching(/^legal-advice: /))
  })
})

describe('nobody writes anything sexual, and no reason allows it', () => {
  test.each([
    'You look so sexy in that photo.',
    'Send nudes and we will talk.',
    'Come to bed with me instead.',
    'We would love to hook up with you.',
    'That turns me on.',
    'Go naked in it.',
  ])('%s', (text) => {
    expect(objections({ text, audience: 'private' }, { override: 'a joke' })).toContainEqual(
      expect.stringMatching(/^sexual!: /),
    )
  })
})

describe('what a shop says all day is none of these', () => {
  test.each([
    'Please see a doctor, or ring 111 if it gets worse.',
    'If anybody is hurt, call 999 first. A colleague is taking over now.',
    'Your statutory rights are not affected.',
    'We have passed this to our legal team, who will write to you.',
    'You are entitled to a refund within 30 days.',
    'Take the cover off and wash it at 30 degrees.',
    'Try the duvet for 30 nights.',
    'Use two tablets of dishwasher salt? No, one is enough for our pans.',
    'Put the legs on first, then turn it over.',
    'The lamp comes in nude pink, with a naked bulb.',
    'Our beds come in king and super king.',
    'The strip light is dimmable.',
    'It is safe to use in the oven up to 180 degrees.',
    'You can return it, and we take it back for free.',
    'The fabric is 400 g per square metre.',
    'Make the bed with the fitted sheet first.',
    'We are sorry that you had to wait.',
    'Have a look at your account; your case is with a colleague.',
    'The sofa looks like it is on its way.',
    'The paint has the first coat on.',
  ])('%s', (text) => {
    expect(objections({ text, audience: 'private' })).toEqual([])
  })
})
