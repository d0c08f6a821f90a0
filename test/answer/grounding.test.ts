import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { dropLinks, findBeyond } from '../../src/answer/grounding.ts'
import { passagesIn, selectPassages } from '../../src/answer/passages.ts'
import type { Audience } from '../../src/domain/index.ts'

const COURTESIES = ['Thanks for asking.', 'Good question.', 'I hope this helps.']
const AUDIENCES: readonly Audience[] = ['public', 'private']

const RETURNS =
  'You can return unused items within 30 days of delivery. Items that were opened for hygiene reasons cannot be returned, unless they are faulty. The refund arrives 5 to 7 working days after we have the parcel.'
const COSTS =
  'Standard delivery is £4.95, free when you spend £50 or more. Next-day delivery is £7.95 and comes Monday to Saturday. It is not offered to islands.'
const LIST = 'Not covered:\n\n- Batteries\n- Damage by water, unless the item is sold as waterproof'
const MOVING = 'Moving a delivery is free until noon two working days before it. After that moving it costs £25.'
const SHOWROOM = 'Our showroom is open from 9 to 5. Dogs are welcome. Parking is behind the house.'
const LARGE = '## Large items\n\nTwo people bring them in.\n\nDelivery costs £49.'
const ARTICLE = [RETURNS, COSTS, LIST, MOVING, SHOWROOM, LARGE].join('\n\n')
const passages = passagesIn(ARTICLE)
const beyond = (text: string, audience: Audience, of = passages) =>
  findBeyond(text, of, { audience, courtesies: COURTESIES })

describe('an article is cut into passages that hold by themselves', () => {
  const texts = passages.map(({ text }) => text)

  test('a sentence stays with those that restrict it or lean on it', () => {
    expect(texts[0]).toBe(RETURNS.slice(0, RETURNS.indexOf(' The refund')))
    expect(texts).toContain('Next-day delivery is £7.95 and comes Monday to Saturday. It is not offered to islands.')
    expect(texts).toContain(MOVING)
  })

  test('sentences that need no other stand alone, and a list is never cut', () => {
    expect(texts).toEqual(expect.arrayContaining(['Our showroom is open from 9 to 5.', 'Dogs are welcome.']))
    expect(texts).toContain('Not covered:\n• Batteries\n• Damage by water, unless the item is sold as waterproof')
  })

  test('an abbreviation ends no sentence', () => {
    expect(passagesIn('It weighs approx. 5 kg. Ring us on tel. 0123. Bring a bag.').map(({ text }) => text)).toEqual([
      'It weighs approx. 5 kg.',
      'Ring us on tel. 0123.',
      'Bring a bag.',
    ])
  })

  test('what is chosen is said in the article’s order, each once, under its heading', () => {
    const last = passages.length
    expect(selectPassages(passages, [last, 1, last])?.text).toBe(`${texts[0]}\n\nLarge items:\nDelivery costs £49.`)
    expect(selectPassages(passages, [last - 1, last])?.text).toBe(
      'Large items:\nTwo people bring them in.\n\nDelivery costs £49.',
    )
  })

  test.each([[[]], [[0]], [[99]], [[1, 99]], [[1.5]], [[-1]]])('numbers of no passage choose nothing: %j', (numbers) =>
    expect(selectPassages(passages, numbers)).toBeUndefined(),
  )
})

describe('a reply says what the article says', () => {
  test.each([
    RETURNS,
    `Thanks for asking. ${COSTS} I hope this helps.`,
    'The refund arrives 5 to 7 working days after we have the parcel.',
    'Our showroom is open from 9 to 5! DOGS are welcome',
    'Not covered:\n• Batteries\n• Damage by water, unless the item is sold as waterproof',
    `${RETURNS}\n\n${MOVING}`,
    'Large items:\nDelivery costs £49.',
  ])('in public and in private: %s', (text) => {
    for (const audience of AUDIENCES) expect(beyond(text, audience)).toBeUndefined()
  })

  test.each([
    'Our showroom is open from 9 to 5 and dogs are welcome.',
    'Our showroom is open from 9 to 5; dogs are welcome, and parking is behind the house.',
    'Our showroom is open from 9 to 5. Parking is behind house.',
    'About your order <ORDER_1>: the refund arrives 5 to 7 working days after we have your parcel.',
  ])('in private alone: %s', (text) => {
    expect(beyond(text, 'private')).toBeUndefined()
    expect(beyond(text, 'public')).toBeDefined()
  })

  test.each([
    'You can return unused items within 30 days of delivery.',
    'It is not offered to islands.',
    'Moving a delivery is free until noon two working days before it.',
    '• Batteries',
    'Delivery costs £49.',
    'Moving a delivery costs £25 until noon two working days before it. After that moving it is free.',
    'Next-day delivery is free when you spend £50 or more.',
    `${MOVING} ${RETURNS}`,
    `${SHOWROOM} ${SHOWROOM}`,
    'Yes, our showroom is open from 9 to 5.',
    'Of course! Dogs are welcome.',
    'Thanks for asking.',
    'Dogs are welcome. <EMAIL_1>',
    '',
  ])('never: %s', (text) => {
    for (const audience of AUDIENCES) expect(beyond(text, audience)).toBeDefined()
  })

  test('links are dropped', () => {
    expect(dropLinks('See [our page](https://evil.example) or https://evil.example/x.')).toBe('See our page or')
  })
})

