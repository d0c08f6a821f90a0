import { describe, expect, test } from '@jest/globals'
import { CANARY, PROMPTS } from '#domain'
import { publicSource } from '#gate'
import { lookAt, objections } from './gate-drafts.ts'

const why = { override: 'somebody wants it' }

describe('what other people in a thread wrote', () => {
  const others = [
    'Same here, my neighbour threw the box over the fence again',
    'ring me on 07700 900456, Tom Whitfield',
  ]

  test('is not repeated in public', () => {
    const text = 'We saw that your neighbour threw the box over the fence again, sorry.'
    expect(objections({ text }, { others, ...why })).toEqual([
      'others-words!: neighbour threw the box over the fence again',
    ])
    expect(objections({ text: 'A parcel that lands behind a fence is not what we want.' }, { others })).toEqual([])
  })

  test('and what one of our own sources says too may be said', () => {
    const text = 'My neighbour threw the box over the fence again: what to do.'
    expect(objections({ text, author: 'template', sources: publicSource(text) }, { others })).toEqual([])
  })

  test.each(['public', 'private'] as const)('nobody is told the private data of another (%s)', (audience) => {
    for (const said of ['07700 900456', '+44 7700 900456', 'zero seven seven zero zero nine zero zero four five six'])
      expect(lookAt({ text: `Please use ${said}.`, audience }, { others, ...why })).toMatchObject({ verdict: 'block' })
  })

  test('unless it is the customer’s as well', () => {
    const known = [{ name: 'phone', value: '07700 900456' }]
    expect(objections({ text: 'We ring 07700 900456.', audience: 'private' }, { others, known })).toEqual([])
  })
})

describe('what a language model is told stays with it', () => {
  test.each(PROMPTS.flatMap((prompt) => prompt.split('\n')).filter((line) => line.length > 60))('%s', (line) => {
    for (const said of [line, line.toUpperCase(), `Sure! ${line.slice(0, 60)}`, [...line.slice(0, 60)].join(' ')]) {
      const { verdict, findings } = lookAt({ text: said, audience: 'private' }, why)
      expect([verdict, findings.some(({ rule }) => rule === 'prompt-text')]).toEqual(['block', true])
    }
  })

  test('and so does its mark', () => {
    expect(objections({ text: `It says ${CANARY}.`, audience: 'private' }, why)).toEqual([`prompt-text!: ${CANARY}`])
  })
})

describe('what this installation signs in with is nobody’s', () => {
  const KEY = 'EAAtest9Xk2Lm4Qw7Rz1Bn6'
  const keys = [KEY, 'correct horse battery staple']
  const rules = (said: string) =>
    lookAt({ text: `It is ${said}, all right?`, audience: 'private' }, { ...why, keys }).findings.map(
      ({ rule }) => rule,
    )

  test.each([
    KEY,
    KEY.toLowerCase(),
    [...KEY].join(' '),
    [...KEY].reverse().join(''),
    KEY.slice(-10),
    KEY.replace(
      /\d/g,
      (digit) => ` ${['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'][Number(digit)]} `,
    ),
    'Correct Horse Battery Staple',
  ])('%s', (said) => {
    expect(rules(said)).toContain('key')
  })

  test.each([KEY.slice(0, 8), 'the horse battery', 'correct'])('%s is anybody’s', (said) => {
    expect(rules(said)).not.toContain('key')
  })
})

describe('codes that everybody can read', () => {
  const coded = ['ana@example.com is hers', 'HL-20419, Maple Row 7']
  test.each(
    coded.flatMap((text) => (['base64', 'base64url', 'hex'] as const).map((how) => Buffer.from(text).toString(how))),
  )('%s', (said) => {
    expect(objections({ text: `Here: ${said}`, audience: 'public' }, why)).toContain(`encoded!: ${said}`)
  })

  test.each([
    'https://help.harbourlane.example/returns-and-refunds',
    'HL-20419',
    'internationalisation',
    'WARMLINE2026',
    '#HarbourLaneSummerSale',
  ])('%s is none', (said) => {
    expect(
      objections({ text: `Here: ${said}`, audience: 'public' }, why).filter((one) => one.startsWith('encoded')),
    ).toEqual([])
  })
})

describe('we write in a language of the customer or of the brand', () => {
  test.each([
    'Bitte schreiben Sie uns eine private Nachricht, wir sind für Sie da und helfen mit der Bestellung.',
    'Bonjour, votre commande est en route et nous sommes toujours là pour vous.',
    'Hola, tu pedido está en camino y no tienes que hacer nada más, gracias.',
    'Здравствуйте, ваш заказ уже в пути.',
    'ご注文の商品は発送されました。',
  ])('%s', (text) => {
    expect(lookAt({ text, audience: 'private' }, { languages: ['en'] }).findings.map(({ rule }) => rule)).toEqual([
      'language',
    ])
    expect(lookAt({ text, audience: 'private' }, { languages: ['en', 'de', 'fr', 'es', 'ru', 'ja'] }).verdict).toBe(
      'pass',
    )
  })

  test.each([
    'Bon appétit! The Crème lamp is back.',
    'The Café chair and the Señora table are made in Spain.',
    'Danke!',
    'Yes, we do.',
    'The La Redoute matching price needs a link.',
  ])('a name is not a language: %s', (text) => {
    expect(objections({ text, audience: 'private' }, { languages: ['en'] })).toEqual([])
  })
})
