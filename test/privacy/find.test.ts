import { describe, expect, test } from '@jest/globals'
import { findPrivateData } from '#privacy'

/** What is found, as `type: the words it was written in`. */
function found(text: string): string[] {
  return findPrivateData(text).map(({ type, start, end }) => `${type}: ${text.slice(start, end)}`)
}

describe('private data is found where a customer writes it', () => {
  test.each([
    ['my mail is jo.bloggs@mail.example thanks', 'email: jo.bloggs@mail.example'],
    ['email me: jo.bloggs(at)mail(dot)example(dot)net ok?', 'email: jo.bloggs(at)mail(dot)example(dot)net'],
    ['email me: jo dot bloggs at mail dot example ok?', 'email: jo dot bloggs at mail dot example'],
    ['write to jo.bloggs @ mail . example please', 'email: jo.bloggs @ mail . example'],
    ['mail jo.bloggs&#64;mail.example', 'email: jo.bloggs&#64;mail.example'],
    ['j o @ m a i l . c o m', 'email: j o @ m a i l . c o m'],
    ['ring me on 07700 900123 after five', 'phone: 07700 900123'],
    ['ring (914)349-8600 04/21/2020', 'phone: (914)349-8600'],
    ['+44 7700 900123 is mine', 'phone: +44 7700 900123'],
    [
      'my number is four one five five five five zero one three two',
      'phone: four one five five five five zero one three two',
    ],
    ['call me on (415) 555-0132 ext. 12', 'phone: (415) 555-0132 ext. 12'],
    ['why was 5555-5555-5555-4444 charged twice', 'card: 5555-5555-5555-4444'],
    ['card ３５３０ １１１３ ３３３０ ００００ got charged', 'card: ３５３０ １１１３ ３３３０ ００００'],
    ['card 353O lll3 333O OOOO got charged', 'card: 353O lll3 333O OOOO'],
    ['card 5️⃣1️⃣0️⃣5️⃣1️⃣0️⃣5️⃣1️⃣0️⃣5️⃣1️⃣0️⃣5️⃣1️⃣0️⃣0️⃣', 'card: 5️⃣1️⃣0️⃣5️⃣1️⃣0️⃣5️⃣1️⃣0️⃣5️⃣1️⃣0️⃣5️⃣1️⃣0️⃣0️⃣'],
    ['iban GB29 NWBK 6Ol6 l33l 9268 l9', 'iban: GB29 NWBK 6Ol6 l33l 9268 l9'],
    ['refund to GB29 NWBK 6016 1331 9268 19 please', 'iban: GB29 NWBK 6016 1331 9268 19'],
    [
      'iban G B 2 9 N W B K 6 0 1 6 1 3 3 1 9 2 6 8 1 9 for the refund',
      'iban: G B 2 9 N W B K 6 0 1 6 1 3 3 1 9 2 6 8 1 9',
    ],
    ['where is HL-20419', 'order: HL-20419'],
    ['order number 20419 is late', 'order: 20419'],
    ['order #W2378156 still not here', 'order: #W2378156'],
    ['order number W two three seven eight one five six pls', 'order: W two three seven eight one five six'],
    ['Bestellnummer 3348917502', 'order: 3348917502'],
    ['my account number is 7081 2234 9911', 'account: 7081 2234 9911'],
    ['customer no: AC-9928-1123', 'account: AC-9928-1123'],
    ['ssn 457-55-5462', 'national-id: 457-55-5462'],
    ['44051401458 please check', 'national-id: 44051401458'],
    ['mine is 51 824 753 556', 'national-id: 51 824 753 556'],
    ['556703-7485 is on the invoice', 'national-id: 556703-7485'],
    ['DE-136-695-976', 'national-id: DE-136-695-976'],
    ['457555462 is my ssn', 'national-id: 457555462'],
    ['20419 is my order number', 'order: 20419'],
    ['my NO mva number is NO 995 525 828 MVA', 'national-id: NO 995 525 828 MVA'],
    ['my NI number is AB 12 34 56 C', 'national-id: AB 12 34 56 C'],
    [
      'deliver to 1600 Placeholder Pkwy Apt 4B, Austin TX 78701',
      'address: 1600 Placeholder Pkwy Apt 4B, Austin TX 78701',
    ],
    ['Musterstraße 12, 10115 Berlin', 'address: Musterstraße 12, 10115 Berlin'],
    ['We have 285 Orchard Rise, Exeter EX4 6FW here', 'address: 285 Orchard Rise, Exeter EX4 6FW'],
    ['see https://brand.example/track?for=HL-74910', 'order: HL-74910'],
    ['postcode LS1 4AP', 'address: LS1 4AP'],
    ['my name is Ana Gómez-Ruiz and I am cross', 'name: Ana Gómez-Ruiz'],
    ["I'm Ana Gomez, hello", 'name: Ana Gomez'],
    ['date of birth: 04/12/1987', 'date-of-birth: 04/12/1987'],
    ['error from ip 2001:db8::8a2e:370:7334', 'ip: 2001:db8::8a2e:370:7334'],
    ['i see 192.0.2.146 in the log', 'ip: 192.0.2.146'],
    ['my password is correct horse battery and it fails', 'secret: correct horse battery'],
    ['pw=P@ssw0rd2024', 'secret: P@ssw0rd2024'],
    ['the verification code 4 8 3 9 2 0 fails', 'secret: 4 8 3 9 2 0'],
    ['483920 is my login code', 'secret: 483920'],
    ['key sk-proj-abcdefghijklmnop1234', 'secret: sk-proj-abcdefghijklmnop1234'],
    ['https://user:hunter2@brand.example/login fails', 'url-token: https://user:hunter2@brand.example/login'],
    ['it says https://brand.example/r?token=8fd0aa12 expired', 'url-token: https://brand.example/r?token=8fd0aa12'],
    ['msg me on @jo_bloggs instead', 'handle: @jo_bloggs'],
    ['I stand at 51.50735, -0.12776', 'location: 51.50735, -0.12776'],
  ])('%s', (text, expected) => {
    expect(found(text)).toContain(expected)
  })

  test('in several places, in order and without overlaps', () => {
    const text = 'Hi, I’m Ana Gomez. Order HL-20419, ana@mail.example, 07700 900123'
    expect(found(text)).toEqual([
      'name: Ana Gomez',
      'order: HL-20419',
      'email: ana@mail.example',
      'phone: 07700 900123',
    ])
  })

  test('with Cyrillic look-alikes, circled digits and invisible characters in it', () => {
    expect(found('mail jо.blоggs@mаil.example')).toEqual(['email: jо.blоggs@mаil.example'])
    expect(found('call ⓪⑦⑦⓪⓪ ⑨⓪⓪①②③')).toEqual(['phone: ⓪⑦⑦⓪⓪ ⑨⓪⓪①②③'])
    expect(found('order HL-2\u200b0\u00ad4\u206019')).toEqual(['order: HL-2\u200b0\u00ad4\u206019'])
    expect(found('ring ٠٧٧٠٠ ٩٠٠١٢٣')).toEqual(['phone: ٠٧٧٠٠ ٩٠٠١٢٣'])
  })

  test('cut in two by the end of a short message, and only if it goes on', () => {
    expect(found('my card is 4242 4242\n4242 4242')).toEqual(['card: 4242 4242\n4242 4242'])
    expect(found('order HL-2\n0419')).toEqual(['order: HL-2\n0419'])
    expect(found('write to jo.bloggs@ma\nil.example')).toEqual(['email: jo.bloggs@ma\nil.example'])
    expect(found('order 20419\n2 chairs are missing')).toEqual(['order: 20419'])
    expect(found('my mail is jo@mail.example\nthanks')).toEqual(['email: jo@mail.example'])
  })

  test('far into a long text', () => {
    const text = `${'The sofa is lovely. '.repeat(600)}Write to jo@mail.example. ${'Thank you. '.repeat(900)}HL-20419`
    expect(found(text)).toEqual(['email: jo@mail.example', 'order: HL-20419'])
  })
})

