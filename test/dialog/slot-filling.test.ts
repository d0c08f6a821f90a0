import { describe, expect, test } from '@jest/globals'
import {
  advance,
  type CustomerText,
  type FormStep,
  factsOf,
  fillFrom,
  finishForm,
  openForm,
  reopen,
  shortQuestion,
} from '#dialog'
import type { DialogueAct, Form, Signal } from '#domain'
import { aDialog, EMAIL, needOf, ORDER } from './sample-dialog.ts'

let count = 0
const say = (text: string, more: Partial<CustomerText> = {}): CustomerText => {
  count += 1
  return { text, messageId: `m${count}`, signals: [], today: '2026-11-22', ...more }
}
/** Words that were read as an act, as the learnt reader does. */
const as = (act: DialogueAct, text: string) => say(text, { act: { act, chance: 0.9 } })
const valuesOf = (form: Form) =>
  Object.fromEntries(Object.entries(form.values).map(([name, { value }]) => [name, value]))
const saidOf = (step: FormStep) => ('say' in step ? step.say : undefined)

/** Opens the dialog's form with the first text and goes on with the others; what the form did, step by step. */
function talk(
  dialog: ReturnType<typeof aDialog>,
  [first = '', ...others]: readonly (string | CustomerText)[],
): FormStep[] {
  const asSaid = (one: string | CustomerText) => (typeof one === 'string' ? say(one) : one)
  const steps = [openForm(dialog, asSaid(first), [])]
  for (const one of others)
    steps.push(advance(dialog, steps.at(-1)?.form ?? { dialog: '', values: {}, tries: 0 }, asSaid(one)))
  return steps
}

