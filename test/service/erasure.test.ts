// What has to go is gone: from every value in Redis, from its files and from the logs; and a receipt says so.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Ticket } from '#handoff'
import { openLogger } from '../../src/app/logger.ts'
import { until } from '../setup/redis.ts'
import { type Person, startTestService, type TestService } from '../setup/service.ts'
import { pageEdit, pageMessage, pageUnsent } from '../stand-ins/deliveries.ts'
import { type GraphApi, startGraphApi } from '../stand-ins/graph-api.ts'
import { PAGE, pageVariables } from './accounts.ts'
import { type OwnRedis, ownRedis } from './own-redis.ts'
import { eventsOf, ticketOf, turnsOf } from './records.ts'

const page = PAGE.pageId
/** What customers of these tests say and nobody else. */
const PLANTED = ['HL-20987', 'planted.ana', 'zebrafish', 'quokka']

let graph: GraphApi
let redis: OwnRedis
let service: TestService
let lead: Person
const logged: string[] = []
beforeAll(async () => {
  graph = await startGraphApi(PAGE)
  redis = await ownRedis()
  await redis.start()
  const log = openLogger('trace', { write: (line: string) => void logged.push(line) })
  service = await startTestService({ ...pageVariables(graph.url), REDIS_URL: redis.url }, undefined, log)
  lead = await service.signIn()
})
afterAll(async () => {
  await service?.close()
  await redis?.close()
  await graph?.close()
})

const customer = (user: string) => `facebook:${page}:${user}`
const tell = async (body: object) => expect(await graph.deliver(`${service.url}/webhooks/meta`, body)).toBe(200)
const write = (from: string, id: string, text: string) => tell(pageMessage({ page, from, id, text }))

/** Every key with everything in it. */
const dump = () =>
  redis.ask(async (client) => {
    const all: string[] = []
    for await (const keys of client.scanIterator()) {
      for (const key of keys) {
        const type = await client.type(key)
        const value =
          type === 'hash'
            ? await client.hGetAll(key)
            : type === 'list'
              ? await client.lRange(key, 0, -1)
              : type === 'set'
                ? await client.sMembers(key)
                : type === 'zset'
                  ? await client.zRange(key, 0, -1)
                  : type === 'stream'
                    ? await client.xRange(key, '-', '+')
                    : await client.get(key)
        all.push(`${key} ${JSON.stringify(value)}`)
      }
    }
    return all
  })

/** All that Redis has on disk, uncompressed. */
async function files(): Promise<string> {
  const dir = await redis.ask(async (client) => (await client.configGet('dir')).dir ?? '')
  const names = await readdir(join(dir, 'appendonlydir'))
  return (await Promise.all(names.map((name) => readFile(join(dir, 'appendonlydir', name), 'latin1')))).join('\n')
}

const plantedIn = (text: string) => PLANTED.filter((word) => text.includes(word))
const receipts = async () => (await lead.get<{ receipts: Record<string, unknown>[] }>('/api/receipts')).receipts

test('a deleted message is nowhere any more, while what was answered about it stays without its values', async () => {
  await redis.ask((client) => client.configSet({ rdbcompression: 'no' }))
  await write('901', 'mid-1', 'Where is my order HL-20987, the zebrafish lamp?')
  await turnsOf(lead, customer('901'), 1)
  await write('901', 'mid-2', 'My e-mail is planted.ana@example.com')
  await turnsOf(lead, customer('901'), 2)
  await write('901', 'mid-3', 'I want a human, this quokka is not what I meant')
  const { id: ticket } = await ticketOf(lead, customer('901'))
  await until(() => graph.messages.length >= 3)
  expect((await lead.send(`/api/tickets/${ticket}/claim`)).status).toBe(200)
  const answer = { text: 'I look into HL-20987 for you.', audience: 'private' }
  expect((await lead.send(`/api/tickets/${ticket}/replies`, answer)).status).toBe(200)
  await until(
    async () => (await eventsOf(lead, customer('901'))).filter((one) => one.type === 'effect-sent').length >= 4,
  )
  expect(plantedIn((await dump()).join('\n'))).toEqual(PLANTED)
  expect(plantedIn(await files())).toEqual(PLANTED)

  for (const id of ['mid-1', 'mid-2', 'mid-3']) await tell(pageUnsent({ page, from: '901', id }))
  await until(async () => (await receipts()).filter((one) => one.what === 'message-purged').length === 3, 30_000)
  await until(async () => (await receipts())[0]?.what === 'disk-rewritten', 30_000)

  expect((await dump()).filter((one) => plantedIn(one).length > 0)).toEqual([])
  expect(plantedIn(await files())).toEqual([])
  expect(plantedIn(logged.join(''))).toEqual([])
  const shown = await lead.get<Ticket>(`/api/tickets/${ticket}`)
  const said = shown.conversations.flatMap((one) => one.messages)
  expect(said.filter((one) => one.authorKind === 'customer').map((one) => one.text)).toEqual(
    Array(3).fill('(deleted by its author)'),
  )
  expect(said.map((one) => one.text)).toContain('I look into [removed] for you.')
  // Delivered again, it is not taken for new.
  await write('901', 'mid-1', 'Where is my order HL-20987, the zebrafish lamp?')
  expect((await dump()).filter((one) => plantedIn(one).length > 0)).toEqual([])
})