describe('ordinary talk is not private', () => {
  test.each([
    'It costs £4.95 and I paid in 3 instalments of 66.66',
    'Is the iPhone 15 Pro Max 256GB back in stock at $1,199.00?',
    'ISBN 978-3-16-148410-0 says out of stock',
    'the 2024-2025 season price is $1,250 / 12 months',
    'order took 1234 minutes lol',
    'my order number does not show in the app',
    'the password reset page is broken and my password is not accepted',
    'how long is the OTP valid for?',
    'You open 9:00-17:30 Mon-Fri right? and 10-4 on Sundays?',
    'dimensions are 120 x 60 x 75 cm, 1920x1080 at 60Hz',
    'The total is 1 234 567,89 kr',
    'Do you ship to 10115 Berlin Mitte area generally?',
    'look at this dot, at dot com era prices',
    'one two three testing',
    'I am So Angry, This Is Not Good',
    'my S9 2nd hand, in 5 days on the way',
    '#Day14 still no answer #euro2024',
    '@harbourlane where is my sofa',
    'Samsung RB34T632ESA/EU fridge is leaking, 2 years old',
    'I ordered on 12/05 and it is 22/11/2026 now',
    'the tracking page says 3 days',
    'call 2 people about 3 chairs',
  ])('%s', (text) => {
    expect(found(text)).toEqual([])
  })
})

test('nothing that a customer can type keeps the search busy', () => {
  const pieces = [
    '1 ',
    'a ',
    '1-',
    'a.',
    '@a',
    'a at ',
    'one ',
    '(1',
    '::',
    'http://a',
    '#A',
    'GB29 ',
    'name is A',
    '0',
    'I l ',
    '+1',
    'order ',
    '￰🔥1',
  ]
  for (const piece of pieces) {
    expect(findPrivateData(piece.repeat(Math.ceil(8000 / piece.length))).length).toBeLessThan(8000)
  }
})
