// What is said, by whom and where: what the gate is told of a case, and what the case remembers of it.
import { describe, expect, test } from '@jest/globals'
import { loadContent, OWN_CONTENT } from '#content/load'
import {
  type Audience,
  type AuthorKind,
  CAPABILITIES,
  type Case,
  type ChannelCapabilities,
  type ChannelName,
  continueCase,
  type HistoryEvent,
  type Message,
  withFacts,
  withMessage,
} from '#domain'
import { composeReply } from '#reply'

const loaded = await loadContent(OWN_CONTENT)
if (!('content' in loaded)) throw new Error('the sample brand cannot be read')
const { content } = loaded
const NOW = Date.parse('2026-11-25T11:00:00Z')
const HOUR = 3_600_000
const ADA = 'ada@harbourlane.example'

const customer = (channel: ChannelName) =>
  ({ id: `${channel}:brand:jo`, channel, account: 'brand', user: 'jo' }) as const

const wrote = (
  channel: ChannelName,
  audience: Audience,
  text = 'Hello',
  at = NOW,
  authorKind: AuthorKind = 'customer',
): Message => ({
  id: `${channel}:${audience}:${at}:${authorKind}`,
  conversation: { id: `${channel}:${audience}`, channel, audience },
  author: 'jo',
  authorKind,
  text,
  at,
})

/** A case in which the customer wrote this in public and in private. */
const opened = (channel: ChannelName = 'playground', at = NOW): Case =>
  (['public', 'private'] as const).reduce(
    (given, audience) => withMessage(given, wrote(channel, audience, 'Hello', at)),
    continueCase(undefined, customer(channel), NOW),
  )

function says(
  given: Case,
  text: string,
  audience: Audience,
  more: { override?: string; history?: HistoryEvent[]; law?: ChannelCapabilities; quickReplies?: string[] } = {},
) {
  const { override, history = [], law = CAPABILITIES[given.customer.channel], quickReplies = [] } = more
  return composeReply(
    given,
    { text, audience, author: 'agent', sources: [], quickReplies },
    {
      content,
      law,
      keys: [],
      recognise: async () => [],
      id: 'e1',
      by: ADA,
      now: NOW,
      history,
      ...(override ? { override } : {}),
    },
  )
}

const rules = (said: Awaited<ReturnType<typeof says>>) =>
  'blocked' in said ? said.blocked.map(({ rule }) => rule) : []

describe('an agent who overrides', () => {
  test('is on record with the reason and the rules', async () => {
    const said = await says(opened(), 'Unfortunately it is gone.', 'private', { override: 'her own words' })
    expect('said' in said && said.said.events).toContainEqual({
      at: NOW,
      type: 'gate-overridden',
      findings: [{ rule: 'avoid' }],
      by: ADA,
      reason: 'her own words',
    })
  })

  test('where there was nothing to override is not', async () => {
    const said = await says(opened(), 'It is gone.', 'private', { override: 'just in case' })
    expect('said' in said && said.said.events.map(({ type }) => type)).toEqual(['message-queued'])
  })

  test.each([
    ['Your order HL-20419 is on its way.', 'public'],
    ['You idiot.', 'private'],
    ['We want to have sex with you.', 'private'],
    ["We'll send you a £500 voucher.", 'public'],
  ] as const)('cannot say: %s (%s)', async (text, audience) => {
    expect(await says(opened(), text, audience, { override: 'please' })).toHaveProperty('blocked')
  })
})

test.each([
  ['stand under a private message', 'private', ['Yes', 'No'], ['Yes', 'No']],
  ['do not stand in public', 'public', ['Yes', 'No'], undefined],
  ['pass the gate too, together or not at all', 'private', ['Yes', 'No, you idiot'], undefined],
] as const)('buttons %s', async (_name, audience, quickReplies, expected) => {
  const said = await says(opened(), 'Shall we do that?', audience, { quickReplies: [...quickReplies] })
  const outgoing = 'said' in said && said.said.effect.outgoing
  expect(outgoing).toMatchObject({ text: 'Shall we do that?' })
  expect(outgoing && 'quickReplies' in outgoing ? outgoing.quickReplies : undefined).toEqual(expected)
})

test('an address is private in its parts too, whatever the question was called that it answers', async () => {
  const value = '266 Kingfisher Close, Truro TR1 5PA'
  const given = withFacts(opened(), [{ name: 'answer', value, audience: 'private', message: 'm1' }])
  for (const part of ['Kingfisher Close', 'TR1 5PA', 'TR1'])
    expect([part, rules(await says(given, `Sorry about that. ${part}. We are on it.`, 'public'))]).toEqual([
      part,
      expect.arrayContaining(['known-value']),
    ])
})

