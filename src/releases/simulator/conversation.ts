// Simulates a conversation in memory with the service's own turn; what a turn changes is kept here, nothing is sent.
import {
  type Aside,
  type Audience,
  BOT,
  CAPABILITIES,
  type Case,
  type ChannelName,
  type Customer,
  type CustomerChange,
  type CustomerSnapshot,
  continueCase,
  type HistoryEvent,
  type Message,
  type PendingMessage,
} from '#domain'
import { sanitize } from '#inbox'
import { buildInput, type TurnContext, type TurnInput, type TurnResult, takeTurn } from '#turn'

export type SimulatedConversation = {
  /** What comes of a customer's words, said here and now, or `afterMs` later than the ones before. */
  hear(
    text: string,
    audience: Audience,
    how?: { readonly directed: boolean; readonly aside?: Aside; readonly afterMs?: number },
  ): Promise<TurnResult>
  /** What the service would have stored by now. */
  snapshot(): CustomerSnapshot
}

/** `before`: what the case held before this conversation. */
export function openSimulatedConversation(
  context: TurnContext,
  channel: ChannelName = 'playground',
  before: Partial<Case> = {},
): SimulatedConversation {
  const customer = before.customer ?? syntheticCustomer(channel)
  let passedMs = 0
  const here: TurnContext = { ...context, now: () => context.now() + passedMs }
  let count = 0
  let open: CustomerSnapshot = {
    customer: customer.id,
    version: '0',
    epoch: 0,
    owner: BOT,
    waiting: [],
    history: [],
    case: { ...continueCase(undefined, customer, context.now()), ...before },
  }

  return {
    async hear(text, audience, { afterMs = 0, ...how } = { directed: true }) {
      passedMs += afterMs
      count += 1
      const now = here.now()
      const waiting: PendingMessage = { ...how, ...wordsOf(customer, text, audience, count, now) }
      const received: HistoryEvent = { at: now, type: 'message-received', message: waiting.message }
      open = { ...open, waiting: [waiting], history: [...open.history, received] }
      const thought = await takeTurn(here, open)
      open = committed(open, thought.change)
      return thought
    },
    snapshot: () => open,
  }
}

/** What the service would store of a turn. */
function committed(open: CustomerSnapshot, { case: next, owner = open.owner, events = [] }: CustomerChange) {
  return {
    ...open,
    owner,
    epoch: owner === open.owner ? open.epoch : open.epoch + 1,
    waiting: [],
    history: [...open.history, ...events.map((event): HistoryEvent => ({ caseId: next.id, ...event }))],
    case: next,
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
  const written: Message = {
    id: `${channel}:${count}`,
    conversation: { id: place, channel, audience },
    author: 'customer',
    authorKind: 'customer',
    text,
    at,
  }
  const heard = { kind: 'message', id: written.id, own: false, customer, message: written, directed: true } as const
  const received = sanitize(heard, CAPABILITIES[channel])
  return { message: 'message' in received ? received.message : written, customer, receivedAt: at }
}
