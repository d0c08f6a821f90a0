// Customers who come through Azure Bot Service: activities in, activities out, and tokens that prove who speaks.
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { until } from '../setup/redis.ts'
import { type Person, startTestService, type TestService } from '../setup/service.ts'
import { type BotConnector, startBotConnector } from '../stand-ins/bot-connector.ts'
import { botMessage } from '../stand-ins/deliveries.ts'
import { eventsOf, ticketOf, turnsOf } from './records.ts'

const QUESTION = 'How much is delivery?'

let connector: BotConnector
beforeAll(async () => {
  connector = await startBotConnector()
})
afterAll(() => connector?.close())

const customer = (user: string) => `bot-framework:webchat/bot:${user}`
const activity = (from: string, text: string, more: { id?: string; isGroup?: boolean } = {}) =>
  botMessage({ serviceUrl: connector.url, from, text, conversation: `c-${from}`, id: `${from}-1`, ...more })

describe('without an app id, in development', () => {
  let service: TestService
  let lead: Person
  beforeAll(async () => {
    service = await startTestService({ WARMLINE_BOT_FRAMEWORK_UNSIGNED: 'on' })
    lead = await service.signIn()
  })
  afterAll(() => service?.close())

  const deliver = async (body: object) => expect(await connector.deliver(`${service.url}/api/messages`, body)).toBe(200)
  const answersTo = (user: string, many = 1) =>
    until(() => {
      const sent = connector.messages.filter((one) => one.conversation === `c-${user}`)
      return sent.length >= many && sent
    })

  test('a message is answered by a reply activity at the address it came from', async () => {
    await deliver(activity('ana', QUESTION))
    const [answer] = await answersTo('ana')
    expect(answer).toMatchObject({ conversation: 'c-ana', replyToId: 'ana-1', to: 'ana' })
    expect(answer?.text).toMatch(/£\d/)
    const sent = connector.requests.at(-1)
    expect(sent?.path).toBe('/v3/conversations/c-ana/activities/ana-1')
    expect(sent?.json).toMatchObject({
      type: 'message',
      from: { id: 'bot' },
      recipient: { id: 'ana' },
      conversation: { id: 'c-ana' },
      replyToId: 'ana-1',
      textFormat: 'plain',
    })
  })

  test('a form is filled in over several messages', async () => {
    await deliver(activity('ben', 'Where is my order?', { id: 'ben-1' }))
    expect((await answersTo('ben'))[0]?.text).toMatch(/order number/)
    await deliver(activity('ben', 'HL-20533, ben@example.com', { id: 'ben-2' }))
    expect((await answersTo('ben', 2))[1]).toMatchObject({ text: expect.stringMatching(/HL-20533 was delivered/) })
  })

  test('a delivery that comes again is not answered again', async () => {
    await deliver(activity('cleo', QUESTION))
    await answersTo('cleo')
    await deliver(activity('cleo', QUESTION))
    await deliver(activity('cleo', 'And what are your opening hours?', { id: 'cleo-2' }))
    await answersTo('cleo', 2)
    expect((await turnsOf(lead, customer('cleo'))).map((turn) => turn.messages.length)).toEqual([1, 1])
  })

  test('in a group a personal matter becomes a person’s: there is no private way, and nothing is repeated', async () => {
    await deliver(activity('dev', 'Where is my order HL-20702? I am dev@example.com', { isGroup: true }))
    const ticket = await ticketOf(lead, customer('dev'))
    expect(ticket.reasons[0]).toMatchObject({ rule: 'no-private-way' })
    const [said] = await answersTo('dev')
    expect(said?.text).not.toMatch(/20702|dev@/)
  })

  test('typing and new members begin no turn', async () => {
    await deliver({ ...activity('eve', ''), type: 'typing' })
    await deliver({ ...activity('eve', ''), type: 'conversationUpdate', membersAdded: [{ id: 'eve' }] })
    await deliver(activity('eve', QUESTION, { id: 'eve-2' }))
    await answersTo('eve')
    expect(await turnsOf(lead, customer('eve'))).toHaveLength(1)
  })
})

describe('with an app id', () => {
  let service: TestService
  let lead: Person
  // The SDK prints every token that it refuses.
  const quiet = jest.spyOn(console, 'error').mockImplementation(() => undefined)
  beforeAll(async () => {
    service = await startTestService({
      MicrosoftAppId: 'app',
      MicrosoftAppPassword: 'app-password',
      WARMLINE_BOT_FRAMEWORK_HOSTS: '127.0.0.1',
      ToBotFromChannelOpenIdMetadataUrl: `${connector.url}/.well-known/openidconfiguration`,
      ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
      ToChannelFromBotOAuthScope: 'https://api.botframework.com',
      // Nobody gives tokens there: what the bot wants to say is kept and tried again.
      ToChannelFromBotLoginUrl: `${connector.url}/login`,
    })
    lead = await service.signIn()
  })
  afterAll(async () => {
    quiet.mockRestore()
    await service?.close()
  })

  const deliver = (body: object, token?: string) => connector.deliver(`${service.url}/api/messages`, body, token)

  test('a message whose token proves nothing is refused, and nothing of it is kept', async () => {
    const forged = `${connector.token('app').slice(0, -8)}AAAAAAAA`
    const tokens = [undefined, 'nonsense', forged, connector.token('another-bot'), connector.token('app', { exp: 1 })]
    for (const token of tokens) expect(await deliver(activity('mallory', QUESTION), token)).toBe(401)
    expect(await deliver(activity('frida', QUESTION), connector.token('app'))).toBe(200)
    await turnsOf(lead, customer('frida'))
    expect(await eventsOf(lead, customer('mallory'))).toEqual([])
    expect((await lead.get<{ tickets: unknown[] }>('/api/tickets')).tickets).toEqual([])
  })

  test('a message with the channel’s token is answered; without a token of our own nothing leaves', async () => {
    const before = connector.messages.length
    expect(await deliver(activity('gil', QUESTION), connector.token('app'))).toBe(200)
    const [turn] = await turnsOf(lead, customer('gil'))
    expect(turn?.outcome).toBe('answered')
    const retried = await until(async () =>
      (await eventsOf(lead, customer('gil'))).find((event) => event.type === 'effect-retried'),
    )
    expect(retried).toMatchObject({ detail: 'no access token for the channel', state: 'pending' })
    expect(connector.messages).toHaveLength(before)
  })
})
