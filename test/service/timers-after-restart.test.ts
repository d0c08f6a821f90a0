// What was to happen at a time happens after a restart too, once: nothing of it is in a process's memory.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { OWN_CONTENT } from '#content/load'
import { until } from '../setup/redis.ts'
import { type Person, startTestService, type TestService } from '../setup/service.ts'
import { eventsOf, ticketOf } from './records.ts'

const ANA = 'playground:brand:Ana'

let content: string
let service: TestService

/** The sample brand, open day and night, with a clock that runs in seconds. */
beforeAll(async () => {
  content = await mkdtemp(join(tmpdir(), 'warmline-content-'))
  for (const folder of ['dialogs', 'knowledge', 'policies'])
    await cp(join(OWN_CONTENT, folder), join(content, folder), { recursive: true })
  const brand = join(content, 'policies/brand.yaml')
  const text = await readFile(brand, 'utf8')
  const changed = text
    .replace(/^( {2}\w+day: ).*$/gm, '$100:00-24:00')
    .replace(/^( {2}reassure-after: )\d+/m, '$10.1')
    .replace(/^due:(\n {2}\w+: \d+)+/m, 'due: { urgent: 0.2, high: 0.2, normal: 0.2, low: 0.2 }')
  await writeFile(brand, changed)
  service = await startTestService({ WARMLINE_CONTENT_DIR: content })
})
afterAll(async () => {
  await service?.close()
  await rm(content, { recursive: true, force: true })
})

const happened = async (person: Person, customer: string, type: string) =>
  (await eventsOf(person, customer)).filter((event) => event.type === type)

test('a customer who waits is reassured, and a ticket is overdue, after a restart: once', async () => {
  await service.post('/playground/api/dms', { customer: 'Ana', text: 'I want to talk to a human' })
  await ticketOf(await service.signIn(), ANA)
  await service.stop()
  service = await startTestService({ WARMLINE_CONTENT_DIR: content }, service.dir)
  const lead = await service.signIn()
  await until(async () => (await happened(lead, ANA, 'ticket-overdue')).length > 0, 40_000)
  expect(await happened(lead, ANA, 'customer-reassured')).toHaveLength(1)
  expect(await happened(lead, ANA, 'ticket-overdue')).toHaveLength(1)
  const said = (await service.timeline('Ana')).dms.filter((one) => one.text.includes('not forgotten'))
  expect(said).toHaveLength(1)
})