describe('a form asks for what it needs, one question at a time', () => {
  const confirmed = aDialog({ confirm: 'Order {order-number} for {email}, right?' })
  const chosen = aDialog({
    needs: [
      ORDER,
      needOf('text', { name: 'item' }),
      needOf('choice', { name: 'why', choices: { a: ['early'], b: ['late'] } }),
    ],
    confirm: '{item} of {order-number} because {why}?',
  })

  test.each<
    [title: string, dialog: ReturnType<typeof aDialog>, texts: readonly (string | CustomerText)[], steps: string[]]
  >([
    [
      'both are asked for',
      confirmed,
      ['where is it', 'HL-20419', 'ana@example.com', 'yes'],
      ['ask', 'ask', 'confirm', 'ready'],
    ],
    [
      'what was said already is not',
      confirmed,
      ['where is HL-20419?', 'ana@example.com', 'yes please'],
      ['ask', 'confirm', 'ready'],
    ],
    ['both at once', confirmed, ['HL-20419, ana@example.com'], ['confirm']],
    ['in the other order', confirmed, ['where', 'ana@example.com', 'HL-20419'], ['ask', 'ask', 'confirm']],
    ['without a confirmation', aDialog(), ['HL-20419', 'ana@example.com'], ['ask', 'ready']],
    ['with nothing to ask', aDialog({ needs: [] }), ['hello'], ['ready']],
    [
      'with nothing but a confirmation',
      aDialog({ needs: [], confirm: 'Sure?' }),
      ['close it', 'yes'],
      ['confirm', 'ready'],
    ],
    ['a wrong answer is asked for again', confirmed, ['where', 'it’s 20', 'HL-20419'], ['ask', 'invalid', 'ask']],
    [
      'three wrong answers go to a person',
      confirmed,
      ['where', 'a', 'b', 'c'],
      ['ask', 'invalid', 'invalid', 'given-up'],
    ],
    [
      'a right answer in between starts the count again',
      confirmed,
      ['where', 'a', 'b', 'HL-20419', 'c', 'd', 'e'],
      ['ask', 'invalid', 'invalid', 'ask', 'invalid', 'invalid', 'given-up'],
    ],
    ['every type', chosen, ['HL-20419', 'the lamp', 'too late', 'ok'], ['ask', 'ask', 'confirm', 'ready']],
    ['never mind', confirmed, ['where', 'Never mind, thanks!'], ['ask', 'stopped']],
    [
      'a request to be left alone',
      confirmed,
      ['where', say('leave me alone', { signals: ['opt-out'] })],
      ['ask', 'stopped'],
    ],
    ['cancel as an answer’s word does not stop it', chosen, ['HL-20419', 'cancel the lamp'], ['ask', 'ask']],
    [
      'a correction is confirmed again',
      confirmed,
      ['HL-20419 ana@example.com', "no, it's HL-20420", 'yes'],
      ['confirm', 'confirm', 'ready'],
    ],
    [
      'a plain no asks what is wrong',
      confirmed,
      ['HL-20419 ana@example.com', 'no', 'HL-20420', 'yes'],
      ['confirm', 'change', 'confirm', 'ready'],
    ],
    [
      'a second no stops it',
      confirmed,
      ['HL-20419 ana@example.com', 'nope', 'no thanks'],
      ['confirm', 'change', 'stopped'],
    ],
    [
      'what is wrong may be named before it is said',
      confirmed,
      ['HL-20419 ana@example.com', 'no', 'the e-mail', 'ben@example.com', 'yes'],
      ['confirm', 'change', 'correct', 'confirm', 'ready'],
    ],
    [
      'a yes to what is wrong is none to the deed',
      confirmed,
      ['HL-20419 ana@example.com', 'no', 'ok', 'yes'],
      ['confirm', 'change', 'again', 'ready'],
    ],
    [
      'the deed refused in words stops it at once',
      confirmed,
      ['HL-20419 ana@example.com', 'please leave it as it is'],
      ['confirm', 'stopped'],
    ],
    [
      'no to a confirmation alone',
      aDialog({ needs: [], confirm: 'Sure?' }),
      ['close it', 'no'],
      ['confirm', 'stopped'],
    ],
    [
      'neither yes nor no is asked once more, then a person is',
      confirmed,
      ['HL-20419 ana@example.com', 'hm', 'perhaps'],
      ['confirm', 'again', 'given-up'],
    ],
    [
      'a condition is no yes',
      confirmed,
      ['HL-20419 ana@example.com', 'yes if it costs nothing', 'yes'],
      ['confirm', 'again', 'ready'],
    ],
    [
      'whoever needs a moment has it, however often',
      confirmed,
      ['where', 'one sec', 'hang on, let me look', 'still looking', 'bear with me', 'HL-20419'],
      ['ask', 'waiting', 'waiting', 'waiting', 'waiting', 'ask'],
    ],
    [
      'a moment at the confirmation',
      confirmed,
      ['HL-20419 ana@example.com', 'ok wait', 'hold on', 'give me a minute', 'yes'],
      ['confirm', 'waiting', 'waiting', 'waiting', 'ready'],
    ],
    [
      'whoever does not have it is not told that it does not fit',
      confirmed,
      ['where', "I can't find it", 'no idea where that is'],
      ['ask', 'cannot', 'given-up'],
    ],
    ['it came by itself', confirmed, ['where', 'oh it just turned up, thanks!'], ['ask', 'stopped']],
    ['a thank-you and no more', confirmed, ['where', 'thank you so much'], ['ask', 'stopped']],
    [
      'a nod is no wrong answer',
      confirmed,
      ['where', as('affirm', 'ok'), 'hello', as('affirm', 'sure'), 'HL-20419'],
      ['ask', 'again', 'again', 'again', 'ask'],
    ],
    [
      'a question in between',
      confirmed,
      ['where', as('ask', 'how long do returns take?'), 'HL-20419'],
      ['ask', 'interrupted', 'ask'],
    ],
    [
      'a question at the confirmation',
      confirmed,
      ['HL-20419 ana@example.com', as('ask', 'ok but is it safe?'), 'yes'],
      ['confirm', 'interrupted', 'ready'],
    ],
    [
      'a question after they let it go is not the form’s',
      confirmed,
      ['where', as('ask', 'actually leave it, do you sell lamps?')],
      ['ask', 'let-go'],
    ],
    [
      'so it is where a text in their own words was asked for',
      chosen,
      ['HL-20419', 'no, keep it, do you sell lamps?'],
      ['ask', 'let-go'],
    ],
    [
      'a question in the words of an answer is an answer',
      chosen,
      ['HL-20419', 'When I plug it in, what I get is a buzz', 'too late', 'ok'],
      ['ask', 'ask', 'confirm', 'ready'],
    ],
  ])('%s', (_title, dialog, texts, steps) => expect(talk(dialog, texts).map((step) => step.type)).toEqual(steps))

  test('the questions are the owner’s words, with the values read back', () => {
    expect(talk(confirmed, ['where', '20', 'HL-20419', 'ana@example.com', "no it's HL-20420"]).map(saidOf)).toEqual([
      'What is your order number?',
      'That is no order number.',
      'Which e-mail address?',
      'Order HL-20419 for ana@example.com, right?',
      'Order HL-20420 for ana@example.com, right?',
    ])
  })

  test('a question takes with it what it says in passing, and leaves the open question open', () => {
    const dialog = aDialog({ needs: [needOf('text', { name: 'item' }), EMAIL] })
    const [, step] = talk(dialog, ['hello', as('ask', 'how do returns work? I am ana@example.com')])
    expect([step?.type, step && valuesOf(step.form)]).toEqual(['interrupted', { email: 'ana@example.com' }])
    expect(step && shortQuestion(dialog, step.form)).toBe('Which text?')
  })

  test('what is read back after a no is what the form has', () => {
    const step = talk(confirmed, ['HL-20419 ana@example.com', 'no']).at(-1)
    expect(step).toMatchObject({ type: 'change', values: 'order number: HL-20419; email: ana@example.com' })
  })

  test('a text is put right in the customer’s words, and read back', () => {
    const dialog = aDialog({ needs: [ORDER, needOf('text', { name: 'part' })], confirm: '{part} of {order-number}?' })
    const texts = ['HL-20419', 'bag C', as('correct', "no sorry it's bag D"), as('correct', 'D not C')]
    expect(talk(dialog, texts).map(saidOf).slice(2)).toEqual(['bag D of HL-20419?', 'D of HL-20419?'])
  })

  test('yes or no said in other words is kept as it was said', () => {
    const dialog = aDialog({ needs: [needOf('yes-no', { name: 'looked' }), EMAIL] })
    const value = (text: string) => talk(dialog, ['hello', text]).at(-1)?.form.values.looked?.value
    expect([value('I did, both'), value("haven't yet"), value('next door are away until Monday'), value('eh')]).toEqual(
      ['yes', 'no', 'next door are away until Monday', undefined],
    )
  })

  test('a long free text is kept whole, also when it names another value', () => {
    const [, step] = talk(chosen, ['HL-20419', 'the green lamp, not the one of HL-20419'])
    expect(step && valuesOf(step.form)).toMatchObject({ item: 'the green lamp, not the one of HL-20419' })
  })

  test('an optional need can be declined, and is not handed on', () => {
    const dialog = aDialog({ needs: [ORDER, { ...EMAIL, optional: true }] })
    const step = talk(dialog, ['HL-20419', "I don't have one"]).at(-1)
    expect(step?.type).toBe('ready')
    expect(step && factsOf(step.form).map((fact) => fact.name)).toEqual(['order-number'])
  })
})

