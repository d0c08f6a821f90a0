import { describe, expect, test } from '@jest/globals'
import type { ReplyDraft } from '#domain'
import { checkReply, publicSource } from '#gate'
import { CONTEXT, lookAt, objections } from './gate-drafts.ts'

describe('in public the gate minds', () => {
  test.each([
    ['Your order HL-20419 is on its way', ['privacy.order!: HL-20419']],
    ['We wrote to jo@mail.example', ['privacy.email!: jo@mail.example']],
    ['We rang you on 07700 900123', ['privacy.phone!: 07700 900123']],
    ['Is LS1 4AP right?', ['privacy.address!: LS1 4AP']],
    ['Regards, Tom Baker', ['privacy.name: Tom Baker']],
    ['Ask @somebody about it', ['privacy.handle: @somebody']],
    ['Our new shop opens in 2027', ['digits: 2027']],
    ['See https://evil.example/x', ['link: https://evil.example/x']],
    ['See harbour-lane.com/returns', ['link: harbour-lane.com/returns']],
    ['See http://harbourlane.example/returns', ['link: http://harbourlane.example/returns']],
    ['See https://help.harbourlаne.example/x', ['link!: https://help.harbourlаne.example/x']],
    ['See https://xn--harbourlne-1bj.example/x', ['link!: https://xn--harbourlne-1bj.example/x']],
    ['What the f*ck', ['profanity!: f*ck']],
    ['Only idiots do that', ['insult!: idiots']],
    ['As an AI language model I cannot say', ['prompt-leak: As an AI language model']],
    ['Hello {first}, thanks', ['unfilled: {first}']],
    ['Unfortunately it is gone', ['avoid: Unfortunately']],
    ['', ['empty!: ']],
    [' \u200b\n', ['empty!:  \u200b\n']],
  ])('%s', (text, expected) => {
    expect(objections({ text })).toEqual(expected)
  })

  test('a link with a name before its host', () => {
    expect(objections({ text: 'https://harbourlane.example@evil.example/x' })).toContain(
      'link!: https://harbourlane.example@evil.example/x',
    )
  })

  test('what is too long for the channel, in the channel’s own unit', () => {
    expect(objections({ text: 'a'.repeat(280) })).toEqual([])
    const { findings } = lookAt({ text: 'ä'.repeat(101) }, { law: { unit: 'bytes', limit: 200 } })
    expect(findings).toEqual([
      {
        rule: 'length',
        because: 'it has 202 bytes and the channel takes 200; shorten it by 2',
        start: 0,
        end: 101,
        absolute: true,
      },
    ])
  })
})

describe('our own contacts and pages are said freely', () => {
  test.each([
    'Ring us on 020 7946 0123 or +44 20 7946 0123',
    'Write to care@harbourlane.example',
    'Our shop is at 12 Quay Row, Bristol.',
    'Samaritans: 116 123 (https://www.samaritans.org)',
    '@jo @ana Thanks! More at https://help.harbourlane.example/returns-2026',
    'Ask @HarbourLane',
  ])('%s', (text) => {
    expect(objections({ text, author: 'template' })).toEqual([])
  })
})

describe('what the bot says stands in its sources', () => {
  const sources = publicSource(
    'Delivery is £4.95 and takes 3 to 5 working days, Monday to Friday. Orders over £1,250 ship free. We guarantee frames for five years.',
  )
  const bot = (text: string) => objections({ text, author: 'bot', sources }, {})

  test.each([
    'Delivery is £4.95.',
    'It takes three to five working days, and we guarantee frames for 5 years.',
    'Over £1250.00 it is free, Monday to Friday.',
    'It is all in our help pages: https://help.harbourlane.example/delivery',
  ])('%s', (text) => {
    expect(bot(text)).toEqual([])
  })

  test.each([
    ['Delivery is £5.95.', ['ungrounded: 5.95']],
    ['It takes two days.', ['ungrounded: two']],
    ['It comes tomorrow.', ['ungrounded: tomorrow']],
    ['You get a voucher of 10%.', ['ungrounded: voucher', 'promise!: 10%']],
    ['Everything will be refunded on Sunday.', ['ungrounded: be refunded', 'ungrounded: Sunday']],
  ])('but not: %s', (text, expected) => {
    expect(bot(text)).toEqual(expected)
  })

  test('people and templates answer for their own words', () => {
    expect(objections({ text: 'It comes in two days.', author: 'agent' })).toEqual([])
    expect(objections({ text: 'We answer within 2 hours.', author: 'template' })).toEqual([])
  })
})

