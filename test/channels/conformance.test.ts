import { createHmac } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { openBotFramework } from '#channels/bot-framework'
import { openFacebook } from '#channels/facebook'
import { openX } from '#channels/x'
import { openBodyReader } from '../../src/http/body.ts'
import { startBotConnector } from '../stand-ins/bot-connector.ts'
import { botMessage, pageComment, pageMessage, xDirectMessage, xMention } from '../stand-ins/deliveries.ts'
import { startGraphApi } from '../stand-ins/graph-api.ts'
import { startXApi } from '../stand-ins/x-api.ts'
import { conform } from './conformance.ts'
import { mount, silent } from './mounted.ts'

const US = '1100'
const x = {
  userId: US,
  consumerKey: 'key',
  consumerSecret: 'consumer-secret',
  accessToken: 'token',
  accessTokenSecret: 'token-secret',
}
const meta = { version: 'v26.0', appId: '1517', appSecret: 'app-secret', pageId: '1020', pageToken: 'page-token' }
const said = { from: '2200', text: 'where is my parcel?', at: 1782500000000 }
const hmac = (secret: string, raw: string, encoding: 'hex' | 'base64') =>
  `sha256=${createHmac('sha256', secret).update(raw).digest(encoding)}`

conform('X', async () => ({
  channel: openX({ ...x, baseUrl: 'http://127.0.0.1:1', log: silent }),
  path: '/webhooks/x',
  prove: (raw) => ({ 'x-twitter-webhooks-signature': hmac('consumer-secret', raw, 'base64') }),
  forgeries: {
    forged: { 'x-twitter-webhooks-signature': hmac('another secret', '{}', 'base64') },
    malformed: { 'x-twitter-webhooks-signature': 'sha256=' },
  },
  deliveries: {
    public: xMention({ to: US, id: '9001', ...said }),
    private: xDirectMessage({ to: US, id: '9002', ...said }),
  },
  echo: { ...xDirectMessage({ ...said, to: '2200', from: US, id: '9003' }), for_user_id: US },
  unknown: { for_user_id: US, constellation_events: [{ id: '1' }] },
  close: async () => undefined,
}))

conform('Facebook', async () => ({
  channel: openFacebook({ ...meta, graphUrl: 'http://127.0.0.1:1', verifyToken: 'verify', log: silent }),
  path: '/webhooks/meta',
  prove: (raw) => ({ 'x-hub-signature-256': hmac('app-secret', raw, 'hex') }),
  forgeries: {
    forged: { 'x-hub-signature-256': hmac('another secret', '{}', 'hex') },
    'sha1 only': { 'x-hub-signature': `sha1=${'0'.repeat(40)}` },
  },
  deliveries: {
    public: pageComment({ page: '1020', id: '900_1', ...said }),
    private: pageMessage({ page: '1020', id: 'm_1', ...said }),
  },
  echo: pageComment({ page: '1020', id: '900_2', ...said, from: '1020' }),
  unknown: { object: 'page', entry: [{ id: '1020', time: 1782500000, changes: [{ field: 'stars', value: {} }] }] },
  close: async () => undefined,
}))

conform('Bot Framework', async () => {
  const connector = await startBotConnector()
  const kept = new Map<string, string>()
  const references = {
    save: async (key: string, json: string) => void kept.set(key, json),
    load: async () => undefined,
    remove: async (key: string) => void kept.delete(key),
  }
  const act = { serviceUrl: connector.url, conversation: 'c1', ...said }
  return {
    channel: openBotFramework({
      appId: 'app',
      appPassword: 'secret',
      settings: connector.settings,
      references,
      log: silent,
    }),
    path: '/api/messages',
    prove: (raw) => ({ authorization: `Bearer ${connector.token('app', { serviceurl: serviceUrlIn(raw) })}` }),
    forgeries: { forged: { authorization: 'Bearer nonsense' }, 'for another': bearer(connector.token('other')) },
    deliveries: { public: botMessage({ ...act, id: 'a1', isGroup: true }), private: botMessage({ ...act, id: 'a2' }) },
    echo: {
      ...botMessage({ ...act, id: 'a3', from: 'bot' }),
      recipient: { id: '2200' },
      from: { id: 'bot', role: 'bot' },
    },
    unknown: { type: 'constellation' },
    close: connector.close,
  }
})

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const serviceUrlIn = (raw: string) => /"serviceUrl":"([^"]+)"/.exec(raw)?.[1] ?? ''

