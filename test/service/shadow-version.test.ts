// A version that decides silently: services and models outside hear of each turn once.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { DraftView, Overview } from '../../src/releases/desk/views.ts'
import { until } from '../setup/redis.ts'
import { type Person, startTestService, type TestService } from '../setup/service.ts'
import { type Network, startNetwork } from '../stand-ins/network.ts'
import { type OpenAiStandIn, type Scripted, startOpenAi } from '../stand-ins/openai.ts'
import { chooses, givenToRead, reads } from '../stand-ins/reading.ts'

const FILE = 'policies/people.yaml'

let orders: Network
let model: OpenAiStandIn
let service: TestService
let lead: Person
beforeAll(async () => {
  orders = await startNetwork(() => ({
    status: 200,
    body: { status: 'on its way', eta: '2026-12-01', carrier: 'DPD' },
  }))
  model = await startOpenAi()
  model.otherwise(hears)
  service = await startTestService({
    ORDER_SERVICE_URL: orders.url,
    OPENAI_API_KEY: 'sk-a-key-that-is-nobody-s',
    OPENAI_MODEL: 'gpt-test',
    OPENAI_BASE_URL: model.baseUrl,
    WARMLINE_APPROVALS: '0',
  })
  lead = await service.signIn()
})
afterAll(async () => {
  await service?.close()
  await Promise.all([orders?.close(), model?.close()])
})

/** Adds nothing to what is heard without it, and words nothing. */
const hears: Scripted = (request) =>
  /order/.test(givenToRead(request).message)
    ? reads({ dialog: 'order-status', sentiment: 1 })
    : chooses('delivery-costs', '', { sentiment: 1 })

async function releaseSilently(change: (text: string) => string): Promise<void> {
  const { body } = await lead.send('/api/policy/drafts', { title: 'A change' })
  const draft = body as unknown as DraftView
  const before = draft.files.find(({ path }) => path === FILE)?.text ?? ''
  const at = `/api/policy/drafts/${draft.id}`
  const saved = await lead.send(`${at}/file`, { path: FILE, text: change(before), revision: draft.revision })
  const proposed = await lead.send(`${at}/propose`, { message: 'please' })
  const released = await lead.send(`${at}/release`, { shadow: true })
  expect([saved, proposed, released].filter(({ status }) => status !== 200)).toEqual([])
}

async function ask(customer: string, text: string): Promise<void> {
  const count = async () => (await service.timeline(customer)).dms.filter((one) => one.authorKind === 'bot').length
  const before = await count()
  await service.post('/playground/api/dms', { customer, text })
  await until(async () => (await count()) > before)
}
const agreement = async () => (await lead.get<Overview>('/api/policy')).rollout?.agreement
const QUESTIONS = [
  'Where is my order HL-20419? My e-mail is ana@example.com',
  'How much is standard delivery?',
] as const

test('asks nothing that the answered turn has asked, and agrees', async () => {
  await releaseSilently((text) => text.replace('without being asked why', 'at once'))
  for (const [n, text] of QUESTIONS.entries()) await ask(`ana${n}`, text)
  const told = await until(async () => {
    const now = await agreement()
    return now && now.turns + now.leftOut === 2 && now
  })
  expect(told).toMatchObject({ turns: 2, same: 2, leftOut: 0 })
  expect(orders.requests).toHaveLength(1)
  const asked = model.requests.map((request) => JSON.stringify(request.messages))
  expect(new Set(asked).size).toBe(asked.length)
  expect(asked.length).toBeGreaterThan(1)
})
