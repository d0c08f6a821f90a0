import { describe, expect, test } from '@jest/globals'
import { parseWebhook, readJson } from '#channels'
import { parseX } from '../../src/channels/x/events.ts'
import { xDirectMessage, xMention } from '../stand-ins/deliveries.ts'

const US = '1100'
const ANA = '1930000000000000001'
const AT = 1782500000123

const user = { id_str: ANA, screen_name: 'ana', name: 'Ana', followers_count: 7 }
const tweet = (fields: object) => ({
  for_user_id: US,
  tweet_create_events: [
    {
      id_str: '1930000000000000900',
      created_at: 'Fri Jun 26 18:53:20 +0000 2026',
      text: 'text',
      user,
      entities: { user_mentions: [] },
      ...fields,
    },
  ],
})
const mentionsUs = { user_mentions: [{ id_str: US, screen_name: 'us', indices: [0, 3] }] }
const activity = (event_type: string, payload: object, includes: object = {}) => ({
  data: { event_uuid: '-6850472171600526495', filter: { user_id: US }, event_type, tag: 't', payload, includes },
})
const post = (fields: object) => ({
  id: '1930000000000000901',
  author_id: ANA,
  created_at: '2026-06-26T18:53:20.000Z',
  conversation_id: '1930000000000000901',
  edit_history_tweet_ids: ['1930000000000000901'],
  text: 'text',
  ...fields,
})

