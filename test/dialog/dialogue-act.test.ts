import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { dialogueActOf } from '#dialog'
import type { DialogueAct, Frame } from '#domain'
import { processorMs } from '../setup/processor-time.ts'

/** Confirmations of eight kinds, as an owner writes them, and the values that they read back. */
const QUESTIONS: Record<string, { readonly question: string; readonly values: readonly string[] }> = {
  cancel: { question: 'You would like to cancel the whole of order {order}. Is that right?', values: ['HL-20950'] },
  address: {
    question: 'Order {order} should go to: {address}. Is that right?',
    values: ['HL-21004', '7 Mill Street, Bath, BA1 5LN'],
  },
  delete: {
    question:
      'You would like us to delete the account of {email}, with its lists. It cannot be undone. Shall I go ahead?',
    values: ['h.moore@mail.example'],
  },
  return: {
    question: 'So: {item} from order {order}, because: {reason}. Shall I set up the return?',
    values: ['the brass lamp', 'HL-20611', 'faulty'],
  },
  card: { question: 'You would like to block the card that ends in {card}. Shall I do that?', values: ['4021'] },
  slot: {
    question: 'I have: order {order}, {day}, {slot}. Shall I move the delivery?',
    values: ['HL-21117', 'Thursday 10 December', 'morning'],
  },
  debit: {
    question: 'The direct debit of {amount} to {to} will be cancelled from today. Shall I go ahead?',
    values: ['£24', 'Northgate Gym'],
  },
  membership: { question: 'Your membership would be closed. Do you want me to do it?', values: [] },
}
const frameOf = (question: string): Frame => ({ kind: 'confirm-grave', ...QUESTIONS[question] })

const ANSWERS = readFileSync(new URL('confirmation-answers.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t'))
  .map(([question = '', voice = '', act = '', text = '']) => ({ question, voice, act, text }))

describe('at a confirmation', () => {
  const others = ANSWERS.filter(({ act }) => act !== 'affirm')
  const yes = ANSWERS.filter(({ act }) => act === 'affirm')

  test(`none of ${others.length} answers in eight voices that are no yes is taken for one`, () => {
    expect(others.filter(({ question, text }) => dialogueActOf(text, frameOf(question)) === 'affirm')).toEqual([])
  })

  test(`less than a quarter of ${yes.length} wordings of a plain yes is asked again`, () => {
    const again = yes.filter(({ question, text }) => dialogueActOf(text, frameOf(question)) !== 'affirm')
    expect(again.length / yes.length).toBeLessThan(0.25)
  })

  test('a yes with something behind it is no yes, whatever that is', () => {
    const starts = ['yes', 'ok', 'sure', 'right', 'yeah', 'correct', 'go ahead', 'fine', 'y', 'perfect']
    const strings = starts.flatMap((start) => ENDINGS.flatMap((end) => [`${start} ${end}`, `${start}, ${end}`]))
    expect(strings).toHaveLength(1600)
    const taken = strings.filter((text) =>
      ['cancel', 'delete'].some((question) => dialogueActOf(text, frameOf(question)) === 'affirm'),
    )
    expect(taken).toEqual([])
  })

  test.each<[text: string, act: DialogueAct]>([
    ["no, that's right", 'affirm'],
    ['no it is all correct, thank you', 'affirm'],
    ['not a problem, do it', 'affirm'],
    ["don't worry, yes", 'affirm'],
    ['YES!!! 🎉', 'affirm'],
    ['yes HL-20950', 'affirm'],
    ['HL-20950, yes', 'affirm'],
    ['yes plaese cancel the whole order thnak you', 'affirm'],
    ['cancel it', 'affirm'],
    ['correct, HL-20950 is right', 'affirm'],
    // Said with a yes, these are clear; alone they are not.
    ['no problem', 'unclear'],
    ['cancel', 'unclear'],
    ['yes cancel that', 'unclear'],
    ['cancel this', 'unclear'],
    ['please', 'unclear'],
    ['HL-20950', 'unclear'],
    ['yes HL-20951', 'unclear'],
    ['yes?', 'unclear'],
    ['~yes~', 'unclear'],
    ['ok :/', 'unclear'],
    ['yes...', 'unclear'],
    ['да', 'unclear'],
    ['cancel my orders', 'unclear'],
    ['yes\nwait no', 'wait'],
    ["no that's all right", 'unclear'],
    ['hold on a sec', 'wait'],
    ['let me ask my flatmate first', 'wait'],
    ["don't you cancel that", 'deny'],
    ['we are keeping it', 'deny'],
    ['it turned up this morning', 'stop'],
    ['cheers', 'thanks'],
    ['good morning', 'greet'],
    // In their own words they may say anything: that is for the learnt reader.
    ['yes unless it has left', 'unclear'],
    ['that is the wrong house number', 'unclear'],
    ['why would you need that', 'unclear'],
  ])('`%s`: %s', (text, act) => expect(dialogueActOf(text, frameOf('cancel'))).toBe(act))
})

