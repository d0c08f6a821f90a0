// A hire shop for bicycles whose words, and everybody's, misspelt messages are read by.
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { Content } from '#content'
import type { Dialog } from '#dialog'
import { openRepair, type Repair } from '#understanding/spelling'
import { SHOP } from './sample-shop.ts'

const article = (title: string, questions: string[], body: string): Content['articles'][number] => ({
  ...{ id: title, title, questions, body, not: [], audience: 'public' as const },
})

const HIRE: Content = {
  ...SHOP,
  brand: { ...SHOP.brand, name: 'Pedalwick' },
  articles: [
    article(
      'Hiring a tandem',
      ['can we hire a tandem for the weekend', 'how much is the deposit for a tandem'],
      'A tandem costs £40 a day. We ask for a deposit, and give it back when the tandem is returned. Collect it in Whitby.',
    ),
    article(
      'Velolock and helmets',
      ['is a velolock included', 'do you lend helmets'],
      'Each bicycle comes with a velolock. Helmets are free, also in Whitby. A panniar costs £2.',
    ),
  ],
  dialogs: [
    {
      id: 'booking',
      title: 'Change a booking',
      phrases: ['I want to change my booking', 'move my booking to another day'],
    },
  ].map((one) => ({ ...SHOP.dialogs[0], ...one }) as Dialog),
}

let repair: Repair

beforeAll(async () => {
  repair = await openRepair(HIRE)
})

describe('misspelt words', () => {
  test.each([
    ['dropped letters', 'how much is the depsit for a tandm', 'how much is the deposit for a tandem'],
    ['swapped letters', 'cna we hrie a tadnem', 'can we hire a tandem'],
    ['doubled letters', 'is the helmmet freee', 'is the helmet free'],
    ['keys beside the right ones', 'move my bopking to monday pleade', 'move my booking to monday please'],
    ['words as they sound', 'my bicicle has a fysical problim', 'my bicycle has a physical problem'],
    ['letters held down', 'pleeeease answer meeee', 'please answer me'],
    ['shouting', 'WHERE IS MY DEPOSTI', 'WHERE IS MY DEPOSIT'],
    ['the first word of a sentence', 'Helo there. Whre is the shop?', 'Hello there. Where is the shop?'],
    [
      'contractions',
      "I dont know why it wasn't their, didnt you say sooo",
      "I don't know why it wasn't their, didn't you say so",
    ],
  ])('%s are put right', (_, typed, meant) => {
    expect(repair(typed)).toBe(meant)
  })

  test('short forms of texting are written out', () => {
    expect(repair('plz can u hire me 1 tmrw, wen r u open? thx')).toBe(
      'please can you hire me 1 tomorrow, when are you open? thanks',
    )
    expect(repair('its 2moro or never m8, i payed into ur acc')).toContain('tomorrow or never mate')
  })

  test('the brand’s own words come before others that are as near', () => {
    expect(repair('the tandm is broken')).toBe('the tandem is broken')
    expect(repair('my velolok is stuck')).toBe('my velolock is stuck')
  })

  test('what the brand itself misspelt once is no word of its own', () => {
    expect(repair('a paniar for my bicycle')).not.toContain('panniar')
  })

  test('a word that came about by chance is read as the brand’s own between its neighbours', () => {
    expect(repair('can we hare a tandem')).toBe('can we hire a tandem')
    expect(repair('there was a hare in the field')).toBe('there was a hare in the field')
  })

  test('a name that the brand writes is put right, also with a capital inside a sentence', () => {
    expect(repair('is your shop in Whtiby open')).toBe('is your shop in Whitby open')
  })
})

describe('what stays as it is', () => {
  test.each([
    'my name is Siobhan Tandey and I live in Tanden',
    'ask Depozit Ltd, they know Mr Hyre',
    'write to tandm@exmaple.org or @bycicle_hrie, see https://pedalwik.example/tandm/depsit #depsit',
    'my order is TDM-20419, code depsit7 and DPSIT',
    'colour and color, organise and organize, tyre and tire',
    'the kerb, the spokes, a derailleur and a saddlebag',
    'lol ngl the app is peng, klarna and paypal both worked',
    "who'd have thought you'd say that, she'll see it's the shop's",
    'a pre-paid, non-stop, mid-week thing',
    '🚲🚲 !!! ??? … 12:30, 3/4, £40',
    '',
  ])('`%s`', (text) => {
    expect(repair(text)).toBe(text)
  })

  test('a text of nothing but signs is read in no time', () => {
    const signs = `a${'!'.repeat(4000)}a${'?.'.repeat(2000)}`
    expect(repair(signs)).toBe(signs)
  })
})

describe('a content', () => {
  test('is learnt once', async () => {
    expect(await openRepair(HIRE)).toBe(repair)
  })

  test('decides what its own words are', async () => {
    const other = await openRepair({ ...HIRE, articles: [], dialogs: [] })
    expect(other('my velolok is stuck')).not.toContain('velolock')
  })
})