/** Ways to make a true text false; each gives the texts that it makes of one. */
const CONDITION =
  /(?:,? (?:if|unless|when|until|except)\b[^,.;\n]*|\b(?:only|within|before|after|up to|at most|at least) )/gi
const NEGATION = /\b(?:not|never|no|cannot)\b ?|n['’]t\b/gi
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:working )?days?\b/g, 'hours'],
  [/\bworking days\b/g, 'days'],
  [/\bhours?\b/g, 'days'],
  [/\bmonths?\b/g, 'weeks'],
  [/\byears?\b/g, 'months'],
  [/\bnights?\b/g, 'weeks'],
  [/\bcm\b/g, 'm'],
  [/\bkg\b/g, 'g'],
  [/°C?/g, '%'],
  [/\bam\b/g, 'pm'],
  [/\bminutes?\b/g, 'hours'],
]
const each = (text: string, find: RegExp, put: (found: string) => string): string[] =>
  Array.from(text.matchAll(find), ({ 0: found, index }) =>
    `${text.slice(0, index)}${put(found)}${text.slice(index + found.length)}`.replace(/ {2,}/g, ' '),
  )
const MUTATIONS: Readonly<Record<string, (text: string) => readonly string[]>> = {
  'a unit is another one': (text) => UNITS.flatMap(([find, put]) => each(text, find, () => put)),
  'a number is another one': (text) => each(text, /\d+/g, (digits) => String(Number(digits) + 7)),
  'a currency is another one': (text) => each(text, /[£€]/g, (sign) => (sign === '£' ? '€' : '£')),
  'a negation is dropped': (text) => each(text, NEGATION, () => ''),
  'a negation is added': (text) => each(text, /\b(?:is|are|can|will|do|has|have)\b/g, (verb) => `${verb} not`),
  'a condition is dropped': (text) => each(text, CONDITION, (found) => (/^[ ,]/.test(found) ? '' : ' ')),
  'numbers change places': (text) => {
    const numbers = [...new Set(text.match(/\d+(?:\.\d+)?/g))]
    return numbers.slice(1).map((other, at) => {
      const one = numbers[at] ?? ''
      return text.replaceAll(/\d+(?:\.\d+)?/g, (number) => (number === one ? other : number === other ? one : number))
    })
  },
  'a promise is added': (text) => [
    ...each(text, /\.(?=\s|$)/g, () => ', and we refund it.'),
    ...each(text, /\.(?=\s|$)/g, () => ', no questions asked.'),
    `${text} We refund you today.`,
    `We promise: ${text}`,
    `${text} I hope this helps, and it is free for you.`,
  ],
  'a name is added': (text) => [`${text} Ask Ana Martins.`, ...each(text, /\b(?:we|our)\b/gi, () => 'Brightwell & Co')],
  'a sentence that belongs to another is left out': (text) => {
    const sentences = text.split(/(?<=[.!?])\s+|\n+/)
    return sentences.length < 2 ? [] : [sentences.slice(0, -1).join(' '), sentences.slice(1).join(' ')]
  },
}

describe('none of the generated lies passes', () => {
  const folder = new URL('../../knowledge/', import.meta.url)
  const articles = readdirSync(folder).map((file) =>
    passagesIn(readFileSync(new URL(file, folder), 'utf8').replace(/^---\n.*?\n---\n/s, '')),
  )
  const made = Object.entries(MUTATIONS).map(([kind, mutate]) => ({
    kind,
    lies: articles.flatMap((of) => of.flatMap(({ text }) => mutate(text).map((lie) => ({ lie, text, of })))),
  }))

  test('every passage of the sample brand passes as it stands', () => {
    const stopped = articles.flatMap((of) =>
      of.flatMap((_, at) => {
        const text = selectPassages(of, [at + 1])?.text ?? ''
        return AUDIENCES.filter((audience) => beyond(text, audience, of) !== undefined).map(() => text)
      }),
    )
    expect(stopped).toEqual([])
    expect(made.reduce((sum, { lies }) => sum + lies.length, 0)).toBeGreaterThan(3000)
  })

  test.each(made.map(({ kind, lies }) => [kind, lies] as const))('%s', (_, lies) => {
    expect(lies.length).toBeGreaterThan(40)
    for (const audience of AUDIENCES) {
      const passed = lies.filter(({ lie, text, of }) => lie !== text && beyond(lie, audience, of) === undefined)
      expect(passed.map(({ lie }) => lie)).toEqual([])
    }
  })
})
