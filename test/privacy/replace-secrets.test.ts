import { describe, expect, test } from '@jest/globals'
import { findPrivateData, replaceSecrets } from '#privacy'

const kindsOf = (text: string) => {
  const { text: kept, spans } = replaceSecrets(text)
  return spans.filter(({ replaced }) => replaced).map(({ type, start, end }) => [type, kept.slice(start, end)])
}

/** A small generator of numbers below `n`, the same for the same seed. */
function randomFrom(seed: number): (n: number) => number {
  let state = seed
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
}

const digitsFrom = (random: (n: number) => number, count: number) =>
  Array.from({ length: count }, () => random(10)).join('')

function luhnOf(digits: string): number {
  const sum = Array.from(digits, Number).reduceRight((so, digit, at) => {
    const twice = (digits.length - at) % 2 === 1 ? digit * 2 : digit
    return so + (twice > 9 ? twice - 9 : twice)
  }, 0)
  return (10 - (sum % 10)) % 10
}

/** Prefix and length of what Visa, Mastercard, Amex, Discover, Diners, JCB and UnionPay print. */
const CARDS = [
  ['4', 16],
  ['51', 16],
  ['55', 16],
  ['2221', 16],
  ['2720', 16],
  ['34', 15],
  ['37', 15],
  ['6011', 16],
  ['65', 16],
  ['36', 14],
  ['3530', 16],
  ['62', 16],
] as const

const GROUPS: { readonly [length: number]: RegExp } = {
  16: /(....)(....)(....)(....)/g,
  15: /(....)(......)(.....)/g,
  14: /(....)(......)(....)/g,
}

const grouped = (digits: string, sign: string) =>
  [...digits.matchAll(GROUPS[digits.length] ?? /(.+)/g)].flatMap(([, ...groups]) => groups).join(sign)

const SAID = [
  (card: string) => `my card is ${card}`,
  (card: string) => `${card} was charged twice, order HL-20419`,
  (card: string) => `Please refund to ${card}, thanks`,
  (card: string) => `I typed\n${card}\ninto your page and it said no`,
  (card: string) => `refund me (${card}).`,
]

describe('what is never stored is replaced', () => {
  test('card numbers of every large scheme, however they are grouped', () => {
    const random = randomFrom(7)
    let seen = 0
    for (const [prefix, length] of CARDS) {
      for (const sign of ['', ' ', '-', '.', '/', '_', '  ', ' - ']) {
        for (const say of SAID) {
          const body = prefix + digitsFrom(random, length - prefix.length - 1)
          const digits = body + luhnOf(body)
          const text = say(grouped(digits, sign))
          const kept = replaceSecrets(text).text
          expect({ text, kept }).toEqual({ text, kept: say(`[card ending ${digits.slice(-4)}]`) })
          seen += 1
        }
      }
    }
    expect(seen).toBe(480)
  })

  test.each([
    ['my card is 4111 1111 1111 1111 cvv 123', 'my card is [card ending 1111] cvv [security code]'],
    ['４２４２ ４２４２ ４２４２ ４２４２', '[card ending 4242]'],
    ['4242-4242-4242-4242 12/27 321', '[card ending 4242] 12/27 [security code]'],
    ['5555555555554444, 03/29, 987 please', '[card ending 4444], 03/29, [security code] please'],
    ['378282246310005 1234', '[card ending 0005] [security code]'],
    ['card 4111 1111 11\n11 1111 cvc: 9 8 7', 'card [card ending 1111] cvc: [security code]'],
    ['four two four two 4242 4242 4242', '[card ending 4242]'],
    ['4111 1111 1111 1111 and 5500 0000 0000 0004', '[card ending 1111] and [card ending 0004]'],
    ['card no. 4111 1111 1111 1112, one digit may be wrong', 'card no. [card ending 1112], one digit may be wrong'],
    ['https://pay.example/?card=4111111111111111&x=1', 'https://pay.example/?card=[card ending 1111]&x=1'],
    ['the three digits on the back are 907', 'the three digits on the back are [security code]'],
    ['907 is my cvv', '[security code] is my cvv'],
    ['Kartenprüfnummer: 907', 'Kartenprüfnummer: [security code]'],
    ['code 482913 from your sms', 'code [one-time code] from your sms'],
    ['the otp is 55 12 90', 'the otp is [one-time code]'],
    ['your SMS said 482-913', 'your SMS said [one-time code]'],
    ['the number you texted me is 482913', 'the number you texted me is [one-time code]'],
    ['G-482913 is my code', '[one-time code] is my code'],
    ['verification code: 4 8 2 9 1 3', 'verification code: [one-time code]'],
    ['otp ４８２９１３', 'otp [one-time code]'],
    ['my pin is 4821', 'my pin is [PIN]'],
    ['my password is hunter2, ok?', 'my password is [password], ok?'],
    ['pw: Blue!Whale', 'pw: [password]'],
    ['Mein Passwort ist geheim99', 'Mein Passwort ist [password]'],
    ['api key: abcd1234efgh5678', 'api key: [key]'],
  ])('%j', (text, kept) => {
    expect(replaceSecrets(text).text).toBe(kept)
  })

  test('what was replaced is marked, and other private data stays where it is, with its place', () => {
    const { text, spans } = replaceSecrets('Mail ann@example.com: card 4111 1111 1111 1111, cvv 123, SW1A 1AA')
    expect(text).toBe('Mail ann@example.com: card [card ending 1111], cvv [security code], SW1A 1AA')
    expect(spans.map(({ type, start, end, replaced }) => [type, text.slice(start, end), replaced])).toEqual([
      ['email', 'ann@example.com', undefined],
      ['card', '[card ending 1111]', true],
      ['secret', '[security code]', true],
      ['address', 'SW1A 1AA', undefined],
    ])
  })

  test('a text in which everything was replaced stays as it is', () => {
    const { text } = replaceSecrets('card 4111111111111111 cvv 123, password: hunter2, pin 1234, otp 482913')
    expect(replaceSecrets(text).text).toBe(text)
    expect(findPrivateData(text).map(({ type }) => type)).toEqual(['card'])
  })
})

