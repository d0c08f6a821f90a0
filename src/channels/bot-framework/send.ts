// Sends proactive messages: the SDK finds address and token, and one call of ours sends.
// The SDK's own transport repeats a failed post up to three times, and a customer would get it four times.

import {
  ActionTypes,
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConfigurationBotFrameworkAuthenticationOptions,
  type ConversationReference,
} from 'botbuilder'
import { z } from 'zod'
import type { Outgoing, Sent } from '#domain'
import { type Answered, call, noAnswer, type Unanswered } from '../http-client.ts'
import { at, idOf } from '../json.ts'
import { readRefusal } from './errors.ts'
import { activityIdOf } from './events.ts'
import { isTrusted, type Trust } from './service-url.ts'

/** Remembers, by conversation id, how a conversation can be written to. */
export type References = {
  save(key: string, json: string): Promise<void>
  load(key: string): Promise<string | undefined>
  remove(key: string): Promise<void>
}

export type Sender = Trust & {
  readonly appId?: string
  readonly settings: ConfigurationBotFrameworkAuthenticationOptions
  readonly references: References
}

const Reference = z.looseObject({ serviceUrl: z.string(), activityId: z.string().optional() })

export async function sendBotFramework(sender: Sender, outgoing: Outgoing, signal: AbortSignal): Promise<Sent> {
  if (outgoing.type === 'hide') return { state: 'refused', reason: 'this channel cannot hide messages' }
  if (outgoing.type === 'private-reply') {
    return { state: 'refused', reason: 'this channel has no private answer to a public message' }
  }
  const stored = await sender.references.load(outgoing.conversation.id)
  if (!stored) return { state: 'refused', reason: 'the customer has not written in this conversation yet' }
  const { user, name } = outgoing.customer
  const reference = { ...Reference.parse(JSON.parse(stored)), user: { id: user, name: name ?? '' } }
  if (!isTrusted(reference.serviceUrl, sender)) {
    return { state: 'refused', reason: `the channel's address \`${reference.serviceUrl}\` is not one we trust` }
  }
  const replyTo = outgoing.type === 'public-reply' ? activityIdOf(outgoing.inReplyTo) : reference.activityId
  const titles = outgoing.type === 'private-message' ? outgoing.quickReplies : undefined
  const actions = titles?.map((title) => ({ type: ActionTypes.ImBack, title, value: title }))
  const message = {
    type: 'message',
    text: outgoing.text,
    textFormat: 'plain',
    ...(actions && { suggestedActions: { to: [user], actions } }),
  }
  const outcome = await post(sender, reference, message, replyTo, signal)
  if (outcome.state !== 'answered') return noAnswer(outcome, false)
  const made = outcome.status < 300 ? idOf(at(outcome.body, 'id')) : undefined
  return made === undefined ? readRefusal(outcome) : { state: 'sent', platformId: made }
}

/** One message, posted at most once; each has its own adapter, so that its outcome and its deadline are its own. */
async function post(
  { appId = '', settings }: Sender,
  reference: Partial<ConversationReference>,
  message: Partial<Activity>,
  replyTo: string | undefined,
  signal: AbortSignal,
): Promise<Answered | Unanswered> {
  let outcome: Answered | Unanswered = { state: 'unsent', reason: 'no access token for the channel' }
  const httpClient: Transport = {
    async sendRequest(request) {
      const { method, url } = request
      const headers = request.headers.rawHeaders()
      outcome = await call({ method, url, headers, body: String(request.body) }, signal)
      // An error without a code is the one thing that the SDK does not repeat.
      if (outcome.state !== 'answered' || outcome.status >= 300) throw new Error('not carried out')
      return { request, status: outcome.status, headers: request.headers, bodyAsText: JSON.stringify(outcome.body) }
    },
  }
  const authentication = new ConfigurationBotFrameworkAuthentication(settings, undefined, undefined, undefined, {
    httpClient,
  })
  try {
    await new CloudAdapter(authentication).continueConversationAsync(appId, reference, async (context) => {
      // The SDK answers the activity of the turn's context.
      context.activity.id = replyTo
      await context.sendActivity(message)
    })
  } catch {
    // What happened is in `outcome`: without an access token nothing was sent.
  }
  return outcome
}

type Transport = NonNullable<
  NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[4]>['httpClient']
>
