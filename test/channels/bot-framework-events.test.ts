import { describe, expect, test } from '@jest/globals'
import { parseWebhook } from '#channels'
import { activityIdOf, parseBotFramework } from '../../src/channels/bot-framework/events.ts'
import { isTrusted } from '../../src/channels/bot-framework/service-url.ts'

const activity = (fields: object) => ({
  type: 'message',
  id: 'm_AbC',
  timestamp: '2026-06-26T18:53:20.000Z',
  serviceUrl: 'https://facebook.botframework.com/',
  channelId: 'facebook',
  from: { id: '4321', name: 'Ana Gómez' },
  recipient: { id: '1029', name: 'Acme' },
  conversation: { id: '4321-1029' },
  text: '¿hola?',
  ...fields,
})

describe('what a Bot Framework channel delivers', () => {
  test('a message between two is private', () => {
    expect(parseBotFramework(activity({}))).toEqual([
      {
        kind: 'message',
        id: 'bot-framework:facebook/4321-1029/m_AbC',
        own: false,
        directed: true,
        customer: {
          id: 'bot-framework:facebook/1029:4321',
          channel: 'bot-framework',
          account: 'facebook/1029',
          user: '4321',
          name: 'Ana Gómez',
        },
        message: {
          id: 'bot-framework:facebook/4321-1029/m_AbC',
          conversation: { id: 'bot-framework:facebook/4321-1029', channel: 'bot-framework', audience: 'private' },
          author: '4321',
          authorKind: 'customer',
          text: '¿hola?',
          at: 1782500000000,
        },
      },
    ])
  })

  test.each([
    ['a group', { isGroup: true }],
    ['a channel', { conversationType: 'channel' }],
    ['a group chat', { conversationType: 'groupChat' }],
  ])('a message in %s is public', (_name, kind) => {
    expect(parseBotFramework(activity({ conversation: { id: 'c', ...kind } }))).toMatchObject([
      { message: { conversation: { audience: 'public' } } },
    ])
  })

  test('a type that is an object is no activity', () => {
    expect(parseBotFramework(activity({ type: { length: { toString: 1 } } }))).toMatchObject([{ kind: 'ignored' }])
  })

  const half = '\ud83d'
  test.each([
    ['channel', { channelId: `web${half}` }, /without its ids/],
    ['conversation', { conversation: { id: `${half}1` } }, /without its ids/],
    ['activity', { id: half, timestamp: half }, /without its ids/],
    ['author', { from: { id: `4${half}` } }, /names no author/],
    ['author, of a bot', { from: { id: half, role: 'bot' }, recipient: { id: half } }, /names no author/],
  ])('an id that is half a character, of its %s, is ignored with a reason', (_what, fields, reason) => {
    expect(parseBotFramework(activity(fields))).toMatchObject([
      { kind: 'ignored', reason: expect.stringMatching(reason) },
    ])
  })

  test.each([
    ['replies to', { replyToId: half }],
    ['is delivered to', { recipient: { id: half } }],
    ['is called', { from: { id: '4321', name: half } }],
  ])('half a character in whom it %s takes nothing from a message', (_what, fields) => {
    expect(parseBotFramework(activity(fields))).toMatchObject([{ kind: 'message', message: { text: '¿hola?' } }])
  })

  test("an activity's id comes back out of the message's id, whatever characters it has", () => {
    const [event] = parseBotFramework(activity({ id: 'a/b|c d:1', conversation: { id: '19:x@thread/2;m=1' } }))
    expect(activityIdOf(event?.id ?? '')).toBe('a/b|c d:1')
  })

  test.each([
    ['image/png', 'image'],
    ['video/mp4', 'video'],
    ['audio/ogg; codecs=opus', 'audio'],
    ['application/pdf', 'file'],
    ['application/vnd.microsoft.card.adaptive', 'link'],
    ['image', 'image'],
    [undefined, 'unsupported'],
  ])('an attachment of the type %s is told as %s', (contentType, kind) => {
    expect(parseBotFramework(activity({ text: '', attachments: [{ contentType }] }))).toMatchObject([
      { message: { attachments: 1, attachmentKinds: [kind] } },
    ])
  })

  test('the HTML that Teams sends beside a text is no attachment', () => {
    const [event] = parseBotFramework(
      activity({ attachments: [{ contentType: 'text/html', content: '<p>¿hola?</p>' }] }),
    )
    expect(event?.kind === 'message' && event.message).not.toHaveProperty('attachments')
  })

  const echo = { is_echo: true, app_id: 263902037430900, text: 'hi' }

  test.each([
    ['a message with a picture alone', activity({ text: undefined, attachments: [{}] }), 'message', false],
    ['a message without words', activity({ text: '' }), 'ignored', false],
    ['a message without author', activity({ from: null }), 'ignored', false],
    ['a message without conversation', activity({ conversation: { id: null } }), 'ignored', false],
    ['a message without id and time', activity({ id: null, timestamp: null }), 'ignored', false],
    ['a message without id', activity({ id: null }), 'message', false],
    ['what the bot said', activity({ from: { id: '1029', role: 'bot' }, recipient: { id: '4321' } }), 'message', true],
    ['the echo of a person', activity({ channelData: { message: echo } }), 'message', true],
    ['a message from the bot to itself', activity({ from: { id: '1' }, recipient: { id: '1' } }), 'message', true],
    ['an edited message', activity({ type: 'messageUpdate' }), 'edit', false],
    ['a deleted message', activity({ type: 'messageDelete', text: undefined }), 'delete', false],
    ['a reaction', activity({ type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }), 'reaction', false],
    ['typing', { type: 'typing', from: { id: '1' } }, 'control', false],
    ['somebody who joined', activity({ type: 'conversationUpdate', membersAdded: [{ id: '4321' }] }), 'control', false],
    ['the end of a conversation', activity({ type: 'endOfConversation' }), 'control', false],
    ['an invocation', activity({ type: 'invoke', name: 'signin/verifyState' }), 'control', false],
    ['an unknown type', activity({ type: 'constellation' }), 'ignored', false],
    ['no activity', { text: 'hi' }, 'ignored', false],
    ['nothing', null, 'ignored', false],
  ] as const)('%s', (_name, body, kind, own) => {
    expect(parseBotFramework(body)).toMatchObject([{ kind, own }])
  })

  test.each(['accepted', 'failed', 'completed'])('an external desk says that a handoff was %s', (state) => {
    const event = activity({ type: 'event', name: 'handoff.status', from: { id: 'hub' }, value: { state } })
    expect(parseBotFramework(event)).toMatchObject([{ kind: 'control', what: `handoff-${state}` }])
  })

  test('a transcript is a list of activities', () => {
    const events = parseWebhook('bot-framework', [activity({ type: 'conversationUpdate' }), activity({})])
    expect(events.map(({ kind }) => kind)).toEqual(['control', 'message'])
  })
})

describe('where we send our token', () => {
  test.each([
    ['https://smba.trafficmanager.net/emea/', true],
    ['https://facebook.botframework.com/', true],
    ['https://webchat.botframework.com', true],
    ['https://hub.example.com/', true],
    ['http://facebook.botframework.com/', false],
    ['https://evil.trafficmanager.net/', false],
    ['https://botframework.com.evil.example/', false],
    ['https://evilbotframework.com/', false],
    ['https://user:pass@smba.trafficmanager.net/', false],
    ['http://169.254.169.254/latest/meta-data/', false],
    ['http://127.0.0.1:3978/', false],
    ['file:///etc/passwd', false],
    ['nonsense', false],
    ['', false],
    [undefined, false],
  ])('%s: %s', (serviceUrl, trusted) => {
    expect(isTrusted(serviceUrl, { serviceHosts: ['hub.example.com'] })).toBe(trusted)
  })

  test('this machine is trusted in development only', () => {
    expect(isTrusted('http://127.0.0.1:3978/', { allowUnsigned: true })).toBe(true)
    expect(isTrusted('http://10.0.0.1/', { allowUnsigned: true })).toBe(false)
  })
})
