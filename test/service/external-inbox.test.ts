import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { until } from '../setup/redis.ts'
import { startTestService, type TestService } from '../setup/service.ts'
import { pageMessage } from '../stand-ins/deliveries.ts'
import { type GraphApi, startGraphApi } from '../stand-ins/graph-api.ts'
import { turnsOf } from './records.ts'

const PAGE = '102030405060708'
const PERSON = '6543210000000001'
const credentials = {
  version: 'v26.0',
  appId: '1517776481860111',
  appSecret: 'app-secret',
  pageId: PAGE,
  pageToken: 'page-token',
}

let graph: GraphApi
let service: TestService
beforeAll(async () => {
  graph = await startGraphApi(credentials)
  service = await startTestService({
    META_GRAPH_BASE_URL: graph.url,
    META_APP_ID: credentials.appId,
    META_APP_SECRET: credentials.appSecret,
    META_VERIFY_TOKEN: 'verify',
    FACEBOOK_PAGE_ID: PAGE,
    FACEBOOK_PAGE_ACCESS_TOKEN: credentials.pageToken,
  })
})
afterAll(async () => {
  await service?.close()
  await graph?.close()
})

const deliver = (body: unknown) => graph.deliver(`${service.url}/webhooks/meta`, body)

/** What Meta sends when somebody answers in the Page's own inbox. */
const echo = (mid: string, text: string) => ({
  object: 'page',
  entry: [
    {
      id: PAGE,
      time: Date.now(),
      messaging: [
        {
          sender: { id: PAGE },
          recipient: { id: PERSON },
          timestamp: Date.now(),
          message: { mid, is_echo: true, app_id: 263902037430900, text },
        },
      ],
    },
  ],
})

test('somebody who answers in the network’s own inbox has the case: the bot is silent until it is given back', async () => {
  await deliver(pageMessage({ page: PAGE, from: PERSON, text: 'What are your opening hours?', id: 'm_1' }))
  await until(() => graph.messages.length === 1)
  expect(await deliver(echo('m_echo', 'Hi, Laura here, I look into it'))).toBe(200)

  const lead = await service.signIn()
  const claimed = () =>
    lead.get<{ tickets: { id: string; owner: string; customer: { id: string } }[] }>('/api/tickets?state=claimed')
  const ticket = await until(async () => (await claimed()).tickets[0])
  expect(ticket.owner).toContain('own inbox')

  await deliver(pageMessage({ page: PAGE, from: PERSON, text: 'And where is your showroom?', id: 'm_2' }))
  await until(async () => JSON.stringify(await lead.get(`/api/tickets/${ticket.id}`)).includes('showroom'))
  expect((await turnsOf(lead, `facebook:${PAGE}:${PERSON}`, 2))[1]?.reasons).toMatchObject([{ rule: 'owned' }])
  expect(graph.messages).toHaveLength(1)

  expect((await lead.send(`/api/tickets/${ticket.id}/claim`)).status).toBe(200)
  expect((await lead.send(`/api/tickets/${ticket.id}/return`)).status).toBe(200)
  await deliver(pageMessage({ page: PAGE, from: PERSON, text: 'What are your opening hours?', id: 'm_3' }))
  await until(() => graph.messages.length === 2)
})

/** What Meta sends when the conversation changes hands. */
const control = (user: string, fields: object) => ({
  object: 'page',
  entry: [
    {
      id: PAGE,
      time: Date.now(),
      messaging: [{ sender: { id: user }, recipient: { id: PAGE }, timestamp: Date.now(), ...fields }],
    },
  ],
})

test('who takes the conversation over in the Page’s inbox has the case, before a word; given back, the bot answers', async () => {
  const user = '6543210000000002'
  const from = graph.messages.length
  await deliver(control(user, { take_thread_control: { previous_owner_app_id: credentials.appId } }))
  await deliver(pageMessage({ page: PAGE, from: user, text: 'What are your opening hours?', id: 'm_11' }))
  const lead = await service.signIn()
  const read = async () => (await turnsOf(lead, `facebook:${PAGE}:${user}`))[0]
  expect((await read())?.reasons).toMatchObject([{ rule: 'owned' }])

  await deliver(control(user, { pass_thread_control: { new_owner_app_id: credentials.appId } }))
  await deliver(pageMessage({ page: PAGE, from: user, text: 'What are your opening hours?', id: 'm_12' }))
  await until(() => graph.messages.length > from)
  expect((await turnsOf(lead, `facebook:${PAGE}:${user}`, 2))[1]).toMatchObject({ outcome: 'answered' })
  expect(graph.messages).toHaveLength(from + 1)

  // Told once more of what is over, nobody has the case.
  const old = { take_thread_control: { previous_owner_app_id: credentials.appId }, timestamp: Date.now() - 60_000 }
  await deliver(control(user, old))
  await deliver(pageMessage({ page: PAGE, from: user, text: 'How much is delivery?', id: 'm_13' }))
  expect((await turnsOf(lead, `facebook:${PAGE}:${user}`, 3))[2]).toMatchObject({ outcome: 'answered' })
})

test('what somebody said in the Page’s inbox is acknowledged when the bot’s words that were on their way have arrived', async () => {
  const user = '6543210000000003'
  graph.temper(({ method }) => (method === 'POST' ? { type: 'slow', ms: 700 } : undefined))
  await deliver(pageMessage({ page: PAGE, from: user, text: 'What are your opening hours?', id: 'm_21' }))
  await until(() => graph.messages.some(({ psid }) => psid === user))
  const said = echo('m_echo_21', 'Hi, Laura here, I look into it')
  for (const { messaging } of said.entry) for (const one of messaging) one.recipient.id = user
  expect(await deliver(said)).toBe(200)
  const lead = await service.signIn()
  const trace = await lead.get<{ events: { type: string }[] }>(
    `/api/cases/${encodeURIComponent(`facebook:${PAGE}:${user}~1`)}`,
  )
  expect(trace.events.map(({ type }) => type)).toContain('effect-sent')
  graph.temper(() => undefined)
})
