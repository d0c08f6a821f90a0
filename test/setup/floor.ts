// The working parts of the house around one Redis, as a worker process has them: no HTTP, the sample brand's real mind,
// and a network that records what reaches it.
import { PassThrough } from 'node:stream'
import { readConfig } from '#app'
import type { Channel } from '#channels'
import { OWN_CONTENT } from '#content/load'
import type { Aside, Audience, ChannelEvent, ChannelName, Outgoing } from '#domain'
import {
  type AgentDesk,
  openAgentDesk,
  openTicketQueue,
  type ProposeExample,
  publishDelivery,
  type TicketQueue,
} from '#handoff'
import { type Inbox, openInbox } from '#inbox'
import { type Outbox, openOutbox } from '#outbox/worker'
import type { Connections } from '#redis/connect'
import { openScheduler, type Scheduler } from '#redis/queue'
import { openContactCaps, openFingerprintIndex } from '#redis/store'
import type { TurnContext } from '#turn'
import { type LocalEngine, openLocalEngine } from '../../src/cli/local-engine.ts'
import { type NetworkInbox, openNetworkInbox } from '../../src/handoff/external-inbox.ts'
import { ticketTimerHandlers } from '../../src/handoff/ticket-timers.ts'
import { openMetrics } from '../../src/http/metrics.ts'
import { openTurnWorker, type TurnWorker } from '../../src/turn/worker.ts'
import { CACHE } from './cache.ts'
import { silent } from './redis.ts'

/** The sample brand with its engines; slow to open, so one for a whole file. */
export function openShop(): Promise<LocalEngine> {
  const none = new PassThrough()
  const config = readConfig({ WARMLINE_CACHE_DIR: CACHE })
  return openLocalEngine(OWN_CONTENT, { config, input: none, output: none, errors: none }, 'embedded')
}

export type Floor = {
  readonly inbox: Inbox
  readonly outbox: Outbox
  readonly work: TurnWorker
  readonly network: NetworkInbox
  readonly rings: ReturnType<typeof ticketTimerHandlers>
  readonly desk: AgentDesk
  readonly tickets: TicketQueue
  readonly clock: Scheduler
  /** Starts taking turns and sending. */
  start(): Promise<void>
  close(): Promise<void>
}

let made = 0

export async function openFloor(options: {
  connections: Connections
  mind: TurnContext
  /** What serves a customer, where not everybody is served by `mind`; and what is told of each turn. */
  mindFor?: (customer: string) => TurnContext
  took?: Parameters<typeof openTurnWorker>[0]['took']
  /** What reached the network, in order. */
  sent: Outgoing[]
  law?: Channel['law']
  /** Where wordings are proposed; nowhere unless told. */
  learn?: ProposeExample
  turnMs?: number
  debounceMs?: number
  concurrency?: number
  /** For how long resolving can be undone; not at all unless told, so that nothing waits for it. */
  undoMs?: number
  now?: () => number
}): Promise<Floor> {
  const { connections, sent, turnMs, debounceMs = 20, concurrency = 8, undoMs = 0, now = () => Date.now() } = options
  const redis = connections.main
  const channel: Channel = {
    name: 'playground',
    law: options.law ?? { toPrivate: 'message', hide: true },
    parse: () => [],
    mount: () => {},
    async send(outgoing) {
      sent.push(outgoing)
      return { state: 'sent', platformId: `p${sent.length}` }
    },
  }
  const channels = new Map<ChannelName, Channel>([['playground', channel]])
  const clock = await openScheduler(connections, silent, now)
  const tickets = await openTicketQueue(connections, clock, () => mind.content.brand, now)
  const newId = () => `e${++made}`
  const others = openFingerprintIndex(redis)
  const approaches = openContactCaps(redis)
  const here = {
    law: () => channel.law,
    keys: [],
    recognise: others.recognise,
    nextTicketId: tickets.nextId,
    approach: approaches.claim,
    newId,
    now,
  }
  const mind: TurnContext = { ...options.mind, ...here }
  const { mindFor, took } = options
  const present = (customer: string) => (mindFor ? { ...mindFor(customer), ...here } : mind)
  const shared = { redis, tickets, outbox: () => outbox, mind: present, ...(took ? { took } : {}) }
  const network = openNetworkInbox(shared)
  const rings = ticketTimerHandlers(shared)
  const work = openTurnWorker({
    ...shared,
    network,
    others,
    approaches,
    figures: openMetrics(async () => ({ waiting: 0, lag: 0, stuck: 0, tickets: 0, effects: 0 })),
    debounceMs,
    ...(turnMs ? { turnMs } : {}),
    log: silent,
  })
  const outbox: Outbox = await openOutbox({
    connections,
    channels,
    announce: tickets.announce,
    mishap: work.mishap,
    fared: (customer) => publishDelivery(redis, tickets, customer, 'message-sent', now()),
    concurrency,
    stopping: new AbortController().signal,
    log: silent,
    now,
  })
  const inbox = await openInbox({
    connections,
    debounceMs,
    concurrency,
    ...network,
    log: silent,
    now,
  })
  const desk = openAgentDesk({
    redis,
    queue: tickets,
    outbox,
    channels,
    content: () => mind.content,
    keys: [],
    recognise: others.recognise,
    learn: options.learn ?? (async () => ({ refused: 'conflict', because: 'there are no drafts here' })),
    newId,
    now,
    undoMs,
  })
  const stops: (() => Promise<void>)[] = []
  return {
    inbox,
    outbox,
    work,
    network,
    rings,
    desk,
    tickets,
    clock,
    async start() {
      stops.push(await outbox.work(), await clock.work(rings), await inbox.work(work.takeTurns))
    },
    async close() {
      await Promise.all(stops.map((stop) => stop()))
      await Promise.all([outbox.close(), inbox.close(), clock.close()])
    },
  }
}

/** A customer's id. */
export const idOf = (user: string) => `playground:brand:${user}`

/** What a customer writes, with an id of its own. */
export function wrote(
  user: string,
  text: string,
  audience: Audience = 'private',
  id = `m${++made}`,
  { directed = true, thread = id, ...more }: { directed?: boolean; thread?: string; aside?: Aside } = {},
): ChannelEvent {
  const customer = { id: idOf(user), channel: 'playground', account: 'brand', user } as const
  const place = audience === 'private' ? `playground:brand:dm:${user}` : `playground:brand:post:${thread}`
  const conversation = { id: place, channel: 'playground', audience } as const
  const at = Date.now()
  const message = { id: `playground:${id}`, conversation, author: user, authorKind: 'customer', text, at } as const
  return { kind: 'message', id: message.id, own: false, customer, message, directed, ...more }
}

/** The texts that reached a customer. */
export const textsTo = (sent: readonly Outgoing[], user: string): string[] =>
  sent.flatMap((one) => (one.customer.id === idOf(user) && 'text' in one ? [one.text] : []))
