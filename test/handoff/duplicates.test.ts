// Which open tickets look like the same person's, and by what. Real turns and Redis.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Agent, AgentDesk } from '#handoff'
import { KEYS } from '#redis/keys'
import { openTestDesk, type TestDesk } from '../setup/agent-desk.ts'
import { idOf } from '../setup/pipeline.ts'
import { until } from '../setup/redis.ts'

const ADA: Agent = { email: 'ada@mill.example', name: 'Ada' }

let opened: TestDesk
let desk: AgentDesk
beforeAll(async () => {
  opened = await openTestDesk()
  desk = opened.pipeline.desk
})
afterAll(() => opened?.close())

let users = 0
const writes = async (text: string) => {
  const user = `double${++users}`
  return { user, id: (await opened.handOver(user, ['private', text])).id }
}
async function offered(id: string) {
  const found = await desk.duplicates(id)
  if ('refused' in found) throw new Error(found.because)
  return found.map(({ ticket, because }) => [ticket.id, because])
}

test('the same e-mail address and order number, told without either', async () => {
  const one = await writes('My jumper has a hole, write to dora@example.com about HL-20419 please')
  const other = await writes('Nobody answers! HL-20419, dora@example.com')
  const alien = await writes('My jumper has a hole, write to max@example.com please')
  await until(async () => (await offered(one.id)).length === 1)
  const [[id, because] = []] = await offered(one.id)
  expect(id).toBe(other.id)
  expect(because).toContain('the same e-mail address')
  expect(await offered(alien.id)).toEqual([])
  expect(JSON.stringify(because)).not.toMatch(/dora|20419/)
})

test('the same words, unless many say them; at most three are offered', async () => {
  const words = 'The blue kettle leaks at the bottom since Tuesday'
  const same = [await writes(words), await writes(`${words}!`), await writes(words.toUpperCase()), await writes(words)]
  const [first] = same
  await until(async () => (await offered(first?.id ?? '')).length === 3)
  expect(await offered(first?.id ?? '')).toEqual(
    expect.arrayContaining(same.slice(2, 4).map(({ id }) => [id, ['the same words']])),
  )
  for (let more = 0; more < 9; more++) await writes(words)
  await until(async () => (await offered(first?.id ?? '')).length === 0)
})

test('what is merged, resolved or erased is offered no longer', async () => {
  const text = (name: string) => `My lamp is broken, I am ${name}@example.com`
  const one = await writes(text('lea'))
  const [merged, resolved, erased] = [await writes(text('lea')), await writes(text('lea')), await writes(text('lea'))]
  await until(async () => (await offered(one.id)).length === 3)
  await desk.merge(merged.id, ADA, one.id)
  await desk.claim(resolved.id, ADA)
  await desk.resolve(resolved.id, ADA)
  await opened.pipeline.retention.erase(idOf(erased.user), ADA.email)
  expect(await offered(one.id)).toEqual([])
  const { main } = opened.redis.connections
  await until(async () =>
    (await main.hmGet(KEYS.ticket.marks(), [merged.id, resolved.id, erased.id])).every((one) => one === null),
  )
  await desk.split(merged.id, ADA)
  await until(async () => (await offered(one.id)).length === 1)
})
