import { describe, expect, test } from '@jest/globals'
import { parseWebhook, readJson } from '#channels'
import { parseFacebook } from '../../src/channels/facebook/events.ts'
import { pageComment, pageMessage } from '../stand-ins/deliveries.ts'

const PAGE = '102030405060708'
const ANA = '6543210987654321'
const AT = 1782500000123
const us = { pageId: PAGE, appId: '1517' }

const entry = (fields: object) => ({ object: 'page', entry: [{ id: PAGE, time: AT, ...fields }] })
const item = (fields: object) =>
  entry({ messaging: [{ sender: { id: ANA }, recipient: { id: PAGE }, timestamp: AT, ...fields }] })
const said = (message: object | null) => item({ message })
const change = (value: object | undefined, field = 'feed') => entry({ time: 1782500100, changes: [{ field, value }] })
const comment = (fields: object) =>
  change({
    item: 'comment',
    verb: 'add',
    from: { id: ANA, name: 'Ana' },
    message: 'hello',
    post_id: `${PAGE}_900`,
    comment_id: '900_1111',
    parent_id: `${PAGE}_900`,
    created_time: 1782500000,
    ...fields,
  })

describe('what Facebook delivers for a page', () => {
  test('a message in Messenger is private', () => {
    expect(parseFacebook(pageMessage({ page: PAGE, from: ANA, text: 'hi', id: 'm_1', at: AT }), us)).toEqual([
      {
        kind: 'message',
        id: 'facebook:m_1',
        own: false,
        directed: true,
        customer: { id: `facebook:${PAGE}:${ANA}`, channel: 'facebook', account: PAGE, user: ANA },
        message: {
          id: 'facebook:m_1',
          conversation: { id: `facebook:${PAGE}:dm:${ANA}`, channel: 'facebook', audience: 'private' },
          author: ANA,
          authorKind: 'customer',
          text: 'hi',
          at: AT,
        },
      },
    ])
  })

  test('a comment is public; it heads a thread of its own under the post', () => {
    const body = pageComment({ page: PAGE, from: ANA, text: 'my parcel?', id: '900_1111', at: 1782500000000 })
    expect(parseFacebook(body, us)).toEqual([
      {
        kind: 'message',
        id: 'facebook:900_1111',
        own: false,
        directed: true,
        customer: expect.objectContaining({ id: `facebook:${PAGE}:${ANA}`, name: `User ${ANA}` }),
        message: {
          id: 'facebook:900_1111',
          conversation: { id: `facebook:${PAGE}:post:${PAGE}_900:900_1111`, channel: 'facebook', audience: 'public' },
          author: ANA,
          authorKind: 'customer',
          text: 'my parcel?',
          at: 1782500000000,
          replyTo: `facebook:${PAGE}_900`,
        },
      },
    ])
  })

  test('a reply to a comment belongs to the thread of that comment', () => {
    expect(parseFacebook(comment({ comment_id: '900_1113', parent_id: '900_1111' }), us)).toMatchObject([
      {
        message: {
          conversation: { id: `facebook:${PAGE}:post:${PAGE}_900:900_1111` },
          replyTo: 'facebook:900_1111',
        },
      },
    ])
  })

  test('somebody whom Facebook does not name can still be answered at the comment', () => {
    expect(parseFacebook(comment({ from: undefined }), us)).toMatchObject([
      { kind: 'message', own: false, customer: { id: `facebook:${PAGE}:comment:900_1111`, user: 'comment:900_1111' } },
    ])
  })

  test('the echo of what we sent brings our effect back', () => {
    const echo = { sender: { id: PAGE }, recipient: { id: ANA } }
    const message = { mid: 'm_2', is_echo: true, app_id: 1517, metadata: 'effect-1', text: 'hello' }
    expect(parseFacebook(item({ ...echo, message }), us)).toMatchObject([
      { kind: 'message', own: true, by: 'us', effect: 'effect-1', customer: { user: ANA }, message: { author: PAGE } },
    ])
  })

  test.each([
    ['a person in the page inbox', 263902037430900, 'person'],
    ['another tool', '999', 'unknown'],
    ['somebody unnamed', undefined, 'unknown'],
  ] as const)('what %s wrote as the page is told apart, and its metadata is not ours', (_name, app_id, by) => {
    const message = { mid: 'm_2', is_echo: true, app_id, metadata: 'theirs', text: 'Laura here' }
    const [event] = parseFacebook(item({ sender: { id: PAGE }, recipient: { id: ANA }, message }), us)
    expect(event).toMatchObject({ own: true, by, customer: { user: ANA } })
    expect(event).not.toHaveProperty('effect')
  })

  test('an echo with sender and recipient the wrong way round is read all the same', () => {
    expect(parseFacebook(said({ mid: 'm_3', is_echo: true, text: 'hello' }), us)).toMatchObject([
      { own: true, customer: { user: ANA } },
    ])
  })

  test('an edit and a removal name the comment they change, and come after it', () => {
    const changes = ['remove', 'edited', 'add'].map((verb) => ({
      field: 'feed',
      value: {
        item: 'comment',
        verb,
        from: { id: ANA },
        message: 'words',
        post_id: `${PAGE}_900`,
        comment_id: '900_1',
        parent_id: `${PAGE}_900`,
        created_time: 1782500000,
      },
    }))
    const events = parseFacebook(entry({ time: 1782500100, changes }), us)
    expect(events.map(({ kind }) => kind)).toEqual(['message', 'delete', 'edit'])
    expect(events.slice(1)).toMatchObject([
      { kind: 'delete', of: 'facebook:900_1', audience: 'public', customer: { user: ANA } },
      { kind: 'edit', of: 'facebook:900_1', text: 'words', audience: 'public' },
    ])
  })

  test('two edits in one delivery are two, the later one newer, and the same in another delivery', () => {
    const edited = (message: string) => ({
      field: 'feed',
      value: {
        item: 'comment',
        verb: 'edited',
        from: { id: ANA },
        message,
        post_id: `${PAGE}_900`,
        comment_id: '900_1',
      },
    })
    const read = () => parseFacebook(entry({ time: 1782500100, changes: [edited('one'), edited('two')] }), us)
    const [first, second] = read()
    expect([first, second]).toMatchObject([
      { text: 'one', order: 1782500100000 },
      { text: 'two', order: 1782500100000 },
    ])
    expect(first?.id).not.toBe(second?.id)
    expect(read()).toEqual([first, second])
  })

  const kindsOf = (body: unknown) =>
    parseFacebook(body, us).map((event) => (event.kind === 'message' ? event.message.attachmentKinds : event.kind))

  test.each([
    ...['image', 'video', 'audio', 'file', 'location', 'sticker'].map((type) => ({ type, kind: type })),
    { type: 'fallback', kind: 'link' },
    { type: 'template', kind: 'link' },
    { type: 'ig_story', kind: 'story' },
    { type: 'ig_reel', kind: 'video' },
    { type: 'hologram', kind: 'unsupported' },
  ])('an attachment of type $type is $kind', ({ type, kind }) => {
    expect(kindsOf(said({ mid: 'm', attachments: [{ type }] }))).toEqual([[kind]])
  })

  test.each([
    ['of August 2026', { attachments: [{ type: 'sticker', payload: { sticker_id: 51 } }] }],
    ['of before', { sticker_id: 51, attachments: [{ type: 'image', payload: { sticker_id: 51 } }] }],
    ['without a picture', { sticker_id: 51 }],
  ])('a sticker is no picture: %s', (_, message) => {
    expect(kindsOf(said({ mid: 'm', ...message }))).toEqual([['sticker']])
  })

  test.each([369239263222822, 369239343222814, '369239383222810'])('the like button %s is a thumb', (sticker_id) => {
    const attachments = [{ type: 'image', payload: { sticker_id } }]
    expect(parseFacebook(said({ mid: 'm', sticker_id, attachments }), us)).toMatchObject([{ message: { text: '👍' } }])
    expect(kindsOf(said({ mid: 'm', sticker_id, attachments }))).toEqual([undefined])
  })

  test('something that Meta does not pass on is told as such', () => {
    expect(kindsOf(said({ mid: 'm', is_unsupported: true }))).toEqual([['unsupported']])
  })

  test.each([
    { what: 'a photo', fields: { photo: 'https://scontent.xx/v/t1.6435-9/1.jpg' }, kind: 'image' },
    { what: 'a sticker', fields: { photo: 'https://scontent.xx/v/t39.1997-6/1.png' }, kind: 'sticker' },
    { what: 'a video', fields: { video: 'https://video.xx/1.mp4' }, kind: 'video' },
    { what: 'a link', fields: { link: 'https://example.com' }, kind: 'link' },
  ])('a comment with $what alone', ({ fields, kind }) => {
    const ids = { post_id: `${PAGE}_900`, comment_id: '900_7', from: { id: ANA }, created_time: 1782500000 }
    expect(kindsOf(change({ item: 'comment', verb: 'add', ...ids, ...fields }))).toEqual([[kind]])
  })

  test('a mention whose words Facebook keeps back is told as such', () => {
    const ids = { post_id: '44_44', sender_id: 44 }
    expect(kindsOf(change({ item: 'post', verb: 'add', ...ids }, 'mention'))).toEqual([['mention']])
  })

  test.each(['GET_STARTED', 'get_started_payload', 'START'])('the start button that says nothing but %s', (payload) => {
    expect(parseFacebook(item({ postback: { payload } }), us)).toMatchObject([{ message: { text: 'Get started' } }])
  })

  test('a tapped quick reply says its title', () => {
    const tapped = said({ mid: 'm', text: 'Yes', quick_reply: { payload: 'GO_AHEAD' } })
    expect(parseFacebook(tapped, us)).toMatchObject([{ directed: true, message: { text: 'Yes' } }])
  })

  test('numbers are ids too, and keep their last digit', () => {
    const body = readJson(
      `{"object":"page","entry":[{"id":${PAGE},"time":${AT},"messaging":[{"sender":{"id":98765432109876543210},
        "recipient":{"id":${PAGE}},"message":{"mid":"m_9","text":"hi"}}]}]}`,
    )
    expect(parseFacebook(body, us)).toMatchObject([{ customer: { user: '98765432109876543210' } }])
  })

  const shared = { post_id: `${PAGE}_900`, created_time: 1782500000 }
  const post = (fields: object) =>
    change({ item: 'post', verb: 'add', ...shared, from: { id: ANA }, message: 'hi', ...fields })
  const review = (fields: object) =>
    change({ item: 'rating', verb: 'add', open_graph_story_id: 904, reviewer_id: 705, ...fields }, 'ratings')

  test.each([
    ['a picture alone', said({ mid: 'm', attachments: [{ type: 'image' }] }), 'message', false],
    ['a sticker alone', said({ mid: 'm', sticker_id: 369 }), 'message', false],
    ['something that Meta does not pass on', said({ mid: 'm', is_unsupported: true }), 'message', false],
    ['a quick reply', said({ mid: 'm', text: 'Yes', quick_reply: { payload: 'YES' } }), 'message', false],
    ['an answer to a message', said({ mid: 'm', text: 'Yes', reply_to: { mid: 'm0' } }), 'message', false],
    ['a tapped button', item({ postback: { title: 'Get started', payload: 'START' } }), 'message', false],
    ['a tapped button without words', item({ postback: { payload: '' } }), 'ignored', false],
    ['a message without words', said({ mid: 'm' }), 'ignored', false],
    ['a message without id', said({ text: 'hi' }), 'ignored', false],
    ['a message without sender', item({ sender: null, message: { mid: 'm', text: 'hi' } }), 'ignored', false],
    ['a message that is null', said(null), 'ignored', false],
    [
      'the test button of the dashboard',
      item({ sender: { id: '0' }, message: { mid: 'm', text: 'hi' } }),
      'ignored',
      false,
    ],
    ['an unsent message', said({ mid: 'm', is_deleted: true }), 'delete', false],
    ['an edited message', item({ message_edit: { mid: 'm', text: 'hi!', num_edit: '2' } }), 'edit', false],
    ['a reaction', item({ reaction: { mid: 'm', action: 'react', emoji: '❤', reaction: 'love' } }), 'reaction', false],
    ['a reaction taken back', item({ reaction: { mid: 'm', action: 'unreact' } }), 'reaction', false],
    ['a read receipt', item({ read: { watermark: AT } }), 'read', false],
    ['a delivery receipt', item({ delivery: { mids: ['m'], watermark: AT } }), 'delivery', false],
    ['an opt-in', item({ optin: { ref: 'x' } }), 'control', false],
    ['a referral', item({ referral: { ref: 'x', source: 'SHORTLINK' } }), 'control', false],
    ['a blocked page', item({ 'policy-enforcement': { action: 'block', reason: 'spam' } }), 'control', false],
    ['changed app roles', item({ app_roles: { '123': ['primary_receiver'] } }), 'control', false],
    ['a payment', item({ payment: { payload: 'x' } }), 'ignored', false],
    ['a thread that another app has', entry({ standby: [{ message: { mid: 'm', text: 'hi' } }] }), 'ignored', false],
    ['our own comment', comment({ from: { id: PAGE, name: 'Acme' } }), 'message', true],
    ['our own comment in the older shape', comment({ from: undefined, sender_id: Number(PAGE) }), 'message', true],
    ['our own edited comment', comment({ from: { id: PAGE }, verb: 'edited' }), 'edit', true],
    ['a hidden comment', comment({ verb: 'hide' }), 'control', false],
    [
      'a comment that is a picture',
      comment({ message: undefined, photo: 'https://x.example/a.jpg' }),
      'message',
      false,
    ],
    ['a comment without words', comment({ message: undefined }), 'ignored', false],
    ['a comment without id', comment({ comment_id: null }), 'ignored', false],
    ["a visitor's post", post({}), 'message', false],
    ["a visitor's edited post", post({ verb: 'edit' }), 'edit', false],
    ['our own post', post({ item: 'photo', from: { id: PAGE } }), 'message', true],
    ['a like', change({ item: 'like', verb: 'add', ...shared, sender_id: 909 }), 'reaction', false],
    ['our own reaction', change({ item: 'reaction', verb: 'remove', ...shared, from: { id: PAGE } }), 'reaction', true],
    ['an unknown item', change({ item: 'constellation', verb: 'add', ...shared }), 'ignored', false],
    [
      'a mention in a comment',
      change({ item: 'comment', verb: 'add', ...shared, comment_id: '9_1', message: 'hey @us' }, 'mention'),
      'message',
      false,
    ],
    [
      'a mention whose words are kept back',
      change({ item: 'post', verb: 'add', ...shared, sender_id: 44 }, 'mention'),
      'message',
      false,
    ],
    ['a review', review({ rating: 3, review_text: 'ziemlich coole Sache' }), 'message', false],
    ['a rating without words', review({ rating: 3 }), 'ignored', false],
    ['a reaction to a review', review({ item: 'reaction', review_text: null }), 'ignored', false],
    ['another field', change({ leadgen_id: 1 }, 'leadgen'), 'ignored', false],
    ['a change without value', change(undefined, 'parking'), 'ignored', false],
    ['an entry without anything', entry({}), 'ignored', false],
    ['another page', { object: 'page', entry: [{ id: '9', time: AT, messaging: [{}] }] }, 'ignored', false],
    ['an entry that names no page', { object: 'page', entry: [null] }, 'ignored', false],
    ['another object', { object: 'instagram', entry: [] }, 'ignored', false],
    ['no object', [], 'ignored', false],
  ] as const)('%s', (_name, body, kind, own) => {
    expect(parseFacebook(body, us)).toMatchObject([{ kind, own }])
  })

  test.each([
    ['to a person', { pass_thread_control: { new_owner_app_id: 263902037430900 } }, 'pass-thread-control-person'],
    ['to us', { pass_thread_control: { new_owner_app_id: '1517' } }, 'pass-thread-control-us'],
    ['to another app', { pass_thread_control: { new_owner_app_id: 7 } }, 'pass-thread-control-other-app'],
    ['away from us', { take_thread_control: { previous_owner_app_id: 1517 } }, 'take-thread-control'],
    [
      'on request',
      { request_thread_control: { requested_owner_app_id: 263902037430900, metadata: null } },
      'request-thread-control-person',
    ],
  ] as const)('the thread goes %s', (_name, fields, what) => {
    const [event] = parseFacebook(item(fields), us)
    expect(event).toMatchObject({ kind: 'control', what, customer: { user: ANA } })
    const speaks = {
      'pass-thread-control-person': 'person',
      'pass-thread-control-other-app': 'person',
      'take-thread-control': 'person',
      'request-thread-control-person': 'asked',
      'pass-thread-control-us': 'us',
    }
    expect(event && 'to' in event ? event.to : undefined).toBe(speaks[what as keyof typeof speaks])
  })

  test('of two pages in one body the known one is handled', () => {
    const other = { id: '998', time: 1782500401, changes: [{ field: 'feed', value: { item: 'comment' } }] }
    const known = pageMessage({ page: PAGE, from: ANA, text: 'hi', id: 'm_b', at: AT })
    const body = { object: 'page', entry: [other, ...(known as { entry: object[] }).entry] }
    expect(
      parseFacebook(body, us)
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['ignored', 'message'])
  })

  test('without credentials every page of the body is ours, so one that comments on another is no customer', () => {
    const value = {
      item: 'comment',
      verb: 'add',
      from: { id: PAGE },
      message: 'x',
      post_id: '998_1',
      comment_id: '1_2',
    }
    const body = {
      object: 'page',
      entry: [
        { id: PAGE, time: AT, messaging: [] },
        { id: '998', time: AT, changes: [{ field: 'feed', value }] },
      ],
    }
    expect(parseWebhook('facebook', body)).toMatchObject([{ kind: 'ignored' }, { kind: 'message', own: true }])
  })
})
