import { describe, expect, test } from '@jest/globals'
import { asksForHuman } from '../../src/understanding/nlu/signals/wants-human.ts'

describe('asking for a person', () => {
  test.each([
    'I want a human',
    'can I speak to someone please',
    'agent please',
    'agent',
    'Stop the bot!',
    'this is the third time, I want a human',
    'connect me to a real person',
    'I need to talk to a manager',
    'transfer me to an actual human being',
    "I don't want to talk to a bot",
    'please call me back',
    'is there a real person I can chat with?',
    'enough of this stupid chatbot',
    'get me a supervisor now',
    'Ich möchte mit einem Menschen sprechen',
    'quiero hablar con una persona',
  ])('`%s` asks for a person', (text) => {
    expect(asksForHuman(text)).toBe(true)
  })

  test.each([
    'are you a real person?',
    'I spoke to an agent yesterday and she was lovely',
    'can I collect it in person?',
    'no need for a human, thanks',
    'how many people fit around this table?',
    'please call me Sam',
    'is the travel agent discount still valid?',
  ])('`%s` does not', (text) => {
    expect(asksForHuman(text)).toBe(false)
  })
})
