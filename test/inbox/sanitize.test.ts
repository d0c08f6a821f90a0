import { describe, expect, test } from '@jest/globals'
import { type Audience, CAPABILITIES, type ChannelEvent, type ChannelName } from '#domain'
import { sanitize } from '../../src/inbox/sanitize.ts'

function wrote(text: string, channel: ChannelName = 'x', audience: Audience = 'private'): ChannelEvent {
  const customer = { id: `${channel}:us:ann`, channel, account: 'us', user: 'ann' } as const
  const conversation = { id: `${channel}:us:dm:ann`, channel, audience } as const
  const message = { id: `${channel}:1`, conversation, author: 'ann', authorKind: 'customer', text, at: 1 } as const
  return { kind: 'message', id: message.id, own: false, customer, message, directed: true }
}

function kept(text: string, channel: ChannelName = 'x', audience: Audience = 'private') {
  const event = sanitize(wrote(text, channel, audience), CAPABILITIES[channel])
  if (event.kind !== 'message') throw new Error('a message stays a message')
  return event.message
}

describe('a text that comes in', () => {
  test.each([
    ['x', 'private', 10_000],
    ['x', 'public', 25_000],
    ['facebook', 'private', 2_000],
    ['facebook', 'public', 8_000],
    ['bot-framework', 'private', 20_000],
  ] as const)('of %s in %s is cut to what the network allows, and its length is noted', (channel, audience, limit) => {
    const whole = 'a word or two '.repeat(2_000).slice(0, limit)
    expect(kept(whole, channel, audience).text === whole).toBe(true)
    expect(kept(whole, channel, audience)).not.toHaveProperty('cutFrom')
    const message = kept(`${whole}, and more`, channel, audience)
    expect(message.text === whole).toBe(true)
    expect(message.cutFrom).toBe(limit + 10)
  })

  test('is counted in characters, and no character is cut in two', () => {
    const message = kept('🎁'.repeat(2_500), 'facebook')
    expect(message.text === '🎁'.repeat(2_000)).toBe(true)
    expect(message.cutFrom).toBe(2_500)
  })

  test('is not cut through a value: what is left of a card number is not stored', () => {
    for (let before = 1_960; before < 2_010; before += 1) {
      const message = kept(`${'x'.repeat(before - 1)} 4111 1111 1111 1111 and so on ${'y '.repeat(500)}`, 'facebook')
      expect(message.text).not.toMatch(/4111|1111 1/)
      expect(message.text.length).toBeLessThanOrEqual(2_000)
      expect(message.privateData?.every(({ end }) => end <= message.text.length)).toBe(true)
    }
  })

  test('of a megabyte is searched no further than it is kept', () => {
    const message = kept('SW1A 1AA '.repeat(116_000), 'bot-framework')
    expect(message.text.length).toBeLessThanOrEqual(20_000)
    expect(message.privateData?.length).toBe(2_222)
    expect(message.cutFrom).toBe(1_044_000)
  })

  test('has the places of its private data beside it, also where there is none', () => {
    expect(kept('Mail ann@example.com').privateData).toEqual([{ type: 'email', start: 5, end: 20 }])
    expect(kept('hello').privateData).toEqual([])
  })

  test('has words for card numbers and codes; an edit as well', () => {
    expect(kept('card 4111 1111 1111 1111 cvv 123').text).toBe('card [card ending 1111] cvv [security code]')
    const edit: ChannelEvent = {
      kind: 'edit',
      id: 'x:2',
      own: false,
      of: 'x:1',
      text: 'otp 482913',
      order: 1,
      audience: 'private',
    }
    expect(sanitize(edit, CAPABILITIES.x)).toEqual({
      ...edit,
      text: 'otp [one-time code]',
      privateData: [{ type: 'secret', start: 4, end: 19, replaced: true }],
    })
  })

  test('is left alone where there is none', () => {
    const gone: ChannelEvent = { kind: 'delete', id: 'x:3', own: false, of: 'x:1', audience: 'private' }
    expect(sanitize(gone, CAPABILITIES.x)).toBe(gone)
  })
})
