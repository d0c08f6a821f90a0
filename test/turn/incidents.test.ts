// While an incident is active, turns about it are told the approved statement, and others are not.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { openSimulatedConversation } from '#releases/simulator'
import type { LocalEngine } from '../../src/cli/local-engine.ts'
import { openSampleEngine } from '../setup/pipeline.ts'

let shop: LocalEngine
beforeAll(async () => {
  shop = await openSampleEngine()
})
afterAll(() => shop?.close())

function talk(active: boolean) {
  const incidents = shop.content.incidents.map((one) => ({ ...one, active }))
  return openSimulatedConversation({ ...shop.context, content: { ...shop.content, incidents } }, 'x')
}
const statement = () => shop.content.incidents[0]?.statement ?? ''
const ABOUT = 'Is my parcel late because of the courier strike?'

describe('the courier strike', () => {
  test('while it is active, is answered with its statement and nothing else', async () => {
    const { outcome, drafts, reasons } = await talk(true).hear(ABOUT, 'public')
    expect(outcome).toBe('acknowledged')
    expect(reasons[0]?.rule).toBe('incident.courier-strike')
    expect(drafts.map(({ text }) => text)).toEqual([`I'm Lane, an automated assistant. ${statement()} – Lane`])
  })

  test('is followed by a person for whoever asks a third time', async () => {
    const one = talk(true)
    await one.hear(ABOUT, 'public')
    await one.hear('So the strike goes on?', 'public')
    expect((await one.hear('When does the strike end?', 'public')).outcome).toBe('escalated')
  })

  test('does not touch other turns', async () => {
    const [other, before] = await Promise.all(
      [true, false].map((active) => talk(active).hear('How do I look after my oak table?', 'public')),
    )
    expect(other?.outcome).toBe('answered')
    expect(other?.drafts).toEqual(before?.drafts)
  })

  test('while it is not active, is a matter like others', async () => {
    const { drafts } = await talk(false).hear(ABOUT, 'public')
    expect(drafts.map(({ text }) => text).join()).not.toContain(statement())
  })
})

test('a public reply on X is signed where there is room, a private one is not', async () => {
  const one = openSimulatedConversation(shop.context, 'x')
  const [open] = (await one.hear('Absolutely love my new dining table', 'public')).drafts
  const [inside] = (await one.hear('Thanks for your help', 'private')).drafts
  expect(open?.text).toMatch(/ – Lane$/)
  expect(inside?.text).not.toContain('– Lane')
})
