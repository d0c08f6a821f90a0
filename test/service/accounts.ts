// Our accounts on X and Facebook: the variables with which an operator switches them on, and how those networks sign.
import { createHmac } from 'node:crypto'

export const X = {
  userId: '900100200',
  consumerKey: 'consumer-key',
  consumerSecret: 'consumer-secret',
  accessToken: 'access-token',
  accessTokenSecret: 'access-token-secret',
}
export const xVariables = (apiUrl: string, userId = X.userId) => ({
  X_API_BASE_URL: apiUrl,
  X_USER_ID: userId,
  X_CONSUMER_KEY: X.consumerKey,
  X_CONSUMER_SECRET: X.consumerSecret,
  X_ACCESS_TOKEN: X.accessToken,
  X_ACCESS_TOKEN_SECRET: X.accessTokenSecret,
})

export const PAGE = {
  version: 'v26.0',
  appId: '55555',
  appSecret: 'app-secret',
  pageId: '102030405060708',
  pageToken: 'page-token',
  verifyToken: 'verify-me',
}
export const pageVariables = (graphUrl: string, pageId = PAGE.pageId) => ({
  META_GRAPH_BASE_URL: graphUrl,
  META_GRAPH_VERSION: PAGE.version,
  META_APP_ID: PAGE.appId,
  META_APP_SECRET: PAGE.appSecret,
  META_VERIFY_TOKEN: PAGE.verifyToken,
  FACEBOOK_PAGE_ID: pageId,
  FACEBOOK_PAGE_ACCESS_TOKEN: PAGE.pageToken,
})

/** Where each network delivers, and how it proves itself. */
export const WEBHOOKS = {
  x: { path: '/webhooks/x', header: 'x-twitter-webhooks-signature', secret: X.consumerSecret, encoding: 'base64' },
  facebook: { path: '/webhooks/meta', header: 'x-hub-signature-256', secret: PAGE.appSecret, encoding: 'hex' },
} as const
export type Network = keyof typeof WEBHOOKS

export function sign(network: Network, raw: string | Buffer): string {
  const { secret, encoding } = WEBHOOKS[network]
  return `sha256=${createHmac('sha256', secret).update(raw).digest(encoding)}`
}

/** Posts these very bytes and returns the status of the answer. */
export async function send(
  url: string,
  path: string,
  raw: string | Buffer,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  const all = { 'content-type': 'application/json', ...headers }
  const response = await fetch(`${url}${path}`, { method: 'POST', headers: all, body: raw })
  await response.arrayBuffer()
  return response.status
}

export const sendSigned = (url: string, network: Network, raw: string | Buffer, headers = {}): Promise<number> => {
  const { path, header } = WEBHOOKS[network]
  return send(url, path, raw, { [header]: sign(network, raw), ...headers })
}
