// Whoever wants no person is not taken for one who asks for one, and what else they say is left to be read.
import { expect, test } from '@jest/globals'
import { withoutDeclined } from '#understanding'

test.each([
  ["I don't need anybody for this, what does the lamp weigh?", 'for this, what does the lamp weigh?'],
  ['never asked for an agent. where is my parcel', 'where is my parcel'],
  ['no need to call a colleague, just tell me the price', 'tell me the price'],
  ["hey, don't put me through to your team - does it fold?", 'hey, - does it fold?'],
  ['I would rather not talk to someone', ''],
  ['no operator needed', ''],
])('`%s`', (text, rest) => {
  expect(withoutDeclined(text)).toBe(rest)
})

test.each([
  'you never put me through to anyone',
  'I still did not get a person',
  'is there no person I can speak to',
  "I don't want a chatbot, get me somebody",
  "I don't want someone who reads from a script",
  'they never asked for a colleague of yours, did they',
  'I need a person',
])('`%s` declines nobody', (text) => {
  expect(withoutDeclined(text)).toBeUndefined()
})
