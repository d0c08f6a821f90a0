import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Understand } from '#understanding'
import { openLocalNlu } from '#understanding/local-nlu'
import { openSearchEngine, type SearchEngine } from '#understanding/retrieval'
import { CACHE } from '../setup/cache.ts'
import { SHOP } from './sample-shop.ts'

let finder: SearchEngine
let understand: Understand

beforeAll(async () => {
  finder = await openSearchEngine({
    cacheDir: CACHE,
    log: { warn: ({ reason }: { reason?: string }) => console.warn(reason) },
  })
  ;({ understand } = await openLocalNlu({ finder, content: SHOP }))
})

afterAll(async () => {
  await finder.close()
})

const hear = (text: string, history: { authorKind: 'customer' | 'bot'; text: string }[] = []) =>
  understand({ text, audience: 'public', channel: 'x', history })

describe('understanding', () => {
  test.each([
    ['order-status', 'hey, any news on my parcel?'],
    ['order-status', "my order still hasn't come"],
    ['cancel-order', 'I need to cancel the thing I ordered'],
    ['damaged-item', 'the lamp arrived broken into pieces'],
    ['none', 'do you like cats?'],
    ['none', 'hello'],
    ['none', ''],
  ])('the customer wants %s: `%s`', async (intent, text) => {
    expect((await hear(text)).intent).toBe(intent)
  })

  test('the topic is the dialog’s', async () => {
    expect((await hear('Where is my order?')).topic).toBe('delivery')
    expect((await hear('do you like cats?')).topic).toBe('none')
  })

  test('everything is heard at once', async () => {
    const heard = await hear('THIRD TIME I ASK: where is my order 4711-2209?? I want a human!!')
    expect(heard).toMatchObject({ intent: 'order-status', complaint: 'major', wantsHuman: true, language: 'en' })
    expect(heard.signals).toEqual(expect.arrayContaining(['question', 'repeat-contact']))
    expect(heard.privateData.map(({ type }) => type)).toContain('order')
    expect(heard.urgency).toBeGreaterThan(0.3)
  })

  test('another language is told, and its intent is not guessed', async () => {
    const heard = await hear('Ich habe gestern einen Tisch bestellt und möchte etwas fragen, bitte.')
    expect(heard).toMatchObject({ language: 'de', intent: 'none' })
  })

  test('a wish is heard through typing errors, and private data in the words as they were typed', async () => {
    const text = 'plz cancle the thng I orderd, wirte to ane@exmaple.org'
    const heard = await hear(text)
    expect(heard.intent).toBe('cancel-order')
    expect(heard.privateData.map(({ start, end }) => text.slice(start, end))).toEqual(['ane@exmaple.org'])
  })

  test('another language is not put right as if it were English', async () => {
    expect(await hear('wo ist mein bestelung, ich habe nix bekomen')).toMatchObject({ language: 'de', intent: 'none' })
  })

  test('a short answer is in the language of the conversation', async () => {
    const german = {
      authorKind: 'customer',
      text: 'Guten Tag, ich warte seit zwei Wochen auf meine Bestellung.',
    } as const
    expect((await hear('12345678', [german])).language).toBe('de')
    expect((await hear('12345678')).language).toBe('en')
  })
})
