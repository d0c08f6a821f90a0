// What says nothing to us is left alone in public, and only there; whoever may need something is not.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Audience, Case } from '#domain'
import { openSimulatedConversation } from '#releases/simulator'
import type { LocalEngine } from '../../src/cli/local-engine.ts'
import { openSampleEngine } from '../setup/pipeline.ts'
import { WISHES } from './denied-wishes.ts'

let shop: LocalEngine
beforeAll(async () => {
  shop = await openSampleEngine()
})
afterAll(() => shop?.close())

async function hear(text: string, audience: Audience = 'public', before: Partial<Case> = {}) {
  const { outcome, reasons } = await openSimulatedConversation(shop.context, 'playground', before).hear(text, audience)
  return { outcome, because: reasons[0]?.rule }
}

test('on X, where all that is delivered names us, an account that the brand has not listed may be ours', async () => {
  const heard = (text: string) => shop.context.understand({ text, audience: 'public', channel: 'x', history: [] })
  expect((await heard('@acme so pretty, look at these lamps')).signals).not.toContain('side-talk')
  expect((await heard('@jo @harbourlane reminds me of you')).signals).toContain('side-talk')
})

describe('in public', () => {
  test.each([
    ['off-topic.chatter', 'lol'],
    ['off-topic.chatter', '@harbourlane 👏'],
    ['off-topic.chatter', 'haha, ok'],
    ['off-topic.side-talk', '@jo look at these lamps'],
    ['off-topic.side-talk', '@jo @harbourlane reminds me of you'],
    ['spam.advertising', 'Lost your page? Account recovery in an hour, contact wizard.q on telegram'],
    ['spam.advertising', 'altcoin presale, you have been chosen to claim free coins'],
  ])('%s leaves alone: `%s`', async (rule, text) => {
    expect(await hear(text)).toEqual({ outcome: 'ignored', because: rule })
  })

  test.each([
    ...WISHES,
    '👎',
    '😡',
    'thanks',
    '❤',
    'lol it broke',
    'ok but it is the wrong lamp',
    '@jo @harbourlane do you deliver to Leeds?',
    '@jo do you know how much delivery is?',
    '@jo my lamp from here arrived broken',
    '@jo worst shop ever',
    '@DPD_UK @harbourlane left it out in the rain',
    '@jo my number is 07700 900123',
    '@jo HL-20419',
    'my account has been hacked, somebody contacted me on instagram',
    'I got a text that says I have been chosen to win a sofa, is it from you?',
  ])('somebody may need something: `%s`', async (text) => {
    expect((await hear(text)).outcome).not.toBe('ignored')
  })

  test.each(['ok', 'hmm', '@jo so pretty'])('whom we had to ask back is seen by a person: `%s`', async (text) => {
    const { outcome, because } = await hear(text, 'public', { failures: 1 })
    expect([outcome, because]).toEqual(['escalated', 'off-topic.no-answer'])
  })
})

test.each([
  ['escalated', 'lol'],
  ['acknowledged', 'ok'],
  ['escalated', '@jo look at these lamps'],
])('in private it is %s as ever: `%s`', async (outcome, text) => {
  expect((await hear(text, 'private')).outcome).toBe(outcome)
})