describe('a form remembers', () => {
  test('which message said what, as private facts', () => {
    const dialog = aDialog()
    const opened = openForm(dialog, say('HL-20419?', { messageId: 'public-1' }), [])
    const step = advance(dialog, opened.form, say('ana@example.com', { messageId: 'dm-1' }))
    expect(factsOf(step.form)).toEqual([
      { name: 'order-number', value: 'HL-20419', message: 'public-1', audience: 'private' },
      { name: 'email', value: 'ana@example.com', message: 'dm-1', audience: 'private' },
    ])
  })

  test('what the case knows, if it still fits; what is said now goes first', () => {
    const known = [
      { name: 'order-number', value: 'HL-20000', message: 'm0', audience: 'private' as const },
      { name: 'email', value: 'not an address', audience: 'private' as const },
    ]
    expect(fillFrom(aDialog(), say('hello'), known)).toEqual({ 'order-number': { value: 'HL-20000', message: 'm0' } })
    expect(fillFrom(aDialog(), say('it is HL-20001', { messageId: 'm1' }), known)).toEqual({
      'order-number': { value: 'HL-20001', message: 'm1' },
    })
  })

  test('of two needs of one type none is guessed', () => {
    const dialog = aDialog({ needs: [needOf('date', { name: 'bought' }), needOf('date', { name: 'returned' })] })
    expect(fillFrom(dialog, say('on 5 November'), [])).toEqual({})
    const step = talk(dialog, ['hello', '5 November', '6 November']).at(-1)
    expect(step && valuesOf(step.form)).toEqual({ bought: '2026-11-05', returned: '2026-11-06' })
  })

  test('its state through JSON', () => {
    const dialog = aDialog({ confirm: 'Order {order-number}?' })
    const [step] = talk(dialog, ['HL-20419 ana@example.com'])
    const form = JSON.parse(JSON.stringify(step?.form))
    expect(advance(dialog, form, say('yes')).type).toBe('ready')
  })

  test('what it knew when the service did not find it, and takes one better value', () => {
    const dialog = aDialog()
    const ready = openForm(dialog, say('HL-20419 ana@example.com'), [])
    const form = reopen(dialog, ready.form)
    const better = advance(dialog, form, say('ah, ben@example.com'))
    expect(better.type).toBe('ready')
    expect(valuesOf(better.form)).toEqual({ 'order-number': 'HL-20419', email: 'ben@example.com' })
    expect(advance(dialog, form, say('zebra')).type).toBe('invalid')
  })
})

