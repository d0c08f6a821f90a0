// Who says that they do not want a thing, or have it already, does not get the form for it; who wants it does.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { simulateInput } from '#releases/simulator'
import type { LocalEngine } from '../../src/cli/local-engine.ts'
import { asksInstead, isDeniedWish } from '../../src/understanding/nlu/denied-wish.ts'
import { openSampleEngine } from '../setup/pipeline.ts'

let shop: LocalEngine
beforeAll(async () => {
  shop = await openSampleEngine()
})
afterAll(() => shop?.close())

/** The dialog that the words begin. */
const opened = async (text: string) => (await simulateInput(shop.context, text, 'private', 'playground')).dialog?.id

/** None of these stands in what the classifier learns from. */
const NOT_WANTED = [
  "I don't want to cancel my order",
  "please don't delete my account",
  'my refund has arrived',
  'no complaints so far',
  'please close my complaint, all solved',
  "don't you dare close my account",
  "I wasn't going to send the rug back",
  "you needn't send a replacement, I glued it",
  "money's back in my bank, ta",
  'who said anything about cancelling? keep it',
  'I can get into my account now',
  "it isn't damaged, I was just asking",
  'scrap my complaint',
  'I take my complaint back',
  'the wrong item thing got fixed',
  "nothing's missing, found the screws",
  'leave my address the way it is',
  'not returning anything mate',
  'my suitcase has not gone missing, it came on the next belt',
  "we weren't sent the wrong tiles",
  'not a single egg was broken lol',
  'no cracks in the mirror, good packing',
]
const WANTED = [
  ["I don't want my order any more", 'cancel-order'],
  ["cancel it, I don't want it", 'cancel-order'],
  ["I don't want an account with you any more", 'delete-account'],
  ['my refund has not arrived', 'refund-status'],
  ["my order hasn't come", 'missing-parcel|order-status'],
  ['the vase arrived broken', 'damaged-item'],
  ["I've received the wrong colour", 'wrong-item'],
  ['I want to send the lamp back', 'return-item'],
  ["where's my refund", 'refund-status'],
  ['please delete everything you have on me', 'delete-account'],
  ["can you change my address, I've moved", 'change-address'],
  ["haven't had my money back yet", 'refund-status'],
  ['not happy: the mirror came cracked', 'damaged-item'],
] as const

test.each(NOT_WANTED)('“%s” opens no form', async (text) => {
  expect(await opened(text)).toBeUndefined()
})

test.each(WANTED)('“%s” opens the form %s', async (text, dialogs) => {
  expect(dialogs.split('|')).toContain(await opened(text))
})

describe('without the sentence model only what is said outright counts', () => {
  test.each([
    "I don't want to cancel",
    'we are not asking for a refund',
    'please keep my booking',
    'ignore my last message',
  ])('“%s” denies a wish', (text) => expect(isDeniedWish(text)).toBe(true))
  test.each(["I don't want it, cancel it", 'my order has not arrived', 'I want to return it', 'where is my order'])(
    '“%s” denies none',
    (text) => expect(isDeniedWish(text)).toBe(false),
  )
})

describe('a wish in place of another', () => {
  test.each(["no, I'd rather change the address", 'you know what just cancel it', 'actually, send it back'])(
    '“%s” asks for a deed',
    (text) => expect(asksInstead(text)).toBe(true),
  )
  test.each(["no, don't change it", 'you know what, I will keep it', "I'd rather not change it", 'actually it came'])(
    '“%s” asks for none',
    (text) => expect(asksInstead(text)).toBe(false),
  )
})
