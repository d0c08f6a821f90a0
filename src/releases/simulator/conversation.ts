// A conversation in memory: the very turn of the service, with nothing sent and nothing kept.
import {
  type Aside,
  type Audience,
  BOT,
  type Case,
  type ChannelName,
  type Customer,
  continueCase,
  type HistoryEvent,
  type Message,
  type Open,
  type Waiting,
} from '#domain'
import { type Mind, type Scene, setScene, type Thought, think } from '#turn'

export type Talk = {
  /** What comes of a customer's words, said here and now. */
  hear(text: string, audience: Audience, how?: { readonly directed: boolean; readonly aside?: Aside }): Promise<Thought>
}

/** `before`: what the case held before this conversation. */
export function openTalk(mind: Mind, channel: ChannelName = 'playground', before: Partial<Case> = {}): Talk {
  const customer = before.customer ?? customerOn(channel)
  let history: readonly HistoryEvent[] = []
  let present: Case = { ...continueCase(undefined, customer, mind.now()), ...before }
  let count = 0

  return {
    async hear(text, audience, how = { directed: true }) {
      count += 1
      const waiting: Waiting = { ...how, ...wordsOf(customer, text, audience, count, mind.now()) }
      history = [...history, { at: mind.now(), type: 'message-received', message: waiting.message }]
      const open: Open = {
        customer: customer.id,
        version: '0',
        epoch: 0,
        owner: BOT,
        waiting: [waiting],
        history,
        case: present,
      }
      const thought = await think(mind, open)
      present = thought.change.case
      history = [...history, ...(thought.change.events ?? [])]
      return thought
    },
  }
}

/** The first words of a customer, as a turn sees them before anything is decided. */
export function sceneOf(
  mind: Mind,
  text: string,
  audience: Audience,
  channel: ChannelName,
  { directed = true } = {},
): Promise<Scene> {
  const customer = customerOn(channel)
  const now = mind.now()
  const given = { ...continueCase(undefined, customer, now), turns: 1 }
  const words: Waiting = { ...wordsOf(customer, text, audience, 1, now), directed }
  return setScene(mind, mind.content, mind.law(channel), given, [words], [], now)
}

export function customerOn(channel: ChannelName): Customer {
  return { id: `${channel}:brand:customer`, channel, account: 'brand', user: 'customer' }
}

function wordsOf(
  customer: Customer,
  text: string,
  audience: Audience,
  count: number,
  at: number,
): Omit<Waiting, 'directed'> {
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