describe('the handshakes', () => {
  test("X's challenge is passed, and one without a token is refused", async () => {
    const api = await startXApi(x)
    const mounted = await mount(openX({ ...x, baseUrl: api.url, log: silent }))
    expect(await api.challenge(`${mounted.url}/webhooks/x`)).toBe(true)
    expect((await fetch(`${mounted.url}/webhooks/x`)).status).toBe(400)
    expect((await fetch(`${mounted.url}/webhooks/x?crc_token=`)).status).toBe(400)
    await mounted.close()
    await api.close()
  })

  test("X's challenge cannot be used to have a made-up delivery signed", async () => {
    const mounted = await mount(openX({ ...x, baseUrl: 'http://127.0.0.1:1', log: silent }))
    const delivery = encodeURIComponent(JSON.stringify(xMention({ to: US, ...said })))
    const response = await fetch(`${mounted.url}/webhooks/x?crc_token=${delivery}`)
    expect([response.status, await response.text()]).toEqual([400, ''])
    await mounted.close()
  })

  test.each([
    ['hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=verify', 200, '1158201444'],
    ['hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=wrong', 403, ''],
    ['hub.mode=subscribe&hub.challenge=1158201444', 403, ''],
    ['hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=verify', 403, ''],
    ['hub.mode=subscribe&hub.challenge=%3Cscript%3E&hub.verify_token=verify', 403, ''],
    ['', 403, ''],
  ])("Meta's challenge with `%s` is answered %i", async (query, status, body) => {
    const mounted = await mount(openFacebook({ ...meta, graphUrl: '', verifyToken: 'verify', log: silent }))
    const response = await fetch(`${mounted.url}/webhooks/meta?${query}`)
    expect([response.status, await response.text()]).toEqual([status, body])
    if (status === 200) expect(response.headers.get('content-type')).toContain('text/plain')
    await mounted.close()
  })
})

describe('a delivery of a network', () => {
  test('Meta escapes what it signs, and the customer is read as they wrote', async () => {
    const api = await startGraphApi(meta)
    const mounted = await mount(openFacebook({ ...meta, graphUrl: api.url, verifyToken: 'verify', log: silent }))
    const text = '¿dónde está? 😡 me@x.es 100% <https://x.es/a>'
    const body = pageMessage({ page: '1020', from: '2200', text, id: 'm_7' })
    expect(await api.deliver(`${mounted.url}/webhooks/meta`, body)).toBe(200)
    expect(mounted.delivered).toMatchObject([{ message: { text } }])
    await mounted.close()
    await api.close()
  })

  test('while a secret is being changed, both prove it', async () => {
    const former = await startXApi({ ...x, consumerSecret: 'old' })
    const mounted = await mount(openX({ ...x, baseUrl: former.url, formerSecrets: ['old'], log: silent }))
    expect(await former.deliver(`${mounted.url}/webhooks/x`, xMention({ to: US, ...said }))).toBe(200)
    await mounted.close()
    await former.close()
  })

  test('a body that never ends is given up after a while', async () => {
    const { createServer, request } = await import('node:http')
    const bodies = openBodyReader({ deadlineMs: 30 })
    const server = createServer(async (req, res) => res.end(String(await bodies.read(req))))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const answer = await new Promise<string>((resolve) => {
      const req = request({ port, host: '127.0.0.1', method: 'POST', headers: { 'content-length': '100' } }, (res) => {
        res.on('data', (chunk) => resolve(String(chunk)))
      })
      req.on('error', () => undefined)
      req.write('half')
    })
    expect(answer).toBe('408')
    server.closeAllConnections()
    server.close()
  })
})
