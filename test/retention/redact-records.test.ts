import { expect, test } from '@jest/globals'
import type { HistoryEvent } from '#domain'
import { redactMessages } from '../../src/retention/redact-records.ts'

const TEXT = 'My parcel never arrived, can you help me please?'

function received(id: string, text: string): HistoryEvent {
  const conversation = { id: 'x:1:post:1', channel: 'x', audience: 'public' } as const
  const message = { id, conversation, author: '7', authorKind: 'customer', text, at: 1 } as const
  return { at: 1, type: 'message-received', message }
}
const textsOf = (history: readonly HistoryEvent[]) =>
  history.map((event) => (event.type === 'message-received' ? event.message.text : ''))

test.each([
  ['the same words, said twice', TEXT],
  ['a longer message with the same sentence in it', `Hello! ${TEXT} It is urgent.`],
])('what was not deleted stays as it was: %s', (_, kept) => {
  const history = [received('a', TEXT), received('b', kept)]
  expect(textsOf(redactMessages({ history, effects: [] }, new Set(['a'])).history)).toEqual(['', kept])
})

test('what is quoted of a deleted message goes with it', () => {
  const queued: HistoryEvent = {
    at: 2,
    type: 'gate-blocked',
    by: 'bot',
    findings: [{ rule: 'r', because: `“${TEXT}”` }],
  }
  const left = redactMessages({ history: [received('a', TEXT), queued], effects: [] }, new Set(['a']))
  expect(JSON.stringify(left)).not.toContain('parcel')
})
