// Whose private values are whose, on a real Redis.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { type Case, type Customer, continueCase, withFacts } from '#domain'
import { canDisclose, publicSource } from '#gate'
import { keysOf } from '#redis/keys'
import { type FingerprintIndex, openFingerprintIndex } from '#redis/store'
import { startTestRedis, type TestRedis } from '../setup/redis.ts'

let redis: TestRedis
let others: FingerprintIndex
beforeAll(async () => {
  redis = await startTestRedis()
})
afterAll(() => redis.close())
beforeEach(async () => {
  await redis.connections.main.flushAll()
  others = openFingerprintIndex(redis.connections.main)
})

const ANA = 'playground:brand:ana'
const BEN = 'playground:brand:ben'
const VALUES = 'warmline:values'

function caseOf(id: string, said: Record<string, string>, name?: string): Case {
  const customer: Customer = { id, channel: 'playground', account: 'brand', user: id, ...(name ? { name } : {}) }
  const given = continueCase(undefined, customer, 0)
  return { ...given, said: Object.entries(said).map(([type, value]) => ({ name: type, value })) }
}

const recognised = (reader: string, text: string) =>
  others.recognise(
    reader,
    canDisclose({ text, audience: 'public', author: 'agent', sources: [] }, { known: [], contacts: [] }),
  )

const VALUE = {
  email: 'ana.quimbleby@mail.example',
  phone: '07700 900123',
  order: 'HL-20419',
  address: '37 Orchard Rise, York YO10 1LU',
  name: 'Ana Quimbleby',
  'date-of-birth': '10 March 1970',
  secret: 'Kestrel8572!U83',
}

test.each([
  'write to ANA.QUIMBLEBY@MAIL.EXAMPLE',
  'call 0 7 7 0 0 9 0 0 1 2 3',
  'call +44 7700 900 123',
  'order H L two zero four one nine it is',
  'parcel for ３７ Ｏｒｃｈａｒｄ Ｒｉｓｅ, Ｙｏｒｋ ＹＯ10 1ＬＵ, right?',
  'dear ybelbmiuQ anA, hello',
  'see https://shop.example/?for=10%20March%201970',
  'the code is K-e-s-t-r-e-l-8-5-7-2-!-U-8-3',
])('whatever she has told is recognised when others read it, and is her own to read: %s', async (text) => {
  await others.learn(ANA, caseOf(ANA, VALUE))
  expect(await recognised(BEN, text)).not.toEqual([])
  expect(await recognised(ANA, text)).toEqual([])
})

test('what our own texts say plainly is ours to say, and not what they pull apart', async () => {
  await others.learn(ANA, caseOf(ANA, VALUE))
  const own = (text: string) =>
    others.recognise(
      BEN,
      canDisclose(
        { text, audience: 'public', author: 'template', sources: publicSource(text) },
        { known: [], contacts: [] },
      ),
    )
  expect(await own(`Our shop is at ${VALUE.address}.`)).toEqual([])
  expect(await own([...VALUE.address.replaceAll(' ', '')].join(' '))).not.toEqual([])
})

test.each([
  'Thank you, Ana! Your parcel comes on 10 March.',
  'Delivery takes 2 to 4 working days and costs £4.95, or nothing above £50.',
  'Orchard Rise is our nicest lamp; York is where we have a shop.',
  'Call 0800 123456 or write to care@harbourlane.example.',
])('what is everybody’s is not: %s', async (text) => {
  await others.learn(ANA, caseOf(ANA, { ...VALUE, handle: '@ana_quimbleby', location: 'Orchard Rise' }, 'Ana'))
  expect(await recognised(BEN, text)).toEqual([])
})

test.each<Record<string, string>>([
  { name: 'Kind Regards' },
  { name: 'Thank You' },
  { secret: 'everything you need' },
  { secret: 'everything' },
])('nobody makes ordinary words unsayable by calling them theirs: %j', async (said) => {
  await others.learn(ANA, caseOf(ANA, said))
  expect(await recognised(BEN, 'Thank you! Here is everything you need. Kind regards, Ada')).toEqual([])
})

test('nor is what our own sources and the reader’s own facts say', async () => {
  await others.learn(ANA, caseOf(ANA, { phone: '0800 123 4567', address: VALUE.address }))
  const draft = {
    text: `Call 0800 123 4567 about ${VALUE.address}.`,
    audience: 'public',
    author: 'agent',
    sources: [],
  } as const
  const context = { known: [{ name: 'address', value: VALUE.address }], contacts: ['0800 123 4567'] }
  expect(await others.recognise(BEN, canDisclose(draft, context))).toEqual([])
})

test('what two have told is nobody else’s, and stays when one of them goes', async () => {
  await others.learn(ANA, caseOf(ANA, { address: VALUE.address }))
  await others.learn(BEN, caseOf(BEN, { address: VALUE.address }))
  expect(await recognised(BEN, VALUE.address)).toEqual([])
  await others.keep(ANA, { history: [] })
  expect(await recognised('playground:brand:cy', VALUE.address)).not.toEqual([])
  await others.keep(BEN, { history: [] })
  expect(await recognised('playground:brand:cy', VALUE.address)).toEqual([])
  expect(await redis.connections.main.exists(VALUES)).toBe(0)
})

test('a looked-up answer is known too, and the name on the network is not; nothing readable is kept', async () => {
  const given = withFacts(caseOf(ANA, {}, 'Ana Quimbleby'), [
    { name: 'carrier', value: 'a neighbour, call 07700 900123', audience: 'private' },
  ])
  await others.learn(ANA, given)
  expect(await recognised(BEN, '07700 900123')).not.toEqual([])
  expect(await recognised(BEN, 'Ana Quimbleby')).toEqual([])
  const kept = JSON.stringify(await redis.connections.main.hGetAll(VALUES))
  expect(kept).not.toMatch(/ana|7700/i)
})

test('what stays in a customer’s records stays known, and nothing else', async () => {
  await others.learn(ANA, caseOf(ANA, VALUE))
  const message = {
    id: 'm1',
    conversation: { id: 'c', channel: 'playground', audience: 'private' },
    author: 'ana',
    authorKind: 'customer',
    text: `My phone number is ${VALUE.phone}`,
    at: 0,
  } as const
  await others.keep(ANA, {
    case: caseOf(ANA, { order: VALUE.order }),
    history: [{ at: 0, type: 'message-received', message }],
  })
  for (const text of [VALUE.order, VALUE.phone]) expect(await recognised(BEN, text)).not.toEqual([])
  for (const text of [VALUE.email, VALUE.address, VALUE.name]) expect(await recognised(BEN, text)).toEqual([])
})

test('learning twice adds nothing', async () => {
  const given = caseOf(ANA, VALUE)
  await others.learn(ANA, given)
  const before = await redis.connections.main.hGetAll(VALUES)
  await others.learn(ANA, given)
  expect(await redis.connections.main.hGetAll(VALUES)).toEqual(before)
  expect(await redis.connections.main.sCard(keysOf(ANA).values)).toBe(Object.keys(before).length)
})