describe('in private', () => {
  test('customers are told about their own data', () => {
    const text = 'Order HL-20419 goes to 12 High Street, Leeds LS1 4AP on 24 November 2026; the card ends in 4242.'
    const known = [{ name: 'order-number', value: 'HL-20419' }]
    expect(objections({ text, audience: 'private', author: 'form' }, { known })).toEqual([])
  })

  test.each([
    ['We charged 5555 5555 5555 4444', ['privacy.card!: 5555 5555 5555 4444']],
    ['Your password is hunter2x', ['privacy.secret!: hunter2x']],
    ['You are an idiot', ['insult!: idiot']],
    ['Look at https://evil.example', ['link: https://evil.example']],
    ['Hello <NAME_1>', ['unfilled: <NAME_1>']],
  ])('the gate still minds: %s', (text, expected) => {
    expect(objections({ text, audience: 'private' })).toEqual(expected)
  })
})

describe('a person may answer for what can be argued', () => {
  const text = 'Unfortunately the 2027 catalogue is at https://partner.example/2027'

  test('with a reason, and the findings stay on record', () => {
    const verdict = lookAt({ text }, { override: 'agreed with the partner' })
    expect(verdict).toMatchObject({ verdict: 'pass', audience: 'public', text })
    expect(verdict.findings.map(({ rule }) => rule)).toEqual(['avoid', 'digits', 'link'])
  })

  test.each(['', '  ', undefined])('but not with the reason `%s`', (override) => {
    expect(lookAt({ text }, override === undefined ? {} : { override }).verdict).toBe('block')
  })

  test('and never for what is absolute', () => {
    expect(lookAt({ text: 'Write to jo@mail.example' }, { override: 'she asked for it' }).verdict).toBe('block')
  })

  test.each(['bot', 'form', 'template'] as const)('and nobody overrides for a %s', (author) => {
    expect(lookAt({ text: 'Unfortunately not', author }, { override: 'please' }).verdict).toBe('block')
  })
})

describe('what cannot be checked is not sent', () => {
  test('a draft that breaks the gate is blocked', () => {
    const broken: ReplyDraft = JSON.parse('{"text": "Hello", "audience": "public", "author": "agent"}')
    expect(checkReply(broken, CONTEXT)).toMatchObject({
      verdict: 'block',
      findings: [{ rule: 'gate-failed', absolute: true }],
    })
  })

  test('a draft for an unheard-of audience is read by everybody', () => {
    const odd: ReplyDraft = JSON.parse(
      '{"text": "Order HL-20419", "audience": "staff", "author": "agent", "sources": []}',
    )
    expect(checkReply(odd, CONTEXT)).toMatchObject({ verdict: 'block', audience: 'public' })
  })
})

test('each finding says what to do', () => {
  const text = 'Unfortunately you idiot {name} HL-20419 2027 https://evil.example f*ck'
  for (const { because } of lookAt({ text }).findings) expect(because).toMatch(/[;,] .*(take|say|use|fill)/)
})

test('a finding says nothing of what was written, so that it can be shown and kept', () => {
  const words = ['jane', 'sample4471', 'HL-20419', '07700', 'evil', 'Tuesday', 'LS6', 'idiot', '4929', 'gloves']
  const text =
    'jane.sample4471@mail.example HL-20419 07700 900123 https://jane@evil.example/HL-20419 http://xn--evil.example ' +
    'Tuesday LS6 2AB idiot 4929123412341234, sex with gloves, £500 voucher for you, take 400 mg, {gloves}'
  const known = [
    { name: 'day', value: 'Tuesday', lookedUp: true },
    { name: 'item', value: 'red gloves' },
  ]
  for (const author of ['bot', 'agent'] as const)
    for (const audience of ['public', 'private'] as const) {
      const { findings } = lookAt({ text, author, audience }, { known, others: [text] })
      expect(findings.length).toBeGreaterThan(5)
      for (const { because } of findings) for (const word of words) expect(because).not.toContain(word)
    }
})

test('a passed text is sent exactly as it was written', () => {
  const text = '  Thank you, that’s lovely to hear! 🧡 '
  expect(lookAt({ text })).toEqual({ verdict: 'pass', audience: 'public', text, findings: [] })
})
