// The Facebook channel: comments, visitors' posts and Messenger of one Page.

import { CAPABILITIES } from '#domain'
import { isSameSecret, isSigned } from '#http'
import type { Channel } from '../channel.ts'
import { answer, type Log, verifySigned } from '../webhook.ts'
import { parseFacebook } from './events.ts'
import { findOnFacebook } from './find-sent.ts'
import type { Sender } from './request.ts'
import { sendFacebook } from './send.ts'

export type FacebookConfig = Sender & {
  readonly appId: string
  readonly verifyToken: string
  /** App secrets that are being rotated out: they still prove deliveries. */
  readonly formerSecrets?: readonly string[]
  readonly log: Log
}

export function openFacebook(config: FacebookConfig): Channel {
  const { appId, appSecret, pageId, verifyToken, formerSecrets = [], log } = config
  const secrets = [appSecret, ...formerSecrets]
  const channel: Channel = {
    name: 'facebook',
    law: CAPABILITIES.facebook,
    parse: (body) => parseFacebook(body, { pageId, appId }),
    mount(server, deliver) {
      // The challenge by which Meta checks that the address is ours.
      server.get('/webhooks/meta', async (req, res) => {
        const query = new URL(req.url ?? '', 'http://localhost').searchParams
        const challenge = query.get('hub.challenge') ?? ''
        const isOurs =
          query.get('hub.mode') === 'subscribe' && isSameSecret(query.get('hub.verify_token') ?? '', verifyToken)
        if (isOurs && /^\d{1,64}$/.test(challenge)) answer(res, 200, { 'content-type': 'text/plain' }, challenge)
        else answer(res, 403)
      })
      const isProven = (raw: Buffer, headers: NodeJS.Dict<string | string[]>) =>
        isSigned(secrets, raw, headers['x-hub-signature-256'], 'hex')
      server.post('/webhooks/meta', verifySigned(channel, isProven, deliver, log))
    },
    send: (outgoing, signal) => sendFacebook(config, outgoing, signal),
    find: (outgoing, search, signal) => findOnFacebook(config, outgoing, search, signal),
  }
  return channel
}