describe('offers', () => {
  test('are remembered by the case, and others are not made in public', async () => {
    const first = await says(opened(), "We'll send you a £10 voucher.", 'private')
    const after = 'said' in first ? { ...opened(), ...first.said.remembered } : undefined
    expect(after?.offers).toEqual([{ kind: 'compensation', amount: 10, currency: 'GBP' }])
    // The sample brand's policy names no sum in public, whatever was offered before.
    expect(rules(await says(after as Case, "We'll send you a £15 voucher.", 'public')).toSorted()).toEqual([
      'other-offer',
      'promises.compensation-public',
    ])
    expect(rules(await says(after as Case, "We'll send you a £10 voucher.", 'public'))).toEqual([
      'promises.compensation-public',
    ])
    expect(await says(after as Case, "We'll send you a £10 voucher.", 'private')).toHaveProperty('said')
  })

  test('of several kinds of sums add up in one case, and the same one said again is one', async () => {
    const offered = async (given: Case, text: string) => {
      const said = await says(given, text, 'private')
      return 'said' in said ? { ...given, ...said.said.remembered } : rules(said)
    }
    const first = (await offered(opened(), "We'll send you a £12 voucher.")) as Case
    const again = (await offered(first, 'As I said, here is your £12 voucher.')) as Case
    expect(again).not.toEqual(['promise'])
    expect(await offered(again, "We'll add £9 of goodwill credit.")).toEqual(['promise'])
    expect(await offered(again, "We'll send you another £12 voucher.")).toEqual(['promise'])
    expect(await offered(again, "Instead of the £12 we'll make it a £20 voucher.")).not.toEqual(['promise'])
    expect(await offered(again, "We'll add 9 euros of goodwill credit.")).toEqual(['promise'])
  })

  test('of an article to everybody are none to this customer', async () => {
    const [article] = content.articles.filter(({ id }) => id === 'loyalty')
    expect(article?.body).toContain('they get £10 off')
    const quoted = (article?.body ?? '').split('\n\n')[0] ?? ''
    const said = await says(opened(), quoted, 'private')
    expect('said' in said && said.said.remembered.offers).toBe(undefined)
  })
})

describe('what was written in the thread', () => {
  const theirs = wrote(
    'playground',
    'public',
    'My aunt Tilda threw hers out of the window, ring 07700 900456',
    NOW,
    'bystander',
  )
  const history: HistoryEvent[] = [{ at: NOW, type: 'message-received', message: theirs }]

  test('by others is not repeated', async () => {
    expect(
      rules(await says(opened(), 'Ask whose aunt Tilda threw hers out of the window.', 'public', { history })),
    ).toContain('others-words')
    expect(rules(await says(opened(), 'Try 07700 900456.', 'private', { history, override: 'asked for' }))).toEqual([
      'others-value',
    ])
  })

  test('by the customer in public may be answered in public, what they wrote in private may not', async () => {
    const given = withFacts(opened(), [{ name: 'item', value: 'Alder desk', message: 'm1', audience: 'private' }])
    const open = wrote('playground', 'public', 'Is the Alder desk heavy?')
    expect(rules(await says(given, 'The Alder desk is.', 'public'))).toEqual(['private-source'])
    expect(
      await says(given, 'The Alder desk is.', 'public', {
        history: [{ at: NOW, type: 'message-received', message: open }],
      }),
    ).toHaveProperty('said')
  })
})

describe('what a look-up returned', () => {
  test.each(['It arrives on Friday.', 'Expect the parcel on 27 November.', 'Evri has it.'])(
    'stays in private: %s',
    async (text) => {
      const given = withFacts(opened(), [
        { name: 'day', value: '2026-11-27', audience: 'private' },
        { name: 'carrier', value: 'Evri', audience: 'private' },
      ])
      expect(rules(await says(given, text, 'public'))).toEqual(['private-source'])
      expect(await says(given, text, 'private')).toHaveProperty('said')
    },
  )
})

describe('the language', () => {
  const heardIn = (language: string): HistoryEvent => ({
    at: NOW,
    type: 'turn-taken',
    messages: [],
    outcome: 'escalated',
    reasons: [],
    version: '1',
    understanding: {
      intent: 'none',
      intentConfidence: 0,
      topic: 'none',
      complaint: 'none',
      sentiment: 0,
      urgency: 0,
      language,
      signals: [],
      privateData: [],
      wantsHuman: true,
    },
  })
  const text = 'Die Bestellung ist auf dem Weg, und wir sind für Sie da.'

  test('is the customer’s or the brand’s', async () => {
    expect(await says(opened(), text, 'private', { history: [heardIn('de')] })).toHaveProperty('said')
    expect(rules(await says(opened(), text, 'private', { history: [heardIn('en')] }))).toEqual(['language'])
  })
})

describe('a network’s window for private messages', () => {
  test('is seen before anything is written, with what can be done instead', async () => {
    const late = opened('facebook', NOW - 25 * HOUR)
    expect(await says(late, 'Hello again.', 'private')).toEqual({
      closed: 'the 24-hour window for private messages is closed; wait until the customer writes, or answer in public',
    })
    expect(await says(opened('facebook', NOW - 23 * HOUR), 'Hello again.', 'private')).toHaveProperty('said')
    expect(await says(late, 'Hello again.', 'public')).toHaveProperty('said')
  })
})

describe('what colleagues write among themselves', () => {
  const note: HistoryEvent = {
    at: NOW,
    type: 'note-added',
    ticket: 't1',
    by: ADA,
    text: 'My full name is Ottilie Zubiri.',
  }
  const promised = { by: ADA, text: 'I ring her on 07700 905432', at: NOW }

  test.each([
    ['a name from a note', 'Thank you, Mrs Z\u200bu\u200bb\u200bi\u200br\u200bi.'],
    ['a number from a promise, backwards', 'We have 234509 00770.'],
  ])('is not said in public: %s', async (_, text) => {
    const given = { ...opened(), promises: [promised] }
    const said = await says(given, text, 'public', { history: [note], override: 'she wants it here' })
    expect(rules(said)).toContain('known-value')
  })
})

test('a value that was corrected stays out of public, and so does the one that replaced it', async () => {
  const fact = (value: string) => ({ name: 'delivery-name', value, audience: 'private' }) as const
  const given = withFacts(withFacts(opened(), [fact('Tobias Threlkeld')]), [fact('Rosalind Okonjo')])
  for (const name of ['Threlkeld', 'Okonjo'])
    expect(rules(await says(given, `The parcel is for ${name}.`, 'public'))).toContain('known-value')
})
