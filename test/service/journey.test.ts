import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Ticket, TicketSummary } from '#handoff'
import { until } from '../setup/redis.ts'
import { type Person, startTestService, type TestService } from '../setup/service.ts'

let service: TestService
beforeAll(async () => {
  service = await startTestService()
})
afterAll(() => service?.close())

/** The tickets of a list, once there are any. */
const ticketsOf = (person: Person, query: string) =>
  until(async () => {
    const { tickets } = await person.get<{ tickets: TicketSummary[] }>(`/api/tickets?${query}`)
    return tickets.length > 0 && tickets
  })

const post = async (customer: string, text: string, inReplyTo?: string) =>
  ((await (await service.post('/playground/api/posts', { customer, text, inReplyTo })).json()) as { id: string }).id
const message = (customer: string, text: string) => service.post('/playground/api/dms', { customer, text })

/** What our side has said to this customer in private, once there are at least `many` of them. */
const dmsOf = (customer: string, many: number) =>
  until(async () => {
    const ours = (await service.timeline(customer)).dms.filter((one) => one.authorKind !== 'customer')
    return ours.length >= many && ours
  })
const repliesTo = (id: string) =>
  until(async () => {
    const replies = (await service.timeline('')).posts.filter((one) => one.inReplyTo === id)
    return replies.length > 0 && replies
  })

describe('a customer asks in public about an order, and everything goes well', () => {
  const name = 'Ana'

  test('the public answer repeats nothing private and invites to a private conversation', async () => {
    const id = await post(name, 'Where is my order HL-20419? My mail is ana@example.com')
    const [reply] = await repliesTo(id)
    expect(reply?.text).not.toMatch(/20419|ana@example\.com/i)
    expect(reply?.invite).toBe(true)
  })

  test('in private the bot knows the order already and answers from the order service', async () => {
    const said = await dmsOf(name, 1)
    expect(said.map((one) => one.text).join('\n')).toMatch(/on its way/i)
  })

  test('a person is asked for, and gets a ticket with both sides and every fact', async () => {
    const before = (await service.timeline(name)).dms.length
    await message(name, 'this is the third time, I want a human')
    await dmsOf(name, before)
    const lead = await service.signIn()
    const [summary] = await ticketsOf(lead, 'state=waiting')
    const ticket = await lead.get<Ticket>(`/api/tickets/${summary?.id}`)
    expect(ticket.state).toBe('waiting')
    expect(ticket.customer.name).toBe(name)
    expect(ticket.conversations.map((one) => one.audience).sort()).toEqual(['private', 'public'])
    expect(ticket.brief.facts).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'order-number', value: 'HL-20419' }),
        expect.objectContaining({ name: 'email', value: 'ana@example.com' }),
      ]),
    )
    expect(ticket.brief.wants).toContain('Where is my order')
    expect(ticket.reasons.length).toBeGreaterThan(0)
    const known = ticket.conversations.flatMap((one) => one.messages.map((said) => said.id))
    for (const fact of ticket.brief.facts) if (fact.messageId) expect(known).toContain(fact.messageId)
  })

  test('the agent claims, answers through the gate, and the bot is silent from then on', async () => {
    const lead = await service.signIn()
    const [summary] = await ticketsOf(lead, 'state=waiting')
    const id = summary?.id
    expect((await lead.send(`/api/tickets/${id}/claim`)).status).toBe(200)
    const leak = await lead.send(`/api/tickets/${id}/replies`, {
      text: 'Ana, your order HL-20419 is late',
      audience: 'public',
    })
    expect(leak.status).toBe(422)
    expect(JSON.stringify(leak.body.findings)).toMatch(/known|order/)
    const text = 'Hi Ana, Laura here. I will call the carrier and write to you by noon tomorrow.'
    expect((await lead.send(`/api/tickets/${id}/replies`, { text, audience: 'private' })).status).toBe(200)
    const said = await until(async () => (await service.timeline(name)).dms.find((one) => one.text === text))
    expect(said.authorKind).toBe('agent')

    const count = (await service.timeline(name)).dms.length
    await message(name, 'ok, and what are your opening hours?')
    await until(async () => {
      const now = await lead.get<Ticket>(`/api/tickets/${id}`)
      return now.conversations.some((one) => one.messages.some((said) => said.text.includes('opening hours')))
    })
    await until(async () => {
      const trace = await lead.get<{ events: { type: string; outcome?: string }[] }>(
        `/api/cases/${encodeURIComponent(`playground:brand:${name}~1`)}`,
      )
      return trace.events.filter((one) => one.type === 'turn-taken').length >= 3
    })
    expect((await service.timeline(name)).dms.length).toBe(count + 1)
  })

  test('the second who claims is told who was first', async () => {
    const lead = await service.signIn()
    const [summary] = await ticketsOf(lead, 'state=claimed')
    const again = await lead.send(`/api/tickets/${summary?.id}/claim`)
    expect(again.status).toBe(409)
    expect(String(again.body.detail)).toContain('claimed')
  })

  test('given back to the bot, the customer hears what was promised', async () => {
    const lead = await service.signIn()
    const [summary] = await ticketsOf(lead, 'state=claimed')
    const promises = 'Laura calls the carrier and writes to you by noon tomorrow'
    expect((await lead.send(`/api/tickets/${summary?.id}/return`, { promises })).status).toBe(200)
    const before = (await service.timeline(name)).dms.filter((one) => one.authorKind === 'bot').length
    await message(name, 'so what happens now with that?')
    const said = await until(async () => {
      const bot = (await service.timeline(name)).dms.filter((one) => one.authorKind === 'bot')
      return bot.length > before && bot
    })
    expect(said.at(-1)?.text).toContain('noon tomorrow')
  })
})