describe('the last words', () => {
  const dialog = aDialog({
    needs: [ORDER, needOf('date', { name: 'bought' })],
    action: {
      'url-from': 'ORDERS_URL',
      path: '/o',
      expects: { eta: 'date', paid: 'yes-no', parcels: 'number' },
      'not-found': 'No {order-number}.',
    },
    say: '{order-number} of {bought}: {parcels} parcels, {eta}, paid {paid}.',
  })
  const form: Form = {
    dialog: dialog.id,
    values: { 'order-number': { value: 'HL-{eta}' }, bought: { value: '2026-11-05' } },
    tries: 0,
  }

  test('are filled in as people write, and a value is never read as a template', () => {
    expect(finishForm(dialog, form, { eta: '2026-11-24T10:00:00Z', paid: true, parcels: 2 })).toBe(
      'HL-{eta} of Thursday 5 November 2026: 2 parcels, 24 November 2026, paid yes.',
    )
  })

  test('are nobody’s when the dialog has none', () => expect(finishForm(aDialog(), form)).toBeUndefined())

  test('fail rather than show a gap', () =>
    expect(() => finishForm(dialog, form, {})).toThrow('`{parcels}` of dialog `order-status` has no value'))
})

test('signals that a form does not speak of change nothing', () => {
  const signals: Signal[] = ['greeting', 'thanks', 'question']
  expect(talk(aDialog(), ['where', say('HL-20419', { signals })]).map((step) => step.type)).toEqual(['ask', 'ask'])
})