describe('a yes with its reason', () => {
  const YES = { act: 'affirm', chance: 0.95 } as const

  test.each([
    'yes because it is too big',
    'yep cos my sister has bought one already',
    "yes because I don't need it any more",
    'ok, since we are moving house',
    'yeah found a nicer one in town so go ahead',
  ])('“%s” is one where what was learnt agrees', (text) => {
    expect(dialogueActOf(text, frameOf('cancel'), YES)).toBe('affirm')
    expect(dialogueActOf(text, frameOf('cancel'))).not.toBe('affirm')
    expect(dialogueActOf(text, frameOf('cancel'), { act: 'affirm-if', chance: 0.5 })).not.toBe('affirm')
  })

  test.each([
    'yes because it is free if I do it now',
    'yes because you will refund the postage',
    'ok because I do not want it cancelled',
    'yes because HL-20951 is the wrong one',
    'yes because it is cheaper, but wait',
    'no because it is too big',
    'maybe because it is too big so go ahead',
    'yes not sure so go ahead later',
  ])('“%s” is none, whatever was learnt', (text) =>
    expect(dialogueActOf(text, frameOf('cancel'), YES)).not.toBe('affirm'),
  )

  test('is never read in an answer that is no yes, even by a reader that takes everything for one', () => {
    const others = ANSWERS.filter(({ act }) => act !== 'affirm')
    const taken = others.filter(({ question, text }) => dialogueActOf(text, frameOf(question), YES) === 'affirm')
    expect(taken).toEqual([])
  })
})

test('what an owner’s question says again is a yes only with its object', () => {
  const frame: Frame = {
    kind: 'confirm-grave',
    question: 'You would like to stop the {plan} plan. Right?',
    values: ['Gold'],
  }
  const acts = ['stop', 'stop it', 'just stop', 'stop the plan', 'yes stop it'].map((text) =>
    dialogueActOf(text, frame),
  )
  expect(acts).not.toContain('affirm')
})

test('a value that limits is not read back as a yes', () => {
  const frame: Frame = { kind: 'confirm-grave', question: 'So: {item}. Shall I?', values: ['the lamp, not the table'] }
  expect(dialogueActOf('yes the lamp, not the table', frame)).not.toBe('affirm')
})

test.each<[kind: Frame['kind'], text: string, act: DialogueAct]>([
  ['slot:order', "haven't got it on me", 'cannot'],
  ['slot:order', 'I ordered as a guest', 'cannot'],
  ['slot:order', 'gimme two mins', 'wait'],
  ['slot:order', 'the parcel has come', 'stop'],
  ['slot:text', 'the driver threw it over the gate and I want it looked into', 'value'],
  ['slot:text', "it won't turn on, I have no idea why", 'value'],
  ['slot:text', 'When I press the button nothing happens', 'value'],
  ['slot:text', 'never mind', 'stop'],
  ['slot:yes-no', 'yup', 'affirm'],
  ['slot:yes-no', 'nope', 'deny'],
  ['slot:yes-no', 'not yet', 'wait'],
])('in the frame %s, `%s`: %s', (kind, text, act) => expect(dialogueActOf(text, { kind })).toBe(act))

