import { describe, expect, test } from '@jest/globals'
import { completeQuestion, splitQuestions, splitRequests } from '../../src/answer/follow-up-questions.ts'

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

const wholes = (text: string) => splitQuestions(text).map(({ own, whole }) => whole ?? own)

describe('several questions', () => {
  test.each([
    ['How much is delivery? Do you deliver on Sundays?', ['How much is delivery?', 'Do you deliver on Sundays?']],
    [
      'How much is delivery to Leeds? And how long does it take?',
      ['How much is delivery to Leeds?', 'delivery leeds how long does it take?'],
    ],
    [
      'hi, is the pan oven safe and can I put the lid in the dishwasher',
      ['is the pan oven safe', 'can I put the lid in the dishwasher'],
    ],
    [
      'Two things: do you sell gift cards, and where is your shop?',
      ['do you sell gift cards', 'sell gift cards where is your shop?'],
    ],
    ['do you ship to France and what does it cost?', ['do you ship to France', 'ship france what does it cost?']],
  ])('`%s` asks', (text, asked) => {
    expect(wholes(text)).toEqual(asked)
  })

  test('are three at most', () => {
    expect(
      splitQuestions(
        'Where is your showroom? Is there parking near the showroom? Do you sell rugs there? Do you sell lamps there?',
      ),
    ).toHaveLength(3)
  })

  test.each([
    'How much is delivery?',
    'Seriously? Where is my parcel from Monday?',
    'I bought a lamp. It is broken. Can I return the lamp?',
    'do you sell rugs and cushions?',
    'I love my lamp and how do I clean it?',
    'how and when do you deliver',
    'is it ok to wash and dry the throw?',
    '',
  ])('`%s` asks one thing, or none', (text) => {
    expect(splitQuestions(text)).toEqual([])
  })
})

describe('the parts of a message', () => {
  test('are a question and a wish', () => {
    expect(splitRequests('how long do refunds take and can you cancel HL-20419?')).toEqual([
      { text: 'how long do refunds take', isQuestion: true, isWish: false },
      { text: 'can you cancel HL-20419?', isQuestion: true, isWish: true },
    ])
    expect(splitRequests('I want to return a rug. Also what time do you close?')).toMatchObject([
      { text: 'I want to return a rug.', isQuestion: false, isWish: true },
      { isQuestion: true, isWish: false },
    ])
  })

  test('are clauses where commas count', () => {
    const text = 'cancel it, no leave it, just change the address'
    expect(splitRequests(text)).toEqual([])
    expect(splitRequests(text, true).map((one) => one.text)).toEqual(text.split(', '))
  })

  test.each(['where is my order', 'Hello. Where is my order?', 'do you sell rugs and cushions?', ''])(
    '`%s` has one',
    (text) => expect(splitRequests(text)).toEqual([]),
  )

  test('of a story are none', () => {
    expect(
      splitRequests('The lamp came. It hums. The shade leans. The plug is warm. The box broke. Mend the lamp.'),
    ).toEqual([])
  })
})
