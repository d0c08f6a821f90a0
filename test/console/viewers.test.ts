// Who looks at a ticket, and where they type: colleagues see each other before they write the same answer twice.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openViewers } from '#console'
import { startTestRedis, type TestRedis, until } from '../setup/redis.ts'
import { type Caller, type Service, startService } from './service.ts'

let service: Service
let redis: TestRedis
let ada: Caller
let bo: Caller
beforeAll(async () => {
  service = await startService()
  redis = await startTestRedis()
  ada = await service.enter('ada@warmline.test')
  bo = await service.enter('bo@warmline.test')
})
afterAll(async () => {
  await service.close()
  await redis.close()
})

const ADA = { email: 'ada@warmline.test', name: 'Ada' }
const BO = { email: 'bo@warmline.test', name: 'Bo' }

async function look(caller: Caller, ticket: string, body: object = {}): Promise<unknown> {
  const answer = await caller.put(`/api/tickets/${ticket}/viewing`, { tab: 'one', ...body })
  expect(answer.status).toBe(200)
  return ((await answer.json()) as { viewers: unknown }).viewers
}

test('two who look at a ticket see each other, and where the other types', async () => {
  expect(await look(ada, 'T-1')).toEqual([ADA])
  expect(await look(bo, 'T-1', { typing: 'private' })).toEqual([ADA, { ...BO, typing: 'private' }])
  expect(await look(ada, 'T-1')).toContainEqual({ ...BO, typing: 'private' })
  expect(await look(bo, 'T-1')).toContainEqual(BO)
})

test('whoever leaves is gone at once, and other tickets know nothing of them', async () => {
  await look(ada, 'T-2')
  await look(bo, 'T-2')
  expect(await look(bo, 'T-2', { gone: true })).toEqual([])
  expect(await look(ada, 'T-2')).toEqual([ADA])
  expect(await look(ada, 'T-3')).toEqual([ADA])
})

test('a person with two pages is one, and stays until the last page is closed', async () => {
  await look(ada, 'T-4', { tab: 'one' })
  expect(await look(ada, 'T-4', { tab: 'two', typing: 'note' })).toEqual([{ ...ADA, typing: 'note' }])
  await look(ada, 'T-4', { tab: 'two', gone: true })
  expect(await look(bo, 'T-4')).toEqual([ADA, BO])
})

test('a page that was closed without a word is forgotten, and every process hears who came', async () => {
  let now = Date.now()
  const here = await openViewers(redis.connections, () => now)
  const there = await openViewers(redis.connections, () => now)
  const heard: unknown[] = []
  there.listen(({ ticket, viewers }) => heard.push({ ticket, viewers }))
  await here.look('T-5', 'a', ADA)
  await until(() => heard.length === 1)
  expect(heard).toEqual([{ ticket: 'T-5', viewers: [ADA] }])
  now += 46_000
  expect(await here.look('T-5', 'b', BO)).toEqual([BO])
})

test('saying the same again tells nobody', async () => {
  const viewers = await openViewers(redis.connections, Date.now)
  const heard: string[] = []
  viewers.listen(({ ticket }) => heard.push(ticket))
  await viewers.look('T-6', 'a', ADA)
  await viewers.look('T-6', 'a', ADA)
  await viewers.look('T-7', 'a', ADA)
  await until(() => heard.includes('T-7'))
  expect(heard).toEqual(['T-6', 'T-7'])
})

test('an editor has no part in it, and a side that does not exist is refused', async () => {
  const eve = await service.enter('eve@warmline.test')
  expect((await eve.put('/api/tickets/T-8/viewing', { tab: 'one' })).status).toBe(403)
  expect((await ada.put('/api/tickets/T-8/viewing', { tab: 'one', typing: 'aloud' })).status).toBe(400)
})