describe('what was learnt', () => {
  const learnt = (act: DialogueAct, chance: number) => ({ act, chance })

  test('never makes a yes that has consequences, however sure it is', () =>
    expect(dialogueActOf('hit it', frameOf('cancel'), learnt('affirm', 1))).toBe('unclear'))

  test('stops one that the grammar reads, where it is sure of another act', () => {
    const acts = [0.95, 0.85].map((chance) => dialogueActOf('go on then', frameOf('cancel'), learnt('stop', chance)))
    expect(acts).toEqual(['stop', 'affirm'])
  })

  test('makes one that harms nobody, where it is sure', () => {
    const acts = [0.85, 0.75].map((chance) =>
      dialogueActOf('hit it', { kind: 'confirm-plain', question: 'Shall I send the guide?' }, learnt('affirm', chance)),
    )
    expect(acts).toEqual(['affirm', 'unclear'])
  })

  test('is believed of other acts where they are likelier than not', () => {
    const acts = [0.55, 0.45].map((chance) =>
      dialogueActOf('what if it has left', frameOf('cancel'), learnt('ask', chance)),
    )
    expect(acts).toEqual(['ask', 'unclear'])
  })

  test('keeps words from being the text that was asked for only where it is sure', () => {
    const acts = [0.75, 0.65].map((chance) =>
      dialogueActOf('I have told you that', { kind: 'slot:text' }, learnt('complain', chance)),
    )
    expect(acts).toEqual(['complain', 'value'])
  })
})

test('a long message is read in a moment, whatever it is made of', () => {
  const read = () => {
    for (const word of ['yes ', 'leave it ', 'no not ', 'not have ', 'it is ', 'a', '?', '👍', 'yes no problem do it '])
      dialogueActOf(word.repeat(8000), frameOf('cancel'))
  }
  expect(processorMs(read)).toBeLessThan(5000)
})

const ENDINGS = [
  'in your dreams',
  'the lamp not the table',
  'but not the rug',
  'when hell freezes over',
  'if my sister agrees',
  'unless you already sent it',
  'only the blue one',
  'just the first half',
  'hang on',
  'wait a bit',
  'no hold it',
  'actually no',
  'never mind',
  'forget I asked',
  'I was joking',
  'said nobody ever',
  'after Christmas',
  'from March on',
  'once I am back',
  'as soon as my money is here',
  'as long as it is free',
  'provided you pay the post',
  'but who pays',
  'what happens then',
  'how much is it',
  'is that everything',
  'who are you',
  'why do you ask',
  'and my points',
  'and my refund',
  'and the other order',
  'plus the chair',
  'minus the chair',
  'without the lamp',
  'except the cushions',
  'apart from one',
  'but half of it',
  'for the second order',
  'to my work address',
  'to another address',
  'with a new card',
  'in red',
  'in a larger size',
  'instead a voucher',
  'rather a voucher',
  'or maybe not',
  'or something',
  'I guess',
  'I suppose',
  'perhaps',
  'maybe',
  'not',
  'not really',
  'not at all',
  'not today',
  'no',
  'nope',
  'nah leave it',
  'keep it',
  'let it come',
  'I still want it',
  'I need it',
  'I changed my mind',
  'my wife says no',
  'ask my son',
  'let me check',
  'let me think',
  'give me a minute',
  'I am driving',
  'later',
  'tomorrow',
  'next week',
  'stop',
  'stop it',
  'cancel that',
  'undo',
  'go away',
  'you robot',
  'HL-99999',
  'ben@example.com',
]
