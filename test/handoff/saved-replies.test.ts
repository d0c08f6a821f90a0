// Saved replies for a ticket: which fit, and what is filled in.
import { describe, expect, test } from '@jest/globals'
import type { Content } from '#content'
import { formatProblem, loadContent } from '#content/load'
import { repliesFor } from '../../src/handoff/saved-replies.ts'
import { inFolder } from '../content/folder.ts'

type Reply = Content['savedReplies'][number]
const ADA = { name: 'Ada' }
const reply = (text: string, more: Partial<Reply> = {}): Reply => ({
  ...{ id: 'one', name: 'One', owner: 'care', audience: 'private', text },
  ...more,
})
const CUSTOMER = { id: 'x:1', name: 'Ana Example', handle: 'ana_e', channel: 'x', reach: 0 } as const
const ticket = (
  facts: readonly { readonly name: string; readonly value: string }[] = [],
  more: { readonly customer?: Partial<typeof CUSTOMER> | { readonly name: string }; readonly language?: string } = {},
) => ({ ...more, customer: { ...CUSTOMER, ...more.customer }, brief: { facts } })
const DIALOGS = await inFolder({}, async (dir) => {
  const loaded = await loadContent(dir)
  if ('problems' in loaded) throw new Error(loaded.problems.map(formatProblem).join('\n'))
  return loaded.content.dialogs
})
const ORDER = 'order-number'
const gap = '[order number]'

const fill = (one: Reply, on = ticket()) => repliesFor({ savedReplies: [one], dialogs: DIALOGS }, on, ADA)[0]?.text

describe('a variable', () => {
  test('of people is their first name, on every side', () => {
    const said = reply('Hello {customer}, {agent} here', { audience: 'public' })
    expect(fill(said)).toBe('Hello Ana, Ada here')
  })

  test.each(['7700001', '@photo_phil', '🔥🔥', 'x'.repeat(300)])('is a gap for a name that is none: %s', (name) => {
    expect(fill(reply('Hello {customer}'), ticket([], { customer: { name } }))).toBe('Hello [customer]')
  })

  test.each(['Yıldız Kaya', 'Søren', 'שרה כהן', 'O’Brien'])('is filled for a name in any script: %s', (name) => {
    expect(fill(reply('{customer}'), ticket([], { customer: { name } }))).toBe(name.split(' ')[0])
  })

  test('of a fact is its value', () => {
    expect(fill(reply(`It is {${ORDER}}.`), ticket([{ name: ORDER, value: 'HL-20419' }]))).toBe('It is HL-20419.')
  })

  test('is filled with what the customer gave outside of a form, unless they gave two', () => {
    const one = { name: 'order', value: 'HL-20419' }
    expect(fill(reply(`{${ORDER}}`), ticket([one]))).toBe('HL-20419')
    expect(fill(reply(`{${ORDER}}`), ticket([one, { name: 'order', value: 'HL-20420' }]))).toBe(gap)
  })

  test('that is not known is a gap', () => {
    expect(fill(reply(`It is {${ORDER}}.`))).toBe(`It is ${gap}.`)
  })

  test.each(['public', 'both'] as const)('of a fact stays a gap where the reply is for %s', (audience) => {
    expect(fill(reply(`{${ORDER}}`, { audience }), ticket([{ name: ORDER, value: 'HL-20419' }]))).toBe(gap)
  })

  test('in a value is no variable', () => {
    expect(fill(reply(`{${ORDER}}`), ticket([{ name: ORDER, value: '{agent}' }]))).toBe('{agent}')
  })
})

test('private data that is masked on screens is masked in a reply too', () => {
  const [one] = repliesFor(
    { savedReplies: [reply('Is {email} right?')], dialogs: DIALOGS },
    ticket([{ name: 'email', value: 'ana@mail.example' }]),
    ADA,
  )
  expect(one?.text).toBe('Is ana@mail.example right?')
  expect(one?.private).toEqual([{ type: 'email', start: 3, end: 19 }])
})

test.each([
  ['of any network and language', {}, true],
  ['of this network', { channels: ['x'] }, true],
  ['of another network', { channels: ['facebook'] }, false],
  ['in the customer’s language', { language: 'de' }, true],
  ['in another language', { language: 'en' }, false],
] as const)('a reply %s fits: %j %s', (_which, more, fits) => {
  expect(fill(reply('Hello', more as Partial<Reply>), ticket([], { language: 'de' })) !== undefined).toBe(fits)
})

test('where nobody knows the customer’s language, replies of every language are offered', () => {
  expect(fill(reply('Hallo', { language: 'de' }))).toBe('Hallo')
})