describe('values as people give them', () => {
  const opened = (text: string, changes: object = {}) => openForm(aDialog(changes), say(text), [])

  test('of two order numbers one is asked for, and the question is not asked as if none had been given', () => {
    const step = opened('where are HL-20000 and HL-20001?')
    expect(step).toMatchObject({ type: 'which', values: ['HL-20000', 'HL-20001'], form: { asking: 'order-number' } })
    expect(advance(aDialog(), step.form, say('HL-20001'))).toMatchObject({ type: 'ask', need: 'email' })
  })

  test('who gives another thing by which they are known is told where the number stands, and then gets a person', () => {
    const dialog = aDialog({ needs: [{ ...ORDER, cannot: 'It is on the slip.' }, EMAIL] })
    const step = advance(dialog, openForm(dialog, say('hello'), []).form, say("it's under Tom Hill"))
    expect(step).toMatchObject({ type: 'cannot', say: 'It is on the slip.' })
    expect(advance(dialog, step.form, say('my number is 07700 900123'))).toMatchObject({ type: 'given-up' })
  })

  test('who asks where the number stands is told', () => {
    const dialog = aDialog({ needs: [{ ...ORDER, cannot: 'It is on the slip.' }, EMAIL] })
    const step = advance(dialog, openForm(dialog, say('hello'), []).form, as('ask', 'where do I see that number?'))
    expect(step).toMatchObject({ type: 'cannot', say: 'It is on the slip.' })
    expect(step.form.cannot).toBeUndefined()
  })

  test('a day that does not do is said with its weekday, and is not taken', () => {
    const day = needOf('date', { direction: 'future', days: ['monday'], 'day-refused': 'Not {date}.' })
    const dialog = aDialog({ needs: [day] })
    const { form } = openForm(dialog, say('hello'), [])
    // Today is Sunday 22 November 2026.
    expect(advance(dialog, form, say('Tuesday'))).toMatchObject({
      type: 'invalid',
      say: 'Not Tuesday 24 November 2026.',
    })
    expect(advance(dialog, form, say('yesterday'))).toMatchObject({
      type: 'invalid',
      say: 'Not Saturday 21 November 2026.',
    })
    expect(advance(dialog, form, say('Monday')).form.values).toMatchObject({ date: { value: '2026-11-23' } })
  })

  test('a name is taken without the words that bring it, and nothing else is taken for one', () => {
    const dialog = aDialog({ needs: [needOf('name')] })
    const { form } = openForm(dialog, say('hello'), [])
    expect(advance(dialog, form, say("it's Aoife Kelly please")).form.values).toMatchObject({
      name: { value: 'Aoife Kelly' },
    })
    for (const text of ['add the rust one as well', 'hang on', 'idk', 'how long does it take'])
      expect(advance(dialog, form, say(text)).form.values).toEqual({})
  })

  test('a learnt reading of a choice counts where the words name none, and only there', () => {
    const dialog = aDialog({ needs: [needOf('choice', { choices: { refund: ['money'], again: ['another'] } })] })
    const { form } = openForm(dialog, say('hello'), [])
    const near = (text: string) => advance(dialog, form, say(text, { nearest: 'refund' })).form.values
    expect(near('the sum I spent')).toMatchObject({ choice: { value: 'refund' } })
    expect(near('another')).toMatchObject({ choice: { value: 'again' } })
    expect(near('either')).toEqual({})
    expect(near('the money or another')).toEqual({})
    expect(near('hang on')).toEqual({})
  })
})

describe('what a language model reads beside the closed grammar', () => {
  const dialog = aDialog({ confirm: 'Order {order-number} for {email}, right?' })

  test('a yes that it does not read as one is asked once more, and then a person goes on', () => {
    const doubted = say('yes', { isYesDoubted: true })
    const steps = talk(dialog, ['HL-20419 ana@example.com', doubted, doubted])
    expect(steps.map(({ type }) => type)).toEqual(['confirm', 'again', 'given-up'])
    expect(talk(dialog, ['HL-20419 ana@example.com', doubted, 'yes']).at(-1)?.type).toBe('ready')
  })

  test('it makes no yes of what is none', () => {
    const steps = talk(dialog, ['HL-20419 ana@example.com', say('hmm maybe', { isYesDoubted: false })])
    expect(steps.at(-1)?.type).toBe('again')
  })

  test('of two values that fit, the one that it points at is taken, as the need reads it', () => {
    const text = 'it is HL-20419 or HL-20420'
    const quotes = [{ slot: 'order-number', quote: 'HL-20420' }]
    expect(valuesOf(talk(dialog, [say(text)])[0]?.form as Form)).toEqual({})
    expect(valuesOf(talk(dialog, [say(text, { quotes })])[0]?.form as Form)).toEqual({ 'order-number': 'HL-20420' })
    const none = [{ slot: 'order-number', quote: 'it is' }]
    expect(valuesOf(talk(dialog, [say(text, { quotes: none })])[0]?.form as Form)).toEqual({})
  })
})

