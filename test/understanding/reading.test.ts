// What a message is taken for, given how likely each head finds it: the order is that of what a mistake costs.
import { describe, expect, test } from '@jest/globals'
import type { Chances } from '../../src/understanding/nlu/classifier/heads.ts'
import { readingOf, signalsOf } from '../../src/understanding/nlu/reading.ts'

const heard = (chances: Chances, isPlainPost = false) =>
  readingOf({ asks: 0.9, minor: 0, rant: 0, major: 0, ...chances }, { isPlainPost })

describe('what a message is', () => {
  test('danger is grave, whatever else is heard; beside glad words it has to be surer', () => {
    const glad = { major: 0.4, asks: 0.1, praise: 0.8 }
    expect(heard({ ...glad, danger: 0.7 })).toMatchObject({ danger: true, kind: 'complaint', complaint: 'minor' })
    expect(heard({ ...glad, danger: 0.4 })).toMatchObject({ danger: false, complaint: 'none' })
    expect(heard({ danger: 0.4, major: 0.4, spam: 0.9 })).toMatchObject({ danger: true, spam: false })
    expect(heard({ danger: 0.2, major: 0.9 }).danger).toBe(false)
    expect(heard({ danger: 0.35, major: 0.3, minor: 0.6 })).toMatchObject({ danger: false, complaint: 'minor' })
  })

  test('a complaint is of the likeliest kind; what is probably grave is grave', () => {
    expect(heard({ minor: 0.5, rant: 0.2 })).toMatchObject({ kind: 'complaint', complaint: 'minor' })
    expect(heard({ minor: 0.2, rant: 0.5 })).toMatchObject({ kind: 'complaint', complaint: 'rant' })
    expect(heard({ minor: 0.5, major: 0.46 })).toMatchObject({ kind: 'complaint', complaint: 'major' })
  })

  test('irony is a complaint, however kind the words', () => {
    expect(heard({ irony: 0.6, praise: 0.9, asks: 0.2 })).toMatchObject({ kind: 'complaint', irony: true })
  })

  test('who is content is thanked, and not where there may be a sour note', () => {
    expect(heard({ praise: 0.6, asks: 0.2 })).toMatchObject({ kind: 'praise', complaint: 'none' })
    expect(heard({ praise: 0.6, asks: 0.2, minor: 0.35 }).kind).toBe('doubt')
    expect(heard({ praise: 0.3, asks: 0.9 }).kind).toBe('asks')
  })

  test('who seems to ask for nothing and to be cross leaves us in doubt: neither thanks nor an apology', () => {
    expect(heard({ asks: 0.4, minor: 0.6 })).toMatchObject({ kind: 'doubt', complaint: 'none' })
    expect(heard({ asks: 0.4, minor: 0.6, irony: 0.3 }).kind).toBe('complaint')
    expect(heard({ asks: 0.6, minor: 0.4 }).kind).toBe('doubt')
    expect(heard({ asks: 0.8, minor: 0.4 }).kind).toBe('asks')
  })

  test('a plain post may be glad talk with a sour word, or a statement to nobody; in private both want something', () => {
    const sourWord = { asks: 0.8, minor: 0.55, praise: 0.1 }
    expect([heard(sourWord, true).kind, heard(sourWord).kind]).toEqual(['doubt', 'complaint'])
    expect(heard({ ...sourWord, 'account-specific': 0.7 }, true).kind).toBe('complaint')
    expect(heard({ ...sourWord, major: 0.6 }, true).kind).toBe('complaint')
    expect([heard({ asks: 0.6 }, true).kind, heard({ asks: 0.6 }).kind]).toEqual(['doubt', 'asks'])
  })

  test('talk that asks for nothing is idle', () => {
    expect(heard({ asks: 0.3 })).toMatchObject({ kind: 'idle', complaint: 'none' })
    expect(heard({ asks: 0.7 }).kind).toBe('asks')
  })

  test('fraud is heard from its bar on, is none far below it, and is left to the rules between', () => {
    const fraud = (chance: number) => heard({ fraud: chance }).fraud
    expect([fraud(0.4), fraud(0.2), fraud(0.02)]).toEqual([true, undefined, false])
  })

  test('an apology in public needs a complaint that praise does not contradict', () => {
    const sour = { asks: 0.6, minor: 0.6, irony: 0.25 }
    expect(heard({ ...sour, praise: 0.4 }, true).kind).toBe('doubt')
    expect(heard({ ...sour, praise: 0.1 }, true).kind).toBe('complaint')
    expect(heard({ ...sour, praise: 0.4 }).kind).toBe('complaint')
    expect(heard({ praise: 0.5, 'account-specific': 0.6 }, true).kind).not.toBe('praise')
  })

  test('where nobody judged complaints, nothing is said of them', () => {
    expect(readingOf({ 'account-specific': 0.9 })).toEqual({
      kind: 'asks',
      idle: 0,
      complaint: undefined,
      danger: false,
      spam: false,
      irony: false,
      fraud: undefined,
      happened: false,
      asked: false,
      accountSpecific: true,
      mayBeHarm: false,
      isWarm: false,
    })
  })
})

describe('the signals of a message', () => {
  const around = { notWanted: false, isTheirOwn: false, isPlainPost: true }
  const of = (ruled: Parameters<typeof signalsOf>[0], chances: Chances, more = {}) =>
    signalsOf(ruled, heard(chances, true), { ...around, ...more })

  test('what is learnt replaces what rules guess by words', () => {
    expect(of(['praise'], { asks: 0.9, minor: 0.9 })).toEqual([])
    expect(of(['safety', 'thanks'], {})).toEqual(['thanks'])
    expect(of(['thanks'], { danger: 0.8, major: 0.2 })).toEqual(['safety'])
    expect(of([], { praise: 0.7, asks: 0.1 })).toEqual(['praise'])
  })

  test('what rules are certain of stays', () => {
    expect(of(['legal-threat', 'self-harm'], { asks: 0.1 })).toEqual(
      expect.arrayContaining(['legal-threat', 'self-harm']),
    )
    expect(signalsOf(['praise', 'safety'], undefined, around)).toEqual(['praise', 'safety'])
  })

  test('only a plain post is left alone, and a question only where it is very idle', () => {
    expect(of([], { asks: 0.4 })).toEqual(['chatter'])
    expect(of([], { asks: 0.4 }, { isPlainPost: false })).toEqual([])
    expect(of(['question'], { asks: 0.4 })).toEqual(['question'])
    expect(of(['question'], { asks: 0.2 })).toEqual(['chatter'])
    expect(of([], { asks: 0.4, happened: 0.9 }, { notWanted: true })).toEqual(['not-wanted', 'happened'])
  })

  test('doubt about a question is no doubt: it is answered', () => {
    expect(of([], { asks: 0.6 })).toEqual(['doubt'])
    expect(of(['question'], { asks: 0.6 })).toEqual(['question'])
  })
})
