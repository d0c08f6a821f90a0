// Asking for a person in words that no rule lists: learnt from `wants-human.tsv`, none of which is asked here.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { LocalEngine } from '../../src/cli/local-engine.ts'
import { asksForHuman } from '../../src/understanding/nlu/signals/wants-human.ts'
import { openSampleEngine } from '../setup/pipeline.ts'

let shop: LocalEngine
beforeAll(async () => {
  shop = await openSampleEngine()
})
afterAll(() => shop?.close())

const wantsHuman = async (text: string) =>
  (await shop.context.understand({ text, audience: 'public', channel: 'playground', history: [] })).wantsHuman

test.each([
  'can you help me contact an operator',
  'i wanna tlak to sombody',
  'how would I get through to one of your advisers?',
  'My order is a mess. I have explained it twice now. Is anybody there that I could discuss this with?',
  'any chance of a person who actually reads what I write',
])('`%s` asks for a person', async (text) => {
  expect(asksForHuman(text)).toBe(false)
  expect(await wantsHuman(text)).toBe(true)
})

test.each([
  'where is my order?',
  'you are no help at all',
  'somebody left a lovely review of this lamp',
  'do I need to speak English in the showroom?',
  'my neighbour talks to everybody about your sofas',
  'are you a bot?',
  'I have to get home soon',
])('`%s` does not', async (text) => {
  expect(await wantsHuman(text)).toBe(false)
})
