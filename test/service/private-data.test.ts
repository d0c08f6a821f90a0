import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Ticket } from '#handoff'
import { openLogger } from '../../src/app/logger.ts'
import { ADMIN, type Person, startTestService, type TestService } from '../setup/service.ts'
import { eventsOf, ticketOf } from './records.ts'

const CUSTOMER = 'playground:brand:Mia'
const CARD = '4111 1111 1111 1111'
/** What stands for it in every record. */
const KEPT = '[card ending 1111]'

describe('private data at the console', () => {
  let service: TestService
  let lead: Person
  let ticket: Ticket
  const logged: string[] = []

  beforeAll(async () => {
    const log = openLogger('trace', { write: (line: string) => void logged.push(line) })
    service = await startTestService({}, undefined, log)
    log.trace('this log is heard')
    lead = await service.signIn()
    await service.post('/playground/api/dms', {
      customer: 'Mia',
      text: `I want a human about order HL-20419. My card ${CARD} was charged twice, write to mia@example.com`,
    })
    ticket = await ticketOf(lead, CUSTOMER)
  })
  afterAll(() => service?.close())

  const messagesOf = ({ conversations }: Ticket) => conversations.flatMap((one) => one.messages)
  const shown = (about: Ticket) => about.history.filter(({ what }) => what === 'private-data-shown')
  const show = async (body: object) =>
    (await lead.send(`/api/tickets/${ticket.id}/show`, body)).body as unknown as Ticket

  test('stands in a ticket, but for the card number, with the places that are masked beside it', () => {
    const said = messagesOf(ticket).find(({ text }) => text.includes(KEPT))
    expect(JSON.stringify(ticket)).not.toContain(CARD)
    const masked = said?.private?.map(({ type, start, end }) => [type, said.text.slice(start, end)])
    expect(masked).toEqual([
      ['card', KEPT],
      ['email', 'mia@example.com'],
    ])
    expect(ticket.brief.private?.wants.map(({ type }) => type)).toEqual(['card', 'email'])
    const fact = ticket.brief.facts.find(({ value }) => value === 'mia@example.com')
    expect(fact?.private).toEqual([{ type: 'email', start: 0, end: 'mia@example.com'.length }])
  })

  test('leaves order numbers in sight', () => {
    const spans = messagesOf(ticket).flatMap(({ text, private: some = [] }) =>
      some.map(({ start, end }) => text.slice(start, end)),
    )
    expect(spans.join()).not.toContain('20419')
  })

  test('that somebody has shown is recorded: who, which message, which kinds, never the value', async () => {
    const id = messagesOf(ticket)[0]?.id
    const after = await show({ messages: [id] })
    expect(shown(after)).toMatchObject([{ by: ADMIN.email, detail: 'card, email in a message' }])
    const recorded = (await eventsOf(lead, CUSTOMER)).find(({ type }) => type === 'private-data-shown')
    expect(recorded).toMatchObject({ by: ADMIN.email, shown: [{ message: id, kinds: ['card', 'email'] }] })
    expect(JSON.stringify(recorded)).not.toContain('4111')
  })

  test('of the whole ticket is recorded with the brief', async () => {
    await show({})
    const recorded = (await eventsOf(lead, CUSTOMER)).findLast(({ type }) => type === 'private-data-shown')
    expect(recorded).toMatchObject({ shown: [{ message: expect.any(String) }, { kinds: ['card', 'email'] }] })
  })

  test('is not said to be shown where there is none', async () => {
    const before = shown(await show({ messages: ['no-such-message'] })).length
    expect(before).toBe(2)
  })

  test('is named in the trace, so that it stays masked there', async () => {
    const trace = await lead.get<{ private: unknown }>(`/api/cases/${encodeURIComponent(ticket.caseId)}`)
    expect(trace.private).toEqual(expect.arrayContaining([{ type: 'card', value: KEPT }]))
  })

  test('is not said to others, neither in public nor, without a reason, in private', async () => {
    await service.post('/playground/api/dms', { customer: 'Ben', text: 'I want a human, please' })
    const { id } = await ticketOf(lead, 'playground:brand:Ben')
    await lead.send(`/api/tickets/${id}/claim`)
    const reply = (body: object) => lead.send(`/api/tickets/${id}/replies`, { audience: 'private', ...body })
    const text = 'You mean order H L - two zero four one nine?'
    const refused = await reply({ text })
    expect(refused.status).toBe(422)
    expect(JSON.stringify(refused.body)).toContain('others-value')
    expect((await reply({ text: 'You mean order HL-20420?' })).status).toBe(200)
    expect((await reply({ text, override: 'he bought it as a gift for her' })).status).toBe(200)
  })

  test('is neither in the log nor among the figures', async () => {
    const figures = await (await fetch(`${service.url}/metrics`)).text()
    expect(figures).toContain('warmline_events_total')
    expect(logged.join('')).toContain('this log is heard')
    expect(figures + logged.join('')).not.toMatch(/4111.?1111|mia@example|HL.?20419/)
  })
})
