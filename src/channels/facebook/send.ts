// Sends on Facebook: reply to a comment, Messenger message, private reply, hide a comment.

import type { Outgoing, Sent } from '#domain'
import { platformId } from '../event-order.ts'
import { type Answered, noAnswer, type Unanswered } from '../http-client.ts'
import { at, idOf } from '../json.ts'
import { readLimit, readRefusal } from './errors.ts'
import { privateThread, psidOf } from './page.ts'
import { request, type Sender } from './request.ts'

export async function sendFacebook(sender: Sender, outgoing: Outgoing, signal: AbortSignal): Promise<Sent> {
  switch (outgoing.type) {
    case 'public-reply': {
      const target = platformId('facebook', outgoing.inReplyTo)
      const answer = await request(
        sender,
        `${encodeURIComponent(target)}/comments`,
        { body: { message: outgoing.text } },
        signal,
      )
      return readAnswer(answer, idOf(at(answered(answer), 'id')))
    }
    case 'private-message': {
      const psid = psidOf(outgoing.conversation)
      return psid
        ? message(sender, { id: psid }, outgoing, signal)
        : { state: 'refused', reason: `\`${outgoing.conversation.id}\` is not a private conversation of a page` }
    }
    case 'private-reply': {
      const target = platformId('facebook', outgoing.inReplyTo)
      // A post's id begins with its Page's, a comment's with its post's.
      const recipient = target.startsWith(`${sender.pageId}_`) ? { post_id: target } : { comment_id: target }
      return message(sender, recipient, outgoing, signal)
    }
    case 'hide': {
      const comment = platformId('facebook', outgoing.message)
      const answer = await request(sender, encodeURIComponent(comment), { body: { is_hidden: true } }, signal)
      return readAnswer(answer, at(answered(answer), 'success') === true ? comment : undefined, true)
    }
  }
}

async function message(
  sender: Sender,
  recipient: object,
  { text, effect, ...more }: Extract<Outgoing, { type: 'private-message' | 'private-reply' }>,
  signal: AbortSignal,
): Promise<Sent> {
  const titles = 'quickReplies' in more ? more.quickReplies : undefined
  const buttons = titles && {
    quick_replies: titles.map((title) => ({ content_type: 'text', title, payload: title })),
  }
  // Facebook hands `metadata` back in the echo.
  const body = { recipient, messaging_type: 'RESPONSE', message: { text, metadata: effect, ...buttons } }
  const answer = await request(sender, `${sender.pageId}/messages`, { body }, signal)
  const sent = readAnswer(answer, idOf(at(answered(answer), 'message_id')))
  const psid = idOf(at(answered(answer), 'recipient_id'))
  if (sent.state !== 'sent' || !psid) return sent
  return { ...sent, privateUser: psid, conversation: privateThread(sender.pageId, psid) }
}

function answered(answer: Answered | Unanswered): unknown {
  return answer.state === 'answered' && answer.status < 300 ? answer.body : undefined
}

/** `made`: the id that a successful answer names. */
function readAnswer(answer: Answered | Unanswered, made: string | undefined, repeatable = false): Sent {
  if (answer.state !== 'answered') return noAnswer(answer, repeatable)
  if (made === undefined) return readRefusal(answer, repeatable)
  const limit = readLimit(answer.headers)
  return { state: 'sent', platformId: made, ...(limit && { limit }) }
}
