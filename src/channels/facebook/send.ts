// What we do on Facebook: reply to a comment, write in Messenger, answer a comment privately, hide a comment.

import { createHmac } from 'node:crypto'
import type { Outgoing, Sent } from '#conversation'
import { type Answered, call, noAnswer, type Unanswered } from '../call.ts'
import { platformId } from '../event.ts'
import { at, idOf } from '../payload.ts'
import { privateThread, psidOf } from './page.ts'
import { readRefusal } from './refusal.ts'

export type Sender = {
  readonly graphUrl: string
  /** Such as `v26.0`. */
  readonly version: string
  readonly appSecret: string
  readonly pageId: string
  readonly pageToken: string
}

export async function sendFacebook(sender: Sender, outgoing: Outgoing, signal: AbortSignal): Promise<Sent> {
  switch (outgoing.type) {
    case 'public-reply': {
      const target = platformId('facebook', outgoing.inReplyTo)
      const answer = await request(sender, `${encodeURIComponent(target)}/comments`, { message: outgoing.text }, signal)
      return readAnswer(answer, idOf(at(answered(answer), 'id')))
    }
    case 'private-message': {
      const psid = psidOf(outgoing.conversation)
      return psid
        ? message(sender, { id: psid }, outgoing.text, outgoing.effect, signal)
        : { state: 'refused', reason: `\`${outgoing.conversation.id}\` is not a private conversation of a page` }
    }
    case 'private-reply': {
      const target = platformId('facebook', outgoing.inReplyTo)
      // A post's id begins with its Page's, a comment's with its post's.
      const recipient = target.startsWith(`${sender.pageId}_`) ? { post_id: target } : { comment_id: target }
      return message(sender, recipient, outgoing.text, outgoing.effect, signal)
    }
    case 'hide': {
      const comment = platformId('facebook', outgoing.message)
      const answer = await request(sender, encodeURIComponent(comment), { is_hidden: true }, signal)
      return readAnswer(answer, at(answered(answer), 'success') === true ? comment : undefined, true)
    }
  }
}

async function message(
  sender: Sender,
  recipient: object,
  text: string,
  effect: string,
  signal: AbortSignal,
): Promise<Sent> {
  // Facebook hands `metadata` back in the echo.
  const body = { recipient, messaging_type: 'RESPONSE', message: { text, metadata: effect } }
  const answer = await request(sender, `${sender.pageId}/messages`, body, signal)
  const sent = readAnswer(answer, idOf(at(answered(answer), 'message_id')))
  const psid = idOf(at(answered(answer), 'recipient_id'))
  if (sent.state !== 'sent' || !psid) return sent
  return { ...sent, privateUser: psid, conversation: privateThread(sender.pageId, psid) }
}

function request(
  { graphUrl, version, appSecret, pageToken }: Sender,
  path: string,
  body: object,
  signal: AbortSignal,
): Promise<Answered | Unanswered> {
  const proof = createHmac('sha256', appSecret).update(pageToken).digest('hex')
  const url = `${graphUrl.replace(/\/+$/, '')}/${version}/${path}?appsecret_proof=${proof}`
  const headers = { authorization: `Bearer ${pageToken}`, 'content-type': 'application/json' }
  return call({ method: 'POST', url, headers, body: JSON.stringify(body) }, signal)
}

function answered(answer: Answered | Unanswered): unknown {
  return answer.state === 'answered' && answer.status < 300 ? answer.body : undefined
}

/** `made`: the id that a successful answer names. */
function readAnswer(answer: Answered | Unanswered, made: string | undefined, repeatable = false): Sent {
  if (answer.state !== 'answered') return noAnswer(answer, repeatable)
  return made === undefined ? readRefusal(answer, repeatable) : { state: 'sent', platformId: made }
}
