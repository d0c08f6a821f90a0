import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { openBotFramework } from '#channels/bot-framework'
import { type BotConnector, startBotConnector } from '../stand-ins/bot-connector.ts'
import { botMessage } from '../stand-ins/deliveries.ts'
import { spoil } from './conformance.ts'
import { type Mounted, mount, silent } from './mounted.ts'
import { hide, inTime, privateMessage, privateReply, publicReply, soon } from './outgoing.ts'

function inMemory() {
  const kept = new Map<string, string>()
  return {
    kept,
    save: async (key: string, json: string) => void kept.set(key, json),
    load: async (key: string) => kept.get(key),
    remove: async (key: string) => void kept.delete(key),
  }
}

const ana = {
  id: 'bot-framework:webchat/bot:ana',
  channel: 'bot-framework',
  account: 'webchat/bot',
  user: 'ana',
} as const
const THREAD = 'bot-framework:webchat/c%2F1'

let connector: BotConnector
let mounted: Mounted | undefined
beforeEach(async () => {
  connector = await startBotConnector()
})
afterEach(async () => {
  await mounted?.close()
  mounted = undefined
  await connector.close()
})

const hello = (fields: object = {}) => ({
  ...botMessage({ serviceUrl: connector.url, from: 'ana', text: 'hi', id: 'a1', conversation: 'c/1' }),
  ...fields,
})

describe('opening', () => {
  test('without an app id anybody could write as a customer, so it does not open', () => {
    expect(() => openBotFramework({ references: inMemory(), log: silent })).toThrow('`MicrosoftAppId` is not set')
  })

  test('without its password the app could not answer, so it does not open', () => {
    expect(() => openBotFramework({ appId: 'app', references: inMemory(), log: silent })).toThrow(
      '`MicrosoftAppPassword`',
    )
  })

  test('an app of a single tenant needs the tenant', () => {
    const config = { appId: 'app', appPassword: 'secret', appType: 'SingleTenant', references: inMemory(), log: silent }
    expect(() => openBotFramework(config)).toThrow('MicrosoftAppTenantId')
  })
})

describe('with an app id', () => {
  // The SDK prints every token that it refuses.
  beforeEach(() => void jest.spyOn(console, 'error').mockImplementation(() => undefined))
  afterEach(() => void jest.restoreAllMocks())

  const open = async () => {
    const config = { appId: 'app', appPassword: 'secret', settings: connector.settings, references: inMemory() }
    mounted = await mount(openBotFramework({ ...config, log: silent }))
    return `${mounted.url}/api/messages`
  }

  test('a message with a token of the channel is delivered', async () => {
    const bot = await open()
    expect(await connector.deliver(bot, hello(), connector.token('app'))).toBe(200)
    expect(mounted?.delivered).toMatchObject([{ kind: 'message', message: { text: 'hi' } }])
  })

  test.each([
    ['no token', () => undefined],
    ['no jwt', () => 'nonsense'],
    ['a token for another bot', () => connector.token('other')],
    ['a token of another issuer', () => connector.token('app', { iss: 'https://evil.example' })],
    ['an expired token', () => connector.token('app', { exp: 1, nbf: 0 })],
    ['a token for another address', () => connector.token('app', { serviceurl: 'https://evil.example' })],
    ['a forged signature', () => `${connector.token('app').slice(0, -8)}AAAAAAAA`],
    [
      'a token of another key',
      () => connector.token('app').replace(/^[^.]+/, Buffer.from('{"alg":"RS256","kid":"x"}').toString('base64url')),
    ],
    [
      'a token without signature',
      () => connector.token('app').replace(/^[^.]+/, Buffer.from('{"alg":"none"}').toString('base64url')),
    ],
  ])('%s: 401, and nothing is delivered', async (_name, token) => {
    const bot = await open()
    expect(await connector.deliver(bot, hello(), token())).toBe(401)
    expect(mounted?.delivered).toEqual([])
  })

  test('while the keys of the channel cannot be fetched, it is asked to come again', async () => {
    const bot = await open()
    const token = connector.token('app')
    connector.misbehave({ type: 'cut' })
    expect(await connector.deliver(bot, hello(), token)).toBe(503)
    expect(await connector.deliver(bot, hello(), token)).toBe(200)
  })
})

