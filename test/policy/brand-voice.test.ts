import { describe, expect, test } from '@jest/globals'
import { applyVoice, type VoiceScope, voiceOf } from '#policy'

const place: VoiceScope = { channel: 'x', audience: 'public', language: 'en' }
const short = (text: string) => text.length <= 40
const spoken = (voice: Parameters<typeof voiceOf>[0], text: string, where: Partial<VoiceScope> = {}) =>
  applyVoice(text, voiceOf(voice, { ...place, ...where }), short)

describe('what the bot says, in the brand’s voice', () => {
  test.each<[title: string, voice: Parameters<typeof voiceOf>[0], text: string, said: string]>([
    ['is left as it is without one', {}, 'Thank you 😀', 'Thank you 😀'],
    ['has no emoji where the brand has none', { emoji: false }, 'Thank you 👍🏽! 1 © 2 ❤️', 'Thank you! 1 © 2'],
    ['has our word for another', { say: { parcel: 'package' } }, 'Parcel or parcels?', 'Package or parcels?'],
    [
      'keeps links and addresses',
      { say: { parcel: 'package' } },
      'See a.example/parcel or parcel@a.example',
      'See a.example/parcel or parcel@a.example',
    ],
    [
      'takes a word with marks in it',
      { say: { 'e-mail (us)': 'write' } },
      'please e-mail (us) now',
      'please write now',
    ],
    ['ends with the sign-off', { 'sign-off': '– Wren' }, 'Thank you.', 'Thank you. – Wren'],
    ['does not sign twice', { 'sign-off': '– Wren' }, 'Thank you. – Wren', 'Thank you. – Wren'],
    ['goes unsigned where there is no room', { 'sign-off': '– Wren' }, 'x'.repeat(36), 'x'.repeat(36)],
  ])('%s', (_title, voice, text, said) => {
    expect(spoken(voice, text)).toBe(said)
  })

  test.each<[title: string, where: Partial<VoiceScope>, said: string]>([
    ['in public on X', {}, 'Hi. – X'],
    ['in private on X', { audience: 'private' }, 'Hi. – all'],
    ['on another network', { channel: 'facebook' }, 'Hi. – all'],
    ['in French, which stands later', { language: 'fr' }, 'Hi. – fr'],
  ])('differs by place: %s', (_title, where, said) => {
    const voice = {
      'sign-off': '– all',
      where: [
        { channel: 'x', audience: 'public' as const, 'sign-off': '– X' },
        { language: 'fr', 'sign-off': '– fr' },
      ],
    }
    expect(spoken(voice, 'Hi.', where)).toBe(said)
  })

  test('words add up over places', () => {
    const voice = { say: { a: 'b' }, avoid: ['sorry'], where: [{ channel: 'x', say: { c: 'd' }, avoid: ['asap'] }] }
    expect(voiceOf(voice, place)).toMatchObject({ say: { a: 'b', c: 'd' }, avoid: ['sorry', 'asap'] })
  })
})