test('a customer who asks for it is forgotten, ticket and all, and can be met again as a stranger', async () => {
  await write('902', 'mid-4', 'I want a human for my zebrafish lamp')
  const { id: ticket } = await ticketOf(lead, customer('902'))
  await until(async () => (await eventsOf(lead, customer('902'))).some((one) => one.type === 'effect-sent'))
  expect((await dump()).filter((one) => one.includes('902')).length).toBeGreaterThan(3)
  const [sent] = (await eventsOf(lead, customer('902'))).flatMap((one) => ('effect' in one ? [String(one.effect)] : []))
  const drafted = await fetch(`${service.url}/api/tickets/${ticket}/draft`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', cookie: lead.cookie },
    body: JSON.stringify({ private: 'Your zebrafish lamp', note: 'Says quokka', tab: 'one' }),
  })
  expect(drafted.status).toBe(204)
  expect((await dump()).filter((one) => one.includes('Says quokka'))).toHaveLength(1)
  const stuck = 'warmline:outbox:stuck:where'
  await redis.ask((client) => client.hSet(stuck, String(sent), customer('902')))

  const path = `/api/customers/${encodeURIComponent(customer('902'))}/erase`
  expect((await lead.send(path)).status).toBe(204)
  expect((await lead.send(path)).status).toBe(404)
  expect(await redis.ask((client) => client.hGet(stuck, String(sent)))).toBeNull()
  expect(await redis.ask((client) => client.get(`warmline:effect:${sent}`))).toBeNull()
  expect((await lead.send(`/api/tickets/${ticket}/claim`)).status).toBe(404)
  const [receipt] = (await receipts()).filter((one) => one.what === 'customer-erased')
  expect(receipt).toMatchObject({ by: 'lead@harbourlane.example', counts: { messages: 1, tickets: 1 } })
  await until(async () => (await receipts())[0]?.what === 'disk-rewritten', 30_000)
  expect((await dump()).filter((one) => plantedIn(one).length > 0)).toEqual([])
  expect(plantedIn(await files())).toEqual([])

  const many = graph.messages.length
  await write('902', 'mid-4', 'I want a human for my zebrafish lamp')
  await write('902', 'mid-5', 'How much is delivery?')
  await until(() => graph.messages.length > many)
  expect(await turnsOf(lead, customer('902'))).toMatchObject([{ messages: ['facebook:mid-5'] }])
})

test('whoever has the case sees what a changed message said before, until it is deleted', async () => {
  await write('903', 'mid-6', 'I want a human for my quokka lamp')
  const { id: ticket } = await ticketOf(lead, customer('903'))
  await tell(pageEdit({ page, from: '903', id: 'mid-6', text: 'I want a human for my new lamp', number: 1 }))
  const said = async () => (await lead.get<Ticket>(`/api/tickets/${ticket}`)).conversations[0]?.messages[0]
  await until(async () => (await said())?.edited)
  expect(await said()).toMatchObject({
    text: 'I want a human for my new lamp',
    before: 'I want a human for my quokka lamp',
  })
  await tell(pageUnsent({ page, from: '903', id: 'mid-6' }))
  await until(async () => (await said())?.text === '(deleted by its author)')
  expect(await said()).not.toHaveProperty('before')
})
