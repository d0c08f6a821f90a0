// Simulates a conversation in memory with the service's own turn; nothing is sent or stored.
import {
  type Aside,
  type Audience,
  BOT,
  type Case,
  type ChannelName,
  type Customer,
  type CustomerSnapshot,
  continueCase,
  type HistoryEvent,
  type Message,
  type PendingMessage,
} from '#domain'
import { buildInput, type TurnContext, type TurnInput, type TurnResult, takeTurn } from '#turn'

export type SimulatedConversation = {
  /** What comes of a customer's words, said here and now. */
  hear(
    text: string,
    audience: Audience,
    how?: { readonly directed: boolean; readonly aside?: Aside },
  ): Promise<TurnResult>
}

/** `before`: what the case held before this conversation. */
export function openSimulatedConversation(
  context: TurnContext,
  channel: ChannelName = 'playground',
  before: Partial<Case> = {},
): SimulatedConversation {
  const customer = before.customer ?? syntheticCustomer(channel)
  let history: readonly HistoryEvent[] = []
  let present: Case = { ...continueCase(undefined, customer, context.now()), ...before }
  let count = 0

  return {
    async hear(text, audience, how = { directed: true }) {
      count += 1
      const waiting: PendingMessage = { ...how, ...wordsOf(customer, text, audience, count, context.now()) }
      history = [...history, { at: context.now(), type: 'message-received', message: waiting.message }]
      const open: CustomerSnapshot = {
        customer: customer.id,
        version: '0',
        epoch: 0,
        owner: BOT,
        waiting: [waiting],
        history,
        case: present,
      }
      const thought = await takeTurn(context, open)
      present = thought.change.case
      history = [...history, ...(thought.change.events ?? [])]
      return thought
    },
  }
}

/** The first words of a customer, as a turn sees them before anything is decided. */
export function simulateInput(
  context: TurnContext,
  text: string,
  audience: Audience,
  channel: ChannelName,
  { directed = true } = {},
): Promise<TurnInput> {
  const customer = syntheticCustomer(channel)
  const now = context.now()
  const given = { ...continueCase(undefined, customer, now), turns: 1 }
  const words: PendingMessage = { ...wordsOf(customer, text, audience, 1, now), directed }
  return buildInput(context, context.content, context.law(channel), given, [words], [], now)
}

export function syntheticCustomer(channel: ChannelName): Customer {
  return { id: `${channel}:brand:customer`, channel, account: 'brand', user: 'customer' }
}

function wordsOf(
  customer: Customer,
  text: string,
  audience: Audience,
  count: number,
  at: number,
): Omit<PendingMessage, 'directed'> {
  const { channel } = customer
  const place = audience === 'public' ? `${channel}:brand:post` : `${channel}:brand:dm:customer`
  const message: Message = {
    id: `${channel}:${count}`,
    conversation: { id: place, channel, audience },
    author: 'customer',
    authorKind: 'customer',
    text,
    at,
  }
  return { message, customer, receivedAt: at }
}