describe('without an app id, in development', () => {
  const open = async () => {
    const references = inMemory()
    const channel = openBotFramework({ allowUnsigned: true, references, log: silent })
    mounted = await mount(channel)
    return { channel, references, bot: `${mounted.url}/api/messages` }
  }

  test.each([
    ['an array', [], 400],
    ['a word', 'hello', 400],
    ['null', null, 400],
    ['no type', { text: 'hi' }, 400],
    ['a type that is a number', { type: 7 }, 400],
    ['an empty type', { type: '' }, 400],
    ['an unknown type', { type: 'constellation' }, 200],
    ['nothing but a type', { type: 'message' }, 200],
    [
      'nulls all over',
      { type: 'message', id: null, from: null, conversation: null, serviceUrl: null, text: null },
      200,
    ],
    [
      'things of the wrong kind',
      { type: 'message', from: 'ana', conversation: [], serviceUrl: 7, channelId: {}, recipient: 1, timestamp: 'x' },
      200,
    ],
    ['an invocation', { type: 'invoke', name: 'x' }, 200],
    ['a skill of the emulator', { type: 'message', channelId: 'emulator', recipient: { role: 'skill' } }, 200],
  ])('%s is answered with a status and no failure', async (_name, body, status) => {
    const { bot } = await open()
    expect(await connector.deliver(bot, body)).toBe(status)
    expect(mounted?.delivered.every(({ kind }) => kind !== 'message')).toBe(true)
  })

  test('whatever is missing or wrong in an activity, the service does not fail', async () => {
    const { bot } = await open()
    for (const activity of spoil(hello())) {
      expect(await connector.deliver(bot, activity)).toBeLessThan(500)
    }
  })

  test('when events cannot be kept, the channel is asked to deliver again', async () => {
    const { bot } = await open()
    mounted?.failOnce()
    expect(await connector.deliver(bot, hello())).toBe(503)
    expect(await connector.deliver(bot, hello())).toBe(200)
  })

  test('an answer goes to the conversation it came from, under the activity it answers', async () => {
    const { channel, bot } = await open()
    await connector.deliver(bot, hello())
    const sent = await channel.send(privateMessage(ana, THREAD, 'Your *order* 4711'), inTime())
    expect(connector.messages).toEqual([
      { id: 'c/1|0000001', conversation: 'c/1', replyToId: 'a1', text: 'Your *order* 4711', to: 'ana' },
    ])
    expect(sent).toEqual({ state: 'sent', platformId: 'c/1|0000001' })
    expect(connector.requests.at(-1)?.json).toMatchObject({ textFormat: 'plain', from: { id: 'bot' } })
  })

  test('a tap on a button under a private message says its title', async () => {
    const { channel, bot } = await open()
    await connector.deliver(bot, hello())
    await channel.send(privateMessage(ana, THREAD, 'Shall I cancel it?', ['Yes', 'No']), inTime())
    expect(connector.requests.at(-1)?.json).toMatchObject({
      text: 'Shall I cancel it?',
      suggestedActions: {
        to: ['ana'],
        actions: [
          { type: 'imBack', title: 'Yes', value: 'Yes' },
          { type: 'imBack', title: 'No', value: 'No' },
        ],
      },
    })
    await channel.send(privateMessage(ana, THREAD, 'What is your order number?'), inTime())
    expect(connector.requests.at(-1)?.json).not.toHaveProperty('suggestedActions')
  })

  test('a public reply names the message it answers, even if others came after it', async () => {
    const { channel, bot } = await open()
    const group = { conversation: { id: 'c/1', isGroup: true } }
    await connector.deliver(bot, hello({ id: 'first one', ...group }))
    await connector.deliver(bot, hello({ id: 'second', ...group }))
    const [event] = mounted?.delivered ?? []
    const thread = { id: THREAD, channel: 'bot-framework', audience: 'public' } as const
    await channel.send(publicReply(ana, event?.id ?? '', 'hello', thread), inTime())
    expect(connector.messages).toMatchObject([{ replyToId: 'first one', conversation: 'c/1' }])
  })

  test('a conversation that nobody began cannot be written to', async () => {
    const { channel } = await open()
    expect(await channel.send(privateMessage(ana, THREAD, 'hi'), inTime())).toMatchObject({ state: 'refused' })
  })

  test('an address that we do not trust gets neither message nor token', async () => {
    const { channel, bot, references } = await open()
    await connector.deliver(bot, hello({ serviceUrl: 'https://evil.example/' }))
    expect(references.kept.size).toBe(0)
    references.kept.set(THREAD, JSON.stringify({ serviceUrl: 'http://169.254.169.254/', conversation: { id: 'c/1' } }))
    expect(await channel.send(privateMessage(ana, THREAD, 'hi'), inTime())).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining('not one we trust'),
    })
  })

  test('what the channel cannot do is said', async () => {
    const { channel } = await open()
    expect(await channel.send(hide(ana, 'm'), inTime())).toMatchObject({ state: 'refused' })
    expect(await channel.send(privateReply(ana, 'm', 'hi'), inTime())).toMatchObject({ state: 'refused' })
  })

  test.each([
    ['a 500', { type: 'answer', status: 500, body: { error: { code: 'ServiceError' } } }, 'in-doubt'],
    ['a 502', { type: 'answer', status: 502 }, 'in-doubt'],
    ['a 503', { type: 'answer', status: 503 }, 'in-doubt'],
    ['an answer without id', { type: 'answer', status: 200, body: {} }, 'in-doubt'],
    ['a cut connection', { type: 'cut' }, 'in-doubt'],
    ['a lost answer', { type: 'lose-answer' }, 'in-doubt'],
    ['a 400', { type: 'answer', status: 400, body: { error: { code: 'BadArgument' } } }, 'refused'],
    ['a 401', { type: 'answer', status: 401 }, 'refused'],
    ['a 403 without body', { type: 'answer', status: 403 }, 'refused'],
    ['a 404', { type: 'answer', status: 404 }, 'refused'],
    ['a 412', { type: 'answer', status: 412 }, 'unreachable'],
    ['a 429', { type: 'answer', status: 429, headers: { 'retry-after': '7' } }, 'unreachable'],
  ] as const)('after %s the message is %3$s, and it is posted once', async (_name, misbehaviour, state) => {
    const { channel, bot } = await open()
    await connector.deliver(bot, hello())
    const before = connector.requests.length
    connector.misbehave(misbehaviour)
    const sent = await channel.send(privateMessage(ana, THREAD, 'hi'), inTime())
    expect(sent.state).toBe(state)
    expect(connector.requests.length).toBe(before + 1)
    if (sent.state === 'unreachable' && 'status' in misbehaviour && misbehaviour.status === 429) {
      expect(sent.limit).toEqual({ of: 'conversation', forMs: 7000 })
    }
  })

  test('a time of nothing is no limit', async () => {
    const { channel, bot } = await open()
    await connector.deliver(bot, hello())
    connector.misbehave({ type: 'answer', status: 429, headers: { 'retry-after': '0' } })
    const sent = await channel.send(privateMessage(ana, THREAD, 'hi'), inTime())
    expect(sent).toEqual({ state: 'unreachable', reason: 'the channel asks us to slow down' })
  })

  test('a call that is never answered ends with its time, in doubt', async () => {
    const { channel, bot } = await open()
    await connector.deliver(bot, hello())
    connector.misbehave({ type: 'hang' })
    expect((await channel.send(privateMessage(ana, THREAD, 'hi'), soon())).state).toBe('in-doubt')
  })

  test('where nobody listens, nothing was sent', async () => {
    const { channel, bot, references } = await open()
    await connector.deliver(bot, hello())
    const gone = await startBotConnector()
    await gone.close()
    const stored = references.kept.get(THREAD)?.replaceAll(connector.url, gone.url) ?? ''
    references.kept.set(THREAD, stored)
    expect((await channel.send(privateMessage(ana, THREAD, 'hi'), inTime())).state).toBe('unreachable')
  })
})
