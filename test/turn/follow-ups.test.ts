// What a customer says next is read with what was asked and answered before.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Outgoing } from '#domain'
import type { LocalEngine } from '../../src/cli/local-engine.ts'
import { idOf, openSampleEngine, openTestPipeline, type TestPipeline, textsTo, wrote } from '../setup/pipeline.ts'
import { startTestRedis, type TestRedis, until } from '../setup/redis.ts'

let redis: TestRedis
let shop: LocalEngine
let pipeline: TestPipeline
const sent: Outgoing[] = []
beforeAll(async () => {
  ;[redis, shop] = await Promise.all([startTestRedis(), openSampleEngine()])
  pipeline = await openTestPipeline({ connections: redis.connections, mind: shop.context, sent })
  await pipeline.start()
})
afterAll(async () => {
  await pipeline?.close()
  await shop?.close()
  await redis?.close()
})

const turnsOf = async (user: string) =>
  (await pipeline.inbox.open(idOf(user))).history.flatMap((event) => (event.type === 'turn-taken' ? [event] : []))

/** Says it and waits for the turn; resolves to its outcome, its article and what was said since. */
async function say(user: string, text: string, ...where: [('public' | 'private')?]) {
  const before = textsTo(sent, user).length
  const turns = (await turnsOf(user)).length
  await pipeline.inbox.deliver('playground', [wrote(user, text, ...where)])
  await until(async () => (await turnsOf(user)).length > turns)
  const { history } = await pipeline.inbox.open(idOf(user))
  const queued = history.filter(({ type }) => type === 'message-queued').length
  await until(() => textsTo(sent, user).length >= queued)
  const turn = (await turnsOf(user)).at(-1)
  return { outcome: turn?.outcome, article: turn?.article, said: textsTo(sent, user).slice(before).join('\n') }
}