describe('what X delivers', () => {
  test('a mention is a public message from the person who wrote it', () => {
    const body = xMention({ to: US, from: ANA, text: 'where is it? &amp; why <3', id: '1930000000000000900', at: AT })
    expect(parseX(body, { userId: US })).toEqual([
      {
        kind: 'message',
        id: 'x:1930000000000000900',
        own: false,
        directed: true,
        customer: {
          id: `x:${US}:${ANA}`,
          channel: 'x',
          account: US,
          user: ANA,
          name: `User ${ANA}`,
          handle: `user${ANA}`,
          reach: 21,
        },
        message: {
          id: 'x:1930000000000000900',
          conversation: { id: `x:${US}:post:1930000000000000900`, channel: 'x', audience: 'public' },
          author: ANA,
          authorKind: 'customer',
          text: '@us where is it? &amp; why <3',
          at: AT,
        },
      },
    ])
  })

  test('a reply loses the handles that X puts before it, and keeps those in its text', () => {
    const reply = {
      text: '@us @other thanks @us!',
      display_text_range: [11, 22],
      in_reply_to_status_id_str: '5',
      in_reply_to_user_id_str: US,
    }
    const [event] = parseX(tweet(reply))
    expect(event).toMatchObject({
      kind: 'message',
      directed: true,
      message: { text: 'thanks @us!', replyTo: 'x:5', conversation: { id: `x:${US}:post:5` } },
    })
  })

  test('a direct message is private, and says which post of ours asked for it', () => {
    const body = xDirectMessage({ to: US, from: ANA, text: 'order <4711>', id: '77', at: AT, via: '66' })
    expect(parseX(body)).toEqual([
      {
        kind: 'message',
        id: 'x:77',
        own: false,
        directed: true,
        from: 'x:66',
        customer: expect.objectContaining({ id: `x:${US}:${ANA}` }),
        message: {
          id: 'x:77',
          conversation: { id: `x:${US}:dm:${ANA}`, channel: 'x', audience: 'private' },
          author: ANA,
          authorKind: 'customer',
          text: 'order <4711>',
          at: AT,
        },
      },
    ])
  })

  test.each([
    ['our own app', '900', 'us'],
    ['another app', '901', 'person'],
    ['no app', undefined, 'unknown'],
  ] as const)('our own direct message, sent by %s, is known as %s', (_name, app, by) => {
    const body = xDirectMessage({ to: ANA, from: US, text: 'hello', ...(app && { app }) })
    const [event] = parseX({ ...body, for_user_id: US }, { userId: US, appId: '900' })
    expect(event).toMatchObject({ own: true, by, customer: { user: ANA }, message: { authorKind: 'brand' } })
  })

  test('a batch is read oldest first, whatever its order, and every array counts', () => {
    const [newer, older, echo] = [
      xDirectMessage({ to: US, from: ANA, text: 'second', id: '9004', at: AT }),
      xDirectMessage({ to: US, from: ANA, text: 'first', id: '9003', at: AT }),
      xDirectMessage({ to: ANA, from: US, text: 'third', id: '10001', at: AT }),
    ].map((body) => (body as { direct_message_events: object[] }).direct_message_events[0])
    const body = {
      for_user_id: US,
      direct_message_events: [newer, older, echo],
      tweet_delete_events: [{ status: { id: '55', user_id: ANA }, timestamp_ms: String(AT - 1000) }],
    }
    expect(parseX(body).map((event) => ('message' in event ? event.message.text : event.kind))).toEqual([
      'delete',
      'first',
      'second',
      'third',
    ])
  })

  test('ids that JavaScript cannot hold as numbers stay exact', () => {
    const body = readJson(
      `{"for_user_id":"${US}","tweet_create_events":[{"id":1924465506158878979,"text":"@us hi","user":{"id":1930000000000000001},
        "in_reply_to_user_id":${US}}]}`,
    )
    expect(parseX(body)).toMatchObject([{ id: 'x:1924465506158878979', customer: { user: '1930000000000000001' } }])
  })

  test('a long post is read whole', () => {
    const long = {
      truncated: true,
      text: 'The Anti…',
      extended_tweet: { full_text: 'The Antikythera', entities: mentionsUs },
    }
    expect(parseX(tweet(long))).toMatchObject([{ kind: 'message', message: { text: 'The Antikythera' } }])
  })

  test.each([
    ['mention', 'post.mention.create', { entities: { mentions: [{ start: 4, end: 8, id: US }] } }],
    ['reply', 'post.reply.create', { in_reply_to_tweet_id: '9', in_reply_to_user_id: US }],
    ['quote', 'post.quote.create', { referenced_tweets: [{ type: 'quoted', id: '9' }] }],
  ])('the activity API delivers a %s too, in its thread', (_name, type, fields) => {
    const includes = {
      users: [{ data: { id: ANA, username: 'ana', name: 'Ana', public_metrics: { followers_count: 9 } } }],
    }
    expect(parseX(activity(type, post({ ...fields, conversation_id: '3' }), includes))).toMatchObject([
      {
        kind: 'message',
        own: false,
        directed: true,
        customer: { id: `x:${US}:${ANA}`, handle: 'ana', name: 'Ana', reach: 9 },
        message: { conversation: { id: `x:${US}:post:3`, audience: 'public' } },
      },
    ])
  })

  test('an author whom X does not describe is known by id', () => {
    expect(parseX(activity('post.mention.create', post({}), {}))).toMatchObject([
      { kind: 'message', customer: { id: `x:${US}:${ANA}`, channel: 'x', account: US, user: ANA } },
    ])
  })

  test('an edit is a change of the first post, not a new one', () => {
    const edited = post({ id: '12', edit_history_tweet_ids: ['10', '11', '12'], text: 'solved, thanks' })
    expect(parseX(activity('post.mention.create', edited))).toEqual([
      {
        kind: 'edit',
        id: 'x:10:edit:12',
        own: false,
        customer: expect.objectContaining({ user: ANA }),
        of: 'x:10',
        text: 'solved, thanks',
        order: 2,
        audience: 'public',
      },
    ])
  })

  test('in a thread that carries our handle along, talk between others is heard and not taken as addressed to us', () => {
    const aside = {
      text: '@bob @us same here',
      display_text_range: [9, 18],
      in_reply_to_status_id_str: '5',
      in_reply_to_user_id_str: '42',
      entities: {
        user_mentions: [
          { id_str: '42', indices: [0, 4] },
          { id_str: US, indices: [5, 8] },
        ],
      },
    }
    expect(parseX(tweet(aside))).toMatchObject([{ kind: 'message', directed: false, message: { text: 'same here' } }])
  })

  test('an encrypted message is one that a person must look at', () => {
    const payload = { id: 'e1', sender_id: ANA, conversation_id: `${ANA}:${US}`, encoded_event: 'AAAA' }
    expect(parseX(activity('chat.received', payload))).toMatchObject([
      {
        kind: 'message',
        own: false,
        message: { text: '', attachments: 1, attachmentKinds: ['encrypted'], conversation: { audience: 'private' } },
      },
    ])
    expect(parseX(activity('chat.sent', { ...payload, sender_id: US }))).toMatchObject([
      { kind: 'message', own: true, customer: { user: ANA } },
    ])
  })

  test('a new key of an encrypted chat says nothing', () => {
    const payload = { id: 'e2', sender_id: ANA, conversation_id: `${ANA}:${US}`, conversation_key_change_event: 'AAAA' }
    expect(parseX(activity('chat.received', payload))).toMatchObject([{ kind: 'ignored' }])
  })

  const media = (...types: readonly string[]) =>
    types.map((type, index) => ({ type, url: `https://t.co/m${index}`, id_str: String(index) }))

  test.each([
    { types: ['photo'], kinds: ['image'] },
    { types: ['video'], kinds: ['video'] },
    { types: ['animated_gif'], kinds: ['sticker'] },
    { types: ['photo', 'photo', 'hologram'], kinds: ['image', 'image', 'unsupported'] },
  ])('what is attached to a post is told by kind, without the link that X appends: $types', ({ types, kinds }) => {
    const text = `look ${media(...types)[0]?.url}`
    const fields = { text, in_reply_to_user_id_str: US, extended_entities: { media: media(...types) } }
    expect(parseX(tweet(fields))).toMatchObject([
      { message: { text: 'look', attachments: kinds.length, attachmentKinds: kinds } },
    ])
  })

  test('version 2 tells kinds beside the post, or by the first digits of a media key', () => {
    const payload = post({
      text: '@us https://t.co/m0',
      attachments: { media_keys: ['7_1', '16_2', '99_3'] },
      entities: { mentions: [{ start: 0, end: 3, id: US }], urls: [{ url: 'https://t.co/m0', media_key: '7_1' }] },
    })
    const includes = { media: [{ media_key: '7_1', type: 'photo' }] }
    const body = { data: { ...activity('post.mention.create', payload).data, includes } }
    expect(parseX(body)).toMatchObject([
      { message: { text: '@us', attachmentKinds: ['image', 'sticker', 'unsupported'] } },
    ])
  })

  test('a direct message with a video alone has no words', () => {
    const attachment = { type: 'media', media: { type: 'video', url: 'https://t.co/v' } }
    expect(parseX(created({ message_data: { text: ' https://t.co/v', attachment } }))).toMatchObject([
      { message: { text: '', attachments: 1, attachmentKinds: ['video'] } },
    ])
  })

  test('a post of handles alone is a mention without words', () => {
    const text = '@us @sam!'
    expect(parseX(tweet({ text, entities: mentionsUs }))).toMatchObject([
      { message: { text, attachmentKinds: ['mention'] } },
    ])
    expect(parseX(tweet({ text: '@us hi', entities: mentionsUs }))).not.toMatchObject([
      { message: { attachmentKinds: ['mention'] } },
    ])
  })

  const dm = (fields: object) => ({
    for_user_id: US,
    direct_message_events: [{ type: 'message_create', id: '7', ...fields }],
  })
  const created = (fields: object) =>
    dm({ message_create: { target: { recipient_id: US }, sender_id: ANA, ...fields } })
  const signal = { created_timestamp: String(AT), sender_id: ANA, target: { recipient_id: US } }

  test.each([
    ['our own post', tweet({ user: { id_str: US } }), 'message', true],
    ['our own post, by the activity API', activity('post.create', post({ author_id: US })), 'message', true],
    ['a repost of ours', tweet({ retweeted_status: { id_str: '1' }, entities: mentionsUs }), 'ignored', false],
    ['a repost, by the activity API', activity('post.repost.create', post({})), 'ignored', false],
    ["somebody else's post", tweet({}), 'ignored', false],
    ['a quote of us', tweet({ quoted_status: { user: { id_str: US } } }), 'message', false],
    [
      'a picture for us',
      tweet({ text: '', in_reply_to_user_id_str: US, extended_entities: { media: [{}] } }),
      'message',
      false,
    ],
    ['a post without words', tweet({ text: ' ', in_reply_to_user_id_str: US }), 'ignored', false],
    ['a post without author', tweet({ user: null }), 'ignored', false],
    [
      'a direct message with a picture',
      created({ message_data: { text: '', attachment: { type: 'media', media: {} } } }),
      'message',
      false,
    ],
    [
      'a direct message with a list of pictures',
      created({ message_data: { text: '', attachment: { media: [{}, {}] } } }),
      'message',
      false,
    ],
    ['an empty direct message', created({ message_data: { text: '' } }), 'ignored', false],
    ['a direct message between others', created({ target: { recipient_id: '3' } }), 'ignored', false],
    ['a direct message without ids', dm({ message_create: null }), 'ignored', false],
    [
      'a deleted post',
      { for_user_id: US, tweet_delete_events: [{ status: { id: '1', user_id: ANA } }] },
      'delete',
      false,
    ],
    ['our own deleted post', activity('post.delete', { id: '1', author_id: US }), 'delete', true],
    ['a like', { for_user_id: US, favorite_events: [{ favorited_status: { id_str: '1' }, user }] }, 'reaction', false],
    ['a like, by the activity API', activity('like.create', { id: 'aa', liked_tweet_id: '1' }), 'reaction', false],
    [
      'a follow',
      { for_user_id: US, follow_events: [{ type: 'follow', source: { id: ANA }, target: { id: US } }] },
      'control',
      false,
    ],
    [
      'our own follow',
      { for_user_id: US, follow_events: [{ type: 'follow', source: { id: US }, target: { id: ANA } }] },
      'control',
      true,
    ],
    [
      'a block',
      { for_user_id: US, block_events: [{ type: 'block', source: { id: ANA }, target: { id: US } }] },
      'control',
      false,
    ],
    ['typing', { for_user_id: US, direct_message_indicate_typing_events: [signal] }, 'control', false],
    ['a read receipt', { for_user_id: US, direct_message_mark_read_events: [signal] }, 'read', false],
    ['a read receipt, by the activity API', activity('dm.read', {}), 'read', false],
    [
      'withdrawn access',
      { user_event: { revoke: { date_time: '2018-05-24T09:48:12+00:00', source: { user_id: US } } } },
      'control',
      false,
    ],
    ['a replay that ended', { replay_job_status: { job_id: '1', job_state: 'Complete' } }, 'control', false],
    ['a changed profile', activity('profile.update.bio', { before: 'a', after: 'b' }), 'control', false],
    ['an unknown event', activity('broadcast.chat', { message: 'hi' }), 'ignored', false],
    ['an unknown array', { for_user_id: US, tweet_edit_events: [{}] }, 'ignored', false],
    ['errors of the stream', { errors: [{ title: 'x' }] }, 'ignored', false],
    ['nothing', { for_user_id: US }, 'ignored', false],
    ['no object', null, 'ignored', false],
  ] as const)('%s', (_name, body, kind, own) => {
    expect(parseX(body, {})).toMatchObject([{ kind, own }])
  })

  test('a delivery for an account that is not ours is ignored', () => {
    const body = xMention({ to: '999', from: ANA, text: 'hi' })
    expect(parseX(body, { userId: US })).toMatchObject([{ kind: 'ignored', reason: expect.stringContaining('`999`') }])
    expect(parseX({ data: { event_type: 'post.create', filter: { user_id: '999' } } }, { userId: US })).toMatchObject([
      { kind: 'ignored' },
    ])
  })

  test('without credentials the account is taken from the delivery', () => {
    expect(parseWebhook('x', xMention({ to: '999', from: ANA, text: 'hi' }))).toMatchObject([
      { kind: 'message', customer: { account: '999' } },
    ])
  })

  test('a post that one delivery ignores may be answered when another brings it', () => {
    const [overlooked] = parseX(activity('post.create', post({})))
    const [heard] = parseX(activity('post.mention.create', post({})))
    expect(overlooked?.kind).toBe('ignored')
    expect(heard?.kind).toBe('message')
    expect(overlooked?.id).not.toBe(heard?.id)
  })
})
