// A signal that a policy teaches decides a whole turn, on words that nobody taught; what it is not does not.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Content } from '#content'
import { compile } from '#policy'
import { openSimulatedConversation } from '#releases/simulator'
import type { TurnContext } from '#turn'
import type { LocalEngine } from '../../src/cli/local-engine.ts'
import { openSampleEngine } from '../setup/pipeline.ts'

let shop: LocalEngine
let without: TurnContext
let recall: TurnContext
/** A recall of one product, which the engine knows nothing of. */
const RECALL: Content['signals'][number] = {
  id: 'kettle-recall',
  owner: 'safety',
  file: 'policies/recall.yaml',
  major: true,
  says: [
    'is my kettle one of those that you call back',
    'I heard that the kettles are being recalled',
    'do I have to send the kettle back because of the recall',
    'the recall notice for the kettle, does it concern me',
    'my kettle has the serial number from your warning',
    'news says your kettles must be returned for safety',
  ],
  not: ['how do I descale the kettle', 'can I return the kettle, I do not like it', 'which kettles do you sell'],
}

beforeAll(async () => {
  shop = await openSampleEngine()
  without = await shop.with({ ...shop.content, signals: [] })
  const rule = {
    id: 'recall.kettle',
    when: { signals: 'kettle-recall' },
    then: 'escalate',
    team: 'recalls',
    priority: 'urgent',
    because: 'A kettle is recalled; a person sees to it.',
  } as const
  const rules = [...shop.content.rules, { ...rule, topic: 'Recall', file: RECALL.file }]
  const taught = await shop.with({ ...shop.content, rules, signals: [...shop.content.signals, RECALL] })
  recall = { ...taught, rules: compile(rules, 'with-recall') }
}, 240_000)
afterAll(() => shop?.close())

const hear = (context: TurnContext, text: string) =>
  openSimulatedConversation(context, 'playground').hear(text, 'private')

describe('a signal of the owner’s own', () => {
  test.each(['was my kettle in the recall that was on the news?', 'your kettle warning, am I affected'])(
    '`%s` goes to the team of its rule, as a major complaint',
    async (text) => {
      const { outcome, reasons } = await hear(recall, text)
      expect([outcome, reasons[0]?.rule]).toEqual(['escalated', 'recall.kettle'])
      const { complaint, signals } = await recall.understand({
        text,
        audience: 'private',
        channel: 'playground',
        history: [],
      })
      expect(complaint).toBe('major')
      expect(signals).toContain('kettle-recall')
    },
  )

  test.each(['what is the best way to descale a kettle', 'I would like to return a kettle that I do not like'])(
    '`%s` is something else',
    async (text) => {
      const { reasons } = await hear(recall, text)
      expect(reasons.map(({ rule }) => rule)).not.toContain('recall.kettle')
    },
  )
})

describe('a signal of the engine’s that the sample brand teaches', () => {
  test.each([['an intruder is inside my account right now', 'security.takeover']])(
    '`%s` escalates because of `%s`, which rules alone would not hear',
    async (text, rule) => {
      expect((await hear(shop.context, text)).reasons[0]?.rule).toBe(rule)
      expect((await hear(without, text)).reasons.map((one) => one.rule)).not.toContain(rule)
    },
  )

  test.each(['the payment is still shown as pending', 'how come I was charged two times'])(
    '`%s` is no fraud',
    async (text) => {
      const { signals, complaint } = await shop.context.understand({
        text,
        audience: 'private',
        channel: 'playground',
        history: [],
      })
      expect(signals).not.toContain('fraud')
      expect(complaint).not.toBe('major')
    },
  )
})

test('a report tells of each signal what is heard when left out', async () => {
  const reports = await shop.context.signals?.()
  expect(reports?.map(({ id }) => id).toSorted()).toEqual(['account-takeover', 'fraud', 'outage', 'safety'])
  for (const { says, background } of reports ?? []) {
    const heard = says.filter(({ heardLeftOut }) => heardLeftOut).length
    expect(heard / says.length).toBeGreaterThan(0.5)
    expect(background.taken / background.of).toBeLessThan(0.01)
  }
})
