// Who only asks whether anybody is there, or how long it takes, and who asks something else.
import { describe, expect, test } from '@jest/globals'
import { nudgeOf } from '#understanding'

describe('a message asks only whether anybody is there', () => {
  test.each([
    'hello?',
    'Hellooo??',
    'hi',
    'anyone there??',
    'is anybody still here?',
    'hey guys, you there?',
    '???',
    'any news?',
    'still waiting',
    'please reply',
    'Good morning, any update yet?',
    'am I talking to anyone',
    'ping',
  ])('%s', (text) => expect(nudgeOf(text)).toBe('presence'))
})

describe('a message asks only how long it takes', () => {
  test.each([
    'how long will it take?',
    'when?',
    'when',
    'How much longer do I have to wait',
    'eta?',
    'hi, when will somebody reply?',
    'what time will a colleague call back',
    'how long for a human to get back to us',
  ])('%s', (text) => expect(nudgeOf(text)).toBe('time'))
})

describe('a message with a matter of its own is no nudge', () => {
  test.each([
    '',
    '😡',
    'when will my sofa arrive?',
    'how long is the oak table?',
    'how long do refunds take',
    'is the Leeds shop still open?',
    'still waiting for my refund',
    'hello, I want to cancel',
    'there is smoke coming out of it',
    'any news about HL-20419?',
    'call 07700 900123',
    'hello hello hello hello hello hello hello hello hello hello hello',
  ])('%s', (text) => expect(nudgeOf(text)).toBeUndefined())
})