describe('a question back', () => {
  test.each([
    ['the first', 'first'],
    ['the second please', 'second'],
  ])('is answered by “%s”', async (words, user) => {
    const { said } = await say(`choice-${user}`, 'tell me about delivery days')
    const titles = [...said.matchAll(/"([^"]+)"/g)].map(([, title]) => title)
    expect(titles).toHaveLength(2)
    const { outcome, article } = await say(`choice-${user}`, words)
    const title = titles[user === 'first' ? 0 : 1]
    expect({ outcome, article }).toEqual({
      outcome: 'answered',
      article: shop.context.content.articles.find((one) => one.title === title)?.id,
    })
  })

  test('is answered by both', async () => {
    await say('choice-both', 'tell me about delivery days')
    expect(await say('choice-both', 'both of them')).toMatchObject({ outcome: 'answered' })
  })

  test('offers no second article that is far away, and a yes answers it', async () => {
    const asked = await say('choice-one', 'where can I see the furniture')
    expect(asked).toMatchObject({ outcome: 'asked', said: expect.stringMatching(/is it about "The Bristol/) })
    expect(await say('choice-one', 'yep')).toMatchObject({ outcome: 'answered', article: 'showroom' })
  })

  test('is let go by another question', async () => {
    await say('choice-other', 'where can I see the furniture')
    expect(await say('choice-other', 'How much is standard delivery?')).toMatchObject({ article: 'delivery-costs' })
    expect(await say('choice-other', 'yep')).not.toMatchObject({ article: 'showroom' })
  })
})

describe('a follow-up', () => {
  test('is answered in the sentences of the article that has just been told', async () => {
    await say('hours', 'What time do you open today?')
    const { outcome, article, said } = await say('hours', 'and at the weekend, on Sundays?')
    expect({ outcome, article }).toEqual({ outcome: 'answered', article: 'opening-hours' })
    expect(said).toMatch(/^On Sundays /)
  })

  test('gets another article where it asks about another thing', async () => {
    await say('trial', 'How long do I have to return something?')
    const { outcome, said } = await say('trial', 'what about mattresses?')
    expect(outcome).toMatch(/answered|asked/)
    expect(said).toMatch(/mattress/i)
  })

  test('gets the offer of a person where the article says no more', async () => {
    await say('more', 'How much is standard delivery?')
    const asked = await say('more', 'and is that with a brass band?')
    expect(asked).toMatchObject({ outcome: 'asked', said: expect.stringMatching(/all our help pages say/) })
    expect(await say('more', 'yes please')).toMatchObject({ outcome: 'escalated' })
  })
})

describe('two questions', () => {
  test('get two answers', async () => {
    const { outcome, said } = await say('two', 'how much is delivery and how long does a refund take?')
    expect(outcome).toBe('answered')
    expect(said).toMatch(/4\.95[\s\S]*working days/)
  })

  test('of which one is a wish get the answer, and then the form asks', async () => {
    const { outcome, article, said } = await say('wish', 'how long do refunds take and can you cancel HL-20419?')
    expect({ outcome, article }).toEqual({ outcome: 'asked', article: 'refund-times' })
    expect(said).toMatch(/working days[\s\S]*Which e-mail address did you order with\?$/)
    expect(await say('wish', 'ana@example.com')).toMatchObject({ said: expect.stringMatching(/cancel .*HL-20419/) })
  })

  test('in public get the answer and the way to private messages in one reply', async () => {
    const text = 'How much is next day delivery? Also could you move my sofa delivery to another week'
    const { outcome, said } = await say('wish-public', text, 'public')
    expect(outcome).toBe('moved-to-private')
    expect(said.split('\n\n').slice(0, 4).join(' ')).toMatch(/7\.95[\s\S]*private message/)
  })

  test('that are both wishes get the first one’s form, with its own values, and a word about the other', async () => {
    const text = 'My lamp HL-20611 chloe@example.com arrived broken and I also want to change the address on HL-20612'
    const { outcome, said } = await say('wishes', text)
    expect(outcome).toBe('asked')
    expect(said).toMatch(/One thing at a time.*Which item is it/)
  })

  test('of which the first is taken back get the form of the second', async () => {
    const { said } = await say('taken-back', 'cancel it, actually no leave it, just change the address')
    expect(said).toMatch(/I'll pass it on straight away\. What is your order number/)
  })

  test('get the one that we know, and a person for the other', async () => {
    const { outcome, article, said } = await say('half', 'How much is delivery? And who painted your shop front?')
    expect({ outcome, article }).toEqual({ outcome: 'escalated', article: 'delivery-costs' })
    expect(said).toMatch(/4\.95[\s\S]*colleague answers the rest/)
    // A deleted message leaves none of its words in the ticket's reasons.
    const [reason] = (await turnsOf('half')).at(-1)?.reasons ?? []
    expect(reason).toMatchObject({
      rule: 'answered-part',
      because: expect.stringMatching(/One question is still open/),
    })
    expect(reason?.because).not.toMatch(/painted|shop front/)
  })
})

describe('inside a form', () => {
  test.each([
    ['they keep it', 'oh don’t bother, my sister likes it, we hold on to it', 'acknowledged'],
    ['they want something else', 'hm, I would sooner exchange it for a smaller one', 'answered'],
    ['they ask something', 'is there a charge for returns', 'answered'],
  ])('%s', async (name, words, outcome) => {
    const user = `inside-${name.replaceAll(' ', '-')}`
    await say(user, 'I need to send a lamp back', 'private')
    expect(await say(user, words, 'private')).toMatchObject({ outcome })
  })

  test('what is no longer wanted makes room for what is wanted in its place', async () => {
    await say('in-place', 'please cancel HL-30518', 'private')
    await say('in-place', 'no, don’t, he wants it after all. Bring it to our new flat instead', 'private')
    const { case: current } = await pipeline.inbox.open(idOf('in-place'))
    expect(current?.form?.dialog).toBe('change-address')
  })
})
