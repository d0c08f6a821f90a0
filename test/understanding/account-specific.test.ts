// What only this one customer has with us is looked into in private: learnt from messages, none of which is asked here.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { openSimulatedConversation } from '#releases/simulator'
import type { LocalEngine } from '../../src/cli/local-engine.ts'
import { openSampleEngine } from '../setup/pipeline.ts'

let shop: LocalEngine
beforeAll(async () => {
  shop = await openSampleEngine()
})
afterAll(() => shop?.close())

const hear = (text: string) => shop.context.understand({ text, audience: 'public', channel: 'playground', history: [] })

test.each([
  'my bookcase was delivered with a cracked shelf',
  'you took the money for my order two times',
  'my package never turned up',
  'I have not received my refund yet',
  'can you look into HL-602211?',
])('is about this one customer: `%s`', async (text) => {
  expect((await hear(text)).signals).toContain('account-specific')
})

test.each([
  'what time does the showroom close?',
  'do you ship to Ireland?',
  'is the oak table solid wood?',
  'which lamp has the brightest bulb?',
  'love the new range',
])('is about no one: `%s`', async (text) => {
  expect((await hear(text)).signals).not.toContain('account-specific')
})

describe('a complaint of what somebody bought', () => {
  const broken = '@harbourlane you charged me two times for one lamp'

  test('is invited into the private conversation, and a person gets it there, who sees that they were', async () => {
    const talk = openSimulatedConversation(shop.context)
    const invited = await talk.hear(broken, 'public')
    expect(invited.outcome).toBe('moved-to-private')
    expect(invited.reasons[0]?.rule).toBe('complaints.of-their-own-told')
    const { outcome, change } = await talk.hear('you charged me two times, I wrote to you in public', 'private')
    expect(outcome).toBe('escalated')
    expect(change.case.tried).toContain('Invited the customer to a private conversation.')
  })

  test('goes to a person when the invitation has not helped', async () => {
    const talk = openSimulatedConversation(shop.context)
    await talk.hear(broken, 'public')
    // The invitation is not said twice in a row.
    expect((await talk.hear('you still charged me two times', 'public')).outcome).toBe('ignored')
    const { outcome, reasons } = await talk.hear('charged me two times and it is not put right', 'public')
    expect(outcome).toBe('escalated')
    expect(reasons.map(({ rule }) => rule)).toContain('complaints.of-their-own-again')
  })
})
