// Reads any channel's webhook body without credentials: whose account it is about is taken from the body itself.

import type { ChannelEvent } from '#domain'
import { parseBotFramework } from './bot-framework/events.ts'
import { parseFacebook } from './facebook/events.ts'
import { parseX } from './x/events.ts'

export function parseWebhook(channel: string, body: unknown): ChannelEvent[] {
  switch (channel) {
    case 'x':
      return parseX(body)
    case 'facebook':
      return parseFacebook(body)
    case 'bot-framework':
      return parseBotFramework(body)
    default:
      return [{ kind: 'ignored', id: `${channel}:ignored`, own: false, reason: `no channel is called \`${channel}\`` }]
  }
}
