// What only opens a conversation is greeted, and never a person's; what says more is more than a greeting.
import { describe, expect, test } from '@jest/globals'
import { findSignals } from '../../src/understanding/nlu/signals/signals.ts'

describe('a message that only opens a conversation', () => {
  test.each([
    'Get Started',
    'get started!',
    '/start',
    'Start',
    'Start chatting',
    'Empezar',
    'Démarrer',
    'Hi, is anyone there?',
    'hello?',
    'HELLOOO?? anyone??',
    'Hey guys, anybody around?',
    'are you there',
    'you there?',
    'excuse me, is there anybody out there?!',
    'Knock knock, anyone home??',
    '@harbourlane is somebody available please',
    'good morning team',
    '👋 hi',
  ])('is a greeting and nothing else: %s', (text) => {
    expect(findSignals(text, [])).toEqual(['greeting'])
  })
})

describe('a message that says more', () => {
  test.each([
    'Is anyone there who can cancel my order?',
    'Are you there on Sundays?',
    'hello? where is my parcel',
    'when does it start?',
    'Is there anybody in the showroom today?',
    'is the showroom there?',
    'Hi, can I get started with a trade account?',
  ])('still asks: %s', (text) => {
    expect(findSignals(text, [])).toContain('question')
  })

  test.each(['start my return', 'begin cancelling', 'anybody got a discount code', 'stop'])(
    'is no greeting: %s',
    (text) => {
      expect(findSignals(text, [])).not.toContain('greeting')
    },
  )
})
