// What a customer gave in passing stands in the handover summary, so that nobody asks for it again.
import { expect, test } from '@jest/globals'
import type { HistoryEvent, Message } from '#domain'
import { findPrivateData } from '#privacy'
import { givenValues } from '../../src/handoff/given-values.ts'

const START = Date.parse('2026-11-25T11:00:00Z')

function wrote(id: string, text: string, at = START): HistoryEvent {
  const conversation = { id: 'x:brand:dm:1', channel: 'x', audience: 'private' } as const
  const message: Message = {
    id,
    conversation,
    author: 'jo',
    authorKind: 'customer',
    text,
    at,
    privateData: findPrivateData(text),
  }
  return { at, type: 'message-received', message }
}

const stated = (history: readonly HistoryEvent[], facts: readonly { value: string }[] = []) =>
  givenValues(history, START, facts).map(({ name, value }) => [name, value])

test('an address, a telephone number and a name that no form asked for are stated', () => {
  const history = [wrote('1', 'My name is Lena Ortiz, lena@example.com.'), wrote('2', 'ring me on 07700 900123')]
  expect(stated(history)).toEqual([
    ['name', 'Lena Ortiz'],
    ['e-mail', 'lena@example.com'],
    ['phone', '07700 900123'],
  ])
})

test.each([
  ['the booking is QX7K2P', 'QX7K2P'],
  ['my user id: tom_baker_77', 'tom_baker_77'],
  ['flight BA2490 was late', 'BA2490'],
])('a code is stated whatever it counts: %s', (text, value) => {
  expect(stated([wrote('1', text)]).map(([, one]) => one)).toEqual([value])
})

test.each(['I want a TV for the A1 room', 'it is 2026 and I am 45', 'see #SALE2026 and @tom_baker'])(
  'no code: %s',
  (text) => expect(stated([wrote('1', text)])).toEqual([]),
)

test('a value is stated once, and not at all where a fact states it', () => {
  const history = [
    wrote('1', 'HL-20419'),
    wrote('2', 'order hl 20419, Lena@example.com'),
    wrote('3', 'lena@example.com'),
  ]
  expect(stated(history, [{ value: 'HL-20419' }])).toEqual([['e-mail', 'Lena@example.com']])
})

test('what was said before the case began, or is deleted, is not stated', () => {
  const gone: HistoryEvent = { at: START, type: 'message-deleted', message: '2' }
  expect(stated([wrote('1', 'old@example.com', START - 1), wrote('2', 'gone@example.com'), gone])).toEqual([])
})

test('a value names its message, and is masked as it is there', () => {
  expect(givenValues([wrote('m7', 'mail me: jo@example.com')], START, [])).toEqual([
    {
      name: 'e-mail',
      value: 'jo@example.com',
      messageId: 'm7',
      private: [{ type: 'email', start: 0, end: 'jo@example.com'.length }],
    },
  ])
})
