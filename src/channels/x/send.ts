// Sends on X: public reply, direct message, hide a reply.

import type { Outgoing, Sent } from '#domain'
import { platformId } from '../event-order.ts'
import { type Answered, noAnswer, type Unanswered } from '../http-client.ts'
import { at, idOf } from '../json.ts'
import { privateThread } from './account.ts'
import { readLimit, readRefusal } from './errors.ts'
import { request, type Sender } from './request.ts'

export async function sendX(sender: Sender, outgoing: Outgoing, signal: AbortSignal): Promise<Sent> {
  switch (outgoing.type) {
    case 'public-reply': {
      const body = {
        text: outgoing.text,
        reply: { in_reply_to_tweet_id: platformId('x', outgoing.inReplyTo) },
        ...(outgoing.inviteToPrivate && {
          // Clients show it as a button under the post.
          direct_message_deep_link: `https://x.com/messages/compose?recipient_id=${sender.userId}`,
        }),
      }
      const answer = await request(sender, 'POST', '/2/tweets', { body }, signal)
      return readAnswer(answer, idOf(at(answered(answer), 'data', 'id')))
    }
    case 'private-message': {
      const them = outgoing.customer.user
      const path = `/2/dm_conversations/with/${encodeURIComponent(them)}/messages`
      const answer = await request(sender, 'POST', path, { body: { text: outgoing.text } }, signal)
      const sent = readAnswer(answer, idOf(at(answered(answer), 'data', 'dm_event_id')))
      return sent.state === 'sent' ? { ...sent, conversation: privateThread(sender.userId, them) } : sent
    }
    case 'private-reply':
      return {
        state: 'refused',
        reason: 'x has no private answer to a public post',
        instead: 'ask them in a public reply to write to us privately',
      }
    case 'hide': {
      const post = platformId('x', outgoing.message)
      const path = `/2/tweets/${encodeURIComponent(post)}/hidden`
      const answer = await request(sender, 'PUT', path, { body: { hidden: true } }, signal)
      return readAnswer(answer, at(answered(answer), 'data', 'hidden') === true ? post : undefined, true)
    }
  }
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