describe('what is not one is kept', () => {
  test.each([
    'order HL-20419, again HL-20419-2',
    'order number 4539578763621486',
    '5105105105105100 is my order number',
    'tracking 9400 1000 5000 0000 0000 00',
    'USPS 9405 5036 9930 0000 0000 00 is lost',
    'UPS 1Z999AA10123456784',
    'parcel 00340434161094027318',
    'DPD 15501234567890',
    'my phone is +49 151 12345678',
    'call 0044 20 7946 0958 or (020) 7946 0958',
    'call +4915112345676 please',
    'my number: 07700 900123',
    'IMEI 352099001761481',
    'EAN 4006381333931, item 4006381333931',
    'IBAN GB29 NWBK 6016 1331 9268 19',
    'DE89 3704 0044 0532 0130 00',
    'wrong iban NL91 ABNA 4171 6430 0005 1111',
    'my gift card 6006491234567890',
    'loyalty card 4539578763621486',
    'customer number 6304985028090561515',
    'card ending 4242',
    'error code 482913',
    'it shows code 4021 on the display',
    'gate code is 4821',
    'my booking confirmation code is 829304',
    'promo code 4821',
    'my password is not working',
    'my password was hacked',
    'password is driving me mad',
    'I forgot my password',
    'Password: how do I change it?',
    'the pin of the hinge broke',
    'sent an sms to 60777 yesterday',
    '3.14159265358979323846 is pi',
    '2026-11-30 11:35:20, ref 20261130113520',
  ])('%j', (text) => {
    expect(kindsOf(text)).toEqual([])
    expect(replaceSecrets(text).text).toBe(text)
  })

  test('numbers of orders, parcels and telephones of every length, said to be that', () => {
    const random = randomFrom(11)
    const wrong: string[] = []
    for (let round = 0; round < 4_000; round += 1) {
      const digits = `${1 + random(9)}${digitsFrom(random, 6 + random(14))}`
      const text = [
        `order ${digits}`,
        `Where is my parcel, tracking number ${digits}?`,
        `invoice no. ${digits} is wrong`,
        `${digits} is my order number`,
        `call me on +${digits.slice(0, 13)}`,
        `my customer number is ${digits}`,
        `#${digits} has not come`,
      ][random(7)] as string
      if (kindsOf(text).length > 0) wrong.push(text)
    }
    expect(wrong).toEqual([])
  })

  test('of numbers that nobody says anything of, only what passes for a card of today', () => {
    const random = randomFrom(13)
    const taken = Array.from({ length: 4_000 }, () => `${1 + random(9)}${digitsFrom(random, 9 + random(10))}`).filter(
      (digits) => kindsOf(`it is ${digits}`).length > 0,
    )
    expect(taken.every((digits) => /^(?:[2-6]\d{15}|4\d{18}|3\d{13,14})$/.test(digits))).toBe(true)
    expect(taken.every((digits) => luhnOf(digits.slice(0, -1)) === Number(digits.at(-1)))).toBe(true)
    // One number in a hundred.
    expect(taken.length).toBeLessThan(40)
  })
})
