// What networks deliver when somebody does something, in the documented shapes and without the noise.

let last = 1_960_000_000_000_000_000n
/** An id as X makes them, each larger than the one before. */
export const nextXId = () => String(++last)

export type XAct = {
  /** Our account. */
  readonly to: string
  /** The customer's account id. */
  readonly from: string
  readonly text: string
  readonly id?: string
  readonly at?: number
  readonly inReplyTo?: string
}

const xUser = (id: string) => ({ id_str: id, id, screen_name: `user${id}`, name: `User ${id}`, followers_count: 21 })

/** Account Activity API: a post that mentions us, or a reply to a post of ours. */
export function xMention({ to, from, text, id = nextXId(), at = Date.now(), inReplyTo }: XAct): object {
  const words = `@us ${text}`
  return {
    for_user_id: to,
    user_has_blocked: false,
    tweet_create_events: [
      {
        id_str: id,
        created_at: new Date(at).toISOString(),
        timestamp_ms: String(at),
        text: escapeText(words),
        truncated: false,
        display_text_range: inReplyTo ? [4, words.length] : [0, words.length],
        in_reply_to_status_id_str: inReplyTo ?? null,
        in_reply_to_user_id_str: inReplyTo ? to : null,
        user: xUser(from),
        entities: { user_mentions: [{ id_str: to, screen_name: 'us', indices: [0, 3] }], urls: [], hashtags: [] },
      },
    ],
  }
}

/** Account Activity API: a direct message to us, or from us where `from` is our account. */
export function xDirectMessage(act: XAct & { readonly via?: string; readonly app?: string }): object {
  const { to, from, text, id = nextXId(), at = Date.now(), via, app } = act
  return {
    for_user_id: to,
    direct_message_events: [
      {
        type: 'message_create',
        id,
        created_timestamp: String(at),
        ...(via && { initiated_via: { tweet_id: via } }),
        message_create: {
          target: { recipient_id: to },
          sender_id: from,
          ...(app && { source_app_id: app }),
          message_data: {
            text: escapeText(text),
            entities: { hashtags: [], symbols: [], user_mentions: [], urls: [] },
          },
        },
      },
    ],
    users: { [from]: xUser(from), [to]: xUser(to) },
  }
}

/** Account Activity API: our own post, which answers somebody's. */
export function xOwnReply(act: {
  readonly us: string
  readonly to: string
  readonly text: string
  readonly id: string
  readonly inReplyTo: string
  readonly at?: number
}): object {
  const { us, to, text, id, inReplyTo, at = Date.now() } = act
  const words = `@user${to} ${text}`
  return {
    for_user_id: us,
    tweet_create_events: [
      {
        id_str: id,
        timestamp_ms: String(at),
        text: escapeText(words),
        truncated: false,
        display_text_range: [to.length + 6, words.length],
        in_reply_to_status_id_str: inReplyTo,
        in_reply_to_user_id_str: to,
        in_reply_to_screen_name: `user${to}`,
        user: xUser(us),
        entities: { user_mentions: [{ id_str: to, screen_name: `user${to}`, indices: [0, to.length + 5] }] },
      },
    ],
  }
}

/** Account Activity API: a post whose author has changed it; `ids` are all it ever had, oldest first. */
export function xEdit(act: Omit<XAct, 'id'> & { readonly ids: readonly string[] }): object {
  const body = xMention({ ...act, id: act.ids.at(-1) ?? '' }) as { tweet_create_events: object[] }
  const [post] = body.tweet_create_events
  return { ...body, tweet_create_events: [{ ...post, edit_history_tweet_ids: act.ids }] }
}

/** Account Activity API: a post that its author has deleted. */
export const xDelete = (act: { readonly to: string; readonly from: string; readonly id: string }): object => ({
  for_user_id: act.to,
  tweet_delete_events: [{ status: { id: act.id, user_id: act.from }, timestamp_ms: String(Date.now()) }],
})

export type PageAct = {
  readonly page: string
  readonly from: string
  readonly text: string
  readonly id: string
  readonly at?: number
}

/** A message to the Page; the id is the message's `mid`. */
export function pageMessage({ page, from, text, id, at = Date.now() }: PageAct): object {
  const item = { sender: { id: from }, recipient: { id: page }, timestamp: at, message: { mid: id, text } }
  return { object: 'page', entry: [{ id: page, time: at, messaging: [item] }] }
}

/** A message to the Page that its author has changed for the `number`th time. */
export function pageEdit(act: PageAct & { readonly number: number }): object {
  const { page, from, text, id, number, at = Date.now() } = act
  const edit = { mid: id, text, num_edit: number }
  const item = { sender: { id: from }, recipient: { id: page }, timestamp: at, message_edit: edit }
  return { object: 'page', entry: [{ id: page, time: at, messaging: [item] }] }
}

/** A message to the Page that its author has taken back. */
export function pageUnsent({ page, from, id, at = Date.now() }: Omit<PageAct, 'text'>): object {
  const item = { sender: { id: from }, recipient: { id: page }, timestamp: at, message: { mid: id, is_deleted: true } }
  return { object: 'page', entry: [{ id: page, time: at, messaging: [item] }] }
}

/** The echo of a message that the Page sent through an app: Facebook hands `metadata` back. */
export function pageEcho(act: {
  readonly page: string
  readonly to: string
  readonly text: string
  readonly id: string
  readonly app: string
  readonly metadata?: string
  readonly at?: number
}): object {
  const { page, to, text, id, app, metadata, at = Date.now() } = act
  const message = { mid: id, text, is_echo: true, app_id: Number(app), ...(metadata && { metadata }) }
  const item = { sender: { id: page }, recipient: { id: to }, timestamp: at, message }
  return { object: 'page', entry: [{ id: page, time: at, messaging: [item] }] }
}

/** A comment on a post of the Page; the id is `<post>_<comment>`. */
export function pageComment({ page, from, text, id, at = Date.now(), parent }: PageAct & { parent?: string }): object {
  const post = `${page}_${id.split('_')[0]}`
  const seconds = Math.floor(at / 1000)
  const value = {
    item: 'comment',
    verb: 'add',
    from: { id: from, name: `User ${from}` },
    message: text,
    post_id: post,
    comment_id: id,
    parent_id: parent ?? post,
    created_time: seconds,
  }
  return { object: 'page', entry: [{ id: page, time: seconds, changes: [{ field: 'feed', value }] }] }
}

/** An activity of type `message` from a customer. */
export function botMessage(act: {
  readonly serviceUrl: string
  readonly from: string
  readonly text: string
  readonly id: string
  readonly conversation: string
  readonly isGroup?: boolean
  readonly at?: number
}): object {
  return {
    type: 'message',
    id: act.id,
    timestamp: new Date(act.at ?? Date.now()).toISOString(),
    serviceUrl: act.serviceUrl,
    channelId: 'webchat',
    from: { id: act.from, name: `User ${act.from}` },
    recipient: { id: 'bot', name: 'Bot' },
    conversation: { id: act.conversation, ...(act.isGroup && { isGroup: true }) },
    text: act.text,
  }
}

/** X escapes these three in texts. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