describe('what is only half an answer', () => {
  const order = aDialog({ needs: [{ ...ORDER, partial: 'The whole number, please.' }, EMAIL] })

  test.each(['it ends in 419', 'the last digits are 0419', '20'])('`%s` is asked for whole', (text) => {
    expect(saidOf(talk(order, ['where is it', text]).at(-1) as FormStep)).toBe('The whole number, please.')
  })

  test.each(['204190', 'about 3 weeks and 20 days ago', 'no'])('`%s` is no part of a number', (text) => {
    expect(saidOf(talk(order, ['where is it', text]).at(-1) as FormStep)).not.toBe('The whole number, please.')
  })

  test('the digits that were asked for are found among words', () => {
    const card = aDialog({ needs: [needOf('text', { pattern: '^\\d{4}$' })] })
    const last = (text: string) => valuesOf(talk(card, ['hello', say(text)]).at(-1)?.form as Form)
    expect(last('it ends in 4021')).toEqual({ text: '4021' })
    expect(last('it is 4021 or 4022')).toEqual({})
  })

  test('a postal address is found where it stands between other words', () => {
    const address = needOf('text', {
      name: 'new-address',
      pattern: '^[\\s\\S]{6,}[A-Za-z]{1,2}\\d{1,2}\\s?\\d[A-Za-z]{2}$',
    })
    const [step] = talk(aDialog({ needs: [address] }), ['please send it to 3 Quay Street, York, YO1 9TL instead'])
    expect(valuesOf(step?.form as Form)).toEqual({ 'new-address': '3 Quay Street, York, YO1 9TL' })
  })
})

describe('words that sound as if it were over, while a question is open', () => {
  const slot = aDialog({ needs: [needOf('date', { direction: 'future' })] })
  const heard = (text: string, act: DialogueAct, chance: number) =>
    talk(slot, ['hello', say(text, { signals: ['happened'], act: { act, chance } })]).at(-1)?.type

  test('end the form', () => expect(heard('it has come', 'stop', 0.6)).toBe('stopped'))
  test('are an answer where they were learnt to be one', () =>
    expect(heard('yesterday', 'value', 0.95)).toBe('invalid'))
  test('put it off where they were learnt to', () =>
    expect(heard('getting my diary out', 'wait', 0.95)).toBe('waiting'))
})

test('thanks that are only guessed leave the form open', () => {
  const steps = talk(aDialog(), ['where is it', say('anytime', { act: { act: 'thanks', chance: 0.7 } })])
  expect(steps.at(-1)?.type).toBe('invalid')
})

test('a question after words that take the wish back is heard alone', () => {
  const steps = talk(aDialog(), ['where is it', say('forget it, how do I swap sizes', { signals: ['question'] })])
  expect(steps.at(-1)?.type).toBe('let-go')
})

describe('a changed mind, while a value is asked for', () => {
  const open = ['where is HL-20419'] as const

  test.each<[title: string, said: CustomerText, step: string]>([
    ['no longer wanting it stops the form', { ...as('deny', 'no, let it come'), signals: ['not-wanted'] }, 'stopped'],
    ['so does refusing the deed in words', as('deny', 'please leave it as it is'), 'stopped'],
    ['a plain no is no value', as('deny', 'no'), 'cannot'],
    ['another wish lets the form go', as('wish', 'rather tell me the price of a lamp'), 'let-go'],
    [
      'a question that is read as nothing else is answered first',
      say('does it cost, or', { signals: ['question'] }),
      'interrupted',
    ],
  ])('%s', (_, said, step) => {
    expect(talk(aDialog(), [...open, said]).at(-1)?.type).toBe(step)
  })

  test.each([
    ['the last digits are 54, not 19', 'HL-20454'],
    ['not 19 but 91', 'HL-20491'],
    ['sorry, it ends in 7 instead of 9', 'HL-20417'],
    ['that was wrong, 31, not 30', undefined],
  ])('“%s” puts one part right: %s', (text, number) => {
    const step = talk(aDialog(), [...open, as('correct', text)]).at(-1)
    expect({ type: step?.type, number: step && valuesOf(step.form)['order-number'] }).toEqual({
      type: number === undefined ? 'correct' : 'ask',
      number,
    })
  })
})
