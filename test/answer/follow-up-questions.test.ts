import { describe, expect, test } from '@jest/globals'
import { completeQuestion, splitQuestions } from '../../src/answer/follow-up-questions.ts'

const having = (text: string) => [
  { authorKind: 'customer', text: 'Hello' },
  { authorKind: 'customer', text },
  { authorKind: 'bot', text: 'Five pounds to the mainland.' },
]

describe('half a question', () => {
  test.each([
    ['How much is delivery to Ireland?', 'and how long does that take?', 'delivery ireland how long does that take?'],
    ['How do I return a lamp?', 'Ok, and for a sofa?', 'return lamp for a sofa?'],
    ['How do I return a lamp?', 'Does it cost anything?', 'return lamp Does it cost anything?'],
    ['Can I wash the wool duvet?', 'how often?', 'wash wool duvet how often?'],
    ['Do you have a showroom?', 'What about Leeds?', 'showroom Leeds?'],
  ])('after “%s”, “%s” is “%s”', (before, text, whole) => {
    expect(completeQuestion(text, having(before))).toEqual({ whole, before })
  })

  test.each([
    ['says what it is about', 'Where is your showroom in Bristol?', having('How do I return a lamp?')],
    ['has nothing before it', 'and how long does that take?', []],
    [
      'has only the bot before it',
      'and how long does that take?',
      [{ authorKind: 'bot', text: 'Hello, how can I help?' }],
    ],
    ['has only empty words before it', 'and how long?', having('thanks, that is great')],
    ['is long', `and ${'really '.repeat(12)}how long does that take?`, having('How much is delivery?')],
    ['is empty', '', having('How much is delivery?')],
  ])('what %s stands by itself', (_, text, history) => {
    expect(completeQuestion(text, history)).toBeUndefined()
  })
})

describe('several questions', () => {
  test.each([
    ['How much is delivery? Do you deliver on Sundays?', ['How much is delivery?', 'Do you deliver on Sundays?']],
    [
      'How much is delivery to Leeds? And how long does it take?',
      ['How much is delivery to Leeds?', 'delivery leeds how long does it take?'],
    ],
    ['Where is your showroom? Is there parking near the showroom? Do you sell rugs there? Do you sell lamps there?', 3],
  ])('`%s` asks', (text, asked) => {
    if (typeof asked === 'number') expect(splitQuestions(text)).toHaveLength(asked)
    else expect(splitQuestions(text)).toEqual(asked)
  })

  test.each([
    'How much is delivery?',
    'Seriously? Where is my parcel from Monday?',
    'I bought a lamp. It is broken. Can I return the lamp?',
    '',
  ])('`%s` asks one thing, or none', (text) => {
    expect(splitQuestions(text)).toEqual([])
  })
})
