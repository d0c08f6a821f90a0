// A stand-in for Azure Bot Service as its documentation describes it: the connector that takes a bot's messages, and
// the issuer of the tokens with which channels prove themselves to the bot.

import { generateKeyPairSync, sign } from 'node:crypto'
import { type Answer, fieldsOf, type Network, type Request, startNetwork } from './network.ts'

type BotMessage = {
  readonly id: string
  readonly conversation: string
  readonly replyToId?: string
  readonly text: string
  readonly to?: string
}

export type BotConnector = Network & {
  readonly messages: readonly BotMessage[]
  /** Settings with which the SDK accepts this stand-in's tokens. */
  readonly settings: Readonly<Record<string, string>>
  /** A token as a channel sends it; any claim can be replaced. */
  token(appId: string, claims?: object): string
  /** Posts an activity to a bot and returns the status it was answered with. */
  deliver(bot: string, activity: unknown, token?: string): Promise<number>
}

const ISSUER = 'https://api.botframework.com'

const badArgument = (message: string): Answer => ({ status: 400, body: { error: { code: 'BadArgument', message } } })

export async function startBotConnector(): Promise<BotConnector> {
  const messages: BotMessage[] = []
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = { ...publicKey.export({ format: 'jwk' }), use: 'sig', kid: 'stand-in', endorsements: [] }
  let last = 0

  const takeMessage = (conversation: string, replyToId: string | undefined, json: unknown): Answer => {
    const activity = fieldsOf(json)
    if (typeof activity.type !== 'string') return badArgument('Missing property: type')
    if (typeof fieldsOf(activity.from).id !== 'string') return badArgument('Missing property: from.id')
    const inside = fieldsOf(activity.conversation).id
    if (inside !== undefined && inside !== conversation) return badArgument('Conversation does not match the path')
    if (typeof activity.text !== 'string' || activity.text === '') return badArgument('Activity without content')
    if (activity.replyToId !== replyToId) return badArgument('replyToId does not match the path')
    const to = fieldsOf(activity.recipient).id
    const message = {
      id: `${conversation}|${String(++last).padStart(7, '0')}`,
      conversation,
      text: activity.text,
      ...(replyToId !== undefined && { replyToId }),
      ...(typeof to === 'string' && { to }),
    }
    messages.push(message)
    return { status: 200, body: { id: message.id } }
  }

  const respond = ({ method, path, json }: Request): Answer => {
    if (path === '/.well-known/openidconfiguration') {
      return { status: 200, body: { issuer: ISSUER, jwks_uri: `${network.url}/keys` } }
    }
    if (path === '/keys') return { status: 200, body: { keys: [key] } }
    const match = /^\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/.exec(path)
    if (method !== 'POST' || !match)
      return { status: 404, body: { error: { code: 'NotFound', message: 'No such path' } } }
    const [, conversation = '', replyToId] = match
    return takeMessage(decodeURIComponent(conversation), replyToId && decodeURIComponent(replyToId), json)
  }

  const network: Network = await startNetwork(respond)
  return {
    ...network,
    messages,
    settings: {
      ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
      ToChannelFromBotOAuthScope: ISSUER,
      ToBotFromChannelTokenIssuer: ISSUER,
      OAuthUrl: ISSUER,
      ToBotFromChannelOpenIdMetadataUrl: `${network.url}/.well-known/openidconfiguration`,
      ToBotFromEmulatorOpenIdMetadataUrl: `${network.url}/.well-known/openidconfiguration`,
    },
    token(appId, claims = {}) {
      const now = Math.floor(Date.now() / 1000)
      const header = { alg: 'RS256', typ: 'JWT', kid: 'stand-in' }
      const payload = { iss: ISSUER, aud: appId, nbf: now - 60, exp: now + 3600, serviceurl: network.url, ...claims }
      const body = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
      return `${body}.${sign('sha256', Buffer.from(body), privateKey).toString('base64url')}`
    },
    async deliver(bot, activity, token) {
      const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
      return (await fetch(bot, { method: 'POST', headers, body: JSON.stringify(activity) })).status
    },
  }
}
