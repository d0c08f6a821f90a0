// Most of what customers say in a conversation is plain: a number, a choice, a wish. None of these lines is taught.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { LocalEngine } from '../../src/cli/local-engine.ts'
import { openSampleEngine } from '../setup/pipeline.ts'

let shop: LocalEngine
beforeAll(async () => {
  shop = await openSampleEngine()
})
afterAll(() => shop?.close())

test.each([
  'so what happens now with that?',
  'I do not have the order number with me, can you find it by my name?',
  'My name is Noor Haddad and I live in Bristol',
  'Yes please, go ahead and cancel both',
  'Hi, I need to swap the lamp for the bigger one',
  'Please put it back on the card I paid with',
  'I have changed my mind, keep the old address',
  'Thank you so much for looking into this, what a relief',
  'we are moving on the 3rd so I would like it a week later',
  'and when would your colleague ring me?',
  "That's all, bye for now",
])('`%s` is neither grave nor a rant', async (text) => {
  const { complaint } = await shop.context.understand({ text, audience: 'private', channel: 'playground', history: [] })
  expect(['none', 'minor']).toContain(complaint)
})
