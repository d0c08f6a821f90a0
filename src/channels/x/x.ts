// The X channel: mentions, replies, quotes and direct messages of one account.

import { CAPABILITIES } from '#domain'
import { isSigned, sign } from '#http'
import type { Channel } from '../channel.ts'
import { answer, type Log, verifySigned } from '../webhook.ts'
import { parseX } from './events.ts'
import { findOnX } from './find-sent.ts'
import type { Sender } from './request.ts'
import { searchX } from './search.ts'
import { sendX } from './send.ts'

export type XConfig = Sender & {
  /** Our app's id, by which echoes of our own direct messages are known from a person's. */
  readonly appId?: string
  /** What X calls our access; absent: self-serve. */
  readonly tier?: 'self-serve' | 'enterprise'
  /** Consumer secrets that are being rotated out: they still prove deliveries. */
  readonly formerSecrets?: readonly string[]
  readonly log: Log
}

export function openX(config: XConfig): Channel {
  const { consumerSecret, userId, appId, tier, formerSecrets = [], log } = config
  const secrets = [consumerSecret, ...formerSecrets]
  const channel: Channel = {
    name: 'x',
    law: tier === 'enterprise' ? { ...CAPABILITIES.x, unasked: 'people' } : CAPABILITIES.x,
    parse: (body) => parseX(body, { userId, ...(appId && { appId }) }),
    mount(server, deliver) {
      // The challenge by which X checks, hourly, that the address is still ours.
      server.get('/webhooks/x', async (req, res) => {
        const token = new URL(req.url ?? '', 'http://localhost').searchParams.get('crc_token')
        // INVARIANT: nothing that could be a delivery is signed here, for deliveries are proven with the same secret.
        if (!token || token.includes('{')) return answer(res, 400)
        const body = JSON.stringify({ response_token: sign(consumerSecret, token, 'base64') })
        answer(res, 200, { 'content-type': 'application/json' }, body)
      })
      const isProven = (raw: Buffer, headers: NodeJS.Dict<string | string[]>) =>
        isSigned(secrets, raw, headers['x-twitter-webhooks-signature'], 'base64')
      server.post('/webhooks/x', verifySigned(channel, isProven, deliver, log))
    },
    send: (outgoing, signal) => sendX(config, outgoing, signal),
    find: (outgoing, search, signal) => findOnX(config, outgoing, search, signal),
    search: (asked, signal) => searchX(config, asked, signal),
  }
  return channel
}
