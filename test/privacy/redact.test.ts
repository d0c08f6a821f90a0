import { describe, expect, test } from '@jest/globals'
import { maskPrivateData, normaliseValue, redact, unmask } from '#privacy'

describe('private values are taken out of a text', () => {
  test('for good, with a mark that says what was there', () => {
    expect(redact('I am at jo@mail.example, order HL-20419')).toEqual({
      text: 'I am at [email], order [order]',
      spans: [
        { type: 'email', start: 8, end: 23 },
        { type: 'order', start: 31, end: 39 },
      ],
    })
  })

  test('a text without any comes back as it was', () => {
    expect(redact('How much is delivery?')).toEqual({ text: 'How much is delivery?', spans: [] })
  })

  test('for one request, with the same token for the same value', () => {
    const { texts, values } = maskPrivateData([
      'jo@mail.example wrote; answer jo (at) mail dot example, cc ana@mail.example',
    ])
    expect(texts).toEqual(['<EMAIL_1> wrote; answer <EMAIL_1>, cc <EMAIL_2>'])
    expect(values).toEqual({ '<EMAIL_1>': 'jo@mail.example', '<EMAIL_2>': 'ana@mail.example' })
  })

  test('over several messages, with other tokens for other values', () => {
    const { texts, values } = maskPrivateData([
      'my mail is jo@mail.example',
      'or ana@mail.example',
      'again: JO@mail.example and HL-20419',
    ])
    expect(texts).toEqual(['my mail is <EMAIL_1>', 'or <EMAIL_2>', 'again: <EMAIL_1> and <ORDER_1>'])
    expect(unmask('Write to <EMAIL_2> about <ORDER_1>', values)).toBe('Write to ana@mail.example about HL-20419')
  })

  test('also of a value that begins in one message and ends in the next', () => {
    const { texts, values } = maskPrivateData(['my card is 4242 4242', '4242 4242, charged twice'])
    expect(texts).toEqual(['my card is <CARD_1>', '<CARD_1>, charged twice'])
    expect(Object.keys(values)).toEqual(['<CARD_1>'])
  })

  test('a token that the customer typed is not given a value', () => {
    const { texts, values } = maskPrivateData(['<EMAIL_1> is not mine', 'jo@mail.example is'])
    expect(texts).toEqual(['<EMAIL_1> is not mine', '<EMAIL_2> is'])
    expect(unmask('<EMAIL_1> <EMAIL_2> <PHONE_7>', values)).toBe('<EMAIL_1> jo@mail.example <PHONE_7>')
  })

  test('values come back as they were written', () => {
    const text = 'Card 5555-5555-5555-4444, ring 07700 900123, ip 192.0.2.1'
    const { texts, values } = maskPrivateData([text])
    expect(texts).toEqual(['Card <CARD_1>, ring <PHONE_1>, ip <IP_1>'])
    expect(unmask(texts.join(), values)).toBe(text)
  })
})

test.each([
  ['email', 'Jo.Bloggs (at) Mail dot Example', 'jo.bloggs@mail.example'],
  ['order', '#HL-20419', 'hl20419'],
  ['phone', '+44 7700 900123', '447700900123'],
  ['phone', '07700-900 123', '7700900123'],
  ['iban', 'GB29 nwbk 6016 1331 9268 19', 'gb29nwbk60161331926819'],
  ['name', '  Ana   GOMEZ ', 'ana gomez'],
] as const)('a value of type %s has one spelling: %s', (type, value, expected) => {
  expect(normaliseValue(type, value)).toBe(expected)
})
