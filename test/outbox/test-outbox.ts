// An outbox of a test's own, over a real Redis: what it told a person and announced is on record.
import { expect } from '@jest/globals'
import type { Channel } from '#channels'
import {
  type ChannelName,
  type Customer,
  type CustomerChange,
  continueCase,
  type DeliveryFailure,
  type Effect,
  type Outgoing,
} from '#domain'
import { checkReply, publicSource } from '#gate'
import { TIMING, type Timing } from '#outbox'
import { type Outbox, openOutbox } from '#outbox/worker'
import type { Connections } from '#redis/connect'
import { keysOf } from '#redis/keys'
import { commitChange, loadCustomer } from '#redis/store'
import { silent, type TestRedis } from '../setup/redis.ts'

/** Short waits, in the same order as the real ones. */
export const QUICK: Timing = { ...TIMING, begin: 1000, end: 2000, looks: [30, 60, 120], again: 5 }

export type TestOutbox = Outbox & {
  readonly mishaps: DeliveryFailure[]
  readonly announced: string[]
  readonly fates: string[]
}

/** An outbox over these channels that is working already. */
export async function openTestOutbox(
  redis: TestRedis,
  channels: readonly Channel[],
  more: { timing?: Timing; connections?: Connections; announce?: (ticket: string) => void } = {},
): Promise<TestOutbox> {
  const mishaps: DeliveryFailure[] = []
  const announced: string[] = []
  const fates: string[] = []
  const outbox = await openOutbox({
    connections: more.connections ?? redis.connections,
    channels: new Map(channels.map((channel) => [channel.name, channel])),
    announce: async (effect) => {
      more.announce?.(effect.ticket)
      announced.push(effect.ticket)
    },
    events: { deliveryFailed: async (failure) => void mishaps.push(failure), delivered: async () => {} },
    count: (_, fate) => fates.push(fate),
    concurrency: 8,
    stopping: new AbortController().signal,
    timing: more.timing ?? QUICK,
    log: silent,
    now: Date.now,
  })
  const stop = await outbox.work()
  return {
    ...outbox,
    mishaps,
    announced,
    fates,
    close: async () => {
      await stop()
      await outbox.close()
    },
  }
}

export const person = (user: string, channel: ChannelName = 'playground', account = 'brand'): Customer => ({
  id: `${channel}:${account}:${user}`,
  channel,
  account,
  user,
})

/** A send of the bot's, or of whoever `by` names. */
export function sends(customer: Customer, id: string, outgoing: Outgoing, by = 'bot'): Effect {
  const caseId = `${customer.id}~1`
  return { schema: 1, id, caseId, epoch: 0, by, madeAt: Date.now(), do: 'send', outgoing, sources: [] }
}

function seen(text: string, audience: 'public' | 'private') {
  const result = checkReply(
    { text, audience, author: 'template', sources: publicSource(text) },
    { known: [], links: ['example.com'], contacts: [], avoid: [] },
  )
  if (result.verdict !== 'pass') throw new Error('the gate stopped a harmless text')
  return result
}

/** A private message. */
export function says(customer: Customer, id: string, text: string, by = 'bot'): Effect {
  const passed = seen(text, 'private')
  if (passed.audience !== 'private') throw new Error('not a private text')
  const conversation = {
    id: `${customer.channel}:${customer.account}:dm:${customer.user}`,
    channel: customer.channel,
    audience: 'private',
  } as const
  const outgoing = {
    type: 'private-message',
    effect: id,
    customer,
    conversation,
    text: passed.text,
    by: 'bot',
  } as const
  return sends(customer, id, outgoing, by)
}

/** A public reply to `inReplyTo`. */
export function replies(customer: Customer, id: string, text: string, inReplyTo: string, thread = inReplyTo): Effect {
  const passed = seen(text, 'public')
  if (passed.audience !== 'public') throw new Error('not a public text')
  const post = thread.slice(thread.indexOf(':') + 1)
  const conversation = {
    id: `${customer.channel}:${customer.account}:post:${post}`,
    channel: customer.channel,
    audience: 'public',
  } as const
  const outgoing = {
    type: 'public-reply',
    effect: id,
    customer,
    conversation,
    inReplyTo,
    text: passed.text,
    inviteToPrivate: false,
  } as const
  return sends(customer, id, outgoing)
}

/** Commits effects of a customer, as a turn or a claim does. */
export async function queue(redis: TestRedis, customer: Customer, effects: Effect[], owner?: string): Promise<void> {
  const before = await loadCustomer(redis.connections.main, customer.id)
  const given = before.case ?? continueCase(undefined, customer, 1)
  const change: CustomerChange = { case: given, effects, ...(owner ? { owner } : {}) }
  expect(await commitChange(redis.connections.main, before, change)).toBe(true)
}

/** How a customer's effects fared: `type effect`, oldest first. */
export const history = async (redis: TestRedis, customer: Customer) =>
  (await loadCustomer(redis.connections.main, customer.id)).history.flatMap((event) =>
    event.type.startsWith('effect-') && 'effect' in event ? [`${event.type} ${event.effect}`] : [],
  )

export const stateOf = (redis: TestRedis, customer: Customer, effect: string) =>
  redis.connections.main.hGet(keysOf(customer.id).effects, `${effect}/state`)
